"""Identity: which accounts are one person's."""

from expectations.contract import Model

identity = Model(
    name="identity",
    description="Fellegi-Sunter by Splink: how surely two accounts are one person's.",
    owner="customer-data",
    made_from=("silver.identifiers",),
    opens=True,
    holdout_days=0,
    metric="f1_hidden",
    lower_is_better=False,
    baselines=("same_name_and_one_thing_more",),
)
