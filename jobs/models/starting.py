"""What sentiment starts from, before the shop has stars of its own: words that tell good from bad elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: Learned by ``benchmarks/starting_words.py`` from texts with an MIT licence, which it names. A line: a weight, the
#: n-grams that have it; a pair of words is joined by ``_``.
FILE = Path(__file__).with_name("lists") / "starting_words.txt"


@cache
def words() -> Mapping[str, float]:
    """N-gram, as ``grams`` writes it -> what it adds to the log odds of being good, in a text of one n-gram."""
    lines = [line.split() for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {gram(word): float(weight) for weight, *every in lines for word in every}


def gram(word: str) -> str:
    if "_" in word:
        return word.replace("_", " ")
    return f"<{word}>" if word[0].isalpha() and not "\u3400" <= word[0] <= "\u9fff" else word
