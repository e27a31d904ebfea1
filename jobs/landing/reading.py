"""Files -> lines -> typed rows, with a reason where they are broken.

Not Spark's CSV reader: under a schema it takes columns by position whatever the header says, and it knows
no line numbers. Here every line of every file becomes one row, read or not.
"""

from __future__ import annotations

from functools import reduce

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from expectations.contract import LINEAGE, WARNING, WHY, Column, Table
from jobs.landing.listing import LandingFile

CUT_OFF = "the file does not end with a newline: its last line may be cut off"


def read(spark: SparkSession, files: list[LandingFile], feed: Table) -> DataFrame:
    """All lines of ``files`` as rows of ``feed``: its columns, ``why``, ``file``, ``line``, ``delivered_on``."""
    of_header: dict[tuple[str, ...], list[LandingFile]] = {}
    for file in files:
        of_header.setdefault(() if file.fault else file.header, []).append(file)
    frames = [_read_alike(spark, alike, feed) for header, alike in of_header.items() if header]
    frames += [_unreadable(spark, alike, feed) for header, alike in of_header.items() if not header]
    if not frames:
        return spark.createDataFrame(
            [], ", ".join(f"{column.name} {column.type}" for column in feed.stored) + ", _lines int"
        )
    return reduce(DataFrame.unionByName, frames)


def _read_alike(spark: SparkSession, files: list[LandingFile], feed: Table) -> DataFrame:
    """Files with one header, whatever the order of its columns."""
    fields = ", ".join(f"`{name}`: string" for name in files[0].header)
    options = {"columnNameOfCorruptRecord": "_broken", "sep": feed.delimiter}
    row = F.from_csv("text", f"struct<{fields}, _broken: string>", options)
    # a generator keeps the parsed row from being parsed again for every column
    lines = _lines(spark, files).select("*", F.inline(F.array(F.struct(row.alias("row")))))
    typed = [_typed(F.col(f"row.`{column.name}`"), column).alias(column.name) for column in feed.columns]
    values = lines.select("*", *typed).withColumn(WHY.name, _why(feed, files))
    kept = [F.when(F.col(WHY.name).isNull(), F.col(column.name)).alias(column.name) for column in feed.columns]
    return values.select(
        *kept,
        WHY.name,
        F.lit(None).cast("string").alias(WARNING.name),
        *(c.name for c in LINEAGE),
        F.lit(1).alias("_lines"),
    )


def _lines(spark: SparkSession, files: list[LandingFile]) -> DataFrame:
    """``file, line, delivered_on, text``: one row per line after the header. A file must fit in a task's memory."""
    landing = str(files[0].path).removesuffix(files[0].name)
    start = F.instr("path", landing) + len(landing)
    content = spark.read.format("binaryFile").load([str(file.path) for file in files])
    parts = content.select(
        F.substr("path", start).alias("file"), F.split(F.col("content").cast("string"), "\n").alias("parts")
    )
    lines = parts.select("file", F.size("parts").alias("size"), F.posexplode("parts").alias("position", "text"))
    after_last_newline = (F.col("position") == F.col("size") - 1) & (F.col("text") == "")
    return lines.where((F.col("position") > 0) & ~after_last_newline).select(
        "file",
        (F.col("position") + 1).cast("long").alias("line"),
        F.lit(1).alias("item"),
        F.to_date(F.element_at(F.split("file", "/"), -2)).alias("delivered_on"),
        F.rtrim("text", F.lit("\r")).alias("text"),
    )


def _typed(text: C, column: Column) -> C:
    """The value, or null where the text is no such value."""
    if column.type == "timestamp":
        return F.try_to_timestamp(text, F.lit(column.format))
    if column.type == "date":
        return F.when(text.rlike(r"^\d{4}-"), F.try_to_timestamp(text, F.lit(column.format)).cast("date"))
    if column.type.startswith("decimal"):  # a cast alone takes 1e3 and rounds 1.999
        scale = column.type.rstrip(")").partition(",")[2]
        return F.when(text.rlike(rf"^-?\d+(\.\d{{1,{scale}}})?$"), text.try_cast(column.type))
    return text if column.type == "string" else text.try_cast(column.type)


def _why(feed: Table, files: list[LandingFile]) -> C:
    """The first thing wrong with a line, in words that hold none of its values."""
    last_lines = [F.struct(F.lit(file.name), F.lit(file.lines + 1)) for file in files if file.is_cut_off]
    is_cut_off = F.struct("file", F.col("line").cast("int")).isin(last_lines) if last_lines else F.lit(False)
    in_other_encoding = F.col("file").isin([file.name for file in files if not file.is_utf8])
    reasons = [
        F.when(in_other_encoding & F.col("text").contains("\ufffd"), "the line is not UTF-8"),
        F.when(is_cut_off, CUT_OFF),
        F.when(F.col("text") == "", "the line is empty"),
        F.when(F.col("row._broken").isNotNull(), "the line does not have the header's number of fields"),
    ]
    for column in feed.columns:
        is_wrong = F.col(f"row.`{column.name}`").isNotNull() & F.col(column.name).isNull()
        reasons.append(F.when(is_wrong, f"{column.name} is no {column.type}"))
    return F.coalesce(*reasons)


def _unreadable(spark: SparkSession, files: list[LandingFile], feed: Table) -> DataFrame:
    """Files refused as a whole: a row for each line, or line 0 where there is none, with the file's fault."""
    rows = [
        (file.fault, None, file.name, line, 1, file.night)
        for file in files
        for line in (range(2, file.lines + 2) if file.lines else [0])
    ]
    schema = ", ".join(f"{column.name} {column.type}" for column in (WHY, WARNING, *LINEAGE))
    nothing = [F.lit(None).cast(column.type).alias(column.name) for column in feed.columns]
    return spark.createDataFrame(rows, schema).select(
        *nothing, *(column.name for column in (WHY, WARNING, *LINEAGE)), F.lit(1).alias("_lines")
    )
