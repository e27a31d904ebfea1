"""A file of landing is read once, and again when it is not as it was; a run in full takes nobody's word for it."""

import os

import pytest

from jobs.landing import listing, zone
from jobs.landing.zone import Zone
from tests.conftest import DAY
from tests.jobs.landing.small_feed import deliver, feed


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """Names of the files that were read."""
    names: list[str] = []
    look = listing.look
    monkeypatch.setattr(listing, "look", lambda path, *of: names.append(path.name) or look(path, *of))
    return names


def fingerprints(folder, is_doubted: bool = False) -> list[str]:
    """Of the files, as a run of its own finds them."""
    found = Zone(folder, folder / ".seen.json", is_doubted)
    [files] = found.nights(feed(), DAY).values()
    found.remember()
    return [file.fingerprint for file in files]


def test_a_file_is_read_once_and_again_when_its_bytes_change_behind_its_size_and_date(tmp_path, read, monkeypatch):
    monkeypatch.setattr(zone, "FRESH", 0)
    one, two = (deliver(tmp_path, f"a,b\n{n},x\n", f"{n}.csv") for n in (1, 2))
    first = fingerprints(tmp_path)
    assert fingerprints(tmp_path) == first and read == ["1.csv", "2.csv"]
    before = two.stat()
    two.write_text("a,b\n3,x\n")
    os.utime(two, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = fingerprints(tmp_path)
    assert (again[0] == first[0], again[1] == first[1], read[2:]) == (True, False, ["2.csv"])
    assert fingerprints(tmp_path, is_doubted=True) == again and read[3:] == ["1.csv", "2.csv"]
    one.unlink()
    assert fingerprints(tmp_path) == again[1:] and len(read) == 5


def test_a_file_that_came_this_moment_may_still_be_written_and_is_read_again(tmp_path, read):
    deliver(tmp_path, "a,b\n1,x\n", "1.csv")
    assert fingerprints(tmp_path) == fingerprints(tmp_path) and read == ["1.csv", "1.csv"]


def test_a_memory_that_is_lost_or_cut_off_costs_a_look_and_nothing_else(tmp_path, read, monkeypatch):
    monkeypatch.setattr(zone, "FRESH", 0)
    deliver(tmp_path, "a,b\n1,x\n", "1.csv")
    first = fingerprints(tmp_path)
    (tmp_path / ".seen.json").write_text('{"web/sales')
    assert fingerprints(tmp_path) == first and len(read) == 2
