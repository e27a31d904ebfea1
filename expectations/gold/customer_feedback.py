"""What each customer told us: how they feel, what they need, and whether a complaint is open."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id

customer_feedback = Table(
    name="gold.customer_feedback",
    description="What each customer wrote and which stars they gave: sentiment, needs, complaints. A complaint is a "
    "ticket, a review with one or two stars, or one with three whose text is negative (sentiment below a half).",
    grain="one row per customer with a review or a ticket by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_texts", "gold.customer_sentiments"),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("texts", "long", "Reviews and tickets so far.", required=True, between=(1, None)),
        Column("reviews", "long", "Reviews so far.", required=True, between=(0, None)),
        Column("tickets", "long", "Tickets so far.", required=True, between=(0, None)),
        Column("mean_stars", "double", "Mean stars of the reviews, 1 to 5.", between=(1, 5)),
        Column(
            "mean_sentiment_91d",
            "double",
            "Mean sentiment of the texts of the 91 days to as_of, 0 to 1; null without a text in words, a champion, or "
            "consent to analytics.",
            between=(0, 1),
        ),
        Column("mean_sentiment_365d", "double", "The same of 365 days.", between=(0, 1)),
        Column("latest_sentiment", "double", "Sentiment of the newest text of these days.", between=(0, 1)),
        Column("last_written_on", "date", "Day of the newest review or ticket.", required=True),
        Column("needs", "array<string>", "Needs that texts of the last 365 days tell of, sorted.", required=True),
        Column("needs_complained", "array<string>", "Of these, those of complaints.", required=True),
        Column(
            "newest_complaints",
            "array<string>",
            "Of each of these the newest complaint, such as: late, ticket of 2017-12-01.",
            required=True,
        ),
        Column("complaints_365d", "long", "Complaints of the last 365 days.", required=True, between=(0, None)),
        Column("open_complaints", "long", "Tickets that are open.", required=True, between=(0, None)),
        Column(
            "complaint",
            "string",
            "open: a ticket is; closed: there were tickets, and all are closed; none: there never was one.",
            required=True,
            one_of=("open", "closed", "none"),
        ),
        Column("why", "string", "When they wrote last, about what, how, and what is open; in words.", required=True),
    ),
    checks=(
        Check("a text is a review or a ticket", "texts = reviews + tickets and open_complaints <= tickets"),
        Check("who complained of a need told of it", "size(array_except(needs_complained, needs)) = 0"),
        Check(
            "an open complaint is said",
            "(complaint = 'open') = (open_complaints > 0) and complaint = 'none' = (tickets = 0)",
        ),
    ),
)
