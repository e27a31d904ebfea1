"""Whose account it is: which accounts are one customer, and why."""

from dataclasses import replace

from expectations.contract import Column, Table, Total
from expectations.shared import account_id, customer_id

customers = Table(
    name="silver.customers",
    description="Which customer an account belongs to, how surely and why. A customer has its oldest account's number.",
    grain="one row per account",
    owner="customer-data",
    key=("account_id",),
    made_from=(
        "silver.account_numbers",
        "silver.identity_links",
        "silver.identity_decisions",
        "silver.identity_precision",
    ),
    write="snapshot",
    keep_days=400,
    columns=(
        replace(account_id, required=True),
        replace(customer_id, between=(0, 2**53 - 1)),
        Column("known_on", "date", "Night that first delivered the account.", required=True),
        Column(
            "probability", "double", "That of its surest link to the customer; null where it is alone.", between=(0, 1)
        ),
        Column("reason", "string", "Why it is the customer's, in words; null where it is alone."),
    ),
    totals=(Total("every account is somebody's", "count(*)", "silver.account_numbers", "count(*)"),),
)
