"""What customers spend their money on: a step that segments look at. Lives only in a run."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id

customer_department_mix = Table(
    name="gold.customer_department_mix",
    description="How a customer's money is shared between departments, in the year to as_of, before returns.",
    grain="one row per customer with a line sold by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.account_department_days", "silver.customers"),
    write="run",
    columns=(
        customer_id,
        Column(
            "department_names",
            "array<string>",
            "Departments where they paid for something in these 365 days, by name.",
            required=True,
        ),
        Column("department_shares", "array<double>", "Share of their money in each; together 1.", required=True),
    ),
    checks=(Check("each department has its share", "size(department_names) = size(department_shares)"),),
)
