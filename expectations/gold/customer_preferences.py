"""What each customer likes: where, when and how they buy, and how sure that is."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, preferred

customer_preferences = Table(
    name="gold.customer_preferences",
    description="What each customer likes, by what they bought in the 365 days to as_of. Of whom little is known, the "
    "habits of all count more (empirical Bayes); beside each preference stands how many observations it is of. A "
    "preference is null where there are none.",
    grain="one row per customer with a purchase in the 365 days to as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.account_store_days",
        "gold.account_department_days",
        "gold.customer_products",
        "silver.customers",
        "silver.products",
    ),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        *preferred("channel", "string", "Channel"),
        *preferred("store_id", "string", "Store, of orders in one"),
        *preferred("weekday", "string", "Day of the week, Mon to Sun,"),
        *preferred("hour", "int", "Local hour, 0 to 23,", of="orders whose time is known"),
        *preferred(
            "daypart",
            "string",
            "Night from 0, morning from 6, noon from 11, afternoon from 14, evening from 17 to 24:",
            of="orders whose time is known",
            one_of=("night", "morning", "noon", "afternoon", "evening"),
        ),
        *preferred("time", "string", "Best time to reach them, such as Sat morning,", of="orders whose time is known"),
        Column("discounted_share", "double", "Share of lines bought with a discount.", between=(0, 1)),
        Column(
            "promotion_ratio",
            "double",
            "Lines with a discount, as a multiple of what others buy so in the same departments and months: over 1 who "
            "waits for it or looks for it.",
            between=(0, None),
        ),
        Column("promotion_lines", "long", "Lines that these two are of.", required=True, between=(0, None)),
        Column(
            "novelty_share",
            "double",
            "Of products bought in the last 91 days the share never bought before, of who has bought for 182 days.",
            between=(0, 1),
        ),
        Column("novelty_products", "long", "Products that it is of.", required=True, between=(0, None)),
        Column("novelty_quintile", "int", "5: buys most that is new to them.", between=(1, 5)),
        Column(
            "large_pack_share",
            "double",
            "Share of large packs: above the middle one of their product type; days of products count.",
            between=(0, 1),
        ),
        Column("large_pack_days", "long", "Days of products that it is of.", required=True, between=(0, None)),
        Column(
            "often_bought",
            "array<string>",
            "DEPARTMENT / CATEGORY bought on three days or more of the last 91, most often first; null where none is.",
        ),
    ),
    checks=(Check("a discounted line is a line", "discounted_share is null or promotion_lines > 0"),),
)
