"""What identity leaves to people."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import two_accounts

identity_review = Table(
    name="silver.identity_review",
    description="Pairs of accounts that look like one person and were not joined, and accounts that name two persons.",
    grain="one row per pair; an account that names two persons is its own pair",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    made_from=("silver.account_numbers", "silver.identity_links", "silver.identity_decisions", "silver.customers"),
    write="snapshot",
    keep_days=400,
    columns=(
        two_accounts[0],
        replace(two_accounts[1], description="The other account, or the same."),
        Column("reason", "string", "Why they were not joined, in words.", required=True),
    ),
)
