"""The ledger of numbers: the only place where a number of ours is made. It survives a rebuild."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id

account_numbers = Table(
    name="silver.account_numbers",
    description="Each account's own number, issued once and for good. A customer has that of its oldest account.",
    grain="one row per account",
    owner="customer-data",
    key=("account_id",),
    made_from=(
        "silver.orders",
        "silver.order_lines",
        "silver.accounts",
        "silver.members",
        "silver.campaign_targets",
        "silver.redemptions",
    ),
    write="state",
    columns=(
        replace(account_id, required=True),
        Column(
            "account_number",
            "long",
            "A number of ours.",
            required=True,
            between=(0, 2**53 - 1),
            personal="pseudonymous",
        ),
        Column("known_on", "date", "Night that first delivered the account.", required=True),
        Column("seniority", "long", "Place in the order of issue, from 1: the lower, the older.", required=True),
    ),
)
