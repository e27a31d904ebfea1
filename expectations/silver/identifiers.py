"""What speaks for whom: names, numbers and addresses of all accounts, and the cards that they paid with, in tokens."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import SAID, account_id, channel

identifiers = Table(
    name="silver.identifiers",
    description="What speaks for whom, in tokens: all that an account ever said of its owner, and how it paid.",
    grain="one row per account, kind and token",
    owner="customer-data",
    key=("account_id", "kind", "token"),
    made_from=("silver.accounts", "silver.orders"),
    write="state",
    columns=(
        replace(account_id, required=True),
        Column(
            "kind",
            "string",
            "What it is.",
            required=True,
            one_of=(*SAID, "payment_card"),
        ),
        Column("token", "string", "What stands for it.", required=True, personal="pseudonymous"),
        replace(channel, description="Channel that said it first."),
        Column("verified_on", "date", "Night from which on its channel had proved it; null where it had not."),
        Column("known_on", "date", "Night that first delivered it.", required=True),
    ),
)
