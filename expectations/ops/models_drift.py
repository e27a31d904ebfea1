"""Are tonight's customers still those that a model learned from?"""

from expectations.contract import Column, Table

models_drift = Table(
    name="ops.models_drift",
    description="Population stability index of each feature and score of the customers that a night scored, against "
    "those that the model was fitted on, by the tenths of these. Under .1 little has shifted, over .25 much has.",
    grain="one row per model, night and feature or score",
    owner="platform",
    key=("model", "as_of", "column_name"),
    write="current",
    columns=(
        Column("model", "string", "Model, as registered in MLflow."),
        Column("version", "long", "Version that scored the night."),
        Column("as_of", "date", "Night that was scored."),
        Column("kind", "string", "feature or score."),
        Column("column_name", "string", "Column of what the model looks at, or of the table that it scores."),
        Column("population_stability_index", "double", "The index; 0 where nothing shifted."),
        Column("is_warned", "boolean", "Over .25, and more than chance gives so many customers."),
    ),
)
