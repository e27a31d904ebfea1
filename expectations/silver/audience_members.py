"""Who is in the seed lists of marketing."""

from dataclasses import replace

from expectations.contract import Table
from expectations.shared import account_id, audience

audience_members = Table(
    name="silver.audience_members",
    description="Accounts of the seed lists of marketing; of each list its newest delivery.",
    grain="one row per list and account",
    owner="marketing",
    key=("audience", "account_id"),
    write="delivery",
    whole=("audience",),
    columns=(audience, replace(account_id, required=True)),
)
