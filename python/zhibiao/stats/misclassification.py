"""Shares of outcomes that are measured with error, corrected by what a check found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import numbers, take
from zhibiao.stats._groups import clusters_of
from zhibiao.stats._intervals import Estimate, asked_level, clustered
from zhibiao.stats.error_rates import answers

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

__all__ = ["corrected_share", "misclassification", "share_estimate"]


def share_estimate(
    hits: ArrayLike,
    *,
    clusters: Sequence[Hashable] | None = None,
    weights: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """Give a share with its standard error and interval.

    Args:
        hits: True and false, or ones and zeros, one for each case.
        clusters: Which cases hang together; each is alone if not given.
        weights: Of each case; all alike if not given.
        level: Of the interval, between 0 and 1.

    Returns:
        The share, with the linearised variance of a ratio and the quantile of t(clusters - 1);
        where all cases are alike, with the interval of Clopper and Pearson (1934) on clusters.

    Raises:
        ArgumentError: ``level`` cannot be used.

    Examples:
        >>> from zhibiao import stats
        >>> stats.share_estimate([1, 1, 1, 0]).value
        0.75

    """
    asked_level(level)
    told = np.asarray(hits, dtype=np.float64)
    of = list(range(told.size)) if clusters is None else list(clusters)
    return clustered(told, of, level, weights=weights, share=True)


def misclassification(
    sheet: Any, measured: str, truth: str, *, cluster: str = "target_report", level: float = 0.95
) -> tuple[Estimate, Estimate]:
    """Give sensitivity and specificity of a yes-or-no outcome, from a checked sheet.

    Sensitivity is the share of ``measured`` yes among cases with ``truth`` yes, specificity that
    of ``measured`` no among those with ``truth`` no. Cases without one of the two do not count.

    Args:
        sheet: A sheet of `audit_sample` with a column that tells the truth as read by hand.
        measured: The column of what was extracted: ``met``.
        truth: The column of what is true: yes or no.
        cluster: The column of reports, whose cases hang together.
        level: Of the intervals, between 0 and 1.

    Returns:
        Sensitivity and specificity, each with its error and interval; see `corrected_share`.

    Raises:
        ArgumentError: A value is neither yes nor no (leave ``undetermined`` out beforehand), or
            ``level`` cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import polars
        >>> from zhibiao import stats
        >>> sheet = polars.DataFrame({"met": ["yes", "yes", "no", "no"], "report": [*"abcd"],
        ...                           "true_met": ["yes", "yes", "yes", "no"]})
        >>> both = stats.misclassification(sheet, "met", "true_met", cluster="report")
        >>> [round(one.value, 3) for one in both]
        [0.667, 1.0]

    """
    frame = take(sheet, "the sheet")
    told = list(zip(answers(frame, measured), answers(frame, truth), strict=True))
    of = clusters_of(frame, cluster)
    weights = numbers(frame, "weight") if "weight" in frame.columns else np.ones(len(frame))
    found = []
    for is_true in (True, False):
        rows = [at for at, (one, other) in enumerate(told) if one is not None and other is is_true]
        hits = [told[row][0] is is_true for row in rows]
        found.append(
            share_estimate(
                hits, clusters=[of[row] for row in rows], weights=weights[rows], level=level
            )
        )
    return found[0], found[1]


def corrected_share(
    observed: Estimate, sensitivity: Estimate, specificity: Estimate, *, level: float = 0.95
) -> Estimate:
    """Correct a share for what the measurement gets wrong (Rogan & Gladen 1978).

    With the observed share p, sensitivity a and specificity b, and J = a + b - 1:

    share = (p + b - 1) / J, and by the delta method, with the three found independently,

    variance = (var(p) + share^2 var(a) + (1 - share)^2 var(b)) / J^2.

    The interval is share ± z times its root, kept within 0 and 1.

    Args:
        observed: The share as measured: of `share_estimate`, or an `Estimate` with ``value`` and
            ``error``.
        sensitivity: The share of true cases that are measured as such; see `misclassification`.
        specificity: The share of other cases that are measured as such. Where all checked cases
            were right, so that the error cannot be told, half the width of the interval over z
            stands for it.
        level: Of the interval, between 0 and 1.

    Returns:
        The corrected share, kept within 0 and 1, with its error and interval (``delta``).

    Raises:
        ArgumentError: J is not positive, so that the measurement tells nothing, or an estimate has
            no value, or neither an error nor an interval.

    Examples:
        >>> from zhibiao import stats
        >>> def estimate(value, error):
        ...     return stats.Estimate(value, value, value, error, 100, 100, "given")
        >>> share = stats.corrected_share(
        ...     estimate(0.60, 0.02), estimate(0.95, 0.02), estimate(0.90, 0.03)
        ... )
        >>> round(share.value, 4), round(share.low, 3), round(share.high, 3)
        (0.5882, 0.528, 0.649)

    """
    z = float(stats.norm.ppf((1 + asked_level(level)) / 2))
    p, a, b = observed.value, sensitivity.value, specificity.value
    j = a + b - 1
    if not j > 0:
        raise ArgumentError(
            f"sensitivity {a} and specificity {b} are no better than chance, or not known; "
            "check more cases before you correct by them"
        )
    exact = (p + b - 1) / j
    parts = (
        _error(observed, z),
        exact * _error(sensitivity, z),
        (1 - exact) * _error(specificity, z),
    )
    error = float(np.sqrt(sum(part**2 for part in parts)) / j)
    if not error == error:
        raise ArgumentError("an estimate has neither an error nor an interval; give one of them")
    share, low, high = (
        min(max(end, 0.0), 1.0) for end in (exact, exact - z * error, exact + z * error)
    )
    return Estimate(share, low, high, error, observed.n, observed.clusters, "delta")


def _error(one: Estimate, z: float) -> float:
    return one.error if one.error == one.error else (one.high - one.low) / 2 / z
