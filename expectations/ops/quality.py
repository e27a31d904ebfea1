"""How good what came was, rule by rule."""

from expectations.contract import Column, Table

quality = Table(
    name="ops.quality",
    description="Rows judged and rows that broke each rule, of the newest load of each table and night.",
    grain="one row per table, night, channel and rule",
    owner="platform",
    key=("table_name", "night", "channel", "rule"),
    write="current",
    columns=(
        Column("table_name", "string", "Table; landing for the landing zone as a whole."),
        Column("night", "date", "Night delivered, or as_of of a snapshot."),
        Column("channel", "string", "Channel that delivered; empty where the table is of the whole business."),
        Column("rule", "string", "The rule, in words."),
        Column("dimension", "string", "accuracy, completeness, consistency, uniqueness or timeliness."),
        Column("severity", "string", "reject, warn or stop."),
        Column("rows", "long", "Rows judged."),
        Column("broken", "long", "Of these, rows that break the rule."),
        Column("is_published", "boolean", "The night got through the gate."),
    ),
)
