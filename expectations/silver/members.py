"""Members and the demographics that they gave."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id

members = Table(
    name="silver.members",
    description="Members of the loyalty programme with known demographics.",
    grain="one row per member",
    owner="crm",
    key=("account_id",),
    write="delivery",
    columns=(
        replace(account_id, required=True),
        Column("household_id", "string", "Household, in its number space.", personal="pseudonymous"),
        Column("age_band", "string", "Age band.", personal="quasi", matches=r"^\d+(-\d+|\+)$"),
        Column("income_band", "string", "Household income band, thousand USD a year.", personal="quasi"),
        Column("home_ownership", "string", "Homeowner, Renter or probably so.", personal="quasi"),
        Column("marital_status", "string", "Married or Unmarried.", one_of=("Married", "Unmarried"), personal="quasi"),
        Column("household_size", "string", "People in the household, 5+ being five or more.", personal="quasi"),
        Column("household_composition", "string", "Adults and kids in words.", personal="quasi"),
        Column("kids_count", "string", "Children, 3+ being three or more.", personal="quasi"),
    ),
)
