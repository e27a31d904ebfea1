"""``gold.customer_tags``: the names that marketers know customers by."""

import re
from datetime import date

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_360 import customer_360 as known
from expectations.tags import TAGS, Tag

VALUE = re.compile(r"\{(?P<name>\w+)(?:(?P<share>:%)|~(?P<words>[^{}]+))?\}")


def customer_tags(customer_360: DataFrame, as_of: date) -> DataFrame:
    """Each tag that is valid, of whom its rule is true; a rule that is null is not."""
    valid = [tag for tag in TAGS if tag.valid_from <= as_of]
    each = customer_360.select("customer_id", F.explode(F.array_compact(F.array(*map(told, valid)))).alias("one"))
    return each.select("customer_id", "one.*")


def told(tag: Tag) -> Column:
    """What the table says of the tag, where its rule is true; else null."""
    named = {"tag": tag.name, "tag_chinese": tag.chinese, "kind": tag.kind}
    columns = [F.lit(value).alias(name) for name, value in named.items()]
    return F.when(F.expr(tag.rule), F.struct(*columns, why(tag.why).alias("why")))


def why(template: str) -> Column:
    """The words, with the values of their columns; of what nobody knows, a question mark."""
    parts, end = [], 0
    for place in VALUE.finditer(template):
        parts += [F.lit(template[end : place.start()]), F.coalesce(shown(**place.groupdict()), F.lit("?"))]
        end = place.end()
    return F.concat(*parts, F.lit(template[end:]))


def shown(name: str, share: str | None, words: str | None) -> Column:
    kind = known.column(name).type
    if words:
        return F.array_join(F.filter(name, lambda of: F.lower(of).rlike(words)), "; ")
    if share:
        return F.concat(F.round(100 * F.col(name)).cast("int").cast("string"), F.lit(" %"))
    return (F.round(name, 1) if kind == "double" else F.col(name)).cast("string")
