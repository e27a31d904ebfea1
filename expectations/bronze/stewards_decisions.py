"""Decisions of data stewards about accounts that identity was not sure of."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, two_accounts

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
        replace(two_accounts[0], description="An account, as in silver.customers.", ours=True),
        replace(two_accounts[1], ours=True),
        Column("decision", "string", "same or not same.", required=True, one_of=("same", "not same")),
    ),
    checks=(READABLE, ODD),
)
