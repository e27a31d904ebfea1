"""Look-alikes: of each audience its members of tonight teach, beside who is in none or in others."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from pyspark.sql import functions as F

from expectations.audiences import FEWEST
from jobs.arrays import Floats
from jobs.models import lookalikes_judge, traits
from jobs.models.examples import Known, gathered
from jobs.models.judged import Judged
from jobs.models.likeness import Likeness, Lookalikes
from jobs.models.lookalikes_judge import Asked
from jobs.statistics import blend_fit
from jobs.statistics.cannot_fit import CannotFit

MOST, TICKETS = 20_000, 1_000_000  # customers that are learned from, about; of whom some are drawn
NOBODY = ""  # who is in no audience
NEEDS = (*traits.NEEDS, *(f"{of}_quintile" for of in lookalikes_judge.RFM))
HORIZON = timedelta(days=28)  # in which somebody joins


def seen(known: Known, cut: date) -> pd.DataFrame:
    """Customers at a cut, the same ones each time, and the ``weight`` of each: how many it stands for. Of each audience
    about as many are drawn, of small ones all (weights by Horvitz and Thompson 1952)."""
    groups = F.when(F.size("audiences") > 0, F.col("audiences")).otherwise(F.array(F.lit(NOBODY)))
    every = known("gold.customer_audience_features", cut, cut).select(*NEEDS, groups.alias("groups"))
    sizes = every.select(F.explode("groups").alias("group")).groupBy("group").count().collect()
    most = max(10 * FEWEST, MOST // max(len(sizes), 1))
    shares = {NOBODY: 1.0} | {row["group"]: min(1.0, most / row["count"]) for row in sizes}
    share_of = F.create_map(*(F.lit(part) for pair in shares.items() for part in pair))
    chance = F.array_max(F.transform("groups", lambda group: share_of[group]))
    drawn = F.pmod(F.xxhash64("customer_id"), F.lit(TICKETS)) < chance * TICKETS
    return gathered(every.withColumn("weight", 1 / chance).where(drawn).drop("groups"))


def audiences(rows: pd.DataFrame) -> list[str]:
    return sorted({name for of in rows["audiences"] for name in of})


def members(rows: pd.DataFrame, audience: str) -> Floats:
    """1 for who is in it, shape (n,)."""
    return np.array([audience in of for of in rows["audiences"]], float)


def is_enough(labels: Floats) -> bool:
    return min(labels.sum(), len(labels) - labels.sum()) >= FEWEST


def learned(rows: pd.DataFrame) -> Lookalikes:
    """The model, with what it and others say of the members of each audience while they are hidden. CannotFit where no
    audience has enough members: which, and never how many."""
    labels = {name: members(rows, name) for name in audiences(rows)}
    refused = tuple(name for name, of in labels.items() if not is_enough(of))
    if len(refused) == len(labels):
        named = f": {', '.join(refused)}" if refused else ""
        raise CannotFit(f"no audience has {FEWEST} members who allow profiling, and as many others beside them{named}")
    words = traits.vocabulary(rows)
    known = traits.features(rows, words).to_numpy(float)
    found, asked = dict[str, Likeness](), dict[str, Asked]()
    for name in labels.keys() - {*refused}:
        blend, hidden = blend_fit.fit(known, labels[name], rows["weight"].to_numpy())
        asked[name] = lookalikes_judge.hidden(rows, known, labels[name], hidden)
        typical = traits.typical(rows[labels[name] > 0], words["categories"])
        found[name] = Likeness(float(asked[name].lifts("").mean()), typical, blend)
    return Lookalikes(words, dict(sorted(found.items())), refused, dict(sorted(asked.items())))


def fit(known: Known, cut: date) -> Lookalikes:
    return learned(seen(known, cut))


def judge(model: Lookalikes, known: Known, cut: date, as_of: date, champion: Lookalikes | None) -> Judged:  # noqa: ARG001
    """The ``champion`` is no rival: it was told of the members that are hidden here, and knows no list that came since.
    Who joined is asked of one cut: a month is what a list of marketing is good for."""
    return lookalikes_judge.judge(model.asked, joined(seen(known, cut), known, cut - HORIZON))


def joined(now: pd.DataFrame, known: Known, cut: date) -> dict[str, Asked]:
    """Of those who were not in an audience at an earlier cut, by a model of then: who is now? Nothing where there were
    too few members then, or nobody joined."""
    rows, found = seen(known, cut), dict[str, Asked]()
    words = traits.vocabulary(rows)
    features = traits.features(rows, words).to_numpy(float)
    for name in audiences(rows):
        then = members(rows, name)
        later = rows["customer_id"].isin(now["customer_id"][members(now, name) > 0]).to_numpy(float)
        if is_enough(then) and (later > then).any():
            blend, _ = blend_fit.fit(features, then, rows["weight"].to_numpy())
            found[name] = lookalikes_judge.later(rows, features, then, later, blend)
    return found
