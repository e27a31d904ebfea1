"""The weekly housekeeping: landing is read again, and its texts are made again without the names that are known by now;
what is kept by day is made anew from all lines, and judged as a whole; OPTIMIZE joins the nights' files, VACUUM removes
what no version needs, old snapshots go."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs import screen
from jobs.gate import verdicts
from jobs.lake import delta, ledger, publishing
from jobs.lake.report import Report
from jobs.night import closing
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.night.state import State
from jobs.session import Settings, spark
from jobs.vault import keys

PAGES_KEPT = 400  # days, of tables whose rows are kept for good


def maintain(settings: Settings, as_of: date) -> int:
    """Every table once. Rows go only where a contract's ``keep_days`` says so."""
    session, root = spark(settings), settings.lake
    kept = [table for table in expectations.TABLES.values() if table.write == "kept" and delta.exists(root, table.name)]
    if texts := _with_texts(root):
        keys.check(root, keys.load(settings.keys))
    night = Night(settings, as_of, ordered([*texts, *kept]), is_full=True)
    screen.say("landing", _read_again(night.state))
    code = night.run()
    closing.close(night)
    for table in expectations.TABLES.values():
        for name in (table.name, f"{table.name}__rejected"):
            if delta.exists(root, name):
                dropped = _drop_old(root, table, as_of) if name == table.name else 0
                publishing.optimize(session, root, name)
                screen.say(name, f"optimized, {dropped} old snapshots dropped" if dropped else "optimized")
    many = verdicts.drop(root / "quality", lambda line: date.fromisoformat(line.night) < _first(line.table, as_of))
    screen.say("quality", f"{many} old pages dropped")
    return code


def _with_texts(root: Path) -> list[Table]:
    """Feeds with texts that were loaded, and what they feed."""
    feeds = [feed for feed in expectations.select("bronze") if feed.holds_texts and delta.exists(root, feed.name)]
    return [*feeds, *(expectations.TABLES[name] for name in sorted({name for feed in feeds for name in feed.feeds}))]


def _first(name: str, as_of: date) -> date:
    """The first night whose page is kept: as long as the table's snapshots are."""
    table = expectations.TABLES.get(name)
    return as_of - timedelta(days=(table and table.keep_days) or PAGES_KEPT)


def _read_again(state: State) -> str:
    """Whether the files of landing are those that were loaded: a night goes by their size and time alone."""
    feeds = expectations.select("bronze")
    landed = [file for feed in feeds for of in state.nights(feed).values() for file in of]
    loaded = {name: of for feed in feeds for made in state.made[feed.name].values() for name, of in made.files.items()}
    other = [file.name for file in landed if loaded.get(file.name, file.fingerprint) != file.fingerprint]
    told = f"{len(landed)} files read again"
    return told + f"; not as they were loaded, and loaded by the next night: {', '.join(sorted(other))}" * bool(other)


def _drop_old(root: Path, table: Table, as_of: date) -> int:
    """Drop snapshots older than the contract keeps, counted from ``as_of``."""
    if table.keep_days is None:
        return 0
    commit = ledger.newest(root, table.name)
    first = as_of - timedelta(days=table.keep_days)
    old = {snapshot for snapshot in commit.made if snapshot.night < first} if commit else set()
    if commit and old:
        kept = {snapshot: made for snapshot, made in commit.made.items() if snapshot not in old}
        report = Report(table.name, f"{as_of}-maintain", as_of, counts={})
        publishing.drop(root, table, old, ledger.note(root, kept, commit.shape, report))
    return len(old)
