"""Columns that mean the same everywhere. A table takes one as it is, or with ``dataclasses.replace``."""

from expectations.contract import Check, Column

#: Why the lines of a file are not read whose bytes another file of its night has: they are counted as repeated.
REPEATED = "the file repeats another of its night"

READABLE = Check("the line is readable", f"why is null or why = '{REPEATED}'", "accuracy", allowed=0.05)
ODD = Check("nothing is odd about the line", "warning is null", "consistency", severity="warn")

customer_id = Column("customer_id", "long", "The customer.", required=True, personal="pseudonymous")
channel = Column("channel", "string", "Channel that delivered the row.", required=True)
order_id = Column("order_id", "long", "The order (a basket at the till).", required=True)
product_id = Column("product_id", "long", "The product.", required=True)
store_id = Column("store_id", "long", "The store.", required=True)
campaign_id = Column("campaign_id", "long", "The campaign.", required=True)
coupon_upc = Column("coupon_upc", "long", "Universal product code printed on the coupon.", required=True)
ordered_at = Column("ordered_at", "timestamp", "Instant of the order.", required=True)
ordered_on = Column("ordered_on", "date", "Local date of the order, in the business's time zone.", required=True)
tier = Column(
    "tier",
    "string",
    "Value tier from the three RFM quintiles together: top 13-15, high 10-12, middle 7-9, low 3-6.",
    one_of=("top", "high", "middle", "low"),
)

model_version = Column("model_version", "long", "Version of the model in MLflow.", required=True)

TIMELY = Check("known within 3 days", "datediff(delivered_on, ordered_on) <= 3", "timeliness", severity="warn")
