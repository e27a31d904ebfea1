"""A lake that is made anew beside another one, and what comes along."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import expectations
from jobs import storage
from jobs.lake import carrying, ledger, small_tables, views
from jobs.lake.report import Report
from jobs.landing.zone import Zone
from jobs.night.state import State, state_of
from jobs.registry import champions
from jobs.session import Settings, SettingsError

LEDGER, CUSTOMERS, CHANGES, ACCESS = (
    expectations.TABLES[name]
    for name in ("silver.account_numbers", "silver.customers", "silver.customer_id_changes", "ops.access")
)
FOLDERS = ("models", "mlflow")
BEGUN = ".rekeying.json"


@dataclass(frozen=True)
class Old:
    """A lake to be made anew: its newest night, files that were taken back, what its tables were made from."""

    lake: Path
    as_of: date
    taken_back: tuple[str, ...]
    state: State

    @property
    def before(self) -> set[date]:
        """Its newest night but one, if any: the new lake's first night tells what became of customers since."""
        return {night for night in [self.state.before(CUSTOMERS.name)] if night}

    @property
    def versions(self) -> dict[str, str | int]:
        """Of what comes along: a night between two tries is not lost."""
        found = {name: ledger.newest(self.lake, name) for name in expectations.TABLES}
        return {name: commit.version for name, commit in found.items() if commit}


def places(lake: Path) -> tuple[Path, Path, Path]:
    """Of the lake, of the new one until it is whole, of the old one after that."""
    return lake, lake.with_name(f"{lake.name}.new-tokens"), lake.with_name(f"{lake.name}.old-tokens")


def old(settings: Settings) -> Old:
    """SettingsError where the lake cannot be made from landing."""
    nights = [delivery.night for delivery in ledger.holds(settings.lake, CUSTOMERS.name)]
    if not nights:
        raise SettingsError(f"{settings.lake} has no customers yet: `make night` makes them, `make rekey` keeps them.")
    as_of = max(nights)
    state = state_of(settings.lake, Zone(settings.landing, settings.lake / ".landing.json"), as_of)
    gone, taken_back = list[str](), list[str]()
    for feed in expectations.select("bronze"):
        for delivery, made in state.made[feed.name].items():
            here = {file.name: file.fingerprint for file in state.nights(feed).get(delivery, ())}
            gone += sorted(made.files.keys() - here.keys()) if delivery.night <= as_of else []
            taken_back += [name for name, of in state.taken_back(feed, delivery).items() if here.get(name) == of]
    if gone:
        raise SettingsError(
            f"{len(gone):,} files that {settings.lake} was made from are gone from landing, the first {gone[0]}: "
            "their rows would be lost. Put them back, or take them back (--take-back)."
        )
    return Old(settings.lake, as_of, tuple(taken_back), state)


def begun(new: Path) -> dict[str, str | int]:
    """What the new lake was begun with; nothing where it was not."""
    return json.loads(storage.read(new / BEGUN)) if storage.is_file(new / BEGUN) else {}


def begin(new: Path, of: dict[str, str | int]) -> None:
    storage.write(new / BEGUN, json.dumps(of))


def clear(new: Path) -> None:
    """Nothing is left but the lock."""
    for path in storage.listed(new):
        if path.name != ".lock":
            storage.remove(path)


def carry(old: Old, new: Path, renewed: Callable[[str], str]) -> None:
    """What landing cannot give again: the ledger, what became of customers, the models."""
    changes = {delivery.night for delivery in old.state.made[CHANGES.name] if delivery.night < old.as_of}
    for table, nights in ((LEDGER, None), (CUSTOMERS, old.before), (CHANGES, changes)):
        report = Report(table.name, f"{old.as_of}-rekeying", old.as_of, counts={})
        carrying.carry(old.lake, new, table, renewed, report, nights)
    for model in expectations.MODELS:
        for version in champions.versions(old.lake, model):
            champions.note(new, version)
    for name in FOLDERS:
        if storage.is_folder(old.lake / name):
            storage.copy(old.lake / name, new / name)


def carry_looks(old: Path, new: Path) -> None:
    """Who looked into the vault, and what for: each look once."""
    had, has = (small_tables.read(ledger.path(lake, ACCESS.name), ACCESS) for lake in (old, new))
    if missing := [tuple(look.values()) for look in had if look not in has]:
        small_tables.append(ledger.path(new, ACCESS.name), ACCESS, missing, "")


def settle(lake: Path, anew: Path, aside: Path) -> None:
    """What names the folder that the lake was made in names its own."""
    carry_looks(aside, lake)  # somebody may have looked while the new lake was made
    for file in storage.listed(lake / "nights"):
        storage.write(file, storage.read(file).replace(f"{anew}/", f"{lake}/"))
    views.write(lake)
    storage.remove(lake / BEGUN)
