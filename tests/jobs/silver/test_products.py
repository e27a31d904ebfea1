from jobs.silver.products import products

SHAPE = (
    "product_id string, product_name string, manufacturer_id string, department string, category string, "
    "product_type string, is_private_label boolean, package_size string, "
    "file string, line long, item int, delivered_on date, part int"
)


def test_a_package_size_is_taken_apart_where_it_is_an_amount_and_a_unit(spark):
    sizes = ["22 LB", "1.5 oz", "4-6 CT", None, "  "]
    rows = [(str(n), " Ham ", "1", " MEAT ", "", None, True, size, "f", n, 1, None, 1) for n, size in enumerate(sizes)]
    made = products(spark.createDataFrame(rows, SHAPE)).orderBy("product_id").collect()
    parts = [(row.package_amount and str(row.package_amount), row.package_unit) for row in made]
    assert parts == [("22.000", "LB"), ("1.500", "OZ"), (None, None), (None, None), (None, None)]
    assert (made[0].department, made[0].category, made[4].package_size) == ("MEAT", None, None)
