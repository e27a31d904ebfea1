"""``silver.identity_links``: which two accounts are one person's."""

from datetime import date

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_links import identity_links as contract
from jobs.arrow import shaped
from jobs.identity.records import records
from jobs.identity.resolved import PAIR
from jobs.models.scoring import Champion


def identity_links(
    identifiers: pa.Table,
    quoted_orders: pa.Table,
    identity_profiles: pa.Table,
    identity_profiles_before: DataFrame,
    identity_links_before: DataFrame,
    as_of: date,
    identity: Champion | None = None,
) -> pa.Table:
    """Pairs of accounts that speak for or against being one person. Only accounts of which something else is known than
    on the night before are compared, and those that they touch: the rest is as it was."""
    told, paid = records(identifiers, as_of)
    if not identity or not told.num_rows:
        return shaped(pd.DataFrame(columns=[column.name for column in contract.columns]), contract)
    was = identity_profiles_before.toPandas()
    changed = _changed(identity_profiles.to_pandas(), was) if len(was) else None
    new = (changed or set()) - {*was["account_id"]}
    found, touched = identity.model.links(told, paid, quoted_orders, changed, new)
    made = found.rename_columns({"account_l": PAIR[0], "account_r": PAIR[1]}).to_pandas()
    old = identity_links_before.toPandas() if len(was) else made.iloc[:0]
    kept = old[~old[PAIR[0]].isin(touched) & ~old[PAIR[1]].isin(touched)]
    return shaped(pd.concat([kept, made], ignore_index=True), contract)


def _changed(now: pd.DataFrame, before: pd.DataFrame) -> set[str]:
    both = now.merge(before, on="account_id", how="left", suffixes=("", "_before"))
    return set(both.loc[both["fingerprint"] != both["fingerprint_before"], "account_id"])
