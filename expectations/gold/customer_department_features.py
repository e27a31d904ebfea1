"""What models know of a customer in a department: a step of a run."""

from expectations.contract import Column, Table
from expectations.shared import customer_id, department

customer_department_features = Table(
    name="gold.customer_department_features",
    description="What a customer bought in a department, as models look at it. A day in a department is one with a "
    "line sold there.",
    grain="one row per customer with a purchase in the 56 days to as_of, and department that one in twenty of them "
    "bought in within 90 days",
    owner="customer-analytics",
    key=("customer_id", "department"),
    made_from=("gold.account_department_days", "silver.customers", "gold.customer_features"),
    write="run",
    columns=(
        customer_id,
        department,
        Column("department_days", "long", "Days in the department.", required=True, between=(0, None)),
        *(
            Column(f"department_days_{days}d", "long", f"Of these, in the {days} days to as_of.", required=True)
            for days in (14, 28, 56, 90, 180)
        ),
        Column("days_since_department", "int", "Days from the last of them to as_of; null where there is none."),
        Column("department_gap", "double", "Mean days between them; null below two."),
        Column("reach_28d", "double", "Share of these customers who bought in the department in the last 28 days."),
        Column("again_28d", "double", "The same share of those who had in the 28 days before; null where nobody had."),
    ),
)
