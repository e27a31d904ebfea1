"""Decisions of data stewards about accounts that identity was not sure of."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, account_id

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
        replace(account_id, description="An account, as in silver.customers.", required=True, ours=True),
        replace(account_id, name="other_account_id", description="The other account.", required=True, ours=True),
        Column("decision", "string", "same or not same.", required=True, one_of=("same", "not same")),
    ),
    checks=(READABLE, ODD),
)
