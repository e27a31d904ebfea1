"""When a customer will buy again what they buy again and again, how sure that is, and when to remind them."""

from expectations.contract import Check, Column, Table
from expectations.shared import category, customer_id, department, model_version

customer_next_purchase = Table(
    name="gold.customer_next_purchase",
    description="When a customer will buy a category again, with a window that holds it in four cases of five. A day "
    "is told within 56 days.",
    grain="one row per customer and category bought on four days or more of the last two years, once at least in the "
    "90 days to as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id", "department", "category"),
    made_from=("gold.customer_category_features", "gold.customer_features"),
    uses=("next_purchase",),
    write="snapshot",
    keep_days=60,
    columns=(
        customer_id,
        department,
        category,
        Column("last_bought_on", "date", "The last day on which it was bought.", required=True),
        Column("category_gap_median", "double", "What is usual: median days between two of these days.", required=True),
        Column(
            "expected_on",
            "date",
            "The day by which they will rather have bought it than not; null where that is more than 56 days ahead.",
        ),
        Column("window_from", "date", "The window's first day.", required=True),
        Column("window_until", "date", "Its last day; null where they may as well come later, or no more."),
        Column("remind_on", "date", "Three days before expected_on; the day after as_of where that has passed."),
        Column(
            "probability_28d",
            "double",
            "Probability of a purchase in the next 28 days.",
            required=True,
            between=(0, 1),
        ),
        Column("why", "string", "Why: the rhythm, in words.", required=True),
        model_version,
    ),
    checks=(
        Check(
            "the day lies in its window",
            "expected_on is null or expected_on between window_from and coalesce(window_until, expected_on)",
        ),
        Check("a reminder comes before", "expected_on is null or remind_on <= expected_on"),
    ),
)
