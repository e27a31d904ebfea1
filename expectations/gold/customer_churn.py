"""Who is about to leave, how sure that is, and why."""

from expectations.contract import Column, Table
from expectations.shared import come_to, customer_id, model_version, reasons

customer_churn = Table(
    name="gold.customer_churn",
    description="Who is about to leave: a probability with its reasons, and beside it signs that a rule sees.",
    grain="one row per customer with a purchase in the 56 days to as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_features", "gold.customer_engagement"),
    uses=("churn",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column(
            "churn_probability",
            "double",
            "Probability of no purchase in the next 28 days.",
            required=True,
            between=(0, 1),
        ),
        Column("is_warned", "boolean", "It is rather likely than not: one in two, or more.", required=True),
        *reasons("churn_probability"),
        Column(
            "is_rhythm_broken",
            "boolean",
            "Away more than twice as long as four in five of their gaps; of who came on one day alone, 28 days.",
            required=True,
        ),
        Column("is_complaint_open", "boolean", "A ticket is open.", required=True),
        Column(
            "is_browsing_only",
            "boolean",
            "Was seen in the app after the last order, and bought nothing for 28 days.",
            required=True,
        ),
        Column(
            "rule_level",
            "string",
            "By these three signs: high two or more, raised one, low none.",
            required=True,
            one_of=("high", "raised", "low"),
        ),
        model_version,
    ),
    checks=(come_to("churn_probability"),),
)
