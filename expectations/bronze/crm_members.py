"""The CRM's member file: a full snapshot of who they are, and of the demographics that they gave."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE, card_id

crm_members = Table(
    name="bronze.crm_members",
    description="Member file of the CRM, as it came.",
    grain="one row per line of a delivered file",
    owner="crm",
    key=("file", "line"),
    write="delivery",
    channel="crm",
    feeds=("silver.members", "silver.accounts"),
    delivers="everything",
    regions=("US", "CN"),
    columns=(
        card_id,
        Column("household_id", "string", "Household.", matches=DIGITS, personal="pseudonymous", space="household"),
        Column("joined_on", "date", "Day on which the card was issued.", format="yyyy-MM-dd"),
        Column("name", "string", "Name, as the member wrote it.", personal="direct", holds="name"),
        Column("phone", "string", "Telephone.", personal="direct", holds="phone"),
        Column("email", "string", "E-mail address.", personal="direct", holds="email"),
        Column("address", "string", "Street and place.", personal="direct", holds="address"),
        Column("birthday", "string", "Day of birth.", format="yyyy-MM-dd", personal="direct", holds="birthday"),
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
