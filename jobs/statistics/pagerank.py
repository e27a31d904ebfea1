"""PageRank, exact to the last digits of a double, and who stands below whom in a forest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from jobs.arrays import Floats, Ints

DAMPING = 0.85
STEPS = 300  # of a circle; .85 ** 300 is below the last digit


def pagerank(source: Ints, target: Ints, weight: Floats, start: Floats) -> Floats:
    """Rank of each of the n nodes, where a walk follows edges by ``weight`` (above 0; equal edges add up) and begins,
    also after a node without an edge out, at nodes in proportion to ``start`` (n,), which is above 0.

    Brin and Page 1998. As walks end where they begin anew, the ranks are the solution of ``x = start + .85 links x``
    made to come to 1 (Del Corso, Gulli and Romani 2005), which is exact after as many steps as the longest path has.
    """
    n = len(start)
    out = np.bincount(source, weight, n)
    links = csr_array((DAMPING * weight / out[source], (target, source)), (n, n))
    ranks = start
    for _ in range(STEPS):
        before, ranks = ranks, start + links @ ranks
        if np.array_equal(before, ranks):
            break
    return ranks / ranks.sum()


def below(parent: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Of each node how many are below it, how many steps the longest way down has, and whether it is in a circle.

    ``parent`` is -1 for a root. From the leaves up (Kahn 1962): a node waits until all its children were counted, so
    that the nodes of a circle wait for ever; they have what hangs on the circle below them, and not each other.
    """
    n = len(parent)
    waits = np.bincount(parent[parent >= 0], minlength=n).tolist()
    reach, depth, up = [0] * n, [0] * n, parent.tolist()
    ready = [node for node in range(n) if not waits[node]]
    for node in ready:  # it grows
        over = up[node]
        if over < 0:
            continue
        reach[over] += reach[node] + 1
        depth[over] = max(depth[over], depth[node] + 1)
        waits[over] -= 1
        if not waits[over]:
            ready.append(over)
    return np.array(reach, np.int64), np.array(depth, np.int64), np.array(waits, np.int64) > 0
