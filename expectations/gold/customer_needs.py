"""What each customer looks for: price, newness, quality ... by what they buy and by what they complain of."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, leaning, need

customer_needs = Table(
    name="gold.customer_needs",
    description="What each customer looks for, beside all customers. A leaning is how far their share lies above the "
    "mean of all, in standard deviations between customers, less where it is of few observations (as if four more "
    "were usual; Agresti and Coull 1998), and 0 where chance puts it there too (1.96 of its deviations). A complaint "
    "of the last 365 days counts as one deviation more. The strongest of 1 or more is the need; of equals the first.",
    grain="one row per customer with an order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_behaviour",
        "gold.customer_preferences",
        "gold.customer_channels",
        "gold.customer_feedback",
    ),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        need,
        Column("strength", "double", "Of the strongest, need or not.", required=True, between=(0, None)),
        leaning("price", "buys on offer, beside others in the same departments and months"),
        leaning("newness", "buys what is new to them"),
        leaning("large_packs", "buys large packs"),
        leaning("quality", "buys name brands, where there is an own brand beside them"),
        leaning("convenience", "orders in an app, in a web shop or for delivery"),
        Column("why", "string", "What they buy or complain of, in words; null where the need is none."),
    ),
    checks=(
        Check("a need is strong", "(need = 'none') = (strength < 1)"),
        Check("a need has its reason", "(need = 'none') = (why is null)"),
    ),
)
