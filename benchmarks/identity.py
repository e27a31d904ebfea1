"""Who is who in a world of many doors, judged by the persons that it was made from; time, memory, one more night.

    python -m benchmarks.identity [--landing DIR] [--persons DIR] [--seed 1]

An account of two persons (a payment card that a pair shares, a desk's contact from which both called) is neither right
nor wrong anywhere: it counts in no pair, but what it joins wrongly does.
"""

from __future__ import annotations

import argparse
import random
import resource
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

import pyarrow as pa

from benchmarks import many_doors
from benchmarks.timing import seconds
from jobs.identity import model
from jobs.identity.clusters import clusters
from jobs.identity.linking import links
from jobs.identity.prepared import prepare

Pairs = set[tuple[str, str]]


def together(label: Mapping[str, object]) -> Pairs:
    """Pairs of accounts with one label."""
    members = defaultdict[object, list[str]](list)
    for account, of in label.items():
        members[of].append(account)
    return {pair for accounts in members.values() for pair in combinations(sorted(accounts), 2)}


def shares(found: Pairs, right: Pairs) -> str:
    both = len(found & right)
    return f"precision {both / max(len(found), 1):.4f}  recall {both / max(len(right), 1):.4f}  of {len(right):,} pairs"


def b_cubed(found: Mapping[str, str], right: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall, the mean over accounts (Bagga and Baldwin 1998)."""
    of_both = Counter((found[account], right[account]) for account in right)
    of_found, of_right = Counter(found[account] for account in right), Counter(right.values())
    both = [(of_both[found[account], right[account]], account) for account in right]
    precision = sum(many / of_found[found[account]] for many, account in both) / len(both)
    return precision, sum(many / of_right[right[account]] for many, account in both) / len(both)


def doors(pair: tuple[str, str]) -> str:
    return " - ".join(sorted(account.split(":")[0] for account in pair))


def judge(cluster_of: dict[str, str], table: pa.Table, persons: dict[str, set[str]]) -> None:
    one = {account: min(of) for account, of in persons.items() if len(of) == 1 and account in cluster_of}
    found, right = together({account: cluster_of[account] for account in one}), together(one)
    print(f"all accounts of one person ({len(one):,}): {shares(found, right)}")
    precision, recall = b_cubed(cluster_of, one)
    print(f"B-cubed: precision {precision:.4f}  recall {recall:.4f}")
    rows = table.to_pylist()
    proved = {(row["account_l"], row["account_r"]) for row in rows if row["kind"] == "certain"}
    print(f"pairs that no certain identifier joins alone: {shares(found - proved, right - proved)}")
    wrong = found - right
    merged = {cluster_of[pair[0]] for pair in wrong}
    print(f"clusters of two persons or more: {len(merged)}, beside {len(set(one.values())):,} persons")
    shared = [account for account, of in persons.items() if len(of) > 1 and account in cluster_of]
    alone = sum(cluster_of[account] == account and Counter(cluster_of.values())[account] == 1 for account in shared)
    print(f"accounts of two persons: {len(shared)}, of them left alone {alone}")
    for of in sorted({*map(doors, right)}):
        print(f"  {of:<20} {shares(*({pair for pair in pairs if doors(pair) == of} for pairs in (found, right)))}")


def one_more_night(prepared: pa.Table, trained: model.Model, accounts: Iterable[str], seed: int) -> None:
    """One account in a hundred says something new."""
    every = sorted(accounts)
    changed = {*random.Random(seed).sample(every, len(every) // 100)}
    made: list[tuple] = []
    took = seconds(lambda: made.append(links(prepared, trained, changed)))
    [(found, touched, many)] = made
    print(f"one more night: {len(changed)} accounts changed, {len(touched)} touched, {many:,} pairs compared, ", end="")
    print(f"{found.num_rows:,} links made, {took:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.identity", description=__doc__)
    parser.add_argument("--landing", type=Path, default=Path("landing/many_doors"))
    parser.add_argument("--persons", type=Path, default=Path("truth/many_doors"))
    parser.add_argument("--seed", type=int, default=1, help="of the accounts that change")
    args = parser.parse_args()
    said, paid, quoted = (of(args.landing) for of in (many_doors.records, many_doors.paid, many_doors.quoted))
    accounts = {*said["account_id"].to_pylist(), *paid["account_id"].to_pylist()}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made: dict = {}
    took = {
        "prepare": seconds(lambda: made.update(prepared=prepare(said, paid, quoted))),
        "fit": seconds(lambda: made.update(model=model.fit(made["prepared"]))),
        "links": seconds(lambda: made.update(links=links(made["prepared"], made["model"]))),
        "clusters": seconds(lambda: made.update(clusters=clusters(sorted(accounts), made["links"][0], []))),
    }
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cluster_of, review = made["clusters"]
    print(f"{len(accounts):,} accounts, {said.num_rows:,} records, {made['links'][2]:,} pairs compared, ", end="")
    print(f"{len(set(cluster_of.values())):,} customers, {review.num_rows} rows for review")
    print(", ".join(f"{name} {of:.1f} s" for name, of in took.items()), end="")
    print(f"; peak {after / 1024:,.0f} MB, {before / 1024:,.0f} MB before")
    judge(cluster_of, made["links"][0], many_doors.persons(args.persons))
    one_more_night(made["prepared"], made["model"], accounts, args.seed)


if __name__ == "__main__":
    main()
