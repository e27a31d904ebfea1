"""The weekly housekeeping changes no row, but drops the snapshots that the contract keeps no longer."""

from datetime import timedelta

import expectations
from jobs.lake import delta, files, ledger, publishing
from jobs.lake.report import Counts, Delivery, Made, Report
from jobs.night import maintain
from tests.conftest import DAY

TABLE = expectations.TABLES["gold.customer_tier_moves"]
LATER = DAY + timedelta(days=TABLE.keep_days or 0)
AFTER = LATER + timedelta(days=1)


def test_old_snapshots_go_and_what_was_made_is_still_known(house):
    moves = house.spark.createDataFrame([("new", "top", 1, None, None)], delta.empty(house.spark, TABLE).schema)
    made: dict = {}
    for night in (DAY, LATER, AFTER):
        made |= {Delivery(night): Made("inputs", "code", 1)}
        report = Report(TABLE.name, "run", night, {Delivery(night): Counts(1)})
        note = ledger.note(house.lake, made, {column.name: column.type for column in TABLE.stored}, report)
        folder = house.lake / ".staging" / str(night)
        files.write(TABLE, moves, folder, night)
        publishing.publish(house.spark, house.lake, TABLE, folder, {Delivery(night)}, {Delivery(night)}, note)
    assert maintain.maintain(house.settings, AFTER) == 0
    assert set(ledger.holds(house.lake, TABLE.name)) == {Delivery(LATER), Delivery(AFTER)}
    assert {row.as_of for row in house.stored(TABLE.name).collect()} == {LATER, AFTER}
