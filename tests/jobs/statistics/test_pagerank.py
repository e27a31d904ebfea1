import numpy as np

from jobs.statistics.pagerank import DAMPING, below, pagerank


def test_ranks_are_those_of_networkx():
    """Equal edges, a circle of three, nodes without an edge out. By networkx 3.6.1:
    pagerank(G, alpha=0.85, personalization=dict(enumerate(start)), tol=1e-16, max_iter=5000)."""
    source, target = np.array([1, 2, 2, 2, 3, 4, 5]), np.array([0, 0, 1, 1, 4, 3, 3])
    weight, start = np.array([1.0, 2, 1, 1, 1, 1, 3]), np.array([1.0, 2, 1, 1, 1, 2, 1])
    told = [0.100823020473, 0.070131466374, 0.028920192319, 0.369970027868]
    told += [0.343394716007, 0.057840384639, 0.028920192319]
    assert np.allclose(pagerank(source, target, weight, start), told, rtol=0, atol=1e-12)


def test_ranks_are_what_the_walk_leaves_unchanged():
    draw = np.random.default_rng(7)
    for nodes in draw.integers(1, 20, 50):
        source, target = draw.integers(0, nodes, (2, 2 * nodes))
        is_edge = source != target
        source, target = source[is_edge], target[is_edge]
        weight, start = draw.integers(1, 5, len(source)).astype(float), draw.integers(1, 3, nodes).astype(float)
        walk = np.zeros((nodes, nodes))
        np.add.at(walk, (target, source), weight)
        out, anew = walk.sum(axis=0), start / start.sum()
        walk = np.where(out > 0, walk / np.where(out > 0, out, 1), anew[:, None])
        ranks = pagerank(source, target, weight, start)
        assert np.allclose(DAMPING * walk @ ranks + (1 - DAMPING) * anew, ranks, rtol=0, atol=1e-14)
        assert np.isclose(ranks.sum(), 1)


def test_who_is_below_is_counted_once_however_long_the_chain():
    reach, depth, is_circle = below(np.arange(-1, 1000))
    assert (reach == depth).all() and reach.tolist() == list(range(1000, -1, -1)) and not is_circle.any()
    forest = [-1, 0, 0, 2, -1]  # and a node alone
    assert [of.tolist() for of in below(np.array(forest))[:2]] == [[3, 0, 1, 0, 0], [2, 0, 1, 0, 0]]


def test_a_circle_ends_and_has_what_hangs_on_it_below():
    reach, depth, is_circle = below(np.array([1, 2, 0, 1, 3]))  # 0, 1 and 2; 3 below 1, 4 below 3
    assert is_circle.tolist() == [True, True, True, False, False]
    assert (reach.tolist(), depth.tolist()) == ([0, 2, 0, 1, 0], [0, 2, 0, 1, 0])
    assert [len(of) for of in below(np.array([], int))] == [0, 0, 0]
