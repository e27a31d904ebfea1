"""The words of a contract: Column, Check, Table, Model. Plain frozen data, no heavy import.

Field names follow the Open Data Contract Standard (ODCS) where it has a word.
Everything that is true of a table is written once, here-shaped; the machine, the gate,
the DAGs, the docs and the tests only read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

Dimension = Literal["accuracy", "completeness", "consistency", "uniqueness", "timeliness"]
Severity = Literal["reject", "warn", "stop"]
Write = Literal["delivery", "snapshot", "current", "run"]
Personal = Literal["", "direct", "pseudonymous", "quasi"]

#: Share of rows that may break a ``reject`` rule before the whole table (or night) stops.
ALLOWED = 0.01


@dataclass(frozen=True)
class Rule:
    """One thing that must be true of a row, in SQL. Flag and expectation both come from it."""

    name: str
    sql: str
    dimension: Dimension
    severity: Severity
    allowed: float
    column: str = ""

    @property
    def bar(self) -> float:
        """Share of bad rows over which the rule fails; a failed warning tells, and stops nothing."""
        return 0.0 if self.severity == "stop" else self.allowed

    @property
    def can_stop(self) -> bool:
        return self.severity != "warn"


@dataclass(frozen=True)
class Column:
    """A column: name, Spark SQL type, what it means, and what must be true of it.

    ``format`` (date and timestamp pattern) and ``matches`` (regular expression) say how the text of a
    landing file must look; ``matches`` on a string column is also a rule of the table.
    ``personal``: ``direct`` names a person, ``pseudonymous`` is an id, ``quasi`` narrows people down.
    """

    name: str
    type: str
    description: str
    required: bool = False
    between: tuple[float | None, float | None] | None = None
    one_of: tuple[str, ...] = ()
    matches: str = ""
    format: str = ""
    personal: Personal = ""
    severity: Severity = "reject"
    allowed: float = ALLOWED

    def rules(self) -> tuple[Rule, ...]:
        """What must be true of this column. An optional column may be null."""
        found: list[Rule] = []

        def add(name: str, sql: str, dimension: Dimension) -> None:
            found.append(Rule(f"{self.name} {name}", sql, dimension, self.severity, self.allowed, self.name))

        if self.required:
            add("is present", f"{self.name} is not null", "completeness")
        if self.between:
            low, high = self.between
            limits = [f"{self.name} >= {low}"] * (low is not None) + [f"{self.name} <= {high}"] * (high is not None)
            words = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
            add(f"is {' and '.join(words)}", f"{self.name} is null or ({' and '.join(limits)})", "accuracy")
        if self.one_of:
            values = ", ".join(f"'{value}'" for value in self.one_of)
            add("is a known value", f"{self.name} is null or {self.name} in ({values})", "accuracy")
        if self.matches and self.type == "string":
            add("has its form", f"{self.name} is null or {self.name} rlike r'{self.matches}'", "accuracy")
        return tuple(found)


#: The lake's columns of every delivered row: which line of which file it came from, and when that was delivered.
LINEAGE = (
    Column("file", "string", "Landing file that the row came from, relative to the landing zone."),
    Column("line", "long", "Line in that file, the header being line 1; 0 stands for the file itself."),
    Column("delivered_on", "date", "Night in whose folder the file lay: when this was known."),
)
WHY = Column("why", "string", "Why the line could not be read, null when it could; never a value of the line.")
AS_OF = Column("as_of", "date", "The row says what was known at the end of this day.")


@dataclass(frozen=True)
class Check:
    """A rule over several columns, or (``references``) that a column's value is a key of another table."""

    description: str
    rule: str = ""
    dimension: Dimension = "consistency"
    severity: Severity = "reject"
    allowed: float = ALLOWED
    references: tuple[str, str] | None = None

    def as_rule(self) -> Rule:
        if self.references:
            return Rule(self.description, self.reference_flag, self.dimension, self.severity, self.allowed)
        return Rule(self.description, self.rule, self.dimension, self.severity, self.allowed)

    @property
    def reference_flag(self) -> str:
        """Name of the staged boolean column that says whether the other table knows the value."""
        column, table = self.references or ("", "")
        return f"{column}_in_{table.partition('.')[2]}"


@dataclass(frozen=True)
class Total:
    """A sum that must survive the way from another table: ``sum(here) = sum(there)``, to the cent."""

    description: str
    here: str
    table: str
    there: str


@dataclass(frozen=True)
class Model:
    """A registered model: what it predicts, what it learns from, how it is judged.

    It is fitted on ``made_from`` as known ``holdout_days`` before ``as_of``, and judged on what was known at ``as_of``.
    ``metric`` is what a challenger must win by: against its baseline, and against the champion.
    """

    name: str
    description: str
    owner: str
    made_from: str
    holdout_days: int
    metric: str
    lower_is_better: bool


@dataclass(frozen=True)
class Table:
    """A table and its law. ``write`` says whose rows they are; the README says it in one table."""

    name: str
    description: str
    grain: str
    owner: str
    key: tuple[str, ...]
    write: Write
    columns: tuple[Column, ...]
    made_from: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    totals: tuple[Total, ...] = ()
    repeats: bool = False  # many input rows make one on purpose: a repeated key is no fault
    keep_days: int | None = None  # snapshots older than this are dropped by `maintain`
    uses: tuple[str, ...] = ()  # models that a scored table asks
    # a feed only: how it arrives
    channel: str = ""
    feeds: tuple[str, ...] = ()
    delivers: Literal["", "changes", "everything"] = ""
    expected: Literal["", "daily"] = ""
    delimiter: str = ","
    allowed: float = 0.05  # share of unreadable lines over which a night of a feed stops

    @property
    def layer(self) -> str:
        return self.name.partition(".")[0]

    @property
    def short(self) -> str:
        """The name without its layer: unique over all layers, and the name of the job's function."""
        return self.name.partition(".")[2]

    @property
    def night_column(self) -> str:
        """The lake's own column that says whose rows they are."""
        return {"delivery": "delivered_on", "snapshot": "as_of"}.get(self.write, "")

    @property
    def made(self) -> tuple[Column, ...]:
        """What the job returns: the contract's columns; a delivered row keeps where it came from."""
        return self.columns + LINEAGE * (self.write == "delivery")

    @property
    def stored(self) -> tuple[Column, ...]:
        """What lies in the lake: ``made`` and the lake's own columns."""
        if self.layer == "bronze":
            return (*self.columns, WHY, *LINEAGE)
        return self.made + (AS_OF,) * (self.write == "snapshot")

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All row rules. Gold has nobody to send a row back to: there a broken row is our own fault and stops."""
        of_columns = [rule for column in self.columns for rule in column.rules()] * (self.layer != "bronze")
        found = (*of_columns, *(check.as_rule() for check in self.checks))
        if self.layer != "gold":
            return found
        return tuple(replace(rule, severity="stop") if rule.severity == "reject" else rule for rule in found)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
