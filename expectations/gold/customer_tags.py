"""Which tags each customer has, and why."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, tag

customer_tags = Table(
    name="gold.customer_tags",
    description="Tags of each customer, by the rules of expectations/tags.py over the customer 360 of the day: of any "
    "past day, those that were valid then. A list for a campaign takes those alone who allow marketing.",
    grain="one row per customer and tag that they have",
    owner="marketing",
    key=("customer_id", "tag"),
    made_from=("gold.customer_360",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        tag,
        Column("tag_chinese", "string", "The same in Chinese.", required=True),
        Column("kind", "string", "What it tells of.", required=True, one_of=("base", "behaviour", "need", "value")),
        Column("why", "string", "Why they have it, in words.", required=True),
    ),
    checks=(Check("a reason says something", "length(why) > 0"),),
)
