"""Intervals of shares and means: by the binomial, and by clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy import stats

from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

    from zhibiao.stats._frames import Floats

__all__ = ["Estimate", "IntervalKind", "asked_level", "clustered", "wilson"]

#: ``wilson``: rows are independent. ``clustered``: rows of one cluster may hang together.
IntervalKind: TypeAlias = Literal["wilson", "clustered"]


@dataclass(frozen=True)
class Estimate:
    """A mean or share with its interval; what cannot be told is NaN."""

    value: float
    low: float
    high: float
    #: Standard error.
    error: float
    #: Values that it is the mean of.
    n: int
    clusters: int
    #: How the interval was made: ``wilson``, ``linearised``, ``exact`` or ``none``.
    interval: str


_NAN = float("nan")
_NONE = Estimate(_NAN, _NAN, _NAN, _NAN, 0, 0, "none")


def asked_level(level: float) -> float:
    """Give the level of an interval.

    Raises:
        ArgumentError: It does not lie between 0 and 1.

    """
    if not 0 < level < 1:
        raise ArgumentError(f"level is {level}; expected a number between 0 and 1, such as 0.95")
    return level


def wilson(values: ArrayLike, level: float) -> Estimate:
    """Give a share of independent zeros and ones with the score interval of Wilson (1927)."""
    told = np.asarray(values, dtype=np.float64)
    if not told.size:
        return _NONE
    share = float(told.mean())
    result = stats.binomtest(int(told.sum()), told.size)
    low, high = result.proportion_ci(confidence_level=level, method="wilson")
    error = float(np.sqrt(share * (1 - share) / told.size))
    return Estimate(share, low, high, error, told.size, told.size, "wilson")


def clustered(
    values: ArrayLike,
    clusters: Sequence[Hashable],
    level: float,
    *,
    weights: ArrayLike | None = None,
    share: bool = False,
) -> Estimate:
    """Give a (weighted) mean whose interval lets the values of one cluster hang together.

    The mean R = sum(w y) / sum(w) is a ratio; its linearised variance is
    G / (G - 1) * sum over clusters of (sum of w (y - R) / sum(w))^2, and the interval is
    R ± t(G - 1) * its root. A ``share`` stays within 0 and 1, and where all its values are the same
    its interval is that of Clopper and Pearson (1934) as though each cluster counted once, since
    the variance would be 0. With one cluster there is no interval.
    """
    told = np.asarray(values, dtype=np.float64)
    if not told.size:
        return _NONE
    weight = np.ones(told.size) if weights is None else np.asarray(weights, dtype=np.float64)
    mean = float(np.average(told, weights=weight))
    number = {name: at for at, name in enumerate(dict.fromkeys(clusters))}
    at = np.array([number[name] for name in clusters])
    if share and np.all(told == told[0]):
        return _exact(mean, told.size, len(number), level)
    if len(number) < 2:
        return Estimate(mean, np.nan, np.nan, np.nan, told.size, 1, "none")
    error = _linearised(told, weight, mean, at)
    half = float(stats.t.ppf((1 + level) / 2, len(number) - 1)) * error
    low, high = mean - half, mean + half
    if share:
        low, high = max(low, 0.0), min(high, 1.0)
    return Estimate(mean, low, high, error, told.size, len(number), "linearised")


def _linearised(told: Floats, weight: Floats, mean: float, at: np.ndarray) -> float:
    totals = np.bincount(at, weights=weight * (told - mean)) / weight.sum()
    return float(np.sqrt(totals.size / (totals.size - 1) * np.sum(totals**2)))


def _exact(mean: float, n: int, clusters: int, level: float) -> Estimate:
    result = stats.binomtest(round(mean * clusters), clusters)
    low, high = result.proportion_ci(confidence_level=level, method="exact")
    return Estimate(mean, low, high, _NAN, n, clusters, "exact")
