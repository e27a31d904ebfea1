"""In which department a customer will buy next, how sure that is, and why."""

from expectations.contract import Column, Table
from expectations.shared import come_to, customer_id, department, model_version, reasons

customer_propensity = Table(
    name="gold.customer_propensity",
    description="Probability of a purchase in each department in the next 28 days, with its reasons.",
    grain="one row per customer with a purchase in the 56 days to as_of, and department that one in twenty of them "
    "bought in within 90 days; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id", "department"),
    made_from=("gold.customer_department_features", "gold.customer_features"),
    uses=("propensity",),
    write="snapshot",
    keep_days=60,
    columns=(
        customer_id,
        department,
        Column("propensity", "double", "The probability.", required=True, between=(0, 1)),
        Column("is_bought_56d", "boolean", "They bought there in the last 56 days.", required=True),
        *reasons("propensity"),
        model_version,
    ),
    checks=(come_to("propensity"),),
)
