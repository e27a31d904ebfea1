"""The golden record: of each customer the name, number and addresses that count, in tokens."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import SAID, account_id, channel, customer_id

golden_records = Table(
    name="silver.golden_records",
    description="What counts of all that a customer's accounts say: whole before masked, proved before not, trusted "
    "before less (the feed's `trust`), newer before older.",
    grain="one row per customer and kind",
    owner="customer-data",
    key=("customer_id", "kind"),
    made_from=("silver.identifiers", "silver.customers"),
    opens=True,
    write="snapshot",
    keep_days=35,
    columns=(
        customer_id,
        Column(
            "kind",
            "string",
            "What it is.",
            required=True,
            one_of=SAID,
        ),
        Column(
            "token", "string", "What stands for it; the vault has the value.", required=True, personal="pseudonymous"
        ),
        replace(account_id, description="Account that says it.", required=True),
        replace(channel, description="Channel that said it."),
        Column("verified_on", "date", "Night from which on its channel had proved it; null where it had not."),
        Column("known_on", "date", "Night that first delivered it.", required=True),
    ),
)
