"""What waits for what a gate stopped, and what a taken-back file comes to, without Spark."""

from datetime import timedelta
from pathlib import Path

import pytest

import expectations
from jobs.lake.report import Delivery, Made
from jobs.landing.zone import Zone
from jobs.night import wiring
from jobs.night.state import State
from jobs.night.step import step
from tests.conftest import DAY

TABLES = expectations.TABLES
SALES = TABLES["bronze.store_sales"]
NIGHT = Delivery(DAY, "store")
NAME = f"store/sales/{DAY}/a.csv"


def state(landing: Path, stopped: str = "", made: Made | None = None, taking_back: tuple[str, ...] = ()) -> State:
    held = {name: {} for name in TABLES} | {SALES.name: {NIGHT: made} if made else {}}
    channels = expectations.channels(TABLES[stopped]) if stopped else ()
    stops = {stopped: {Delivery(DAY, channel): "" for channel in channels}}
    return State(Zone(landing, landing / ".seen.json"), DAY, held, stops, {}, {}, taking_back)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stopped", "waits", "goes_on"),
    [
        ("bronze.crm_members", {"gold.customer_360"}, {"gold.customer_rfm", "gold.sales_daily"}),
        ("silver.customers", {"gold.customer_rfm", "gold.customer_360"}, {"gold.sales_daily"}),
        ("bronze.store_sales", {"gold.sales_daily", "gold.customer_360"}, {"silver.products"}),
    ],
)
def test_what_is_made_from_a_stopped_table_waits_and_the_rest_goes_on(tmp_path, stopped, waits, goes_on):
    found = state(tmp_path, stopped)
    assert {name: found.waits_for(TABLES[name]) for name in waits} == {name: [stopped] for name in waits}
    assert not any(found.waits_for(TABLES[name]) for name in goes_on)


def test_a_stopped_night_is_tried_again_when_it_would_be_judged_by_something_else(tmp_path, monkeypatch):
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text("card_id\n1\n")
    found = state(tmp_path)
    found.as_of = DAY + timedelta(days=1)
    inputs = step(SALES, found, full=False).inputs
    found.stopped = {SALES.name: {delivery: found.tried(SALES, of) for delivery, of in inputs.items()}}
    assert NIGHT not in step(SALES, found, full=False).inputs and NIGHT in step(SALES, found, full=True).inputs
    monkeypatch.setattr(wiring, "code", lambda _: "mended")
    assert NIGHT in step(SALES, found, full=False).inputs


def test_a_taken_back_file_that_came_again_with_other_bytes_keeps_its_rows_when_it_is_gone(tmp_path):
    back = Made("", "", 0, files={}, taken_back={NAME: "old"})
    assert state(tmp_path, made=back).sources(SALES, NIGHT) == {}
    again = Made("", "", 1, files={NAME: "new"}, taken_back={NAME: "old"})
    assert state(tmp_path, made=again).sources(SALES, NIGHT) == {NAME: "new"}
    assert state(tmp_path, made=again, taking_back=(f"store/sales/{DAY}",)).sources(SALES, NIGHT) == {}
