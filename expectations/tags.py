"""The tags that people know customers by: one line each, as SQL over ``gold.customer_360``. Add one, and the next night
has it; ``valid_from`` keeps it out of days before, so that a past day stays what it was.

``why`` is told to whoever reads the list: ``{column}`` stands for its value, ``{column:%}`` for a share of a hundred,
and ``{column~words}`` for those of its values that have one of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["base", "behaviour", "need", "value"]
BEGAN = date(2016, 1, 1)
SNACKS = "snack|chips|cookie|cracker|popcorn|candy|chocolate|零食|薯片|饼干|糖果|巧克力|坚果"
FOR_BABIES = "baby|diaper|infant|婴|宝宝|尿布|尿不湿|纸尿裤"
FOR_PETS = "(^|[^a-z])(pets?|dogs? food|cats? food|dog|cat|litter)([^a-z]|$)|宠物|猫|狗"
DRINKS = "wine|beer|spirit|liquor|啤酒|葡萄酒|白酒|红酒"


@dataclass(frozen=True)
class Tag:
    name: str
    chinese: str
    kind: Kind
    rule: str
    why: str
    owner: str = "marketing"
    valid_from: date = BEGAN


def buys(name: str, chinese: str, words: str) -> Tag:
    """Something whose department or category has one of these words is bought again and again."""
    rule = f"exists(often_bought, of -> lower(of) rlike '{words}')"
    return Tag(name, chinese, "need", rule, f"often buys {{often_bought~{words}}}")


def likes(name: str, chinese: str, daypart: str) -> Tag:
    """Half of their orders or more, as far as one knows: of few orders the share is hardly another than of all."""
    rule = f"preferred_daypart = '{daypart}' and preferred_daypart_share >= 0.5"
    why = f"{{preferred_daypart_share:%}} of orders in the {daypart}, best time: {{preferred_time}}"
    return Tag(name, chinese, "behaviour", rule, why)


def says(name: str, chinese: str, need: str) -> Tag:
    """They complained of a need (expectations/needs.py) within a year."""
    return Tag(name, chinese, "need", f"array_contains(needs_complained, '{need}')", f"{{newest_complaints~^{need},}}")


TAGS = (
    Tag("member", "会员", "base", "is_member", "known to the CRM"),
    Tag("prospect", "潜在客户", "base", "is_prospect", "never bought"),
    Tag("with children", "有孩子", "base", "kids_count rlike '[1-9]'", "children by the member file: {kids_count}"),
    Tag("over 65", "65岁以上", "base", "age_band rlike '65'", "age band {age_band}"),
    Tag("new customer", "新客户", "base", "stage = 'new'", "{stage_why}"),
    Tag("frequent", "高频", "behaviour", "frequency_quintile = 5", "{orders} orders, {orders_91d} in 91 days"),
    Tag(
        "high-frequency taster", "高频尝新者", "behaviour",
        "frequency_quintile >= 4 and novelty_quintile >= 4",
        "{orders_91d} orders in 91 days, {novelty_share:%} of what they buy is new to them",
    ),
    likes("likes the morning", "偏好早晨", "morning"),
    likes("likes the evening", "偏好晚上", "evening"),
    Tag(
        "weekend shopper", "周末购物", "behaviour", "weekend_order_share >= 0.5 and order_days >= 5",
        "{weekend_order_share:%} of orders on Saturday or Sunday",
    ),
    Tag("several channels", "多渠道", "behaviour", "channels >= 2", "{channels} channels, mostly {favourite_channel}"),
    Tag(
        "app shopper", "应用购物", "behaviour", "favourite_channel = 'app'",
        "{favourite_channel_share:%} of orders in the app",
    ),
    Tag("coming back", "回流客户", "behaviour", "stage = 'won back'", "{stage_why}"),
    Tag("slowing down", "活跃下降", "behaviour", "stage in ('declining', 'sleeping')", "{stage_why}"),
    buys("buys snacks", "常买零食", SNACKS),
    buys("buys for a baby", "常买婴儿用品", FOR_BABIES),
    buys("buys for a pet", "常买宠物用品", FOR_PETS),
    buys("buys wine or beer", "常买酒类", DRINKS),
    Tag(
        "price sensitive", "价格敏感", "need", "promotion_ratio >= 1.15 and lines >= 50",
        "{promotion_ratio} times as much on offer as others in the same departments",
    ),
    Tag("large packs", "大包装", "need", "large_pack_share >= 0.6", "{large_pack_share:%} of packs are large"),
    says("says delivery is late", "反馈送货慢", "late"),
    says("says quality is poor", "反馈质量差", "quality"),
    says("says something is missing", "反馈缺货少货", "missing"),
    says("says it is too dear", "反馈价格高", "price"),
    Tag("complaint open", "投诉未结", "need", "open_tickets > 0", "open tickets: {open_tickets}"),
    Tag("top value", "高价值", "value", "tier = 'top'", "{orders} orders, {spend} net"),
    Tag(
        "valuable and leaving", "高价值流失风险", "value",
        "tier in ('top', 'high') and churn_probability >= 0.5",
        "{churn_probability:%} to buy nothing in 28 days: {churn_reason}",
    ),
    Tag("growing", "成长中", "value", "stage = 'growing'", "{stage_why}"),
    Tag(
        "loyal family", "忠诚家庭", "value",
        "stage in ('mature', 'growing') and frequency_quintile >= 4 and household_size rlike '[3-9]'",
        "household of {household_size}, {orders} orders; {stage_why}",
    ),
    Tag("brings others", "推荐达人", "value", "influence_tier in ('top', 'high')", "customers brought: {reach}"),
)  # fmt: skip
