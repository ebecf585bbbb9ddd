"""From cells to estimates: one fit to the data, and one to every replicate."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from zhibiao.errors import ArgumentError
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
    from collections.abc import Iterator

    from zhibiao.stats.bunching.cells import Observed
    from zhibiao.stats.bunching.grid import Floats, Grid, Ints, Window
    from zhibiao.stats.bunching.models import Counterfactual

__all__ = ["QUANTITIES", "Estimates", "Options", "enough", "estimate", "quantities"]

#: Cells outside of the windows that a fit needs: ten for each parameter.
LEAST = 60
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
    """Estimate the excess, and draw clusters for its standard error.

    Raises:
        ArgumentError: There are too few cells, or a single cluster.

    """
    grid = grid_of(data, options.window)
    counts = grid.counts(data.region)
    enough(grid, counts)
    model = model_of(options.method, grid, counts, options.degree, options.side)
    smooth = model(counts)
    found = quantities(grid, counts, smooth)[0]
    ways = clusterings(data, options.cluster)
    clusters = min(int(cluster.max()) + 1 for sign, cluster in ways if sign > 0)
    _warn(clusters)
    errors = np.sqrt(variance(_drawn(grid, model, ways, options)))
    each = _intervals(found, errors, len(grid.cell), clusters, options.level)
    excess, at_cutoff, missing, ratio, expected = each
    return Estimates(
        excess,
        at_cutoff,
        missing,
        ratio,
        expected,
        p_value=float(2 * stats.t.sf(abs(found[0] / errors[0]), clusters - 1)),
        degree=model.degree,
        bins=options.window.bins,
        observed=grid.histogram(counts)[0],
        counterfactual=smooth[0],
    )


def _drawn(
    grid: Grid, model: Counterfactual, ways: list[tuple[int, Ints]], options: Options
) -> list[tuple[int, Floats]]:
    """Give the quantities of all replicates of each way of drawing."""
    parts = []
    for number, (sign, cluster) in enumerate(ways):

        def statistic(weights: Floats, cluster: Ints = cluster) -> Floats:
            drawn = grid.counts(cluster, weights)
            return quantities(grid, drawn, model(drawn))

        many, seed = int(cluster.max()) + 1, (options.seed, number)
        values = replicates_of(statistic, many, options.replicates, seed, grid.fitted.size)
        parts.append((sign, values))
    return parts


def enough(grid: Grid, counts: Floats) -> None:
    """Ask for cells to fit to.

    Raises:
        ArgumentError: There are too few.

    """
    outside = int((counts * grid.fitted).sum())
    if outside < LEAST:
        raise ArgumentError(
            f"{outside} cells lie within reach and outside of the windows; a counterfactual needs "
            f"{LEAST} or more: take more regions and years"
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
) -> Iterator[Estimate]:
    """Give value ± t · standard error of each quantity, in their order."""
    half = float(stats.t.ppf((1 + level) / 2, clusters - 1)) * errors
    bounds = np.stack([found, found - half, found + half, errors], axis=1)
    for value, low, high, error in bounds.tolist():
        yield Estimate(value, low, high, error, n, clusters, "bootstrap")


def _warn(clusters: int) -> None:
    if clusters < 2:
        raise ArgumentError("all cells are of one region or year; a bootstrap draws from several")
    if clusters < FEW:
        warnings.warn(
            f"there are {clusters} clusters to draw from: with fewer than {FEW} intervals are "
            "likely to be too narrow; judge by bunching_pairing_test beside them",
            FewClustersWarning,
            stacklevel=4,
        )
