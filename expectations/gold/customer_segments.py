"""Behavioural segments: who buys alike, and who is like nobody."""

from expectations.contract import Column, Table
from expectations.shared import customer_id, model_version

customer_segments = Table(
    name="gold.customer_segments",
    description="Each customer's segment, by k-means on how much they buy, and what. Its number stays when the "
    "model is retrained.",
    grain="one row per customer with an order by as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_behaviour", "gold.customer_department_mix"),
    uses=("segments",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("segment", "long", "Number of the segment, from 1.", required=True, between=(1, None)),
        Column("segment_name", "string", "What sets the segment apart.", required=True),
        Column(
            "distance",
            "double",
            "From the segment's centre, in standard deviations of behaviour.",
            required=True,
            between=(0, None),
        ),
        Column("is_unusual", "boolean", "Like nobody: far from every dense place (DBSCAN).", required=True),
        model_version,
    ),
)
