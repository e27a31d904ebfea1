"""Build a landing zone of any size, and its truth.

python -m samples.scale [--customers 2000] [--days 365] [--seed 1] [--until 2017-03-31] [--landing DIR] [--truth DIR]
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path

import samples.scale as world
from samples.complete_journey import FIRST_DAY
from samples.scale.build import build


def main() -> None:
    parser = argparse.ArgumentParser(
        "python -m samples.scale", description=world.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=2_000, help="up to a million (2000)")
    parser.add_argument("--days", type=int, default=365, help=f"how long the world lasts, from {FIRST_DAY} (365)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another world; the tests use 1 to 9")
    parser.add_argument("--until", type=date.fromisoformat, help="last night to deliver (the world's last)")
    parser.add_argument("--landing", type=Path, default=Path("landing/scale"))
    parser.add_argument("--truth", type=Path, default=Path("truth/scale"), help="where no job looks")
    parser.add_argument("--noise", type=float, default=1, help="how many times as many errors")
    args = parser.parse_args()
    if not 1 <= args.customers <= 1_000_000:
        parser.error("between 1 and 1,000,000 customers")
    last = FIRST_DAY + timedelta(days=args.days - 1)
    until = min(args.until or last, last)
    if until < FIRST_DAY:
        parser.error(f"the world begins on {FIRST_DAY}")
    many = build(args.landing, args.truth, args.customers, args.days, until, args.seed, args.noise)
    for feed, lines in many.items():
        print(f"  {feed:<18}{lines:>12,} lines")
    told = f"{args.customers:,} customers, {args.days} days, seed {args.seed}, delivered up to {until}"
    print(f"landing: scale, all generated ({told}) in {args.landing}/")
    print(f"truth:   {args.truth}/")


if __name__ == "__main__":
    main()
