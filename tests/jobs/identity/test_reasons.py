"""Why, in words."""

import pandas as pd

from jobs.identity.linking import links
from jobs.identity.prepared import prepare
from jobs.identity.resolved import PAIR, resolved, surest
from tests.jobs.identity.town import records, trained

ANN = {"name": "Ann Lee", "phone": "+12125550123", "birthday": "1990-01-31"}


def test_each_account_says_why_it_is_where_it_is():
    app = {"account_id": "app:1", "is_phone_verified": True}
    accounts = records({"account_id": "card:1"} | ANN, ANN | app, {"account_id": "card:2"} | ANN | {"name": "Eve Lee"})
    found, _, _ = links(prepare(accounts), trained())
    told = found.to_pandas().rename(columns={"account_l": PAIR[0], "account_r": PAIR[1]})
    nothing = pd.DataFrame(columns=[*PAIR, "is_same"])
    of, _ = resolved(["app:1", "card:1", "card:2"], told, nothing)
    why = surest(of, told, nothing)
    # two names share the phone: that it is verified is not enough, the birthday agrees too
    assert dict(zip(why["account_id"], why["other_account_id"] + ": " + why["reason"], strict=True)) == {
        "app:1": "card:1: same phone, verified by one; same name; same birthday",
        "card:1": "app:1: same phone, verified by one; same name; same birthday",
    }
    [apart] = {row["reason"] for row in found.to_pylist() if row["account_r"] == "card:2" and "card:1" in row.values()}
    assert apart == "same phone; same birthday; but other given name"
