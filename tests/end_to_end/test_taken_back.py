"""What is gone from landing keeps its rows; what is taken back loses them, until it comes with other bytes."""

import shutil
from datetime import timedelta

from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.run import chosen, main
from tests.conftest import DAY, House, sale

NEXT = DAY + timedelta(days=1)
TABLES = ("bronze.store_sales", "silver.order_lines")


def orders(house: House) -> list[str]:
    return [order for (order,) in house.rows("silver.order_lines", "order_id", as_of=NEXT)]


def taking_back(house: House, *paths: str) -> Night:
    night = Night(house.settings, NEXT, ordered(chosen(list(TABLES))), taking_back=paths)
    assert night.run() == 0
    return night


def test_a_file_that_is_gone_keeps_its_rows_and_the_plan_says_so(house):
    gone = house.deliver("store_sales", DAY, sale(1, 10, 100), name="a.csv")
    house.deliver("store_sales", DAY, sale(1, 11, 100), name="b.csv")
    assert house.night(*TABLES, as_of=NEXT).code == 0
    gone.unlink()
    again = house.night(*TABLES, as_of=NEXT)
    assert {step.action for step in again.steps.values()} == {"skip"}
    assert "1 loaded files are gone from landing (their rows stay)" in again.steps["bronze.store_sales"].reason
    house.deliver("store_sales", DAY, sale(1, 12, 100), name="c.csv")  # the night is loaded again, with what is gone
    assert house.night(*TABLES, as_of=NEXT).code == 0
    assert orders(house) == ["10", "11", "12"]
    shutil.rmtree(house.landing / "store")
    assert house.night(*TABLES, as_of=NEXT).code == 0
    assert orders(house) == ["10", "11", "12"]


def test_a_correction_that_is_taken_back_or_comes_without_the_line_gives_back_what_it_replaced(house):
    house.deliver("store_sales", DAY, sale(1, 10, 100, value="2.50"), sale(1, 11, 100))
    house.deliver("store_sales", NEXT, sale(1, 10, 100, value="9.99"), sale(1, 11, 100, value="8.00"))
    for night in (DAY, NEXT):
        assert house.night(*TABLES, as_of=night).code == 0
    assert [f"{sales}" for (sales,) in house.rows(TABLES[1], "sales", as_of=NEXT)] == ["8.00", "9.99"]
    house.deliver("store_sales", NEXT, sale(1, 11, 100, value="8.00"))
    assert house.night(*TABLES, as_of=NEXT).code == 0
    assert [f"{sales}" for (sales,) in house.rows(TABLES[1], "sales", as_of=NEXT)] == ["2.50", "8.00"]
    taking_back(house, f"store/sales/{NEXT}")
    assert [f"{sales}" for (sales,) in house.rows(TABLES[1], "sales", as_of=NEXT)] == ["2.50", "2.50"]


def test_a_delivery_that_is_taken_back_before_it_was_loaded_stays_away(house):
    house.deliver("service_tickets", DAY, '{"ticket_id": "T1"}')
    tables = ("bronze.service_tickets", "silver.tickets")
    night = Night(house.settings, DAY, ordered(chosen(list(tables))), taking_back=(f"service/tickets/{DAY}",))
    assert night.run() == 0
    assert {step.action for step in house.night(*tables, as_of=NEXT).steps.values()} == {"skip"}
    assert house.stored(tables[0]).count() == 0


def test_a_delivery_that_is_taken_back_stays_away_until_it_comes_with_other_bytes(house, monkeypatch, capsys):
    house.deliver("store_sales", DAY, sale(1, 10, 100))
    house.deliver("store_sales", NEXT, sale(1, 11, 100))
    assert house.night(*TABLES, as_of=NEXT).code == 0
    taking_back(house, f"store/sales/{DAY}")
    assert orders(house) == ["11"] and house.read("bronze.store_sales", NEXT).count() == 1
    assert {step.action for step in house.night(*TABLES, as_of=NEXT).steps.values()} == {"skip"}
    house.deliver("store_sales", DAY, sale(1, 10, 100), sale(1, 12, 100))
    assert house.night(*TABLES, as_of=NEXT).code == 0
    assert orders(house) == ["10", "11", "12"]
    monkeypatch.setenv("GUANXI_LAKE", str(house.lake))
    monkeypatch.setenv("GUANXI_LANDING", str(house.landing))
    assert main(["nightly", "--as-of", NEXT.isoformat(), "--take-back", "store/sales/2017-09-09"]) == 2
    assert "no such delivery" in capsys.readouterr().err
