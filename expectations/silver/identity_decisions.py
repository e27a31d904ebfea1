"""What people decided about two accounts: it outranks the model from then on."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import account_id

identity_decisions = Table(
    name="silver.identity_decisions",
    description="Pairs of accounts that somebody looked at, and whether they are one person's.",
    grain="one row per pair; the newest decision counts",
    owner="customer-data",
    key=("account_id", "other_account_id"),
    write="delivery",
    columns=(
        replace(account_id, required=True),
        replace(account_id, name="other_account_id", description="The other account.", required=True),
        Column("is_same", "boolean", "They are one person's.", required=True),
    ),
    checks=(Check("two accounts are decided on", "account_id <> other_account_id"),),
)
