"""Whether a text praises or complains: each is scored once, for all who ask. Lives only in a run."""

from expectations.contract import Column, Table
from expectations.shared import channel, customer_id, model_version

customer_sentiments = Table(
    name="gold.customer_sentiments",
    description="Sentiment of each text. Never published: tables share it.",
    grain="one row per text in words, of the 365 days to as_of, of a customer who allows analytics; empty before the "
    "first champion",
    owner="customer-analytics",
    key=("channel", "kind", "text_id"),
    made_from=("gold.customer_texts",),
    uses=("sentiment",),
    write="run",
    columns=(
        channel,
        Column("kind", "string", "review or ticket.", required=True, one_of=("review", "ticket")),
        Column("text_id", "string", "The review or ticket, by the channel's own number.", required=True),
        customer_id,
        Column(
            "sentiment",
            "double",
            "Probability that who wrote so gives four or five stars, and not one or two.",
            required=True,
            between=(0, 1),
        ),
        model_version,
    ),
)
