"""A text as numbers, of any language by one code: which n-grams of characters stand in it (Cavnar and Trenkle 1994),
each in one of many bins (feature hashing, Weinberger and others 2009)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import FeatureHasher
from sklearn.preprocessing import normalize

from expectations.needs import HAN
from expectations.shared import REDACTED
from jobs.arrays import Floats

BINS = 2**18
OF_HAN, OF_WORD = range(1, 4), range(2, 6)  # characters of an n-gram
HASHER = FeatureHasher(BINS, input_type="string", alternate_sign=False)
#: Chinese characters, a word, a number, or a sign such as an emoji.
ATOM = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W\d_{HAN}]+(?:'[^\W\d_{HAN}]+)*)|\d+|[^\w\s]")


def grams(text: str) -> set[str]:
    """Of Chinese characters and of the letters of a word; ``<word>`` itself, and with the word before. What stands for
    somebody's name or number is left out, and so are numbers."""
    return {*_grams(re.sub(REDACTED, " ", unicodedata.normalize("NFKC", text).lower()))}


def _grams(text: str) -> Iterator[str]:
    before = ""
    for atom in ATOM.finditer(text):
        found, is_word = atom[0], bool(atom["word"])
        if atom["han"]:
            yield from _within(found, OF_HAN)
        elif is_word:
            yield from (f"<{found}>", *_within(f"<{found}>", OF_WORD), *[f"{before} {found}"] * bool(before))
        elif not found.isdigit():
            yield found
        before = found if is_word else ""


def _within(text: str, sizes: Iterable[int]) -> Iterator[str]:
    return (text[start : start + size] for size in sizes for start in range(len(text) - size + 1))


def read(texts: Iterable[str], words: Mapping[str, float]) -> tuple[csr_matrix, Floats]:
    """Of texts their n-grams, shape (n, ``BINS``), and what ``words``, some n-grams with a weight, say of each, (n,).
    A row is of length 1: a long text says no more than a short one."""
    said = list[float]()

    def each() -> Iterator[set[str]]:
        for text in texts:
            found = grams(text)
            said.append(sum(words.get(gram, 0.0) for gram in found) / max(len(found), 1) ** 0.5)
            yield found

    bins = HASHER.transform(each())
    bins.data[:] = 1
    return normalize(bins, copy=False), np.array(said)
