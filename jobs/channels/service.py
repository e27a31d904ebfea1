"""The service desk: it has no accounts. Whoever writes from one number or address is one, until identity knows more."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE, several


def tickets(service_tickets: DataFrame) -> DataFrame:
    return service_tickets.select(
        "ticket_id",
        account_id().alias("account_id"),
        "opened_at",
        "closed_at",
        "satisfaction",
        "text",
        *LINEAGE,
    )


def accounts(service_tickets: DataFrame) -> DataFrame:
    """Who cannot be reached is none."""
    said = {"account_id": account_id(), **{name: F.col(name) for name in ("name", "phone", "email")}}
    return service_tickets.select(several((account_id().isNotNull(), said)), *LINEAGE)


def account_id() -> Column:
    """By the telephone number, else by the address; null where a ticket has neither."""
    return F.concat(F.lit("service:"), F.coalesce("phone", "email"))
