"""How a channel's functions are found and what they are given."""

from dataclasses import replace

import pytest

import expectations
from jobs.channels import store
from jobs.night import shaping, wiring
from tests.conftest import DAY, empty

LINES, SALES = expectations.TABLES["silver.order_lines"], expectations.TABLES["bronze.store_sales"]


@pytest.fixture
def two_feeds(spark, monkeypatch):
    returns = replace(SALES, name="bronze.store_returns", feeds=(LINES.name,))
    monkeypatch.setitem(expectations.TABLES, returns.name, returns)
    sold = spark.createDataFrame([{"basket_id": "1"}], empty(spark, SALES).schema)
    return {SALES.name: sold, returns.name: sold.union(sold)}


def test_a_function_with_one_parameter_is_called_for_each_feed(two_feeds):
    assert wiring.make(LINES, two_feeds, DAY).count() == 3


def test_a_function_with_several_is_given_the_feeds_that_they_name(two_feeds, monkeypatch):
    order_lines = store.order_lines
    monkeypatch.setattr(
        store, "order_lines", lambda store_returns, store_sales: order_lines(store_returns.union(store_sales))
    )
    assert wiring.make(LINES, two_feeds, DAY).count() == 3


def test_one_that_is_not_there_or_asks_for_another_is_named(two_feeds, monkeypatch):
    monkeypatch.setattr(store, "order_lines", lambda sales, returns: sales.union(returns))
    told = "store.py::order_lines takes sales, returns; the feeds of silver.order_lines are store_sales, store_returns"
    with pytest.raises(shaping.WiringError, match=told):
        wiring.make(LINES, two_feeds, DAY)
    monkeypatch.delattr(store, "order_lines")
    with pytest.raises(
        shaping.WiringError, match=r"store.py::order_lines is not there, and store_sales, store_returns feed"
    ):
        wiring.make(LINES, two_feeds, DAY)
