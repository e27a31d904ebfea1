"""What was built, when, how long it took."""

from expectations.contract import Column, Table

runs = Table(
    name="ops.runs",
    description="One line per table that a run published or stopped. Skipped tables change nothing and leave no line.",
    grain="one row per table and run that built it",
    owner="platform",
    key=("run", "table_name"),
    write="current",
    columns=(
        Column("run", "string", "The run: as_of and start, UTC."),
        Column("as_of", "date", "Day that the run was for."),
        Column("table_name", "string", "Table."),
        Column("outcome", "string", "published, or stopped."),
        Column("why", "string", "Why it was stopped."),
        Column("made_without", "string", "Tables that were stopped, of channels that it could be made without."),
        Column("nights", "long", "Nights that the run loaded."),
        Column("rows", "long", "Rows published."),
        Column("rejected", "long", "Rows rejected."),
        Column("repeated", "long", "Rows that repeat a key within a night."),
        Column("seconds", "double", "From start of the job to its commit."),
        Column("gate_seconds", "double", "Of these, in the gate."),
        Column("delta_version", "long", "Version published."),
        Column("published_at", "timestamp", "Instant of the commit."),
    ),
)
