"""What people decided about two accounts: it outranks the model from then on."""

from expectations.contract import Check, Column, Table
from expectations.shared import two_accounts

identity_decisions = Table(
    name="silver.identity_decisions",
    description="Pairs of accounts that somebody looked at, and whether they are one person's.",
    grain="one row per pair; the newest decision counts",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    write="delivery",
    columns=(
        *two_accounts,
        Column("is_same", "boolean", "They are one person's.", required=True),
    ),
    checks=(Check("two accounts are decided on", "account_id <> other_account_id"),),
)
