from datetime import date

import pyarrow as pa
import pytest

from jobs.models import identity
from jobs.statistics.cannot_fit import CannotFit

DAY = date(2017, 1, 2)
SHAPE = pa.schema(
    [(name, pa.string()) for name in ("account_id", "kind", "token", "channel", "value")]
    + [(name, pa.date32()) for name in ("verified_on", "known_on")]
)


@pytest.mark.parametrize(
    ("accounts", "kinds", "why"),
    [
        (3, ("name", "phone"), "3 accounts that say who they are"),
        (40, ("name",), "accounts say name: that alone"),
        (40, ("name", "phone"), "hardly any two accounts share"),
    ],
)
def test_what_is_too_little_to_learn_from_is_said_and_breaks_nothing_off(accounts, kinds, why):
    """People of whom no two have anything in common."""
    told = [
        {"account_id": f"card:{n}", "kind": kind, "token": f"{kind} {n}", "known_on": DAY, "value": value}
        for n in range(accounts)
        for kind, value in (("name", f"{chr(97 + n % 26) * 5} {chr(97 + n // 26) * 7}"), ("phone", f"+1212555{n:04}"))
        if kind in kinds
    ]
    with pytest.raises(CannotFit, match=why):
        identity.fit(lambda *_: pa.Table.from_pylist(told, SHAPE), DAY)
