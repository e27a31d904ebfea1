"""``silver.golden_records``: what counts of all that a customer's accounts say."""

from datetime import date

import pandas as pd
import pyarrow as pa

import expectations
from expectations.silver.golden_records import golden_records as contract
from jobs.arrow import shaped

FIRST = ["is_masked", "is_proved", "trust", "known_on", "account_id", "token"]
RISES = [True, False, False, False, True, True]


def golden_records(identifiers: pa.Table, customers: pa.Table, as_of: date) -> pa.Table:
    """The first of each kind: whole before masked, proved before not, trusted before less, newer before older."""
    said = identifiers.to_pandas(date_as_object=True).merge(
        customers.select(["account_id", "customer_id"]).to_pandas(), on="account_id"
    )
    said = said[said["kind"] != "payment_card"]
    proved = pd.to_datetime(said["verified_on"]) <= pd.Timestamp(as_of)
    ranked = said.assign(
        verified_on=said["verified_on"].where(proved, None),
        is_proved=proved,
        is_masked=said["value"].str.contains("*", regex=False, na=False),
        trust=said["channel"].map(trusts()).fillna(0),
    ).sort_values(FIRST, ascending=RISES)
    return shaped(ranked.drop_duplicates(list(contract.key)), contract)


def trusts() -> dict[str, int]:
    """How far each channel is trusted in what it says of persons, as its feeds' contracts say."""
    feeds = expectations.feeds(expectations.TABLES["silver.accounts"])
    return {feed.channel: feed.trust for feed in feeds}
