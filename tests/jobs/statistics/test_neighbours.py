import numpy as np
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity

from jobs.statistics.neighbours import alike, largest


def test_a_cosine_is_that_of_scikit_learn_and_shrunk_by_who_chose_both():
    draw = np.random.default_rng(0)
    chosen = draw.random((60, 8)) * (draw.random((60, 8)) < 0.4)
    similar, both = alike(sparse.csr_matrix(chosen))
    ones = chosen > 0
    expected = ones.T.astype(int) @ ones.astype(int)
    assert (both == expected).all()
    weighed = chosen / np.sqrt(np.maximum(ones.sum(axis=1), 1))[:, None]
    cosine = cosine_similarity(weighed.T) * expected / (expected + 10)
    np.fill_diagonal(cosine, 0)
    assert np.abs(similar - cosine).max() < 1e-12


def test_the_largest_of_a_row_are_the_first_of_equals_and_above_nothing():
    found = largest(sparse.csr_matrix([[1.0, 3, 3, 2, 3], [0, 0, 0, 0, 0], [0, 5, 0, -1, 0]]), 2).toarray()
    assert found.tolist() == [[0, 3, 3, 0, 0], [0] * 5, [0, 5, 0, 0, 0]]
