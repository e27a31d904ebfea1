from datetime import date, timedelta

import pytest

from jobs.consent import allowing

DAY = date(2017, 3, 1)
CUSTOMERS = [("card:1", 1), ("card:2", 2), ("app:2", 2), ("card:3", 3), ("card:4", 4), ("card:5", 5)]
CONSENTS = [
    ("card:1", "profiling", DAY - timedelta(days=9), DAY),  # taken back today
    ("card:2", "profiling", DAY - timedelta(days=9), None),
    ("app:2", "profiling", DAY - timedelta(days=9), DAY - timedelta(days=1)),  # of two accounts one took it back
    ("card:3", "profiling", DAY - timedelta(days=9), DAY - timedelta(days=3)),  # and gave it again
    ("card:3", "profiling", DAY - timedelta(days=2), None),
    ("card:4", "marketing", DAY - timedelta(days=9), None),  # for something else
    ("card:5", "profiling", DAY + timedelta(days=1), None),  # later
    ("card:9", "profiling", DAY, None),  # nobody's
]


@pytest.mark.parametrize(
    ("day", "allow"), [(DAY, {3}), (DAY - timedelta(days=1), {1, 3}), (DAY - timedelta(days=2), {1, 2, 3})]
)
def test_the_newest_record_counts_and_of_several_accounts_the_strictest(spark, day, allow):
    customers = spark.createDataFrame(CUSTOMERS, "account_id string, customer_id long")
    schema = "account_id string, purpose string, given_on date, withdrawn_on date"
    found = allowing("profiling", customers, spark.createDataFrame(CONSENTS, schema), day)
    assert {row.customer_id for row in found.collect()} == allow
