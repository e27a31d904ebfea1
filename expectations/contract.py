"""The words of a contract: Column, Check, Table, Model. Plain frozen data, no heavy import.

Field names follow the Open Data Contract Standard (ODCS) where it has a word.
Everything that is true of a table is written once, here-shaped; the machine, the gate,
the DAGs, the docs and the tests only read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from expectations.rules import ALLOWED, Check, Column, Rule, Total

__all__ = ["Check", "Column", "Model", "Numbers", "Rule", "Table", "Total"]

Write = Literal["delivery", "kept", "state", "snapshot", "log", "current", "run"]

#: The lake's columns of every delivered row: which line of which file it came from, and when that was delivered.
LINEAGE = (
    Column("file", "string", "Landing file that the row came from, relative to the landing zone."),
    Column("line", "long", "Line in that file on which the record begins, 1 being the first; 0 is the file itself."),
    Column("item", "int", "Item of that record, from 1; 1 where a record is one row, 0 where it has none."),
    Column("delivered_on", "date", "Night in whose folder the file lay: when this was known."),
)
PART = Column(
    "part", "int", "Which of the rows that a feed's row becomes this is, from 1; below 0 where that row was left out."
)
#: The row counts. One that a channel leaves out is kept to say so, and to take an older delivery of the same away.
IS_THERE = f"coalesce({PART.name}, 1) >= 0"
IS_DECIDED = Rule("its channel says whether the row is there", f"{PART.name} <> 0", "completeness", "reject", ALLOWED)
LINES = Column("lines", "int", "Lines of the file that the record covers; 0 where the file is gone from landing.")
FLAWS = Column("flaws", "array<string>", "Rules that the row breaks, and counts all the same.")
WHY = Column("why", "string", "Why the line could not be read, null when it could; never a value of the line.")
WARNING = Column("warning", "string", "What is odd about the line, which was read all the same; never a value of it.")
SUPERSEDED_ON = Column("superseded_on", "date", "Night of the next delivery that replaces the row, if any.")
AS_OF = Column("as_of", "date", "The row says what was known at the end of this day.")


@dataclass(frozen=True)
class Model:
    """A registered model: what it predicts, what it learns from, how it is judged.

    It is fitted on ``made_from`` as known ``holdout_days`` before ``as_of``, and judged on what was known at ``as_of``.
    ``metric`` is what a challenger must win by: against the best of its ``baselines``, which are the strongest that
    anybody can say by hand, and against the champion; in the ``others`` (the lower the better) it is not worse than
    the best of them by more than 1 %. ``asks``: a condition on rows of the first of ``made_from``, of whom it is asked
    about. ``scores``: what it says that is watched for drift, as all numbers of that table are but those that it
    ``ignores``, which are no customer's own. ``opens``: it learns from what the tokens of ``made_from`` stand for,
    which is in the driver's memory alone.
    """

    name: str
    description: str
    owner: str
    made_from: tuple[str, ...]
    holdout_days: int
    metric: str
    lower_is_better: bool
    baselines: tuple[str, ...]
    others: tuple[str, ...] = ()
    asks: str = "true"
    scores: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    opens: bool = False
    purpose: Literal["", "service", "analytics", "profiling", "marketing"] = ""  # asked of a customer's consents


@dataclass(frozen=True)
class Numbers:
    """How a feed writes numbers. A leading plus and a bare ``.50`` are read everywhere; spaces around are cut."""

    decimal: str = "."
    thousands: str = ""
    currency: tuple[str, ...] = ()  # signs that may stand before or after, such as "$" or "EUR"
    negative: Literal["-1", "(1)", "1-"] = "-1"


@dataclass(frozen=True)
class Table:
    """A table and its law. ``write`` says whose rows they are; the README says it in one table.

    What a delivery replaces is the feed's to say. ``delivers="changes"``: rows, by key. ``delivers="everything"``: all
    that the channel delivered before. Changes with ``whole`` replace whole orders: the newest night that holds an order
    supplies all its lines, and one bad line rejects that delivery of its order. The table that it feeds names the
    same in its own columns. A step of a run from which tables are kept by day names it too: in a night it is made of
    those orders alone that the night touched.
    """

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
    opens: bool = False  # its job sees what the tokens of its sources stand for, in the driver's memory alone
    # a feed only: how it arrives
    channel: str = ""
    feeds: tuple[str, ...] = ()
    delivers: Literal["", "changes", "everything"] = ""
    expected: Literal["", "daily"] = ""
    whole: tuple[str, ...] = ()  # names what a row is part of, such as an order; see above
    record: Literal["part", "whole"] = "part"  # "whole": one record is the whole order; of a night the last one counts
    is_needed: bool = False  # gold waits for this feed's night; without it, gold goes on with the channels that came
    allowed: dict[str, float] = field(default_factory=dict, hash=False)  # rule of a table that it feeds -> share
    tax: Literal["", "included", "excluded"] = ""  # of its money
    trust: int = 0  # in what it says of persons: of two feeds the one with more counts first
    # how its files are written
    format: Literal["csv", "jsonl"] = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    numbers: Numbers = Numbers()
    regions: tuple[str, ...] = ()  # countries of telephone numbers without a country code (ISO 3166), likeliest first
    nulls: tuple[str, ...] = ()  # texts that mean nothing, such as NULL, N/A, \\N; the empty text always does
    timezone: str = ""  # of its local times; the business's where it is not said
    rows: str = ""  # jsonl: the array whose items are the rows
    ignores: tuple[str, ...] = ()  # columns of a CSV file that nobody needs, by their header; "*" for all the others

    @property
    def layer(self) -> str:
        return self.name.partition(".")[0]

    @property
    def short(self) -> str:
        """The name without its layer: unique over all layers, and the name of the job's function."""
        return self.name.partition(".")[2]

    @property
    def folder(self) -> str:
        """Where a feed's files lie in the landing zone; the names of its rows' files begin so."""
        return f"{self.channel}/{self.short.removeprefix(f'{self.channel}_')}"

    @property
    def hidden(self) -> tuple[Column, ...]:
        """A feed's columns that no table shows in clear."""
        return tuple(column for column in self.columns if column.is_hidden)

    @property
    def needs_keys(self) -> bool:
        """Who reads the feed makes tokens, or looks for some."""
        return bool(self.hidden) or any(column.ours for column in self.columns)

    @property
    def holds_names(self) -> bool:
        return any(column.holds == "name" for column in self.columns)

    @property
    def holds_texts(self) -> bool:
        return any(column.is_text for column in self.columns)

    @property
    def is_record_whole(self) -> bool:
        """One record holds all of an order: its own row in a CSV file that says so, or an object with its items."""
        return bool(self.whole) and (self.record == "whole" or bool(self.rows))

    def is_of_item(self, column: Column) -> bool:
        """A feed's column that stands in the items of its array, and not in their head."""
        return bool(self.rows) and column.source.startswith(f"{self.rows}.")

    @property
    def shows_newest(self) -> bool:
        """It holds what is known now; an older night leaves it alone."""
        return self.write in ("current", "kept")

    @property
    def made(self) -> tuple[Column, ...]:
        """What the job returns: the contract's columns; a delivered row keeps where it came from."""
        if self.write != "delivery":
            return self.columns
        return (*self.columns, *LINEAGE, *(PART,) * (self.layer == "silver"))

    @property
    def stored(self) -> tuple[Column, ...]:
        """What lies in the lake: ``made`` and the lake's own columns."""
        if self.layer == "bronze":
            return (*self.columns, WHY, WARNING, *LINEAGE, LINES)
        of_write = {"delivery": (FLAWS, SUPERSEDED_ON), "snapshot": (AS_OF,), "log": (AS_OF,)}
        return self.made + of_write.get(self.write, ())

    @property
    def shown(self) -> tuple[Column, ...]:
        """What people see of it: a line with its reason or its flaws, of a snapshot what the job returns."""
        hidden = (SUPERSEDED_ON,) if self.write == "log" else (SUPERSEDED_ON, AS_OF)
        return tuple(column for column in self.stored if column not in hidden)

    @property
    def comment(self) -> str:
        """What the table says of itself in the lake and in SQL."""
        return f"{self.description} Grain: {self.grain}."

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All row rules. What was not delivered has nobody to go back to: a broken row is our own fault and stops."""
        of_columns = [rule for column in self.columns for rule in column.rules()] * (self.layer != "bronze")
        of_channel = (IS_DECIDED,) * (PART in self.stored)
        found = (*of_columns, *(check.as_rule() for check in self.checks), *of_channel)
        if self.write == "delivery":
            return found
        return tuple(replace(rule, severity="stop") if rule.severity == "reject" else rule for rule in found)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
