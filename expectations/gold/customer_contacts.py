"""Who customers are, as people may see it: masked."""

from expectations.contract import Column, Table
from expectations.shared import customer_id

customer_contacts = Table(
    name="gold.customer_contacts",
    description="The golden record, masked: Wang *, 138****1234. What is missing is named.",
    grain="one row per customer of whom anything is known",
    owner="customer-data",
    key=("customer_id",),
    made_from=("silver.golden_records",),
    opens=True,
    write="snapshot",
    keep_days=35,
    columns=(
        customer_id,
        Column(
            "name",
            "string",
            "First word of the name (of a Chinese one the family name), then a star.",
            personal="quasi",
        ),
        Column("phone", "string", "Telephone number without its middle.", personal="quasi"),
        Column("email", "string", "First letter of the mailbox, and the host.", personal="quasi"),
        Column("birth_year", "int", "Year of birth.", personal="quasi"),
        Column("has_address", "boolean", "An address is known.", required=True),
        Column("missing", "array<string>", "Kinds that nothing is known of.", required=True),
    ),
)
