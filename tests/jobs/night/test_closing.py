"""What a run says at its end."""

from datetime import timedelta
from types import SimpleNamespace

import expectations
from jobs.lake.report import Delivery
from jobs.night import closing
from jobs.night.step import Step
from tests.conftest import DAY


def test_a_delivery_that_stopped_is_still_out_and_a_snapshot_is_of_its_own_day():
    out = {"silver.orders": {Delivery(DAY, "web"): ""}, "gold.sales_daily": {Delivery(DAY): ""}}
    steps = {name: Step(expectations.TABLES[name], "skip", "unchanged") for name in out}
    state = SimpleNamespace(stopped=out, zone=SimpleNamespace(strays=[]))
    settings = SimpleNamespace(landing="landing")
    night = SimpleNamespace(
        steps=steps, reports={}, broken={}, pages={}, state=state, settings=settings, as_of=DAY + timedelta(days=1)
    )
    [told] = closing.troubles(night)
    assert told.startswith(f"silver.orders: 1 nights of web that stopped before are still out ({DAY})")
