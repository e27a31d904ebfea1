"""Another key for the tokens: the lake is made anew from landing, beside the old one, and then takes its place.

    python -m jobs.vault.rekeying

Why not in place: who has a key that leaked, and guesses a value, finds its token in any older version, snapshot or page
of the lake. What landing cannot give again comes along: the numbers of the accounts and what became of customers', the
models, and who looked into the vault. The lake shows the same night before and after it; other nights, once asked for,
are made again.

Until the last step nothing is changed but token.key, which has two lines for as long: what reads files waits, and the
lake goes on to show what it has. Broken off at any point it goes on where it was.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import expectations
from expectations import sound
from jobs import screen, storage
from jobs.lake import business
from jobs.lake.lock import LakeInUse, locked
from jobs.night.night import BROKEN, STOPPED, USAGE, Night
from jobs.night.order import ordered
from jobs.run import nightly
from jobs.session import NoSpark, Settings, SettingsError
from jobs.vault import beside, comparing, keys, renewing, tokens
from jobs.vault.beside import Old
from jobs.vault.comparing import NotTheSame
from jobs.vault.keys import Keys
from jobs.vault.renewing import Renewed

WHAT = "make rekey"


def rekey(settings: Settings) -> str:
    """Make the lake anew with another key; what is to be done with the old one, in words."""
    lake, anew, aside = beside.places(settings.lake)
    if storage.is_folder(aside) and not storage.is_folder(lake):  # broken off between the two moves
        storage.move(anew, lake)
    with ExitStack() as held:
        held.enter_context(locked(lake, WHAT))
        now = _another(settings.keys)
        if not keys.is_made_with(lake, now):
            old = _old(settings, now)
            renewed = renewing.renewals(lake, replace(now, token=now.former[0]), now)
            held.enter_context(locked(anew, WHAT))  # the lock moves with the lake: no night slips in
            if not keys.is_given("token"):
                keys.put(settings.keys, "token", [now.token, now.former[0]])
            _make(replace(settings, lake=anew), old, now, renewed)
            beside.carry_looks(lake, anew)
            storage.move(lake, aside)
            storage.move(anew, lake)
        beside.settle(lake, anew, aside)
        return _forget(settings.keys, now, aside)


def _another(folder: Path) -> Keys:
    """The keys, with another one that makes tokens before the one of now; where there are two, it was begun before."""
    of = keys.load(folder)
    if of.former:
        return of
    keys.must_lie_in_files("token")
    return replace(of, token=secrets.token_bytes(32), former=(of.token,))


def _old(settings: Settings, now: Keys) -> Old:
    """What is to be made anew; SettingsError where it cannot be, before anything is written."""
    lake, _, aside = beside.places(settings.lake)
    keys.check(lake, Keys(now.former[0], now.vault))
    if storage.is_folder(aside):
        raise SettingsError(f"{aside} is there from an earlier change of the key. Delete or move it, and come again.")
    if lake.is_mount():
        raise SettingsError(f"{lake} is a mount, and no folder can take its place: let GUANXI_LAKE be a folder in it.")
    return beside.old(settings)


def _make(settings: Settings, old: Old, now: Keys, renewed: dict[str, Renewed]) -> None:
    """The new lake, with all that the old one has; NotTheSame says what it lacks."""
    rename = partial(tokens.replaced, now=lambda token: renewed[token].token if token in renewed else token)
    asked = old.versions | {"key": keys.name(now.token)}
    if beside.begun(settings.lake) != asked:
        beside.clear(settings.lake)
        business.note(settings.lake, settings.business)
        keys.note(settings.lake, now)
        renewing.keep(settings.lake, renewed, now)
        beside.carry(old, settings.lake, rename)
        beside.begin(settings.lake, asked)
    tables = ordered(expectations.select("nightly"))
    code = nightly(Night(settings, old.as_of, tables, taking_back=old.taken_back, trains=False))
    if lacks := comparing.lacks(old, settings.lake, rename):
        raise NotTheSame(
            f"the new lake, {settings.lake}, lacks what the old one has: {'; '.join(lacks)}. "
            "The old one stays in its place. See above why, and come again: it goes on where it was.",
            BROKEN if code == BROKEN else STOPPED,
        )
    many = comparing.moved(old, settings.lake, rename)
    screen.say("silver.customers", f"{many:,} accounts have another customer's number than before")


def _forget(folder: Path, now: Keys, aside: Path) -> str:
    """The key of before makes no token any more; whoever wants the old lake back needs it."""
    if keys.is_given("token"):
        return f"Take the old key out of GUANXI_TOKEN_KEY. {aside} has tokens of it: delete that when nobody needs it."
    kept = folder / "token.key.old"
    keys.write(kept, list(now.former))
    keys.put(folder, "token", [now.token])
    return f"Copy {folder} again. {aside} has tokens of the old key, {kept}: delete both when nobody needs them."


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(argv)
    try:
        if faults := sound.faults():
            raise SettingsError("\n".join(["the contracts are not sound:", *faults]))
        settings = Settings()
        business.check(settings.lake, settings.business)
        told = rekey(settings)
    except NotTheSame as error:
        screen.fail(str(error))
        return error.code
    except (SettingsError, LakeInUse, NoSpark) as error:
        screen.fail(str(error))
        return USAGE
    except Exception as error:
        screen.fail(f"it broke off: {screen.words(error)}; come again, and it goes on where it was")
        return BROKEN
    print(f"\n{settings.lake} has new tokens. {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
