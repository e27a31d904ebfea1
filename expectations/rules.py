"""What must be true of a column, a row, a sum: Column, Check, Total, and the Rules that they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dimension = Literal["accuracy", "completeness", "consistency", "uniqueness", "timeliness"]
Severity = Literal["reject", "limit", "warn", "stop"]
Personal = Literal["", "direct", "pseudonymous", "quasi"]
Holds = Literal["", "name", "phone", "email", "address", "birthday", "payment_card", "text"]

#: Share of rows that may break a ``reject`` or ``limit`` rule before the whole table (or night of a channel) stops.
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

    @property
    def rejects(self) -> bool:
        """A row that breaks it is not published. A ``limit`` is of the share alone: its rows are kept."""
        return self.severity in ("reject", "stop")


@dataclass(frozen=True)
class Column:
    """A column: name, Spark SQL type, what it means, and what must be true of it.

    ``header`` is what a landing file calls it, where that is another word: a path into the object in JSON lines.
    ``format`` (date and timestamp pattern, ``epoch`` or ``epoch_ms``, or several) and ``matches`` (regular expression)
    say how the text of a landing file must look; ``matches`` on a string column is also a rule of the table.
    ``space``: the number space that an id of a feed counts in. Jobs see such an id as ``<space>:<number>``, so that
    equal numbers of two shops are never one customer, product or store; feeds that share numbers name one space.
    ``fills``: in the rows of a whole (``whole=``) an empty field is that of the row before, as in exports in which only
    an order's first row says who and when.
    ``ours``: an account as the lake calls it, which somebody wrote back: a token in it that an earlier key made is read
    as the one of now.
    ``personal``: ``direct`` names a person, ``pseudonymous`` is an id or a token, ``quasi`` narrows people down.
    What is direct in a feed, and ``holds`` says which kind it is, is hidden as it is read: the tables hold a token in
    its place, equal for equal values, and the vault the value, sealed. What ``holds="text"`` was written by people:
    the tables hold it without the names, numbers and addresses in it, and landing alone has it in clear.
    """

    name: str
    type: str
    description: str
    required: bool = False
    between: tuple[float | None, float | None] | None = None
    one_of: tuple[str, ...] = ()
    matches: str = ""
    header: str = ""
    format: str | tuple[str, ...] = ""
    space: str = ""
    fills: bool = False
    ours: bool = False
    personal: Personal = ""
    holds: Holds = ""
    severity: Severity = "reject"
    allowed: float = ALLOWED

    @property
    def source(self) -> str:
        """What a landing file calls it."""
        return self.header or self.name

    @property
    def is_hidden(self) -> bool:
        """Of a feed: tables have a token in place of the value, or a text without persons."""
        return self.personal == "direct" and bool(self.holds)

    @property
    def is_text(self) -> bool:
        """Of a feed: people wrote it, and others are in it."""
        return self.holds == "text"

    @property
    def is_id(self) -> bool:
        """Text that names something: never cut, never a number to count with."""
        return self.type == "string" and (bool(self.space) or self.name.endswith(("_id", "_upc")))

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
