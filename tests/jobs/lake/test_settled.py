"""What a commit says of the nights that a table holds stays small, and is what was said."""

import json
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from jobs.lake import settled
from jobs.lake.refused import LayoutError
from jobs.lake.report import Delivery, Made

YEAR = {
    Delivery(date(2016, 1, 15) + timedelta(days=n), "store"): Made(f"of {n}", "code", n, {f"{n}.csv": "bytes"}, {})
    for n in range(366)
}
LAST = max(YEAR)


def test_a_commit_holds_its_newest_month_and_a_line_for_each_before(tmp_path):
    said = settled.told(tmp_path, YEAR)
    assert set(said["made"]) == {str(d) for d in YEAR if f"{d.night:%Y-%m}" == "2017-01"}
    assert list(said["settled"]) == [f"2016-{month:02}" for month in range(1, 13)]
    assert len(json.dumps(said)) < 2_500 < len(json.dumps({str(d): asdict(made) for d, made in YEAR.items()})) / 10
    assert settled.read(tmp_path, said) == YEAR


def test_a_night_more_writes_no_settled_month_again_and_one_of_before_writes_its_own(tmp_path):
    before = settled.told(tmp_path, YEAR)
    files = set((tmp_path / settled.FOLDER).iterdir())
    next_night = Delivery(LAST.night + timedelta(days=1), "store")
    assert settled.told(tmp_path, YEAR | {next_night: Made("new", "code", 1)})["settled"] == before["settled"]
    assert set((tmp_path / settled.FOLDER).iterdir()) == files
    late = Delivery(date(2016, 3, 3), "store")
    after = settled.told(tmp_path, YEAR | {late: Made("again", "code", 1)})
    assert {month for month, of in after["settled"].items() if before["settled"][month] != of} == {"2016-03"}
    assert settled.read(tmp_path, before) == YEAR  # an older version says what it said
    assert settled.read(tmp_path, after)[late].inputs == "again"


def test_a_file_that_is_gone_is_said_and_no_night_is_loaded_twice(tmp_path):
    said = settled.told(tmp_path, YEAR)
    settled._month.cache_clear()
    [march] = (tmp_path / settled.FOLDER).glob("2016-03-*")
    march.unlink()
    with pytest.raises(LayoutError, match=r"2016-03-.* is gone: put it back"):
        settled.read(tmp_path, said)


def test_nothing_held_is_nothing(tmp_path):
    assert settled.read(tmp_path, settled.told(tmp_path, {})) == {}
    assert settled.read(tmp_path, {"made": {"2016-01-15 store": ["of 0", "code", 0]}}) == {
        Delivery(date(2016, 1, 15), "store"): Made("of 0", "code", 0)
    }
