"""How many customers have a tag, and which other tags they have: for BI."""

from dataclasses import replace

from expectations.contract import Check, Column, Table, Total
from expectations.shared import tag

customer_tag_overlap = Table(
    name="gold.customer_tag_overlap",
    description="Counts of tags and of pairs of tags. Where both are the same, it is the tag's own count.",
    grain="one row per two tags that some customer has both of, both ways; and per tag",
    owner="marketing",
    key=("tag", "other_tag"),
    made_from=("gold.customer_tags",),
    write="snapshot",
    keep_days=400,
    columns=(
        tag,
        replace(tag, name="other_tag", description="The other tag."),
        Column("customers", "long", "Customers with both.", required=True, between=(1, None)),
        Column("share", "double", "Of those with the tag, the share with the other.", required=True, between=(0, 1)),
        Column(
            "lift",
            "double",
            "That share, as a multiple of the other's share of all who have any tag: over 1 they go together.",
            required=True,
            between=(0, None),
        ),
    ),
    checks=(Check("all with a tag have it", "tag <> other_tag or share = 1"),),
    totals=(
        Total(
            "every tag of a customer counts",
            "coalesce(sum(customers) filter (where tag = other_tag), 0)",
            "gold.customer_tags",
            "count(*)",
        ),
    ),
)
