"""Who has all of some tags, how many that are, and why each has them.

make audience TAGS="high-frequency taster, likes the evening, buys snacks, says delivery is late"
make audience TAGS="价格敏感, 有孩子" MOST=50          tags in Chinese, the first 50
make audience TAGS="top value" CSV=top.csv             all of them, into a file

Without TAGS: all tags there are, and how many have each. A campaign asks the file's column allows_marketing.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import duckdb

from expectations.tags import TAGS
from jobs import screen
from jobs.lake import views
from jobs.session import SettingsError, lake

NAMES = {name: tag.name for tag in TAGS for name in (tag.name, tag.chinese)}
COUNTS = """select tag, any_value(tag_chinese), any_value(kind), count(*) from gold.customer_tags
            where tag in (select unnest(?)) group by tag order by 3, 4 desc, 1"""
AUDIENCE = """select customer_id, allows_marketing, list(why order by list_position(?, tag))
              from gold.customer_tags join gold.customer_360 using (customer_id) where tag in (select unnest(?))
              group by all having count(*) = len(?) order by customer_id"""


class Unknown(Exception):
    """There is no such tag, or no table of tags yet."""


def named(asked: str) -> list[str]:
    """Tags by their names in either language, with commas between."""
    found = [part.strip() for part in asked.replace("，", ",").split(",") if part.strip()]
    for name in found:
        if name not in NAMES:
            close = get_close_matches(name, NAMES, 1)
            guess = f"; is it {close[0]}?" if close else "."
            raise Unknown(f"{name}: no such tag{guess} All are in expectations/tags.py")
    return list(dict.fromkeys(NAMES[name] for name in found))


def told(db: duckdb.DuckDBPyConnection, tags: list[str], rows: list[tuple], most: int) -> Iterator[str]:
    """How many have each tag, how many have all, and of the first ``most`` why."""
    yield f"as of {views.shows(db, 'customer_tags')}"
    for tag, chinese, kind, many in db.execute(COUNTS, [tags or [tag.name for tag in TAGS]]).fetchall():
        yield f"{many:>9,}  {tag} ({chinese}, {kind})"
    if not tags:
        return
    allowing = "of whom nobody was asked" if any(row[1] is None for row in rows) else "of whom {:,} allow marketing"
    yield f"{len(rows):>9,}  have all of them, {allowing.format(sum(bool(row[1]) for row in rows))}"
    for customer, _, reasons in rows[:most]:
        yield f"{customer}"
        yield from (f"    {tag}: {why}" for tag, why in zip(tags, reasons, strict=True))
    if len(rows) > most:
        yield f"and {len(rows) - most:,} more: MOST={len(rows)}, or CSV=file.csv"


def write(file: Path, tags: list[str], rows: list[tuple]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(["customer_id", "allows_marketing", *tags])
        lines.writerows([customer, allows, *reasons] for customer, allows, reasons in rows)


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tags", nargs="?", default="", help="names of tags, in either language, with commas between")
    parser.add_argument("--most", type=int, default=10, help="how many customers are shown (10)")
    parser.add_argument("--csv", type=Path, help="a file for all of them, with the reasons")
    asked = parser.parse_args(words)
    try:
        tags = named(asked.tags)
        with views.connect(lake()) as db:
            rows = db.execute(AUDIENCE, [tags, tags, tags]).fetchall() if tags else []
            print("\n".join(told(db, tags, rows, asked.most)))
        if asked.csv:
            write(asked.csv, tags, rows)
    except duckdb.CatalogException:
        screen.fail("there are no tags in this lake yet: make night makes gold.customer_tags")
        return 2
    except (Unknown, OSError, SettingsError) as error:
        screen.fail(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
