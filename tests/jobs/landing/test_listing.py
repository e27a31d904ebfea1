"""Which files came, in which night; and what lies in landing and is read by nobody."""

import expectations
from jobs.landing import listing
from tests.conftest import DAY
from tests.jobs.landing.small_feed import deliver, feed, read

FEEDS = [table for table in expectations.TABLES.values() if table.layer == "bronze"]


def test_files_in_subfolders_belong_to_their_night(tmp_path):
    deliver(tmp_path, "a,b\n1,x\n", "hour=01/part.csv")
    deliver(tmp_path, "a,b\n1,x\n", "all.csv")
    ((night, paths),) = listing.nights(tmp_path, feed(), DAY).items()
    names = [listing.look(path, tmp_path, feed()).name for path in paths]
    assert (night, names) == (DAY, ["web/sales/2017-01-02/all.csv", "web/sales/2017-01-02/hour=01/part.csv"])


def test_what_no_contract_reads_is_named_once(tmp_path):
    good = "store/sales/2017-01-02/hour=01/x.csv"
    wrong = ["store/sales/20170102/a.csv", "store/sales/20170102/b.csv", "store/sales/2017-W01-1/a.csv"]
    wrong += ["store/sales/2017-01-04 (copy)/a.csv", "store/sales/2017-02-30/a.csv", "store/sales/loose.csv"]
    wrong += ["store/salez/2017-01-02/a.csv", "shop/sales/2017-01-02/a.csv", "readme.txt", ".complete"]
    for name in (good, *wrong):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "crm/empty").mkdir(parents=True)
    assert listing.strays(tmp_path, FEEDS) == [
        "crm/empty",
        "readme.txt",
        "shop",
        "store/sales/2017-01-04 (copy)",
        "store/sales/2017-02-30",
        "store/sales/2017-W01-1",
        "store/sales/20170102",
        "store/sales/loose.csv",
        "store/salez",
    ]
    assert list(listing.nights(tmp_path, expectations.TABLES["bronze.store_sales"], DAY)) == [DAY]


def test_a_line_too_long_for_memory_refuses_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr("jobs.landing.text.LONGEST", 100)
    monkeypatch.setattr("jobs.landing.text.CHUNK", 16)
    (row,) = read(tmp_path, "a,b\n1," + "x" * 200 + "\n", feed())
    assert "a line is longer than" in row["why"]


def test_capitals_make_no_other_column_and_what_is_left_out_on_purpose_is_not_odd(tmp_path):
    lines = "A,B ,Tags,Note\n1,x,t,n\n"
    file = listing.look(deliver(tmp_path, lines), tmp_path, feed(ignores=("Tags",)))
    assert (file.header[:2], file.fault, file.unknown_columns) == (("a", "b"), "", ("Note",))
    assert read(tmp_path, lines, feed())[0]["b"] == "x"
    assert listing.look(deliver(tmp_path, lines), tmp_path, feed(ignores=("*",))).unknown_columns == ()
    twice = listing.look(deliver(tmp_path, "A,B,b,B\n"), tmp_path, feed())
    assert twice.header == ("a", "B", "b", "B") and twice.unknown_columns == ("B", "B")
