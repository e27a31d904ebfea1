"""Columns that mean the same everywhere. A table takes one as it is, or with ``dataclasses.replace``."""

import os
from dataclasses import replace

from expectations.contract import Check, Column, Total

#: Why the lines of a file are not read whose bytes another file of its night has: they are counted as repeated.
REPEATED = "the file repeats another of its night"

#: Why an order's record is not read where a later one of its night holds the order too: it is counted as repeated.
SUPERSEDED = "a later record of its night holds its order"

READABLE = Check(
    "the line is readable", f"why is null or why in ('{REPEATED}', '{SUPERSEDED}')", "accuracy", allowed=0.05
)
ODD = Check("nothing is odd about the line", "warning is null", "consistency", severity="warn")

#: Of a feed; the table that it feeds shows the same, which is no longer direct.
TEXT = Column(
    "text",
    "string",
    "What was written, without names, phones, e-mails and addresses.",
    personal="direct",
    holds="text",
)
#: What stands in a text for somebody's name or number.
REDACTED = r"\[(?:name|phone|email|address|payment card)\]"
WRITTEN = replace(TEXT, personal="quasi", holds="")

#: What an account says of its owner, in the order in which people read it.
SAID = ("name", "phone", "email", "address", "birthday")

#: Ids that are written as numbers, and are none: nobody adds them up.
DIGITS = r"^[0-9]+$"

#: Currency of the business, an ISO 4217 code: money in another one is rejected, until rates are known.
CURRENCY = os.environ.get("GUANXI_CURRENCY", "USD")

customer_id = Column("customer_id", "long", "The customer, a number of ours.", required=True, personal="pseudonymous")
account_id = Column(
    "account_id",
    "string",
    "The customer's number in its number space, such as card:1234 or web:13126; null for a guest.",
    personal="pseudonymous",
)
two_accounts = (
    replace(account_id, required=True),
    replace(account_id, name="other_account_id", description="The other account.", required=True),
)
card_id = Column(
    "card_id", "string", "Loyalty card of the member.", matches=DIGITS, personal="pseudonymous", space="card"
)
channel = Column("channel", "string", "Channel that delivered the row.", required=True)
order_id = Column(
    "order_id", "string", "The order (a receipt at the till), by the channel's own number.", required=True
)
product_id = Column("product_id", "string", "The product, in its number space.", required=True)
department = Column("department", "string", "Department, as the product master has it.", required=True)
category = Column("category", "string", "Category within the department.", required=True)
categories = Column("categories", "array<string>", "Categories of what was sold, sorted; those that a product has.")
products = Column("products", "array<string>", "Products that were sold, sorted, each once.")
store_id = Column("store_id", "string", "The store, in its number space; null where there is none.")
campaign_id = Column("campaign_id", "string", "The campaign, in its number space.", required=True)
coupon_upc = Column("coupon_upc", "string", "Universal product code printed on the coupon.", required=True)
ordered_at = Column("ordered_at", "timestamp", "Instant of the order.", required=True)
ordered_on = Column("ordered_on", "date", "Local date of the order, in the business's time zone.", required=True)
kind = Column(
    "kind",
    "string",
    "sale; return; other: postage, an order's discount, a fee, an adjustment, which is money and nothing else.",
    required=True,
    one_of=("sale", "return", "other"),
)
tier = Column(
    "tier",
    "string",
    "Value tier from the three RFM quintiles together: top 13-15, high 10-12, middle 7-9, low 3-6.",
    one_of=("top", "high", "middle", "low"),
)

stage = Column(
    "stage",
    "string",
    "Where the customer stands: gold.customer_lifecycle says by which rule.",
    required=True,
    one_of=("prospect", "new", "growing", "mature", "declining", "sleeping", "lost", "won back"),
)

attribute = Column(
    "attribute",
    "string",
    "Who they are, by the member file: age and household, such as young family; unknown where it says neither.",
    required=True,
    personal="quasi",
)
behaviour = Column(
    "behaviour", "string", "How they buy: the name of their segment; unknown where they are in none.", required=True
)
need = Column(
    "need",
    "string",
    "What they look for: gold.customer_needs says by which rule; none where nothing stands out.",
    required=True,
    one_of=("price", "newness", "large packs", "quality", "convenience", "service", "none"),
)

tag = Column("tag", "string", "The tag.", required=True)

audience = Column("audience", "string", "The audience: of expectations/audiences.py, or a list's own.", required=True)

model_version = Column("model_version", "long", "Version of the model in MLflow.", required=True)


def come_to(score: str) -> Check:
    """A probability is no more and no less than its ``reasons``."""
    adds = " + ".join(column.name for column in reasons(score) if column.type == "double")
    return Check("the reasons come to the score", f"abs({adds} - ln({score} / (1 - {score}))) < 0.001")


def reasons(score: str) -> tuple[Column, ...]:
    """The three strongest reasons of a probability, and what they add: with all the rest they are the score."""
    words = ("strongest", "second", "third")
    return (
        *(
            Column(f"reason_{n}", "string", f"The {word} reason for {score}.", required=True)
            for n, word in enumerate(words, 1)
        ),
        *(
            Column(f"reason_{n}_log_odds", "double", "What it adds, in log odds; 0.7 doubles the odds.", required=True)
            for n, _ in enumerate(words, 1)
        ),
        Column("other_log_odds", "double", "What all other reasons add.", required=True),
        Column("base_log_odds", "double", "Log odds of a customer of whom nothing is known.", required=True),
    )


def leaning(name: str, meaning: str) -> Column:
    """How far above all customers a customer ``meaning``."""
    return Column(
        f"{name}_leaning", "double", f"How far above others: {meaning}; null where nothing is known.", between=(0, None)
    )


def preferred(
    what: str, kind: str, meaning: str, of: str = "orders", one_of: tuple[str, ...] = ()
) -> tuple[Column, Column, Column]:
    """The likeliest of its kind, how likely it is, and how many observations say so."""
    name = what.removesuffix("_id")
    return (
        Column(f"preferred_{what}", kind, f"{meaning} where the next order is likeliest.", one_of=one_of),
        Column(f"preferred_{name}_share", "double", "How likely.", between=(0, 1)),
        Column(f"preferred_{name}_orders", "long", f"Of how many {of}.", required=True, between=(0, None)),
    )


#: What somebody, an account or a customer, bought and brought back on a day.
DAY_SUMS = (
    Column("orders", "long", "Purchases of the day: orders with a line sold.", required=True, between=(0, None)),
    Column("lines", "long", "Lines sold on the day.", required=True, between=(0, None)),
    Column(
        "purchased",
        "decimal(18,2)",
        "Money of the day's purchases, their postage and discounts included.",
        required=True,
    ),
    Column("returned", "decimal(18,2)", "Money that went back on the day, less fees.", required=True),
    Column("spend", "decimal(18,2)", "Net: purchased less returned.", required=True),
    Column("card_discount", "decimal(18,2)", "Loyalty-card discounts on what was sold.", required=True),
    Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupons on what was sold.", required=True),
    Column("coupon_match", "decimal(18,2)", "Retailer's match of coupons on what was sold.", required=True),
)

ALL_THE_MONEY = Total(
    "customers and guests together are all the money",
    "coalesce(sum(spend), 0)",
    "gold.account_days",
    "coalesce(sum(spend), 0) - coalesce(sum(spend) filter (where account_id is null), 0)",
)


def not_from_the_future(column: str) -> Check:
    """What a delivery tells has happened; of a date that every row has."""
    return Check("not from the future", f"{column} <= delivered_on", "accuracy")


def timely(column: str) -> Check:
    return Check("known within 3 days", f"datediff(delivered_on, {column}) <= 3", "timeliness", severity="warn")


TIMELY = Check(
    "known within 3 days",
    "ordered_on is null or datediff(delivered_on, ordered_on) <= 3",
    "timeliness",
    severity="warn",
)
NOT_FROM_THE_FUTURE = Check("not from the future", "ordered_on is null or ordered_on <= delivered_on", "accuracy")
BUYER = Check("the buyer is known", "account_id is not null", "completeness", severity="limit", allowed=0.05)
