"""Profiles: who is alike in who they are and in how they buy, in numbers and words at once."""

from expectations.contract import Column, Table
from expectations.shared import customer_id, model_version

customer_profiles = Table(
    name="gold.customer_profiles",
    description="Each customer's profile, by k-prototypes on mixed columns. Its number stays when the model is "
    "retrained.",
    grain="one row per customer with an order by as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_profile_features",),
    uses=("profiles",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("profile", "long", "Number of the profile, from 1.", required=True, between=(1, None)),
        Column("profile_name", "string", "What sets the profile apart.", required=True, personal="quasi"),
        Column(
            "dissimilarity",
            "double",
            "From the profile's prototype: squared standard deviations of the numbers, and the model's weight for each "
            "category that differs.",
            required=True,
            between=(0, None),
        ),
        model_version,
    ),
)
