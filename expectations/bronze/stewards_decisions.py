"""Decisions of data stewards about accounts that identity was not sure of."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE

stewards_decisions = Table(
    name="bronze.stewards_decisions",
    description="Pairs of accounts that a data steward looked at: same, or not same.",
    grain="one row per line of a delivered file",
    owner="customer-data",
    key=("file", "line"),
    write="delivery",
    channel="stewards",
    feeds=("silver.identity_decisions",),
    delivers="changes",
    columns=(
        Column("account_id", "string", "An account, as in silver.customers.", required=True, personal="pseudonymous"),
        Column("other_account_id", "string", "The other account.", required=True, personal="pseudonymous"),
        Column("decision", "string", "same or not same.", required=True, one_of=("same", "not same")),
    ),
    checks=(READABLE, ODD),
)
