"""What those are told of a night who ask from outside: also when a try of it was killed."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import expectations
from jobs.lake import files, ledger, transaction
from jobs.lake.report import Counts, Delivery, Fault, Report
from jobs.night import outcome
from jobs.night.step import Step
from tests.conftest import DAY, NIGHT_BEFORE

SALES, ORDERS, RFM = (
    expectations.TABLES[name] for name in ("bronze.store_sales", "silver.orders", "gold.customer_rfm")
)


def commit(lake: Path, table, report: Report) -> None:
    transaction.commit(ledger.path(lake, table.name), files.layout(table), [], None, ledger.note(lake, {}, {}, report))


def night(lake: Path, steps: list[Step], **found: Any) -> Any:
    told: dict[str, Any] = {"reports": {}, "broken": {}, "pages": {}} | found
    named = {step.table.name: step for step in steps}
    return SimpleNamespace(settings=SimpleNamespace(lake=lake), as_of=DAY, steps=named, **told)


def test_what_a_killed_try_published_is_published_though_the_next_try_finds_it_unchanged(tmp_path):
    since = outcome.begin(tmp_path, DAY)
    commit(tmp_path, SALES, Report(SALES.name, "killed", DAY, {Delivery(DAY, "store"): Counts(3, 3)}))
    commit(tmp_path, ORDERS, Report(ORDERS.name, "another night", NIGHT_BEFORE, {Delivery(NIGHT_BEFORE): Counts(1, 1)}))
    assert (
        outcome.of_table(tmp_path, SALES.name, DAY).state == "published"
    )  # nobody tries again: it says how far it came
    assert (
        outcome.of_table(tmp_path, RFM.name, DAY).told() == "broke off: the night ended before it came to this table."
    )
    assert outcome.begin(tmp_path, DAY) == since
    unchanged = [Step(table, "skip", "unchanged") for table in (SALES, ORDERS)]
    outcome.finish(night(tmp_path, unchanged), since)
    states = {name: of.state for name, of in outcome.read(tmp_path, DAY).items()}
    assert states == {SALES.name: "published", ORDERS.name: "unchanged"}
    outcome.finish(night(tmp_path, unchanged), outcome.begin(tmp_path, DAY))
    assert outcome.of_table(tmp_path, SALES.name, DAY).state == "unchanged"


def test_a_table_has_stopped_when_its_newest_night_did_and_an_older_night_is_told_beside(tmp_path):
    fault = (Fault("a rule", "3 of 3 rows break: a rule"),)
    every = {Delivery(day, "store"): Counts(3, 3) for day in (NIGHT_BEFORE, DAY)}
    reports = {
        SALES.name: Report(SALES.name, "run", DAY, every, {Delivery(DAY, "store"): fault}),
        ORDERS.name: Report(ORDERS.name, "run", DAY, every, {Delivery(NIGHT_BEFORE, "store"): fault}, version=4),
    }
    steps = [Step(SALES, "build", ""), Step(ORDERS, "build", ""), Step(RFM, "hold", "waits for bronze.store_sales")]
    pages = {SALES.name: Path("page.html")}
    told = outcome.finish(night(tmp_path, steps, reports=reports, pages=pages), outcome.begin(tmp_path, DAY))
    assert outcome.summary(told) == "1 published, 1 stopped, 1 held"
    assert told[SALES.name].told() == f"stopped: {SALES.name} stopped for {DAY} store: {fault[0].words}. See page.html"
    assert told[ORDERS.name].figures["rows"] == 3 and "stopped for 2017-01-01 store" in told[ORDERS.name].words
