from datetime import date

import expectations
from jobs.night import wiring
from tests.conftest import frame

AS_OF = date(2017, 3, 1)


def made(spark, short: str, **rows: list[dict]):
    """A table from a few named values; what is not named is null, what is not given is empty."""
    table = expectations.TABLES[f"gold.{short}"]
    frames = {name: frame(spark, name, *rows.get(name.partition(".")[2], [])) for name in table.made_from}
    return {row.customer_id: row for row in wiring.make(table, frames, AS_OF).collect()}


WHOSE = [{"account_id": "web:1", "customer_id": 1}, {"account_id": "web:5", "customer_id": 5}]


def test_a_member_without_an_order_counts_zero_and_shares_nothing(spark):
    row = made(spark, "customer_360", customers=WHOSE, members=[{"account_id": "web:5", "age_band": "25-34"}])[5]
    assert (row.is_member, row.age_band, row.orders, row.spend, row.tier) == (True, "25-34", 0, 0, None)
    assert row.weekend_order_share is None and row.first_order_on is None


def test_a_customer_who_is_no_member_is_there(spark):
    rfm, behaviour = [{"customer_id": 1, "days_active": 90, "repeat_days": 3}], [{"customer_id": 1}]
    row = made(spark, "customer_360", customers=WHOSE, customer_rfm=rfm, customer_behaviour=behaviour)[1]
    assert (row.mean_days_between_orders, row.is_member) == (30.0, False)


def test_windows_end_at_as_of_and_include_it(spark):
    days = [(date(2017, 3, 1), 1), (date(2017, 2, 2), 2), (date(2017, 2, 1), 4), (date(2016, 11, 30), 8)]
    of_days = [
        {"customer_id": 1, "ordered_on": on, "orders": n, "purchased": n, "spend": n, "lines": n} for on, n in days
    ]
    row = made(spark, "customer_behaviour", customer_days=of_days)[1]
    assert (row.orders, row.orders_28d, row.orders_91d, row.spend_28d) == (15, 3, 15 - 8, 3)
    assert str(row.spend_per_order) == "1.00"


def test_the_lowest_wins_a_tie_and_shares_are_of_all_orders(spark):
    saturday, monday = date(2017, 2, 25), date(2017, 2, 27)
    stores = [("9", saturday, 2, 1, 1), ("3", monday, 2, 0, 1), (None, monday, 1, 0, 0)]  # the last knows no time
    columns = ("store_id", "ordered_on", "orders", "morning", "evening")
    days = [{"account_id": "web:1", "timed": of[3] + of[4], **dict(zip(columns, of, strict=True))} for of in stores]
    given = {"customers": WHOSE, "account_store_days": days, "customer_days": [{"customer_id": 1}]}
    row = made(spark, "customer_behaviour", **given)[1]
    assert (row.favourite_store_id, row.favourite_store_share, row.stores) == ("3", 0.4, 2)
    assert (row.weekend_order_share, row.morning_order_share, row.evening_order_share) == (0.4, 1 / 3, 2 / 3)


def test_what_they_buy_leaves_unknown_products_out_of_the_favourite_but_not_out_of_the_money(spark):
    sales = [("MEAT", 2, 2), ("DELI", 2, 0), (None, 4, 0)]
    bought = [{"account_id": "web:1", "department": d, "sales": s, "private_label_sales": own} for d, s, own in sales]
    given = {"customers": WHOSE, "account_department_days": bought, "customer_days": [{"customer_id": 1}]}
    row = made(spark, "customer_behaviour", **given)[1]
    assert (row.favourite_department, row.favourite_department_share, row.departments) == ("DELI", 0.5, 2)
    assert row.private_label_share == 0.25


def test_money_that_came_back_is_no_spend_and_who_only_returned_has_no_order(spark):
    whole = {"customer_id": 1, "ordered_on": AS_OF, "orders": 1, "purchased": 50, "returned": 50, "spend": 0}
    only = {"customer_id": 5, "ordered_on": AS_OF, "orders": 0, "purchased": 0, "returned": 20, "spend": -20}
    rows = made(spark, "customer_behaviour", customer_days=[whole, only])
    assert (rows[1].orders, rows[1].spend, rows[1].returned_share) == (1, 0, 1.0)
    assert (rows[5].orders, rows[5].spend, rows[5].returned_share) == (0, -20, None)
    in_360 = made(
        spark, "customer_360", customers=WHOSE, customer_behaviour=[{"customer_id": 5, "orders": 0, "spend": -20}]
    )[5]
    assert (in_360.orders, in_360.spend, in_360.tier, in_360.lifetime_value) == (0, -20, None, None)


def test_the_category_that_is_due_first_is_told_and_of_one_day_the_likeliest(spark):
    def row(category: str, day: int | None, probability: float) -> dict:
        on = None if day is None else date(2017, 3, day)
        return {"customer_id": 1, "category": category, "expected_on": on, "probability_28d": probability}

    due = [row("SOAP", None, 0.2), row("TEA", 9, 0.9), row("MILK", 4, 0.8), row("EGGS", 4, 0.8), row("RICE", 4, 0.7)]
    found = made(spark, "customer_360", customers=WHOSE, customer_next_purchase=due)
    assert (found[1].next_category, found[1].next_category_on) == ("EGGS", date(2017, 3, 4))
    assert (found[5].next_category, found[5].next_category_on) == (None, None)


def test_lists_are_told_in_their_order(spark):
    told = [("likely", 2, "9"), ("likely", 10, "7"), ("likely", 1, "30"), ("discover", 2, "1"), ("discover", 1, "5")]
    rows = [{"customer_id": 1, "list": of, "place": place, "product_id": what} for of, place, what in told]
    rows.append({"customer_id": 5, "list": "discover", "place": 1, "product_id": "8"})
    found = made(
        spark,
        "customer_360",
        customers=[*WHOSE, {"account_id": "web:7", "customer_id": 7}],
        customer_recommendations=rows,
    )
    assert (found[1].recommended_products, found[1].discover_product) == (["30", "9", "7"], "5")
    assert (found[5].recommended_products, found[5].discover_product) == (None, "8")
    assert (found[7].recommended_products, found[7].discover_product) == (None, None)


def test_of_audiences_the_one_that_they_are_most_like_is_told_and_prospects_have_no_axes(spark):
    like = [("wine club", 0.2), ("b", 0.3), ("a", 0.3)]
    rows = [{"customer_id": 1, "audience": name, "similarity": of} for name, of in like]
    axes = [{"customer_id": 1, "attribute": "young family", "need": "price"}]
    found = made(spark, "customer_360", customers=WHOSE, customer_lookalikes=rows, customer_axes=axes)
    assert (found[1].lookalike_audience, found[1].lookalike_similarity) == ("a", 0.3)
    assert (found[1].attribute, found[1].need) == ("young family", "price")
    assert (found[5].lookalike_audience, found[5].attribute, found[5].need) == (None, None, None)
