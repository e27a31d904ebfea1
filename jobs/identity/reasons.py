"""Why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pyarrow as pa

from jobs.identity.comparisons import level

OF_CERTAIN = {"same phone": "phone", "same e-mail": "e-mail", "same payment card": "card"}


def of_pairs(found: pa.Table, kinds: Sequence[str]) -> list[str]:
    """What agrees, and what does not, of each pair: ``same verified phone; same name; same address``."""
    ends = (found[name].to_pylist() for name in ("account_l", "account_r", "kind", "because"))
    levels = zip(*(found[f"gamma_{kind}"].to_pylist() for kind in kinds), strict=True)
    return [
        "its own records name two persons"
        if one == other
        else _of_levels(tuple(kinds), of, because, kind == "different")
        for one, other, kind, because, of in zip(*ends, levels, strict=True)
    ]


@cache
def _of_levels(kinds: tuple[str, ...], gammas: tuple[int, ...], because: str | None, is_apart: bool) -> str:
    """Pairs are many, and the ways in which two can agree are few."""
    found = zip(kinds, gammas, strict=True)
    levels = [(of, gamma) for kind, gamma in found if (of := level(kind, gamma))]
    said = [of.says for of, _ in levels if of.means == "agrees"]
    agree = [says for says in said if OF_CERTAIN.get(says, "nothing") not in (because or "")]
    worst = [of.says for of, gamma in levels if is_apart and not gamma]
    against = dict.fromkeys([*(of.says for of, _ in levels if of.means == "differs"), *worst])
    return "; ".join(filter(None, [because, *agree])) + ("; but " + ", ".join(against) if against else "")
