"""What was trained, how good it was, what was promoted: the ledger that scoring asks."""

from expectations.contract import Column, Table

models = Table(
    name="ops.models",
    description="Every version of every model. A night is scored by the newest one promoted on or before it.",
    grain="one row per model and version",
    owner="platform",
    key=("model", "version"),
    write="current",
    columns=(
        Column("model", "string", "Model, as registered in MLflow."),
        Column("version", "long", "Version in MLflow."),
        Column("trained_as_of", "date", "Trained and judged on what was known at the end of this day."),
        Column("fitted_until", "date", "The cut: nothing later was fitted on."),
        Column("metric", "string", "What is compared."),
        Column("score", "double", "The metric on the days after the cuts that it was judged at."),
        Column("baseline_name", "string", "The strongest of its baselines."),
        Column("baseline", "double", "The metric of that one."),
        Column("champion_version", "long", "Champion at that time."),
        Column("champion_score", "double", "The metric of the champion, on the customers and days of the latest cut."),
        Column("promoted_as_of", "date", "Champion from this night on; null if it never was."),
        Column("why_not", "string", "Why it was not promoted."),
        Column("metrics", "map<string,double>", "All that the judge measured."),
        Column("fingerprint", "string", "Of model, data and code: the same makes no new version."),
    ),
)
