"""Data quality by dimension, for people."""

from expectations.contract import Column, Table

scorecard = Table(
    name="ops.scorecard",
    description="Share of rows that break no rule of a dimension.",
    grain="one row per table, dimension, night and channel",
    owner="platform",
    key=("table_name", "dimension", "night", "channel"),
    write="current",
    columns=(
        Column("table_name", "string", "Table."),
        Column("dimension", "string", "accuracy, completeness, consistency, uniqueness or timeliness."),
        Column("night", "date", "Night delivered, or as_of of a snapshot."),
        Column("channel", "string", "Channel that delivered; empty where the table is of the whole business."),
        Column("rows", "long", "Rows judged."),
        Column("passing", "long", "Rows that break no rule of the dimension."),
        Column("share_passing", "double", "passing / rows; null where nothing came."),
    ),
)
