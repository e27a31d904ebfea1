"""Who brought whom."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import account_id

referrals = Table(
    name="silver.referrals",
    description="Accounts that came because another one brought them.",
    grain="one row per account that came",
    owner="crm",
    key=("referred_account_id",),
    write="delivery",
    columns=(
        replace(account_id, required=True, description="Who referred."),
        replace(account_id, name="referred_account_id", required=True, description="Who came."),
        Column("referred_on", "date", "Day on which they came.", required=True),
    ),
    checks=(Check("nobody refers themselves", "account_id <> referred_account_id", "accuracy"),),
)
