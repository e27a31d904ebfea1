"""Sentiment: would the writer of a text give four or five stars, or one or two? Learned from the shop's own stars."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from jobs.arrays import Floats
from jobs.models import chances_judge, starting
from jobs.models.chances_fit import platt
from jobs.models.chances_judge import Asked
from jobs.models.examples import Known, judged
from jobs.models.grams import BINS, read
from jobs.models.judged import Judged
from jobs.models.learned import Learned
from jobs.models.stars import LONG_AGO, rated, reviewed
from jobs.statistics.cannot_fit import CannotFit

MOST_KEPT, AT_ONCE = 20_000, 2_000  # weights of a model, texts in memory
FEWEST, LEARNED = 5, 0.8  # texts of each mood; share that is learned from, the later ones calibrate
USUAL = 3  # texts with an n-gram: what one or two wrote alone is not kept
FREE, TRUST = 3.0, 10.0  # how freely n-grams are weighed, as C; as many times the starting words


@dataclass(frozen=True)
class Sentiment(Learned):
    """A logistic regression: ``words`` have a weight of their own, and so have some bins of n-grams, ``places``."""

    FORMATS: ClassVar = (1,)

    words: Mapping[str, float]
    places: NDArray[np.int64]
    weights: Floats
    intercept: float

    def predict(self, texts: pd.DataFrame) -> pd.DataFrame:
        """For each ``text`` the ``sentiment`` of ``gold.customer_sentiments``."""
        return pd.DataFrame({"sentiment": expit(self.log_odds(texts["text"]))}, index=texts.index)

    def log_odds(self, texts: pd.Series) -> Floats:
        """Of being good, shape (n,). Nobody's text counts in another's."""
        every, found = texts.fillna("").tolist(), list[Floats]()
        dense = np.bincount(self.places, self.weights, BINS)
        for start in range(0, len(every), AT_ONCE):
            bins, said = read(every[start : start + AT_ONCE], self.words)
            found.append(bins @ dense + said + self.intercept)
        return np.concatenate([np.empty(0), *found])

    def as_data(self) -> dict[str, Any]:
        return {
            "words": {word: round(of, 4) for word, of in self.words.items()},
            "places": self.places.tolist(),
            "weights": self.weights.round(4).tolist(),
            "intercept": self.intercept,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sentiment:
        places, weights = np.array(data["places"], np.int64), np.array(data["weights"], np.float64)
        return cls(data["words"], places, weights, data["intercept"])

    @staticmethod
    def example() -> pd.DataFrame:
        return pd.DataFrame({"text": ["Love this milk.", "这次的牛奶不太新鲜。"]})

    def parameters(self) -> dict[str, float]:
        return {"bins": len(self.places), "starting words": len(self.words), "intercept": self.intercept}


def fit(known: Known, cut: date) -> Sentiment:
    """Of the stars that were given by the cut. CannotFit where too few are good, or bad."""
    return fitted(rated(known, LONG_AGO, cut, cut, cut), starting.words())


def fitted(rows: pd.DataFrame, start: Mapping[str, float]) -> Sentiment:
    """Of ``text`` and ``is_good``, 0 or 1, in the order of time; ``start``: what words say elsewhere."""
    is_good = rows["is_good"].to_numpy(float)
    few = int(LEARNED * len(rows))
    for part in (is_good[:few], is_good[few:]):
        if min(part.sum(), len(part) - part.sum()) < FEWEST:
            raise CannotFit(f"of {len(part):,} texts with stars {int(part.sum()):,} have four or five")
    learned = _learned(rows["text"].iloc[:few], is_good[:few], start)
    slope, intercept = platt(learned.log_odds(rows["text"].iloc[few:]), is_good[few:])
    words = {word: slope * of for word, of in learned.words.items()}
    return Sentiment(words, learned.places, slope * learned.weights, slope * learned.intercept + intercept)


def _learned(texts: pd.Series, is_good: Floats, start: Mapping[str, float]) -> Sentiment:
    """Starting words are trusted as one, which the shop's own n-grams outweigh as its stars come."""
    bins, said = read(texts, start)
    seen = np.flatnonzero(np.bincount(bins.indices, minlength=BINS) >= USUAL)
    both = hstack([bins[:, seen], csr_matrix(TRUST * said[:, None])], format="csr")
    found = LogisticRegression(C=FREE, solver="liblinear", intercept_scaling=FREE).fit(both, is_good)
    weights, of_words = found.coef_[0, :-1], found.coef_[0, -1]
    kept = np.sort(np.argsort(-np.abs(weights), kind="stable")[:MOST_KEPT])
    words = {word: TRUST * of_words * of for word, of in start.items()}
    return Sentiment(words, seen[kept], weights[kept], float(found.intercept_[0]))


def judge(model: Sentiment, known: Known, cut: date, as_of: date, champion: Sentiment | None) -> Judged:
    """By the stars that were given after each cut, up to the next, by who had seen none of them."""
    asked, cuts = list[tuple[Asked, pd.DataFrame]](), judged(cut)
    for then, until in zip(cuts, [as_of, *cuts], strict=False):
        seen, rows = rated(known, LONG_AGO, then, then, then), reviewed(rated(known, then, until, as_of, then))
        with suppress(CannotFit):
            of = model if then == cut else fitted(seen, starting.words())
            if len(rows):
                asked.append((_asked(of, seen, rows), rows))
    if not asked:
        raise CannotFit("no stars were given after the cuts that it would be judged at")
    every, rows = [of for of, _ in asked], pd.concat([of for _, of in asked])
    theirs = expit(champion.log_odds(asked[0][1]["text"])) if champion else None
    found = chances_judge.judge(every, theirs)
    return replace(found, metrics=found.metrics | by_language(rows, np.concatenate([of.said for of in every])))


def _asked(model: Sentiment, seen: pd.DataFrame, rows: pd.DataFrame) -> Asked:
    rate, (_, said) = np.full(len(rows), reviewed(seen)["is_good"].mean()), read(rows["text"], starting.words())
    happened, languages = rows["is_good"].to_numpy(float), rows["language"].to_numpy()
    by_hand = {"base_rate": rate, "starting_words": expit(said)}
    return Asked(rows["customer_id"].to_numpy(), languages, happened, expit(model.log_odds(rows["text"])), by_hand)


def by_language(rows: pd.DataFrame, said: Floats) -> dict[str, float]:
    """Of each language how many were right, how far what was said is from what happened, and of how many."""
    found, is_good = dict[str, float](), rows["is_good"].to_numpy(float)
    for language in sorted({*rows["language"]}):
        of = (rows["language"] == language).to_numpy()
        found[f"accuracy {language}"] = float(((said[of] > 0.5) == is_good[of]).mean())
        found[f"calibration_error {language}"] = float(chances_judge.calibration_error(is_good[of], said[of]))
        found[f"rows_judged {language}"] = float(of.sum())
    return found
