"""Orders that somebody asked about: whose they are, and who asked. Lives only in a run."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id

quoted_orders = Table(
    name="silver.quoted_orders",
    description="Orders that a ticket names: the account that placed each, and those that asked. Never published.",
    grain="one row per order and account",
    owner="customer-data",
    key=("order_id", "account_id"),
    made_from=("silver.tickets", "silver.orders"),
    write="run",
    columns=(
        Column("order_id", "string", "The order, by its channel's own number.", required=True),
        replace(account_id, required=True),
    ),
)
