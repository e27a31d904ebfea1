"""Which customers a person should look at, because they are unusual in what costs the shop, and why."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, model_version

customer_risk = Table(
    name="gold.customer_risk",
    description="How unusual each customer is in returns, coupons, accounts and days of spending, with the reasons. "
    "Nothing is decided by it alone: it says whom a person looks at, and a family at one address, a dress shop's "
    "customer who sends sizes back or a bargain hunter is unusual too. No order is refused and no account closed by it "
    "(GDPR Art. 22, PIPL Art. 24).",
    grain="one row per customer with an order in the 365 days to as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_risk_features",),
    uses=("risk",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column(
            "risk_score",
            "double",
            "How soon an isolation forest sets the customer apart: 1 at once, 0.5 as anybody.",
            required=True,
            between=(0, 1),
        ),
        Column(
            "risk_tier",
            "int",
            "5: unusual as 0.5 % of the customers were whom the model learned from; 4: as 2 %; 3: as 5 %; 2: as 20 %. "
            "4 and 5 have a score of 0.6 or more, so that nobody is in them where nobody stands apart.",
            required=True,
            between=(1, 5),
        ),
        Column("reason_1", "string", "What sets them apart most, in numbers; null below tier 3."),
        Column("reason_2", "string", "What does so next; null where nothing does."),
        Column("reason_3", "string", "What does so third; null where nothing does."),
        Column(
            "unusual_days_90d",
            "long",
            "Days of the last 90 on which they spent far more than they usually do: 3.5 robust deviations.",
            required=True,
            between=(0, 90),
        ),
        Column("unusual_day_on", "date", "The newest of these."),
        model_version,
    ),
    checks=(
        Check("reasons are of who is unusual", "risk_tier >= 3 or reason_1 is null"),
        Check("the tiers of who stands apart have their score", "risk_tier < 4 or risk_score >= 0.6"),
        Check("an unusual day has its date", "(unusual_days_90d > 0) = (unusual_day_on is not null)"),
    ),
)
