"""What became of customers' numbers, so that old reports can be read."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id, customer_id

customer_id_changes = Table(
    name="silver.customer_id_changes",
    description="Accounts that came to another customer, by a merge or a split: what a number of an old report is now.",
    grain="one row per night and account whose customer became another",
    owner="customer-data",
    key=("account_id",),
    made_from=("silver.customers",),
    write="log",
    columns=(
        replace(account_id, required=True),
        replace(customer_id, name="was_customer_id", description="The customer until then."),
        replace(customer_id, description="The customer from then on."),
        Column(
            "change",
            "string",
            "merge: two customers are one; split: one is two.",
            required=True,
            one_of=("merge", "split"),
        ),
        Column("reason", "string", "Why, in words; null where it is alone from then on."),
    ),
)
