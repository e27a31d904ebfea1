"""How customers moved between stages in the last 28 days: a transition matrix."""

from dataclasses import replace

from expectations.contract import Column, Table, Total
from expectations.shared import stage

customer_stage_moves = Table(
    name="gold.customer_stage_moves",
    description="Customers by stage 28 days before as_of and stage at as_of, both as known at as_of.",
    grain="one row per pair of stages that a customer moved between",
    owner="customer-analytics",
    key=("from_stage", "to_stage"),
    made_from=("gold.customer_lifecycle",),
    write="snapshot",
    keep_days=400,
    columns=(
        replace(stage, name="from_stage", description="Stage 28 days ago."),
        replace(stage, name="to_stage", description="Stage at as_of."),
        Column("customers", "long", "Customers with this move.", required=True, between=(1, None)),
        Column(
            "share",
            "double",
            "Of those who were in from_stage: a transition's probability.",
            required=True,
            between=(0, 1),
        ),
    ),
    totals=(Total("every customer moves once", "coalesce(sum(customers), 0)", "gold.customer_lifecycle", "count(*)"),),
)
