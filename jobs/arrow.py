"""A contract's types as Arrow knows them."""

from __future__ import annotations

import pyarrow as pa

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
    "map<string,double>": pa.map_(pa.string(), pa.float64()),
}


def arrow_type(name: str) -> pa.DataType:
    """Arrow's type of a Spark SQL type; KeyError for one that no contract uses."""
    if name.startswith("decimal("):
        return pa.decimal128(*(int(n) for n in name[8:-1].split(",")))
    return NAMED[name]
