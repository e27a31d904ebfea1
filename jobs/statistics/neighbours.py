"""Items that the same people choose: item-based collaborative filtering of implicit feedback.

Cosine over people of how often each chose it (Sarwar and others 2001); one who chooses everything says less (Breese
and others 1998, inverse user frequency); of few who chose both it is shrunk to nothing (Koren 2008).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SHRINK = 10  # people who chose both, at whom half of a cosine is believed


def alike(chosen: sparse.csr_matrix) -> tuple[NDArray, NDArray]:
    """``chosen`` (people, items), above 0. Similarities, 0 of an item with itself, and how many chose both, on the
    diagonal each: of shape (items, items)."""
    sizes = np.maximum(np.diff(chosen.indptr), 1)
    weighed = sparse.diags(1 / np.sqrt(sizes)) @ chosen
    dots, ones = (weighed.T @ weighed).toarray(), (chosen > 0).astype(np.int64)
    both = (ones.T @ ones).toarray()
    norms = np.sqrt(np.diag(dots))
    similar = dots / np.maximum(np.outer(norms, norms), 1e-12) * both / (both + SHRINK)
    np.fill_diagonal(similar, 0)
    return similar, both


def largest(matrix: sparse.csr_matrix, most: int) -> sparse.csr_matrix:
    """The largest values of each row, above 0; of equals the first by column."""
    matrix.sort_indices()
    is_some = matrix.data > 0
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[is_some]
    column, value = matrix.indices[is_some], matrix.data[is_some]
    key = row - value / (2 * value.max(initial=1))  # one key is sorted six times as fast as two
    order = np.argsort(key, kind="stable")
    order = order[np.arange(len(order)) - np.searchsorted(row, row) < most]  # row by row, as they were
    return sparse.csr_matrix((value[order], (row[order], column[order])), matrix.shape)
