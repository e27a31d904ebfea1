"""One customer on the screen: who it is, which accounts are theirs and why, what they do, what they are worth.

make customer ID=card:49734720                                by an account, as channels call it
make customer ID=2871190223614                                by the customer's number
make customer ID=2871190223614 CLEAR="complaint T31198570044"   unmasked, for a purpose that ops.access keeps
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

import expectations
from expectations.shared import SAID
from jobs import screen
from jobs.lake import ledger, small_tables, views
from jobs.session import SettingsError, keys_folder, lake
from jobs.vault import keys, opening

ACCESS = expectations.TABLES["ops.access"]
WIDTH = 12
ACCOUNTS = "select account_id, known_on, probability, reason from silver.customers where customer_id = ? order by 2, 1"
CHANNELS = (
    "select channel, orders, spend, order_share from gold.customer_channels where customer_id = ? order by 2 desc"
)
DEMOGRAPHICS = ("age_band", "income_band", "household_composition", "home_ownership")


class Unknown(Exception):
    """There is no such customer, or the lake has no customers yet."""


def found(db: duckdb.DuckDBPyConnection, asked: str) -> int:
    """The customer's number, by it or by an account."""
    by = "account_id = ?" if ":" in asked else "cast(customer_id as varchar) = ?"
    rows = db.execute(f"select any_value(customer_id) from silver.customers where {by}", [asked]).fetchone()
    if not rows or rows[0] is None:
        raise Unknown(f"{asked}: no such customer or account. Numbers and accounts are in silver.customers (make sql).")
    return rows[0]


def told(db: duckdb.DuckDBPyConnection, customer: int, clear: dict[str, str] | None) -> Iterator[tuple[str, str]]:
    """Lines of a heading and words; ``clear``: the golden record, where somebody may see it."""
    full = _row(db, "gold.customer_360", customer)
    yield "customer", f"{customer}, as of {views.shows(db, 'customer_360')}"
    yield from _who(clear) if clear is not None else _masked(_row(db, "gold.customer_contacts", customer))
    for account, known_on, probability, reason in db.execute(ACCOUNTS, [customer]).fetchall():
        sure = f"  {probability:.1%}  {reason}" if reason else ""
        yield "account", f"{account}  since {known_on}{sure}"
    yield from _words(full, db.execute(CHANNELS, [customer]).fetchall())


def _who(clear: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((kind, clear[kind]) for kind in SAID if kind in clear)


def _masked(contact: dict[str, Any]) -> Iterator[tuple[str, str]]:
    shown = [contact.get(kind) for kind in ("name", "phone", "email")]
    shown += [f"born {contact['birth_year']}"] if contact.get("birth_year") else []
    yield "who", " · ".join(part for part in shown if part) or "nobody knows"
    if contact.get("missing"):
        yield "missing", ", ".join(contact["missing"])


def _words(full: dict[str, Any], channels: list[tuple]) -> Iterator[tuple[str, str]]:
    """The customer 360 in words; of what nobody knows, nothing."""
    if described := [str(full[name]) for name in DEMOGRAPHICS if full.get(name)]:
        yield "household", f"{full['household_id']}: {', '.join(described)}"
    if full.get("is_prospect"):
        yield "buys", "nothing so far: a prospect"
        return
    shares = ", ".join(f"{name} {share:.0%}" for name, _, _, share in channels if share is not None)
    yield "buys", f"{full['orders']:,} orders, {full['spend']:,.2f} net: {shares}"
    yield (
        "since",
        f"{full['first_order_on']} in {full['first_channel']}, last {full['last_order_on']} in {full['last_channel']}",
    )
    if full.get("moved_to_channel"):
        yield "moves", f"from {full['moved_from_channel']} to {full['moved_to_channel']} in the last 91 days"
    yield "lately", f"{full['orders_91d']} orders, {full['spend_91d']:,.2f} in 91 days"
    if full.get("views_91d"):
        yield (
            "app",
            f"{full['views_91d']} products looked at, {full['carts_91d']} carts, {full['carts_left_91d']} of them left",
        )
    if full.get("tickets"):
        stars = f", {full['mean_satisfaction']:.1f} stars for the answers" if full["mean_satisfaction"] else ""
        yield "service", f"tickets: {full['tickets']}, of them open: {full['open_tickets']}{stars}"
    worth = f"tier {full['tier']}"
    if full.get("lifetime_value") is not None:
        worth += f", segment {full['segment_name']}, still a customer by {full['alive_probability']:.0%}"
        worth += f", worth {full['lifetime_value']:,.2f} in 36 months"
    yield "value", worth
    allows = [name for name in ("analytics", "profiling", "marketing") if full.get(f"allows_{name}")]
    if full.get("allows_analytics") is not None:
        yield "allows", ", ".join(allows) or "nothing"


def _row(db: duckdb.DuckDBPyConnection, table: str, customer: int) -> dict[str, Any]:
    rows = db.execute(f"select * from {table} where customer_id = ?", [customer])
    names, row = [column[0] for column in rows.description], rows.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def opened(root: Path, db: duckdb.DuckDBPyConnection, customer: int, purpose: str) -> dict[str, str]:
    """The golden record in clear. Who asked, and what for, is written down first."""
    line = (datetime.now(UTC), getpass.getuser(), customer, purpose)
    is_first = not ledger.log(root, ACCESS.name)
    small_tables.append(ledger.path(root, ACCESS.name), ACCESS, [line], "")
    if is_first:
        views.write(root)  # so that SQL shows it from now on
    rows = db.execute("select kind, token from silver.golden_records where customer_id = ?", [customer]).fetchall()
    of = keys.load(keys_folder())
    keys.check(root, of)
    values = opening.opened(root, of, SAID, [token for _, token in rows]).to_pylist()
    return {row["holds"]: row["value"] for row in values}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("customer", help="number of a customer, or an account such as card:49734720")
    parser.add_argument(
        "--clear", metavar="PURPOSE", help="show names and numbers unmasked; ops.access keeps who and why"
    )
    asked = parser.parse_args()
    try:
        with views.connect(lake()) as db:
            customer = found(db, asked.customer)
            clear = opened(lake(), db, customer, asked.clear) if asked.clear else None
            for heading, words in told(db, customer, clear):
                print(f"{heading:<{WIDTH}}{words}")
    except (Unknown, FileNotFoundError, SettingsError) as error:
        screen.fail(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
