"""What customers wrote, reviews and tickets as one: the step that all who read texts share. Lives only in a run."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import WRITTEN, channel, customer_id, department, product_id

customer_texts = Table(
    name="gold.customer_texts",
    description="Reviews and tickets, the language that they are written in and the needs that they tell of. Never "
    "published: tables share it.",
    grain="one row per review and per ticket, with a text or without",
    owner="customer-analytics",
    key=("channel", "kind", "text_id"),
    made_from=("silver.reviews", "silver.tickets", "silver.products", "silver.customers"),
    write="run",
    columns=(
        channel,
        Column("kind", "string", "review or ticket.", required=True, one_of=("review", "ticket")),
        Column("text_id", "string", "The review or ticket, by the channel's own number.", required=True),
        replace(customer_id, description="Who wrote it; null for somebody unknown.", required=False),
        replace(product_id, description="Product of a review.", required=False),
        replace(department, description="Its department; null where it has none.", required=False),
        Column("written_on", "date", "Local date, in the business's time zone.", required=True),
        Column("stars", "int", "Stars of a review, 1 to 5.", between=(1, 5)),
        Column("answer_stars", "int", "Stars for the answer to a ticket, 1 to 5.", between=(1, 5)),
        Column("is_open", "boolean", "A ticket that is open.", required=True),
        WRITTEN,
        Column("characters", "int", "Length of the text.", required=True, between=(0, None)),
        Column(
            "language",
            "string",
            "en: written in Latin letters; zh: in Chinese characters; both; null where there are neither.",
            one_of=("en", "zh", "both"),
        ),
        Column("needs", "array<string>", "Needs whose words are in it (expectations/needs.py), sorted.", required=True),
    ),
    checks=(Check("a review is not open", "kind = 'ticket' or not is_open"),),
)
