"""The words of a contract: Column, Check, Table, Model. Plain frozen data, no heavy import.

Field names follow the Open Data Contract Standard (ODCS) where it has a word.
Everything that is true of a table is written once, here-shaped; the machine, the gate,
the DAGs, the docs and the tests only read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from expectations.rules import Check, Column, Rule, Total

__all__ = ["Check", "Column", "Model", "Rule", "Table", "Total"]

Write = Literal["delivery", "snapshot", "current", "run"]

#: The lake's columns of every delivered row: which line of which file it came from, and when that was delivered.
LINEAGE = (
    Column("file", "string", "Landing file that the row came from, relative to the landing zone."),
    Column("line", "long", "Line in that file, the header being line 1; 0 stands for the file itself."),
    Column("delivered_on", "date", "Night in whose folder the file lay: when this was known."),
)
WHY = Column("why", "string", "Why the line could not be read, null when it could; never a value of the line.")
AS_OF = Column("as_of", "date", "The row says what was known at the end of this day.")


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

    @property
    def shown(self) -> tuple[Column, ...]:
        """What people see of it: a line of bronze with its reason, of the rest what the job returns."""
        return self.stored if self.layer == "bronze" else self.made

    @property
    def comment(self) -> str:
        """What the table says of itself in the lake and in SQL."""
        return f"{self.description} Grain: {self.grain}."

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
