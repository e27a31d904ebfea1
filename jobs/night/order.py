"""Work in the order of what needs what, independent pieces side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import expectations
from expectations.contract import Model, Table

SIDE_BY_SIDE = 3


def needs(table: Table) -> set[str]:
    """What must be done before: sources, tables that its checks and totals look at, models that it uses; of a feed with
    texts the feeds with names, which are looked for in them."""
    looked_at = {*expectations.looks_at(table), *(total.table for total in table.totals)}
    names = {feed.name for feed in expectations.select("bronze") if table.holds_texts and _is_named_before(feed, table)}
    return {*expectations.sources(table), *looked_at, *table.uses, *names}


def _is_named_before(feed: Table, table: Table) -> bool:
    """Of two feeds that have both, the first by name."""
    has_both = feed.holds_texts and table.holds_names
    return feed.holds_names and feed != table and not (has_both and feed.name > table.name)


def needs_of(model: Model) -> set[str]:
    """What must be done before it is trained: what it learns from, what that is made from where no step of the run
    makes it, and what says who allows that."""
    tables = [expectations.TABLES[name] for name in model.made_from]
    every = {*model.made_from}.union(*(expectations.steps(table) for table in tables))
    sources = {source for name in every for source in expectations.sources(expectations.TABLES[name])}
    return {*every, *sources, *(expectations.CONSENT if model.purpose else ())}


def in_order(work: Mapping[str, tuple[set[str], Callable[[], None]]], pool: ThreadPoolExecutor) -> None:
    """Start each piece of work when all that it needs is done, at most ``SIDE_BY_SIDE`` at a time, and first what the
    longest chain waits for."""
    chains = _ahead({name: needed for name, (needed, _) in work.items()}, _most)
    waiting = {name: work[name] for name in sorted(work, key=lambda name: -chains[name])}
    running = dict[Future[None], str]()
    while waiting or running:
        undone = {*waiting, *running.values()}
        ready = [name for name, (needed, _) in waiting.items() if not needed & undone]
        for name in ready[: SIDE_BY_SIDE - len(running)]:
            running[pool.submit(waiting.pop(name)[1])] = name
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            running.pop(future)
            future.result()


def _ahead(needed: Mapping[str, Collection[str]], of: Callable[[list[int]], int]) -> dict[str, int]:
    """Of each piece what ``of`` makes of the pieces that need it, each counted with what lies ahead of it: their
    ``sum`` is how many ways lead on, their ``_most`` how long the longest chain is."""
    found = dict[str, int]()

    def ahead(name: str) -> int:
        if name not in found:
            found[name] = of([1 + ahead(other) for other, those in needed.items() if name in those])
        return found[name]

    return {name: ahead(name) for name in needed}


def _most(many: list[int]) -> int:
    return max(many, default=0)


def ordered(chosen: list[Table]) -> list[Table]:
    """In dependency order, what most depends on first, with what the chosen tables need on the way."""
    wanted = {table.name for table in chosen}
    wanted |= {name for table in chosen for name in expectations.steps(table)}
    found: dict[str, Table] = {}

    def add(name: str) -> None:
        table = expectations.TABLES[name]
        for source in (*expectations.sources(table), *expectations.looks_at(table)):
            add(source)
        if name in wanted:
            found.setdefault(name, table)

    ways = _ahead({name: expectations.sources(table) for name, table in expectations.TABLES.items()}, sum)
    for name in sorted(wanted, key=lambda name: (-ways[name], name)):
        add(name)
    return list(found.values())
