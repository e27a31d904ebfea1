"""Who is who in a world of many doors, judged by the persons that it was made from; time, memory, one more night.

    python -m benchmarks.identity [--landing DIR] [--truth DIR]

An account of two persons (a payment card that a pair shares, a desk's contact from which both called) is neither right
nor wrong anywhere: it counts in no pair, but what it joins wrongly does.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import pyarrow as pa

from benchmarks import anybody, many_doors
from benchmarks.agreement import b_cubed
from benchmarks.records import WORDS, BadRecords
from benchmarks.resolver import Resolved, Told, checked, linked, one_more_night, resolved
from benchmarks.timing import peak
from jobs.identity.model import CannotFit
from samples.many_doors.build import build

Pairs = set[tuple[str, str]]


def together(label: Mapping[str, object]) -> Pairs:
    """Pairs of accounts with one label."""
    members = defaultdict[object, list[str]](list)
    for account, of in label.items():
        members[of].append(account)
    return {pair for accounts in members.values() for pair in combinations(sorted(accounts), 2)}


def shares(what: str, found: Pairs, right: Pairs) -> dict[str, float]:
    both = len(found & right)
    return {f"{what}: precision": both / max(len(found), 1), f"{what}: recall": both / max(len(right), 1)}


def doors(pair: tuple[str, str]) -> str:
    return " - ".join(sorted(account.split(":")[0] for account in pair))


def judged(cluster_of: dict[str, str], table: pa.Table, truth: Path) -> dict[str, float]:
    """Pairwise and B-cubed, of all pairs, of those that no certain identifier joins alone, and by pair of doors; the
    share of households of two in which somebody is taken for the other."""
    persons = many_doors.persons(truth)
    one = {account: min(of) for account, of in persons.items() if len(of) == 1 and account in cluster_of}
    found, right = together({account: cluster_of[account] for account in one}), together(one)
    precision, recall = b_cubed(cluster_of, one)
    rows = table.to_pylist()
    proved = {(row["account_l"], row["account_r"]) for row in rows if row["kind"] == "certain"}
    told = shares("all", found, right) | {"B-cubed: precision": precision, "B-cubed: recall": recall}
    told |= shares("not proved alone", found - proved, right - proved)
    household = many_doors.households(truth)
    sizes = Counter(household.values())
    mixed = {household[one[a]] for a, b in found - right if household[one[a]] == household[one[b]]}
    told["households of two, merged wrongly"] = len(mixed) / sum(many == 2 for many in sizes.values())
    for of in sorted({*map(doors, right)}):
        told |= shares(of, *({pair for pair in pairs if doors(pair) == of} for pairs in (found, right)))
    return told


def one_account_in_a_hundred(told: Told, whole: Resolved) -> dict[str, float]:
    """It says something new, or comes."""
    every, found = sorted(whole.clusters), dict[str, float]()
    some = random.Random(1).sample(every, len(every) // 100)
    for what, before, is_new in (("changed", whole, False), ("new", linked(told.without(some), whole.model), True)):
        costs = checked(one_more_night(told, before, some, is_new), whole)
        found |= {f"1 % {what}: {name}": cost for name, cost in costs.items()}
    return found


def measured(landing: Path, truth: Path) -> dict[str, float]:
    """What a world costs and how right it is."""
    told = Told(*(of(landing) for of in (many_doors.records, many_doors.paid, many_doors.quoted)))
    whole = resolved(told)
    customers = {"accounts": len(whole.clusters), "customers": len(set(whole.clusters.values()))}
    found: dict[str, float] = customers | {"to review": whole.review.num_rows}
    found |= {f"{step}: seconds": took for step, took in whole.seconds.items()}
    found |= one_account_in_a_hundred(told, whole)
    return found | judged(whole.clusters, whole.links, truth)


def worlds(folder: Path) -> dict[str, float]:
    """Two worlds of many doors that no test uses, at the noise of its docstring and at twice that."""
    found = dict[str, float]()
    for seed, noise in ((2, 1), (3, 2)):
        landing, truth = folder / f"seed {seed}" / "landing", folder / f"seed {seed}" / "truth"
        build(landing, truth, date(2017, 12, 31), seed, noise)
        found |= {f"seed {seed}, noise {noise}: {what}": value for what, value in measured(landing, truth).items()}
    return found


def main() -> None:
    args = _arguments()
    if args.records:
        try:
            print(anybody.measured(args.records, args.id, args.truth, args.columns, args.regions))
        except (BadRecords, CannotFit) as error:
            print(error, file=sys.stderr)
            sys.exit(2)
    else:
        for what, value in measured(args.landing, Path(args.truth)).items():
            print(f"{what:<40} {value:,.4f}")
        print(f"peak memory {peak():,.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.identity",
        description=f"{__doc__}\n{anybody.__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--landing", type=Path, default=Path("landing/many_doors"), help="of many doors")
    parser.add_argument(
        "--truth", default="truth/many_doors", help="of many doors: its folder; of records: the column with the person"
    )
    parser.add_argument("--records", type=Path, metavar="FILE.csv", help="anybody's")
    parser.add_argument("--id", metavar="COL", help="the column that is another in each record")
    parser.add_argument("--columns", metavar="WORD=COL,...", help=f"what columns hold: {', '.join(WORDS)}")
    parser.add_argument(
        "--regions", default="US", help="where telephone numbers without a country code are from: US,DE (US)"
    )
    args = parser.parse_args()
    if args.records and not (args.id and args.columns and "--truth" in " ".join(sys.argv)):
        parser.error("--records needs --id, --truth and --columns; --help shows an example")
    return args


if __name__ == "__main__":
    main()
