"""What customers allowed us to do with their data, and took back."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import account_id

consents = Table(
    name="silver.consents",
    description="Consents by purpose, with the days on which they were given and taken back.",
    grain="one row per account, purpose and day given",
    owner="privacy",
    key=("account_id", "purpose", "given_on"),
    write="delivery",
    columns=(
        replace(account_id, required=True),
        Column(
            "purpose", "string", "What for.", required=True, one_of=("service", "analytics", "profiling", "marketing")
        ),
        Column("given_on", "date", "Day on which it was given.", required=True),
        Column("withdrawn_on", "date", "Day from which it does not count any more; null while it does."),
    ),
    checks=(Check("it is taken back after it was given", "withdrawn_on is null or withdrawn_on >= given_on"),),
)
