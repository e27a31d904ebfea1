"""``silver.customers``: which accounts are one customer's, and by what."""

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.customers import customers as contract
from expectations.silver.identity_precision import identity_precision as measured
from jobs.arrow import shaped
from jobs.identity.decided import is_surely_over, only_as_before
from jobs.identity.resolved import resolved, surest


def customers(
    account_numbers: DataFrame,
    identity_links: DataFrame,
    identity_decisions: DataFrame,
    identity_precision: DataFrame,
    customers_before: DataFrame,
) -> pa.Table:
    """One row per account. A customer has the number of its oldest account: a merge keeps the older one's, and after a
    split it stays with the account that it was issued to. Where people surely find too many joined wrongly, nobody is
    joined anew, but by people."""
    accounts, links, decisions = (of.toPandas() for of in (account_numbers, identity_links, identity_decisions))
    right, [rule] = identity_precision.toPandas()["is_same"].astype(bool), measured.checks
    if is_surely_over(rule.allowed, sum(~right), len(right)):
        links = only_as_before(links, customers_before.toPandas())
    cluster, _ = resolved(accounts["account_id"], links, decisions)
    whose = accounts["account_id"].map(cluster)
    oldest = accounts.sort_values("seniority").groupby(whose)["account_number"].first()
    why = surest(cluster, links, decisions)
    return shaped(accounts.assign(customer_id=whose.map(oldest)).merge(why, on="account_id", how="left"), contract)
