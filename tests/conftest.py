"""One tuned Spark session for the suite, and a small house to deliver files to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

# a main module without a file is a doctest to PySpark, which ends it; a worker of xdist has none
vars(sys.modules["__main__"]).setdefault("__file__", __file__)
# keys of the tests alone: no lake that stays is made with them
os.environ |= {"GUANXI_TOKEN_KEY": "0f" * 32, "GUANXI_VAULT_KEY": "f0" * 32}
os.environ["PYSPARK_SUBMIT_ARGS"] = "--properties-file conf/spark.conf --driver-memory 3g pyspark-shell"

from pyspark.sql import DataFrame, SparkSession

import expectations
from expectations.contract import Table
from jobs.lake import delta, ledger
from jobs.lake.lock import locked
from jobs.night import closing
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.session import Settings
from jobs.session import spark as start

DAY, NIGHT_BEFORE = date(2017, 1, 2), date(2017, 1, 1)
IDENTITY = ("silver.account_numbers", "silver.identifiers", "silver.identity_links", "silver.customers")
FEW_ROWS = {  # interpreted: five rows cost less than compiling for them
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
MANY_ROWS = {  # as a run has it
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.codegen.wholeStage": "true",
    "spark.sql.codegen.factoryMode": "FALLBACK",
}


@pytest.fixture(scope="session")
def spark() -> SparkSession:
    session = start(Settings(landing=Path("tests")))
    _set(session, FEW_ROWS)
    return session


@pytest.fixture(scope="module")
def many_rows(spark: SparkSession) -> Iterator[None]:
    _set(spark, MANY_ROWS)
    yield
    _set(spark, FEW_ROWS)


def _set(spark: SparkSession, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        spark.conf.set(name, value)


def empty(spark: SparkSession, table: Table) -> DataFrame:
    """A frame of the contract's shape."""
    return delta.empty(spark, table)


def frame(spark: SparkSession, name: str, *rows: dict) -> DataFrame:
    """Rows of a table, from a few named values; what is not named is null."""
    shape = empty(spark, expectations.TABLES[name]).schema
    numbers = {field.name for field in shape if field.dataType.typeName() == "decimal"}
    named = [{key: Decimal(value) if key in numbers else value for key, value in row.items()} for row in rows]
    return spark.createDataFrame([[row.get(field.name) for field in shape] for row in named], shape)


class House:
    """A small landing zone and lake. ``deliver`` writes a file, ``run`` builds tables in this process."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self.spark, self.lake, self.landing = spark, folder / "lake", folder / "landing"
        self.lake.mkdir(), self.landing.mkdir()
        self.hiding = (folder / "keys", folder / "sealed")

    def deliver(
        self, feed: str, night: date, *lines: str, name: str = "part.csv", header: str = "", raw: bytes = b""
    ) -> Path:
        """Lines under the contract's header, or ``raw`` bytes, into ``landing/<channel>/<feed>/<night>/<name>``."""
        table = expectations.TABLES[f"bronze.{feed}"]
        folder = self.landing / table.channel / feed.removeprefix(f"{table.channel}_") / night.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        header = header or table.delimiter.join(column.source for column in table.columns)
        text = "\n".join([header, *lines] if table.format == "csv" else lines) + "\n"
        (folder / name).write_bytes(raw or text.encode(table.encoding))
        return folder / name

    def night(self, *what: str, as_of: date = DAY, full: bool = False) -> Night:
        """A finished run; ``code`` is its exit code."""
        tables = ordered([table for word in what for table in expectations.select(word)])
        night = Night(self.settings, as_of, tables, full)
        with locked(self.lake, " ".join(what)):
            night.code = night.run()  # type: ignore[attr-defined]
        closing.close(night)
        return night

    @property
    def settings(self) -> Settings:
        return Settings(self.lake, self.landing)

    def read(self, name: str, as_of: date = DAY) -> DataFrame:
        return delta.read(self.spark, self.lake, expectations.TABLES[name], as_of)

    def stored(self, name: str) -> DataFrame:
        """All that lies in the lake, every version."""
        return self.spark.read.format("delta").load(str(ledger.path(self.lake, name)))

    def rows(self, name: str, *columns: str, as_of: date = DAY) -> list[tuple]:
        return sorted(map(tuple, self.read(name, as_of).select(*columns).collect()), key=repr)


@pytest.fixture
def house(spark: SparkSession, tmp_path: Path) -> House:
    return House(spark, tmp_path)


def sale(
    card: int | str,
    basket: int,
    product: int,
    at: str = "2017-01-02T15:00:00Z",
    quantity: int = 1,
    value: str = "2.50",
    paid_with: str = "",
) -> str:
    """A till line: card, store 1, basket, product, ..., no payment card."""
    return f"{card},1,{basket},{product},{quantity},{value},0.10,0.00,0.00,1,{at},{paid_with}"


def product(number: int, department: str = "GROCERY", brand: str = "National") -> str:
    return f"{number},1,{department},{brand},CATEGORY,TYPE,22 LB"


def member(card: int, age: str = "25-34") -> str:
    """A line of the member file of somebody without a name."""
    return f"{card},{card},2016-05-01,,,,,,{age},35-49K,,,1,1 Adult No Kids,0"
