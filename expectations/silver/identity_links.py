"""Which two accounts are one person's, how surely, and why; and which cannot be. One that is different from itself
names two persons."""

from expectations.contract import Check, Column, Table
from expectations.shared import two_accounts

identity_links = Table(
    name="silver.identity_links",
    description="Pairs of accounts that are one person's, how surely and why, and pairs that cannot be.",
    grain="one row per pair of accounts that speaks for or against being one person",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    made_from=("silver.identifiers", "silver.quoted_orders", "silver.identity_profiles"),
    opens=True,
    uses=("identity",),
    write="snapshot",
    keep_days=35,
    columns=(
        *two_accounts,
        Column(
            "kind",
            "string",
            "certain: an identifier proves it; probable: the model says so; different: they cannot be one person.",
            required=True,
            one_of=("certain", "probable", "different"),
        ),
        Column("probability", "double", "Probability that they are one person's.", required=True, between=(0, 1)),
        Column("weight", "double", "Evidence that they are, in bits.", required=True),
        Column("reason", "string", "Why, in words.", required=True),
    ),
    checks=(Check("a pair is told once", "account_id <= other_account_id"),),
)
