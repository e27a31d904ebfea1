"""Retention of monthly cohorts, for BI."""

from expectations.contract import Check, Column, Table, Total

cohort_retention = Table(
    name="gold.cohort_retention",
    description="Of the customers who first ordered in a month, how many ordered in each month since.",
    grain="one row per month joined and month since, months without an order included",
    owner="customer-analytics",
    key=("joined_month", "months_since"),
    made_from=("gold.customer_days",),
    write="current",
    columns=(
        Column("joined_month", "date", "First day of the month of the first order.", required=True),
        Column("months_since", "int", "Months since; 0 is the month joined.", required=True, between=(0, None)),
        Column("is_complete", "boolean", "The month was over by as_of.", required=True),
        Column("customers", "long", "Customers who joined in that month.", required=True, between=(1, None)),
        Column("active_customers", "long", "Of these, who ordered in the month.", required=True, between=(0, None)),
        Column("retention", "double", "active_customers / customers.", required=True, between=(0, 1)),
        Column("orders", "long", "Their orders in the month.", required=True, between=(0, None)),
        Column("purchased", "decimal(18,2)", "Money of these orders.", required=True),
        Column("spend", "decimal(18,2)", "Net of what they brought back in the month.", required=True),
    ),
    checks=(Check("everybody is active in the month joined", "months_since > 0 or retention = 1"),),
    totals=(
        Total("no money is lost on the way", "sum(purchased)", "gold.customer_days", "sum(purchased)"),
        Total("no order is lost on the way", "sum(orders)", "gold.customer_days", "sum(orders)"),
    ),
)
