"""Grow an isolation forest by scikit-learn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest
from sklearn.tree._tree import Tree

from jobs.arrays import Floats
from jobs.statistics.isolation import Forest

TREES = 100
SAMPLES = 1_024  # of a tree: in the 256 of the paper, what one customer in 500 does is mostly nobody's


def grown(rows: Floats) -> Forest:
    """The same forest of the same rows, shape (n, features)."""
    return kept(IsolationForest(n_estimators=TREES, max_samples=min(SAMPLES, len(rows)), random_state=0).fit(rows))


def kept(forest: IsolationForest) -> Forest:
    trees = [of.tree_ for of in forest.estimators_]
    roots = np.cumsum([0, *(tree.node_count for tree in trees[:-1])])
    parts = zip(*(_nodes(tree, root) for tree, root in zip(trees, roots, strict=True)), strict=True)
    feature, threshold, children, length = (np.concatenate(part) for part in parts)
    levels = max(tree.max_depth for tree in trees)
    usual = float(_path(np.array([forest.max_samples_]))[0])
    return Forest(feature, threshold, children, length, roots, levels, usual)


def _nodes(tree: Tree, root: int) -> tuple[NDArray, ...]:
    """The ``feature``, ``threshold``, ``children`` and ``length`` of a tree that begins at ``root``."""
    is_leaf, here = tree.children_left < 0, np.arange(tree.node_count)
    children = [np.where(is_leaf, here, of) + root for of in (tree.children_left, tree.children_right)]
    length = np.where(is_leaf, tree.compute_node_depths() - 1 + _path(tree.n_node_samples), 0)
    return np.where(is_leaf, 0, tree.feature), np.where(is_leaf, 0, tree.threshold), np.column_stack(children), length


def _path(customers: NDArray) -> Floats:
    """Mean path to one of so many ``customers``: of a failed search in a binary tree (equation 1)."""
    many = np.maximum(customers, 3)
    mean = 2 * (np.log(many - 1) + np.euler_gamma) - 2 * (many - 1) / many
    return np.select([customers > 2, customers == 2], [mean, 1.0], 0.0)
