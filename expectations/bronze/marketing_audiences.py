"""Lists of customers that somebody wants more of: a file, or several, with all members of each list that it names."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, account_id, audience

marketing_audiences = Table(
    name="bronze.marketing_audiences",
    description="Seed lists of marketing, as they came. A list comes whole: it replaces the one of its name.",
    grain="one row per line of a delivered file",
    owner="marketing",
    key=("file", "line"),
    write="delivery",
    channel="marketing",
    feeds=("silver.audience_members",),
    delivers="changes",
    whole=("audience",),
    columns=(
        audience,
        Column(
            "account_id",
            "string",
            "A member, as in silver.customers.",
            required=True,
            ours=True,
            personal=account_id.personal,
        ),
    ),
    checks=(READABLE, ODD),
)
