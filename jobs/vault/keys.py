"""The keys of the vault: one makes tokens, the other seals values. `make keys` makes them where there are none.

    python -m jobs.vault.keys [--keys DIR]

They lie in files (token.key, vault.key) of a folder outside the lake, or in the environment (GUANXI_TOKEN_KEY,
GUANXI_VAULT_KEY), as 64 hex digits. Every process reads them by itself: they travel in no plan, log or error. Of
several lines in vault.key the first seals, and all of them open. In token.key a second line is the key of before, while
the lake is made anew with the first (jobs/vault/rekeying.py).
"""

from __future__ import annotations

import argparse
import hmac
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jobs import storage
from jobs.session import SettingsError, keys_folder

FORM, NOTED = re.compile("[0-9a-f]{64}"), ".keys.json"
MEANT = {"token": "makes the tokens", "vault": "seals the values"}


@dataclass(frozen=True, repr=False)
class Keys:
    """``vault``: the newest first; ``former``: what made the tokens before, as long as they are being changed."""

    token: bytes
    vault: tuple[bytes, ...]
    former: tuple[bytes, ...] = ()

    @cached_property
    def of_vault(self) -> dict[str, bytes]:
        """The vault's by name, the newest first."""
        return {name(key): key for key in self.vault}

    @cached_property
    def newest(self) -> str:
        """Name of the key that seals."""
        return next(iter(self.of_vault))

    @property
    def names(self) -> dict[str, list[str]]:
        return {"token": [name(self.token)], "vault": list(self.of_vault)}


def name(key: bytes) -> str:
    """What a key is called; it tells nothing of the key."""
    return hmac.digest(key, b"name of this key", "sha256")[:4].hex()


@cache
def load(folder: Path) -> Keys:
    """Of the environment, else of the files in ``folder``. SettingsError where one is missing, or is no key."""
    token, *former = _lines("token", folder)
    return Keys(token, tuple(_lines("vault", folder)), tuple(former))


def check(lake: Path, keys: Keys) -> None:
    """SettingsError where the lake was made with other keys; a lake without a word is anybody's."""
    if keys.former and not is_made_with(lake, keys):
        raise SettingsError(
            f"The key that makes tokens is being changed, and {lake} is not made anew yet: `make rekey` is at it, or "
            "broke off, and goes on when it is started again. To keep the key of before, take the first of the two out "
            "of token.key, or of GUANXI_TOKEN_KEY."
        )
    for which, was in _noted(lake).items():
        if was not in keys.names[which]:
            raise SettingsError(
                f"The key that {MEANT[which]} is not the one that {lake} was made with ({was}): GUANXI_KEYS has "
                f"{', '.join(keys.names[which])}. Put it back; with another one no value would be known again. "
                "`make rekey` and `make rotate` change keys."
            )


def is_made_with(lake: Path, keys: Keys) -> bool:
    """The tokens of the lake are those of the key that makes them now."""
    return _noted(lake).get("token") == name(keys.token)


def _noted(lake: Path) -> dict[str, str]:
    return json.loads(storage.read(lake / NOTED)) if storage.is_file(lake / NOTED) else {}


def note(lake: Path, keys: Keys) -> None:
    """Keep the names of the keys that the lake is made with."""
    storage.write(lake / NOTED, json.dumps({which: names[0] for which, names in keys.names.items()}))


def put(folder: Path, which: str, keys: Sequence[bytes]) -> Keys:
    """``keys`` in place of those in ``folder``."""
    must_lie_in_files(which)
    write(_file(folder, which), list(keys))
    load.cache_clear()
    return load(folder)


def must_lie_in_files(which: str) -> None:
    """Those of the environment are its owner's to replace."""
    if is_given(which):
        raise SettingsError(
            f"{_variable(which)}: put a new key before the old one, with a space between (on a cluster for each "
            "executor too), and come again."
        )


def make(folder: Path) -> list[Path]:
    """Make the keys that are not there; which files were made."""
    made = [_file(folder, which) for which in MEANT if not storage.is_file(_file(folder, which))]
    for file in made:
        write(file, [secrets.token_bytes(32)])
    return made


def write(file: Path, keys: list[bytes]) -> None:
    """Keys in place of what the file held, for its owner's eyes alone."""
    storage.write_private(file, "".join(f"{key.hex()}\n" for key in keys))


def _lines(which: str, folder: Path) -> list[bytes]:
    variable, file = _variable(which), _file(folder, which)
    given = os.environ.get(variable, "")
    if not given and not storage.is_file(file):
        raise SettingsError(
            f"The key that {MEANT[which]} is missing: there is no {file}, and {variable} is not set. "
            "`make keys` makes keys for a new lake; an old one needs its own."
        )
    lines = (given or storage.read(file)).split()
    if not lines or not all(FORM.fullmatch(line) for line in lines):
        raise SettingsError(f"{variable if given else file} is no key: 64 hex digits (0-9, a-f) are one, a line each.")
    return [bytes.fromhex(line) for line in lines]


def is_given(which: str) -> bool:
    """The key comes from the environment."""
    return bool(os.environ.get(_variable(which)))


def _variable(which: str) -> str:
    return f"GUANXI_{which.upper()}_KEY"


def _file(folder: Path, which: str) -> Path:
    return folder / f"{which}.key"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=Path, default=keys_folder(), help="folder for them (default: %(default)s)")
    folder = parser.parse_args().keys
    if made := make(folder):
        print(f"keys: {' and '.join(map(str, made))} made. Keep a copy apart from the lake's: without them it is mute.")


if __name__ == "__main__":
    main()
