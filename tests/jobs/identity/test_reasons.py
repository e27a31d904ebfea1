"""Why, in words."""

from jobs.identity.clusters import clusters
from jobs.identity.linking import links
from jobs.identity.prepared import prepare
from jobs.identity.reasons import of_accounts
from tests.jobs.identity.town import records, trained

ANN = {"name": "Ann Lee", "phone": "+12125550123", "birthday": "1990-01-31"}


def test_each_account_says_why_it_is_where_it_is():
    app = {"account_id": "app:1", "is_phone_verified": True}
    accounts = records({"account_id": "card:1"} | ANN, ANN | app, {"account_id": "card:2"} | ANN | {"name": "Eve Lee"})
    found, _, _ = links(prepare(accounts), trained())
    of, _ = clusters(["app:1", "card:1", "card:2"], found, [])
    # two names share the phone: that it is verified is not enough, the birthday agrees too
    assert of_accounts(of, found.to_pylist()) == {
        "app:1": "card:1: same phone, verified by one; same name; same birthday",
        "card:1": "app:1: same phone, verified by one; same name; same birthday",
    }
    [apart] = {row["reason"] for row in found.to_pylist() if row["account_r"] == "card:2" and "card:1" in row.values()}
    assert apart == "same phone; same birthday; but other given name"
