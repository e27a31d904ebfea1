from decimal import Decimal

from pyspark.sql import functions as F

from jobs.money import total


def test_money_adds_up_to_the_hundredth_where_a_double_would_not(spark):
    most = Decimal("9999999999999999.98")
    of = {"much": [most, "0.01"], "little": ["0.10", "-0.20", None], "nothing": [None]}
    rows = [(name, amount and Decimal(amount)) for name, amounts in of.items() for amount in amounts]
    money = spark.createDataFrame(rows, "name string, amount decimal(18,2)")
    found = money.groupBy("name").agg(total("amount").alias("by_name"), total(-F.col("amount")).alias("owed"))
    assert found.schema["by_name"].dataType.simpleString() == "decimal(18,2)"
    assert {name: (str(here), str(owed)) for name, here, owed in found.collect()} == {
        "much": ("9999999999999999.99", "-9999999999999999.99"),
        "little": ("-0.10", "0.10"),
        "nothing": ("None", "None"),
    }
