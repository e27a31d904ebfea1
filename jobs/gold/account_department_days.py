"""``gold.account_department_days``: what each account buys."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.money import total


def account_department_days(sales_by_order: DataFrame) -> DataFrame:
    """Lines sold; a department that nobody knows is one too."""
    sold = sales_by_order.where("kind = 'sale'").groupBy("account_id", "ordered_on", "channel", "department")
    return sold.agg(
        *(F.sum(name).alias(name) for name in ("lines", "discounted_lines")),
        *(total(name).alias(name) for name in ("sales", "private_label_sales")),
        F.sort_array(F.array_distinct(F.flatten(F.collect_list("categories")))).alias("categories"),
    )
