from datetime import date
from decimal import Decimal

import expectations
from jobs.night import wiring
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


def test_shares_are_of_what_was_paid_within_a_year_for_what_is_of_a_known_department(spark):
    bought = [
        ("a:1", AS_OF, "MEAT", 1),
        ("b:1", date(2017, 1, 1), "MEAT", 2),
        ("a:1", AS_OF, "DELI", 1),
        ("a:1", date(2016, 12, 31), "DELI", 9),  # a day too long ago
        ("a:1", date(2018, 1, 1), "TOYS", 9),  # not known yet
        ("a:1", AS_OF, None, 9),
        ("a:1", AS_OF, "FREE", 0),
        ("a:2", AS_OF, None, 5),
        (None, AS_OF, "MEAT", 5),  # a guest
    ]
    names = ("account_id", "ordered_on", "department", "sales")
    days = [dict(zip(names, (*row[:3], Decimal(row[3])), strict=True)) for row in bought]
    whose = [{"account_id": of, "customer_id": who} for of, who in (("a:1", 1), ("b:1", 1), ("a:2", 2))]
    table = expectations.TABLES["gold.customer_department_mix"]
    frames = {
        "gold.account_department_days": frame(spark, "gold.account_department_days", *days),
        "silver.customers": frame(spark, "silver.customers", *whose),
    }
    found = {row.customer_id: row for row in wiring.make(table, frames, AS_OF).collect()}
    assert (found[1].department_names, found[1].department_shares) == (["DELI", "MEAT"], [0.25, 0.75])
    assert (found[2].department_names, found[2].department_shares) == ([], []) and len(found) == 2
