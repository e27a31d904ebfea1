"""The stores' product master: a full snapshot."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

store_products = Table(
    name="bronze.store_products",
    description="Product master of the stores, as it came.",
    grain="one row per line of a delivered file",
    owner="store-operations",
    key=("file", "line"),
    write="delivery",
    channel="store",
    feeds=("silver.products",),
    delivers="everything",
    columns=(
        Column("product_id", "string", "Product.", matches=DIGITS, space="store"),
        Column("manufacturer_id", "string", "Manufacturer.", matches=DIGITS),
        Column("department", "string", "Department of the store."),
        Column("brand", "string", "National or Private label."),
        Column("product_category", "string", "Category within the department."),
        Column("product_type", "string", "Type within the category."),
        Column("package_size", "string", "Package size as printed, with its unit."),
    ),
    checks=(READABLE, ODD),
)
