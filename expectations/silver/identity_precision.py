"""How right identity is where people looked: of what it joins."""

from expectations.contract import Check, Column, Table
from expectations.shared import two_accounts

identity_precision = Table(
    name="silver.identity_precision",
    description="Pairs that people decided on and the links alone join: the table's quality is identity's precision.",
    grain="one row per decided pair that the links alone join",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    made_from=("silver.account_numbers", "silver.identity_links", "silver.identity_decisions"),
    write="snapshot",
    keep_days=400,
    columns=(
        *two_accounts,
        Column("is_same", "boolean", "People found them one person's.", required=True),
    ),
    # where surely more are wrong, silver.customers takes no new link
    checks=(Check("who is joined is one person", "is_same", "accuracy", severity="warn", allowed=0.05),),
)
