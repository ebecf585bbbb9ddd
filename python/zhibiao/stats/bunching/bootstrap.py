"""Drawing whole clusters, and the standard errors that come of it.

Every replicate has a generator of its own, seeded by its number, so that results are the same
however the work is cut up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhibiao.stats.bunching.cells import Observed
    from zhibiao.stats.bunching.grid import Floats, Ints

__all__ = ["FEW", "Cluster", "FewClustersWarning", "clusterings", "replicates_of", "variance"]

#: What is drawn as a whole.
Cluster: TypeAlias = Literal["region", "region_year"]
#: Below so many clusters their bootstrap is not to be relied upon.
FEW = 40
#: Numbers in the tables of weights and counts that are worked on at once.
_AT_ONCE = 4_000_000


class FewClustersWarning(UserWarning):
    """There are so few clusters that intervals are likely to be too narrow."""


def clusterings(data: Observed, cluster: Cluster) -> list[tuple[int, Ints]]:
    """Give the ways of drawing: the sign of its variance, and the cluster of each row.

    Two ways (Cameron, Gelbach and Miller 2011): by region and by year, less by their crossings,
    which both of them count.
    """
    if cluster == "region":
        return [(1, data.region)]
    crossed = data.region * (int(data.year.max()) + 1) + data.year
    crossing = np.unique(crossed, return_inverse=True)[1].astype(np.int64)
    return [(1, data.region), (1, data.year), (-1, crossing)]


def replicates_of(
    statistic: Callable[[Floats], Floats],
    clusters: int,
    replicates: int,
    seed: tuple[int, int],
    cells: int,
) -> Floats:
    """Give the statistic of each replicate.

    Args:
        statistic: From weights (replicate by cluster) to replicate by quantity.
        clusters: How many there are to draw from.
        replicates: How often.
        seed: The seed, and the number of the way of drawing.
        cells: Cells of the grid: with the clusters they say how much is worked on at once.

    """
    at_once = max(1, _AT_ONCE // (clusters + cells))
    parts = [statistic(weights) for weights in _weights(clusters, replicates, seed, at_once)]
    return np.concatenate(parts)


def _weights(
    clusters: int, replicates: int, seed: tuple[int, int], at_once: int
) -> Iterator[Floats]:
    """Give how often each cluster is drawn, in as many draws as there are clusters."""
    for first in range(0, replicates, at_once):
        numbers = range(first, min(first + at_once, replicates))
        yield np.stack([_drawn(clusters, seed, number) for number in numbers])


def _drawn(clusters: int, seed: tuple[int, int], number: int) -> Floats:
    sequence = np.random.SeedSequence(seed[0], spawn_key=(seed[1], number))
    drawn = np.random.default_rng(sequence).integers(clusters, size=clusters)
    return np.bincount(drawn, minlength=clusters).astype(np.float64)


def variance(parts: list[tuple[int, Floats]]) -> Floats:
    """Give the variance of each quantity from the replicates of each way of drawing.

    With two ways the difference can come out below what one of them gives by itself; the larger is
    taken then.
    """
    each = [sign * values.var(axis=0, ddof=1) for sign, values in parts]
    return np.asarray(np.maximum(sum(each), np.max(each, axis=0)))
