"""Why, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jobs.identity.comparisons import level


def of_pair(found: Mapping, kinds: Sequence[str]) -> str:
    """What agrees, and what does not: ``same verified phone; same name; same address``."""
    if found["account_l"] == found["account_r"]:
        return "its own records name two persons"
    levels = {kind: of for kind in kinds if (of := level(kind, found[f"gamma_{kind}"]))}
    because = [found["because"]] if found["because"] else []
    of_certain = {"same phone": "phone", "same e-mail": "e-mail", "same payment card": "card"}
    said = [of.says for of in levels.values() if of.means == "agrees"]
    agree = [says for says in said if of_certain.get(says, "nothing") not in "".join(because)]
    is_apart = found["kind"] == "different"
    worst = [of.says for kind, of in levels.items() if is_apart and not found[f"gamma_{kind}"]]
    against = dict.fromkeys([*(of.says for of in levels.values() if of.means == "differs"), *worst])
    return "; ".join(because + agree) + ("; but " + ", ".join(against) if against else "")
