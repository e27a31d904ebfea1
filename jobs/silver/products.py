"""``silver.products``: the package size taken apart."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE

PACKAGE = r"^\s*(\d+(?:\.\d{1,3})?)\s*([A-Za-z]+)\s*$"


def products(delivered: DataFrame) -> DataFrame:
    """The product master; ``22 LB`` becomes an amount and a unit, ``4-6 CT`` stays words."""
    return delivered.select(
        "product_id",
        from_blank("product_name").alias("product_name"),
        "manufacturer_id",
        from_blank("department").alias("department"),
        from_blank("category").alias("category"),
        from_blank("product_type").alias("product_type"),
        "is_private_label",
        from_blank("package_size").alias("package_size"),
        package_part(1).try_cast("decimal(18,3)").alias("package_amount"),
        F.upper(package_part(2)).alias("package_unit"),
        *LINEAGE,
    )


def from_blank(name: str) -> Column:
    """The text without spaces around it; nothing but spaces is null."""
    return F.nullif(F.trim(name), F.lit(""))


def package_part(group: int) -> Column:
    """Amount (1) or unit (2) of the package size, null where it is not simply the two."""
    return F.nullif(F.regexp_extract("package_size", PACKAGE, group), F.lit(""))
