"""How many customers are so in all four axes, and what they are worth: for BI."""

from dataclasses import replace

from expectations.contract import Column, Table, Total
from expectations.shared import attribute, behaviour, need, tier

customer_axes_counts = Table(
    name="gold.customer_axes_counts",
    description="Customers by attribute, behaviour, need and value; sums over some axes are counts of the others.",
    grain="one row per attribute, behaviour, need and value that some customer has all of",
    owner="customer-analytics",
    key=("attribute", "behaviour", "need", "value"),
    made_from=("gold.customer_axes",),
    write="snapshot",
    keep_days=400,
    columns=(
        attribute,
        behaviour,
        need,
        replace(tier, name="value", required=True),
        Column("customers", "long", "Customers with all four.", required=True, between=(1, None)),
        Column(
            "lift",
            "double",
            "As a multiple of how many there were if the axes had nothing to do with one another: over 1 they go "
            "together.",
            required=True,
            between=(0, None),
        ),
        Column("spend", "decimal(18,2)", "Their spend so far, net of returns.", required=True),
        Column("customers_scored", "long", "Of them, with a lifetime value.", required=True, between=(0, None)),
        Column("lifetime_value", "double", "Sum of these; null where none has one.", between=(0, None)),
    ),
    totals=(
        Total("every customer counts once", "coalesce(sum(customers), 0)", "gold.customer_axes", "count(*)"),
        Total("no money is lost on the way", "sum(spend)", "gold.customer_axes", "sum(spend)"),
    ),
)
