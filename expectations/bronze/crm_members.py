"""The CRM's member file: a full snapshot of the demographics that members gave."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

crm_members = Table(
    name="bronze.crm_members",
    description="Member file of the CRM, as it came.",
    grain="one row per line of a delivered file",
    owner="crm",
    key=("file", "line"),
    write="delivery",
    channel="crm",
    feeds=("silver.members",),
    delivers="everything",
    columns=(
        Column(
            "household_id",
            "string",
            "Household of the member.",
            matches=DIGITS,
            personal="pseudonymous",
            space="household",
        ),
        Column("age", "string", "Age band.", personal="quasi"),
        Column("income", "string", "Household income band, thousand USD a year.", personal="quasi"),
        Column("home_ownership", "string", "Owner or renter.", personal="quasi"),
        Column("marital_status", "string", "Marital status.", personal="quasi"),
        Column("household_size", "string", "People in the household.", personal="quasi"),
        Column("household_comp", "string", "Composition of the household.", personal="quasi"),
        Column("kids_count", "string", "Children in the household.", personal="quasi"),
    ),
    checks=(READABLE, ODD),
)
