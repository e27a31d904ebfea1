"""Whose account it is: the only place where a customer's number is made."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id, customer_id

customers = Table(
    name="silver.customers",
    description="Which customer an account belongs to. A number once issued is kept. One account is one customer yet.",
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
        replace(customer_id, between=(0, 2**53 - 1)),
        Column("known_on", "date", "Night that first delivered the account.", required=True),
    ),
)
