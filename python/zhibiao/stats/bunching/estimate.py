"""From cells to estimates: one fit to the data, and one to every replicate."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from zhibiao.stats._intervals import Estimate
from zhibiao.stats.bunching.bootstrap import (
    FEW,
    Cluster,
    FewClustersWarning,
    clusterings,
    replicates_of,
    variance,
)
from zhibiao.stats.bunching.grid import grid_of
from zhibiao.stats.bunching.models import Method, Side, model_of

if TYPE_CHECKING:
    from zhibiao.stats.bunching.cells import Observed
    from zhibiao.stats.bunching.grid import Floats, Grid, Ints, Window

__all__ = ["QUANTITIES", "Estimates", "Options", "estimate", "quantities"]

#: In the order of the columns of what a replicate gives.
QUANTITIES = ("excess", "at_cutoff", "missing", "ratio", "expected")


@dataclass(frozen=True)
class Options:
    """How to estimate; lengths in tenths of a percentage point."""

    window: Window
    method: Method = "poisson"
    degree: int | None = None
    side: Side = "below"
    cluster: Cluster = "region"
    replicates: int = 499
    seed: int = 0
    level: float = 0.95


@dataclass(frozen=True)
class Estimates:
    """What was found, with the histogram that it was found in."""

    excess: Estimate
    at_cutoff: Estimate
    missing: Estimate
    ratio: Estimate
    expected: Estimate
    p_value: float
    degree: int
    #: Distance from the cutoff, observed and counterfactual mass of each bin.
    bins: Ints
    observed: Floats
    counterfactual: Floats


def estimate(data: Observed, options: Options) -> Estimates:
    """Estimate the excess, and draw clusters for its standard error."""
    grid = grid_of(data, options.window)
    counts = grid.counts(data.region)
    model = model_of(options.method, grid, counts, options.degree, options.side)
    found = quantities(grid, counts, model(counts))[0]
    parts = []
    ways = clusterings(data, options.cluster)
    for number, (sign, cluster) in enumerate(ways):

        def statistic(weights: Floats, cluster: Ints = cluster) -> Floats:
            drawn = grid.counts(cluster, weights)
            return quantities(grid, drawn, model(drawn))

        many = int(cluster.max()) + 1
        seed = (options.seed, number)
        values = replicates_of(statistic, many, options.replicates, seed, counts.size)
        parts.append((sign, values))
    fewest = min(int(cluster.max()) + 1 for sign, cluster in ways if sign > 0)
    _warn(fewest)
    errors = np.sqrt(variance(parts))
    excess, at_cutoff, missing, ratio, expected = _intervals(
        found, errors, len(grid.cell), fewest, options.level
    )
    p_value = float(2 * stats.t.sf(abs(found[0] / errors[0]), fewest - 1))
    observed, smooth = grid.histogram(counts)[0], model(counts)[0]
    bins = options.window.bins
    return Estimates(
        excess,
        at_cutoff,
        missing,
        ratio,
        expected,
        p_value,
        model.degree,
        bins,
        observed,
        smooth,
    )


def quantities(grid: Grid, counts: Floats, smooth: Floats) -> Floats:
    """Give replicate by quantity, in the order of `QUANTITIES`."""
    window = grid.window
    total = counts.sum(axis=(1, 2))
    more = (grid.histogram(counts) - smooth) / total[:, None]
    inside = window.excess_at(window.bins)
    excess = more[:, inside].sum(axis=1)
    expected = smooth[:, inside].sum(axis=1) / total
    ratio = excess / expected * inside.sum()
    lost = -more[:, window.missing_at(window.bins)].sum(axis=1)
    if window.missing is None:
        lost = np.full_like(lost, np.nan)
    at_cutoff = more[:, window.reach]
    return np.stack([excess, at_cutoff, lost, ratio, expected], axis=1)


def _intervals(
    found: Floats, errors: Floats, n: int, clusters: int, level: float
) -> list[Estimate]:
    """Give value ± t · standard error."""
    half = float(stats.t.ppf((1 + level) / 2, clusters - 1)) * errors
    return [
        Estimate(
            float(value),
            float(value - by),
            float(value + by),
            float(error),
            n,
            clusters,
            "bootstrap",
        )
        for value, by, error in zip(found, half, errors, strict=True)
    ]


def _warn(clusters: int) -> None:
    if clusters < FEW:
        warnings.warn(
            f"there are {clusters} clusters to draw from: with fewer than {FEW} intervals are "
            "likely to be too narrow; judge by bunching_pairing_test beside them",
            FewClustersWarning,
            stacklevel=4,
        )
