"""Accounts of all channels: who each says it is, in tokens."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import account_id, channel

accounts = Table(
    name="silver.accounts",
    description="Accounts of all channels, and who each says it is. Tokens stand for what the vault holds.",
    grain="one row per account; every change of it is a version",
    owner="customer-data",
    key=("account_id",),
    write="delivery",
    repeats=True,
    columns=(
        channel,
        replace(account_id, required=True),
        Column("opened_on", "date", "Day on which it was opened, where the channel says it."),
        Column("name", "string", "Token of the name.", personal="pseudonymous"),
        Column("phone", "string", "Token of the telephone number.", personal="pseudonymous"),
        Column("is_phone_verified", "boolean", "The channel proved that the account answers there."),
        Column("email", "string", "Token of the e-mail address.", personal="pseudonymous"),
        Column("is_email_verified", "boolean", "The channel proved that the account answers there."),
        Column("address", "string", "Token of the address.", personal="pseudonymous"),
        Column("birthday", "string", "Token of the day of birth.", personal="pseudonymous"),
    ),
)
