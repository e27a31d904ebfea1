"""How right identity is where people looked: of who is one person."""

from expectations.contract import Check, Column, Table
from expectations.shared import two_accounts

identity_recall = Table(
    name="silver.identity_recall",
    description="Pairs that people found one person's, and whether the links alone join them: the table's quality is "
    "identity's recall there. Who looks at what was not joined sees more than its share of misses.",
    grain="one row per pair that people found one person's",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    made_from=("silver.account_numbers", "silver.identity_links", "silver.identity_decisions"),
    write="snapshot",
    keep_days=400,
    columns=(
        *two_accounts,
        Column("is_joined", "boolean", "The links alone join them.", required=True),
    ),
    checks=(Check("who is one person is joined", "is_joined", "completeness", severity="warn", allowed=1.0),),
)
