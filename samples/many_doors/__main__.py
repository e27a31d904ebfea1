"""Build a landing zone of many doors, and its truth.

python -m samples.many_doors [--landing DIR] [--truth DIR] [--until 2017-03-31] [--seed 1] [--noise 1] [--households N]
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import samples.many_doors as world
from samples.complete_journey import FIRST_DAY
from samples.many_doors.build import build


def main() -> None:
    parser = argparse.ArgumentParser(
        "python -m samples.many_doors", description=world.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--landing", type=Path, default=Path("landing/many_doors"))
    parser.add_argument("--truth", type=Path, default=Path("truth/many_doors"), help="where no job looks")
    parser.add_argument("--until", type=date.fromisoformat, default=date(2017, 12, 31), help="last night to deliver")
    parser.add_argument("--seed", type=int, default=1, help="another number, other persons")
    parser.add_argument("--noise", type=float, default=1, help="how many times as many errors")
    parser.add_argument("--households", type=int, help="the first of the 2,469 alone")
    args = parser.parse_args()
    if args.until < FIRST_DAY:
        parser.error(f"the data begin on {FIRST_DAY}")
    many = build(args.landing, args.truth, args.until, args.seed, args.noise, args.households)
    for feed, lines in many.items():
        print(f"  {feed:<18}{lines:>10,} lines")
    print(f"landing: many doors, persons generated (seed {args.seed}), delivered up to {args.until} in {args.landing}/")
    print(f"truth:   {args.truth}/")


if __name__ == "__main__":
    main()
