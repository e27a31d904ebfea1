"""Identity: which accounts are one person's; fitted without labels, judged by what identifiers prove."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jobs.identity import model
from jobs.identity.prepared import prepare
from jobs.identity.records import records
from jobs.models.examples import Known
from jobs.models.judged import Judged
from jobs.models.linkage import Linkage
from jobs.statistics.cannot_fit import CannotFit

FEWEST = 20  # pairs that an identifier proves, to judge by
Pairs = set[tuple[str, str]]


def fit(known: Known, cut: date) -> Linkage:
    """A model of what accounts said by the cut."""
    told, paid = records(known("silver.identifiers", cut, cut), cut)
    if told.num_rows < FEWEST:
        raise CannotFit(f"{told.num_rows} accounts that say who they are do not teach who is one person")
    try:
        return Linkage(model.fit(prepare(told, paid)))
    except model.CannotFit as error:  # of a package that knows no models but its own
        raise CannotFit(str(error)) from error


def judge(linkage: Linkage, known: Known, cut: date, as_of: date, champion: Linkage | None) -> Judged:
    """What is proved is hidden, and to be found by all the rest: F1 of the pairs of accounts that a proved number or
    address joins, among all pairs of these accounts. The baseline takes for one whose name is the same, and birthday or
    address too.
    """
    told, paid = records(known("silver.identifiers", as_of, cut), cut)
    mine, baseline = _measured(linkage, told, paid)
    against = (mine["f1_hidden"], _measured(champion, told, paid)[0]["f1_hidden"]) if champion else None
    return Judged(mine, {"same_name_and_one_thing_more": baseline}, against)


def _measured(linkage: Linkage, told: pa.Table, paid: pa.Table) -> tuple[dict[str, float], dict[str, float]]:
    """Of the model and of the baseline."""
    proved = _pairs(linkage.links(told, paid)[0], "certain")
    if len(proved) < FEWEST:
        raise CannotFit(
            f"{len(proved)} pairs of accounts that a proved number or address joins are too few to judge by"
        )
    proved = _closed(proved)
    known = {account for pair in proved for account in pair}
    hidden = _hidden(told.filter(pc.is_in(told["account_id"], pa.array(sorted(known)))))
    found = _pairs(linkage.links(hidden, paid.slice(0, 0))[0], "certain", "probable")
    mine, by_hand = (_quality(pairs, proved) for pairs in (found, _by_hand(hidden)))
    return mine | {"pairs_proved": float(len(proved))}, by_hand


def _quality(pairs: Pairs, proved: Pairs) -> dict[str, float]:
    right = len(pairs & proved)
    return {
        "precision_hidden": right / max(len(pairs), 1),
        "recall_hidden": right / len(proved),
        "f1_hidden": 2 * right / (len(pairs) + len(proved)),
    }


def _pairs(links: pa.Table, *kinds: str) -> Pairs:
    some = links.filter(pc.is_in(links["kind"], pa.array(kinds)))
    pairs = zip(some["account_l"].to_pylist(), some["account_r"].to_pylist(), strict=True)
    return {pair for pair in pairs if not any(account.startswith("pay:") for account in pair)}


def _closed(pairs: Pairs) -> Pairs:
    """All pairs of the accounts that ``pairs`` hold together."""
    known = sorted({account for pair in pairs for account in pair})
    place = {account: n for n, account in enumerate(known)}
    ends = [[place[pair[n]] for pair in pairs] for n in (0, 1)]
    graph = coo_array((np.ones(len(pairs)), ends), shape=(len(known), len(known)))
    of = defaultdict[int, list[str]](list)
    for account, component in zip(known, connected_components(graph, directed=False)[1], strict=True):
        of[component].append(account)
    return {pair for together in of.values() for pair in combinations(together, 2)}


def _hidden(told: pa.Table) -> pa.Table:
    """What accounts say without what is proved of them."""
    for kind in ("phone", "email"):
        is_proved = pc.fill_null(told[f"is_{kind}_verified"], False)
        shown = pc.if_else(is_proved, pa.scalar(None, pa.string()), told[kind])
        told = told.set_column(told.column_names.index(kind), kind, shown)
    return told


def _by_hand(told: pa.Table) -> Pairs:
    """Pairs of the same name with the same birthday or address."""
    found = Pairs()
    frame = told.select(["account_id", "name", "birthday", "address"]).to_pandas()
    for kind in ("birthday", "address"):
        said = frame.dropna(subset=["name", kind]).drop_duplicates(["account_id", "name", kind])
        both = said.merge(said, on=["name", kind])
        pairs = both[both["account_id_x"] < both["account_id_y"]]
        found |= set(zip(pairs["account_id_x"], pairs["account_id_y"], strict=True))
    return found
