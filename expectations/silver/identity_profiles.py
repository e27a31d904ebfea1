"""What was known of each account on a night, as one number: it tells which accounts are to be compared anew."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id

identity_profiles = Table(
    name="silver.identity_profiles",
    description="Fingerprint of all that is known of an account, and of the model: only accounts with another one than "
    "on the night before, and those that they touch, are compared.",
    grain="one row per account with an identifier or an order that is asked about",
    owner="customer-data",
    key=("account_id",),
    made_from=("silver.identifiers", "silver.quoted_orders"),
    uses=("identity",),
    write="snapshot",
    keep_days=35,
    columns=(
        replace(account_id, required=True),
        Column("fingerprint", "long", "A hash of it.", required=True),
    ),
)
