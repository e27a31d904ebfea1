from datetime import timedelta

import expectations
from jobs.lake import delta
from jobs.silver.identifiers import identifiers
from tests.conftest import DAY, frame

LATER = DAY + timedelta(days=1)
HELD = ("app:1", "phone", "p1", "app", None, LATER)


def test_each_thing_said_is_there_once_known_and_proved_from_the_first_night(spark):
    said = {"account_id": "app:1", "channel": "app", "phone": "p1", "is_phone_verified": True, "name": "n1"}
    accounts = frame(
        spark, "silver.accounts", {**said, "delivered_on": DAY}, {**said, "name": None, "delivered_on": LATER}
    )
    paid = [
        {"account_id": who, "channel": "store", "payment_card": "c1", "delivered_on": DAY} for who in ("pay:c1", None)
    ]
    before = spark.createDataFrame([HELD], delta.empty(spark, expectations.TABLES["silver.identifiers"]).schema)
    found = {tuple(row) for row in identifiers(accounts, frame(spark, "silver.orders", *paid), before).collect()}
    assert found == {
        ("app:1", "phone", "p1", "app", DAY, DAY),
        ("app:1", "name", "n1", "app", None, DAY),
        ("pay:c1", "payment_card", "c1", "store", None, DAY),
    }
