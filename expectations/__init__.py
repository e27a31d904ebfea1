"""What must be true: every contract, found by walking the folders."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from expectations.contract import Model, Rule, Table

LAYERS = ("bronze", "silver", "gold", "ops", "vault")
MADE = LAYERS[:3]  # by jobs; the machine writes the others itself
CONSENT = ("silver.customers", "silver.consents")


def _contracts(folder: str, kind: type) -> list:
    try:
        package: ModuleType = importlib.import_module(f"expectations.{folder}")
    except ModuleNotFoundError:
        return []
    modules = (
        importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)
    )
    return [value for module in modules for value in vars(module).values() if isinstance(value, kind)]


TABLES: dict[str, Table] = {table.name: table for layer in LAYERS for table in _contracts(layer, Table)}
MODELS: dict[str, Model] = {model.name: model for model in _contracts("models", Model)}


def feeds(table: Table) -> list[Table]:
    """Feeds that say that they feed ``table``."""
    return [feed for feed in TABLES.values() if table.name in feed.feeds]


def channels(table: Table) -> set[str]:
    """Channels whose nights a table is made by; a table of the whole business has one without a name."""
    if table.layer == "bronze":
        return {table.channel}
    return {feed.channel for feed in feeds(table)} or {""}


def bar(table: Table, rule: Rule, channel: str) -> float:
    """Share of bad rows over which a rule stops a night of ``channel``: what its feeds allow, else the rule's own."""
    asked = [feed for feed in (table, *feeds(table)) if feed.channel == channel and rule.name in feed.allowed]
    return max((feed.allowed[rule.name] for feed in asked), default=rule.bar)


def sources(table: Table) -> tuple[str, ...]:
    """Tables that ``table`` is made from: as its contract says, or the feeds that feed it."""
    return table.made_from or tuple(feed.name for feed in feeds(table))


def origins(table: Table) -> list[str]:
    """Tables of the lake that ``table`` comes from, steps that live in a run looked through."""
    near = [TABLES[name] for name in sources(table)]
    found = [name for of in near for name in (origins(of) if of.write == "run" else [of.name])]
    return list(dict.fromkeys(found))


def steps(table: Table) -> set[str]:
    """What a run makes on the way to ``table``: steps that live in it alone, what is kept by day, the snapshots of its
    night; theirs too."""
    near = {name for name in table.made_from if TABLES[name].write in ("run", "kept", "snapshot")}
    return near.union(*(steps(TABLES[name]) for name in near))


def used(tables: list[Table]) -> list[Model]:
    """Models that some of ``tables`` are scored by."""
    return [MODELS[name] for name in dict.fromkeys(name for table in tables for name in table.uses)]


def asked_for_consent(table: Table) -> tuple[str, ...]:
    """What says who allows that ``table`` is made of them: of a table that a model with a purpose scores."""
    return CONSENT if any(MODELS[model].purpose for model in table.uses) else ()


def looks_at(table: Table) -> tuple[str, ...]:
    """Other tables that the checks of ``table`` name, or that consent is asked of; they must be there before."""
    named = [check.references[1] for check in table.checks if check.references] + [*asked_for_consent(table)]
    return tuple(dict.fromkeys(name for name in named if name not in sources(table)))


def select(word: str) -> list[Table]:
    """Tables meant by a word: ``nightly`` for all, a layer, or one table. KeyError if there is none."""
    if word == "nightly":
        return [table for table in TABLES.values() if table.layer in MADE]
    if word in MADE:
        return [table for table in TABLES.values() if table.layer == word]
    return [TABLES[word]]


def edges() -> list[str]:
    """The tables' graph, one edge a line."""
    return sorted(f"{source} -> {table.name}" for table in TABLES.values() for source in sources(table))
