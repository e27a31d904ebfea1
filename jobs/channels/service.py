"""The service desk: it has no accounts. Whoever writes from one number or address is one, until identity knows more."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def tickets(service_tickets: DataFrame) -> DataFrame:
    return service_tickets.select(
        "ticket_id",
        account_id().alias("account_id"),
        "opened_at",
        "closed_at",
        "satisfaction",
        *LINEAGE,
    )


def accounts(service_tickets: DataFrame) -> DataFrame:
    return service_tickets.select(account_id().alias("account_id"), "name", "phone", "email", *LINEAGE)


def account_id() -> Column:
    """By the telephone number, else by the address; null where a ticket has neither."""
    return F.concat(F.lit("service:"), F.coalesce("phone", "email"))
