"""``silver.customers``: which accounts are one customer's, and by what."""

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.customers import customers as contract
from jobs.arrow import shaped
from jobs.identity.resolved import resolved


def customers(account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame) -> pa.Table:
    """One row per account. A customer has the number of its oldest account: a merge keeps the older one's, and after a
    split it stays with the account that it was issued to."""
    accounts = account_numbers.toPandas()
    cluster, held, _ = resolved(accounts["account_id"], identity_links.toPandas(), identity_decisions.toPandas())
    whose = accounts["account_id"].map(cluster)
    oldest = accounts.sort_values("seniority").groupby(whose)["account_number"].first()
    rows = accounts.assign(customer_id=whose.map(oldest)).merge(surest(held), on="account_id", how="left")
    return shaped(rows, contract)


def surest(held: pd.DataFrame) -> pd.DataFrame:
    """Of each account the surest of the links that hold its customer together."""
    turned = held.rename(columns={"account_id": "other_account_id", "other_account_id": "account_id"})
    both = pd.concat([held, turned], ignore_index=True)
    ranked = both.sort_values(["probability", "weight", "other_account_id"], ascending=[False, False, True])
    return ranked.drop_duplicates("account_id")[["account_id", "probability", "reason"]]
