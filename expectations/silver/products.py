"""The product master, cleaned."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import product_id

products = Table(
    name="silver.products",
    description="Product master. An unknown category, type or package is null, never a made-up word.",
    grain="one row per product",
    owner="store-operations",
    key=("product_id",),
    write="delivery",
    columns=(
        product_id,
        Column("product_name", "string", "What the channel calls it."),
        Column("manufacturer_id", "string", "Manufacturer."),
        Column("department", "string", "Department, or the widest group that the channel has."),
        Column("category", "string", "Category within the department."),
        Column("product_type", "string", "Type within the category."),
        Column("is_private_label", "boolean", "The retailer's own brand; null where nobody says."),
        Column("package_size", "string", "Package size as printed."),
        replace(
            Column("package_amount", "decimal(18,3)", "Amount in the package, in package_unit.", between=(0, None)),
            severity="warn",
        ),
        Column("package_unit", "string", "Unit of package_amount, upper case (OZ, LB, CT, ...)."),
    ),
)
