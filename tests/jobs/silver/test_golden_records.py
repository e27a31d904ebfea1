from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pytest

import expectations
from jobs.arrow import arrow_type
from jobs.silver.golden_records import golden_records
from tests.conftest import DAY

LATER, FUTURE = DAY + timedelta(days=1), DAY + timedelta(days=2)
SHAPE = [(c.name, arrow_type(c.type)) for c in expectations.TABLES["silver.identifiers"].columns]
WHOSE = pa.table({"account_id": ["app:1", "delivery:1", "card:1"], "customer_id": [7, 7, 7]})


def counted(*said: tuple) -> dict[str, tuple[str, str]]:
    """``said``: account, kind, token, channel, verified_on, known_on, value."""
    rows = [dict(zip([*(name for name, _ in SHAPE), "value"], row, strict=True)) for row in said]
    table = pa.Table.from_pylist(rows, pa.schema([*SHAPE, ("value", pa.string())]))
    return {row["kind"]: (row["token"], row["account_id"]) for row in golden_records(table, WHOSE, LATER).to_pylist()}


def test_whole_before_masked_proved_before_not_newer_before_older():
    found = counted(
        ("delivery:1", "phone", "masked", "delivery", None, LATER, "138****5503"),
        ("card:1", "phone", "newest", "crm", None, LATER, "+12125550123"),
        ("app:1", "phone", "proved", "app", DAY, DAY, "+12125550124"),
        ("app:1", "phone", "to be proved", "app", FUTURE, DAY, "+12125550125"),
        ("card:1", "name", "old", "crm", None, DAY, "Ann Old"),
        ("card:1", "name", "new", "crm", None, LATER, "Ann New"),
        ("delivery:1", "email", "only", "delivery", None, DAY, None),
        ("app:1", "payment_card", "c", "app", None, DAY, None),
    )
    assert found == {"phone": ("proved", "app:1"), "name": ("new", "card:1"), "email": ("only", "delivery:1")}


def test_a_feed_that_is_trusted_more_counts_before_a_newer_one(monkeypatch: pytest.MonkeyPatch):
    said = [
        ("delivery:1", "name", "of delivery", "delivery", None, LATER, "A"),
        ("card:1", "name", "of crm", "crm", None, DAY, "B"),
    ]
    assert counted(*said)["name"] == ("of delivery", "delivery:1")
    members = expectations.TABLES["bronze.crm_members"]
    monkeypatch.setitem(expectations.TABLES, members.name, replace(members, trust=1))
    assert counted(*said)["name"] == ("of crm", "card:1")
