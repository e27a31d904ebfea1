"""What models know of a customer in a category that they buy again and again: a step of a run."""

from expectations.contract import Column, Table
from expectations.shared import category, customer_id, department

customer_category_features = Table(
    name="gold.customer_category_features",
    description="The rhythm in which a customer buys a category: its days, and the days between them.",
    grain="one row per customer and category bought on four days or more of the last two years, once at least in the "
    "90 days to as_of",
    owner="customer-analytics",
    key=("customer_id", "department", "category"),
    made_from=("gold.account_department_days", "silver.customers"),
    write="run",
    columns=(
        customer_id,
        department,
        category,
        Column("category_days", "int", "Days on which it was bought.", required=True, between=(4, None)),
        *(
            Column(f"category_days_{days}d", "int", f"Of these, in the {days} days to as_of.", required=True)
            for days in (56, 112)
        ),
        Column("last_bought_on", "date", "The last of them.", required=True),
        Column("days_since_category", "int", "Days from then to as_of.", required=True, between=(0, 89)),
        Column("category_gap", "double", "Mean days between them.", required=True),
        Column("category_gap_deviation", "double", "Standard deviation of these gaps.", required=True),
        Column("category_gap_median", "double", "Their median: what is usual.", required=True),
        *(
            Column(f"category_gap_{part}", "double", f"{part} in a hundred of them are no longer.", required=True)
            for part in (10, 90)
        ),
        Column("category_gap_of_all", "double", "Median of category_gap of all who stand here with it.", required=True),
    ),
)
