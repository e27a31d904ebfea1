"""How right it is who is put together: precision and recall, by pairs and by accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

Shares = tuple[float, float]


def pairwise(found: Mapping[str, str], right: Mapping[str, str]) -> Shares:
    """Precision and recall of pairs of the accounts that ``right`` knows; 1 of none. Pairs are counted, never made: a
    million accounts have too many."""
    both = _pairs((found[account], of) for account, of in right.items())
    together, wanted = _pairs(found[account] for account in right), _pairs(right.values())
    return both / together if together else 1.0, both / wanted if wanted else 1.0


def b_cubed(found: Mapping[str, str], right: Mapping[str, str]) -> Shares:
    """Precision and recall, the mean over accounts (Bagga and Baldwin 1998)."""
    of_both = Counter((found[account], right[account]) for account in right)
    of_found, of_right = Counter(found[account] for account in right), Counter(right.values())
    precision = sum(many * many / of_found[one] for (one, _), many in of_both.items())
    recall = sum(many * many / of_right[other] for (_, other), many in of_both.items())
    return precision / len(right), recall / len(right)


def f1(shares: Shares) -> float:
    """The harmonic mean."""
    precision, recall = shares
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(labels: Iterable[object]) -> int:
    return sum(many * (many - 1) // 2 for many in Counter(labels).values())
