"""How a probability is learned: from several cuts, calibrated at a later one, and judged on the three latest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from jobs.arrays import Floats
from jobs.models import chances_fit, chances_judge
from jobs.models.chances import Chances
from jobs.models.chances_judge import Asked
from jobs.models.examples import MOST, Known, earlier, judged, side_by_side
from jobs.models.judged import Judged
from jobs.models.learned import Learned
from jobs.models.reasons import Reason, strongest
from jobs.statistics.cannot_fit import CannotFit

CUTS = 5  # that trees learn from, beside the one that calibrates them
MOST_OF_A_CUT = MOST // CUTS


@dataclass(frozen=True)
class Question:
    """What is asked of each row: will it happen within ``horizon`` days?

    ``seen(known, cut, until)``: rows as known at a cut, at most ``MOST_OF_A_CUT``, with what came after it as known at
    ``until``. Of rows: their ``features``, what ``happened``, 0 or 1, and their ``kind``, among which they are ranked.
    ``by_hand(before, now)``: what a sceptic says of rows, who has those of the cut before.
    """

    horizon: int
    seen: Callable[[Known, date, date], pd.DataFrame]
    features: Callable[[pd.DataFrame], pd.DataFrame]
    happened: Callable[[pd.DataFrame], Floats]
    by_hand: Callable[[pd.DataFrame, pd.DataFrame], Mapping[str, Floats]]
    kind: Callable[[pd.DataFrame], NDArray] = lambda rows: np.zeros(len(rows))

    def fit(self, known: Known, cut: date) -> Chances:
        """Of cuts whose days had passed at ``cut``. CannotFit where there are no two, or it happened too seldom."""
        found = [rows for rows in self.rows(known, earlier(cut, self.horizon, CUTS + 1), cut) if len(rows)]
        if len(found) < 2:
            raise CannotFit(f"there must be two cuts with {self.horizon} days before and after them, a month apart")
        later, past = found[0], pd.concat(found[1:])
        of_past, of_later = (self.features(rows).to_numpy(float) for rows in (past, later))
        return chances_fit.fit(of_past, self.happened(past), of_later, self.happened(later))

    def rows(self, known: Known, cuts: list[date], until: date) -> list[pd.DataFrame]:
        """What was seen at each cut; nothing where the data had just begun."""
        found = side_by_side(cuts, lambda cut: self.seen(known, cut, until)).values()
        return [rows if rows["days_observed"].max() >= self.horizon else rows.head(0) for rows in found]

    def judge(self, chances: Chances, known: Known, cut: date, as_of: date, champion: Chances | None) -> Judged:
        """At each cut by chances that were fitted there as these were, and knew nothing later."""
        fitted = {cut: chances}
        for then in judged(cut)[1:]:
            with suppress(CannotFit):
                fitted[then] = self.fit(known, then)
        now = dict(zip(fitted, self.rows(known, list(fitted), as_of), strict=True))
        asked = dict[date, Asked]()
        for then, of in fitted.items():
            rows, [before] = now[then], self.rows(known, earlier(then, self.horizon, 1), then)
            if not len(rows) or not len(before):
                continue  # nobody bought for weeks
            ids, happened = rows["customer_id"].to_numpy(), self.happened(rows)
            asked[then] = Asked(ids, self.kind(rows), happened, self._said(of, rows), self.by_hand(before, rows))
        if not asked:
            raise CannotFit("nobody bought in the weeks before the cuts that it would be judged at")
        newest = now[next(iter(asked))]
        return chances_judge.judge(list(asked.values()), self._said(champion, newest) if champion else None)

    def _said(self, chances: Chances, rows: pd.DataFrame) -> Floats:
        return chances.probability(self.features(rows).to_numpy(float))


@dataclass(frozen=True)
class Answer(Learned):
    """A registered model that is chances; what it makes of them its class says (``predict``)."""

    FORMATS: ClassVar = (1,)

    chances: Chances

    def explained(
        self, customers: pd.DataFrame, features: pd.DataFrame, reasons: Sequence[Reason], is_quick: bool = False
    ) -> tuple[Floats, pd.DataFrame]:
        """The probability of each row, shape (n,), and its strongest reasons, which come to it."""
        base, each = self.chances.contributions(features.to_numpy(), is_quick)
        return expit(base + each.sum(axis=1)), strongest(customers, reasons, list(features), each, base)

    def parameters(self) -> dict[str, Any]:
        return self.chances.parameters()

    def as_data(self) -> dict[str, Any]:
        return {"chances": self.chances.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(Chances.from_data(data["chances"]))
