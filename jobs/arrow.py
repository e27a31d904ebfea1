"""A contract's types as Arrow knows them, and what a function makes of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import pyarrow as pa

from expectations.contract import Column, Table

NAMED = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "byte": pa.int8(),
    "short": pa.int16(),
    "int": pa.int32(),
    "long": pa.int64(),
    "double": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
    "binary": pa.binary(),
    "array<string>": pa.list_(pa.string()),
    "array<int>": pa.list_(pa.int32()),
    "array<double>": pa.list_(pa.float64()),
    "map<string,double>": pa.map_(pa.string(), pa.float64()),
}


def ddl(columns: Iterable[Column]) -> str:
    """Their names and types, as Spark reads a schema."""
    return ", ".join(f"{column.name} {column.type}" for column in columns)


def shaped(rows: pd.DataFrame, table: Table) -> pa.Table:
    """What a job made on the driver, with the columns of its contract."""
    schema = pa.schema([(column.name, arrow_type(column.type)) for column in table.columns])
    return pa.Table.from_pandas(rows[schema.names].astype(object), schema, preserve_index=False)


def arrow_type(name: str) -> pa.DataType:
    """Arrow's type of a Spark SQL type; KeyError for one that no contract uses."""
    if name.startswith("decimal("):
        return pa.decimal128(*(int(n) for n in name[8:-1].split(",")))
    return NAMED[name]


def mapped(texts: pa.Array, of: Callable[[str], str]) -> pa.Array:
    """What ``of`` makes of each text, asked once for all that are equal; null stays."""
    encoded = texts.dictionary_encode()
    return pa.array([of(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
