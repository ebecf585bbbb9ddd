"""A test for a jump in the density of a discrete running variable: the gap of actual and target."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from scipy import stats

from zhibiao.errors import ArgumentError
from zhibiao.stats.bunching.cells import Finer, observe
from zhibiao.stats.bunching.public import TARGETS
from zhibiao.stats.heaping import Heaping, heaping

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Alternative", "DensityTest", "HeapedWarning", "density_test", "frandsen_p"]

#: Of the mass on the cutoff: not what its neighbours tell, more than that, or less.
Alternative: TypeAlias = Literal["two-sided", "excess", "deficit"]


class HeapedWarning(UserWarning):
    """Figures heap on round numbers, so that the density has peaks without any manipulation."""


@dataclass(frozen=True)
class DensityTest:
    """Counts at the cutoff and beside it, and what they say of the density."""

    metric: str
    below: int
    at: int
    above: int
    #: Bound of the curvature.
    k: float
    alternative: Alternative
    p_value: float
    targets: Heaping
    actuals: Heaping

    @property
    def share(self) -> float:
        """Share of the middle among the three; a straight density gives 1/3."""
        total = self.below + self.at + self.above
        return self.at / total if total else float("nan")

    @property
    def bounds(self) -> tuple[float, float]:
        """The shares of the middle that curvature up to k allows."""
        return _bounds(self.k)

    def __str__(self) -> str:
        low, high = self.bounds
        return "\n".join(
            [
                f"density of the gap at the target, {self.metric} ({self.alternative})",
                f"  counts at -0.1, 0, +0.1   {self.below}, {self.at}, {self.above}",
                f"  share of the middle       {self.share:.3f} (allowed {low:.3f} to {high:.3f})",
                f"  p                         {self.p_value:.4f}",
                f"  targets on                {self.targets}",
                f"  actuals on                {self.actuals}",
            ]
        )


def density_test(
    panel: Any,
    *,
    metric: str = "gdp",
    targets: Collection[str] = TARGETS,
    actual: str = "actual",
    finer: Finer = "leave_out",
    k: float = 0.02,
    alternative: Alternative = "two-sided",
) -> DensityTest:
    """Test whether the density of the gap jumps at the target (Frandsen 2017).

    The gap is a number of tenths of a percentage point, and no bandwidth gets between two of them:
    tests for continuous variables do not apply. Of the cells whose gap is -0.1, 0 or 0.1, a density
    that is straight there has a third in the middle; one whose second difference is at most k
    times the sum of its neighbours has between (1 - k)/(3 - k) and (1 + k)/(3 + k). Given the
    number m of the three, the middle is binomial, and the p-value is the largest within
    these bounds: P(X >= at) at the upper, P(X <= at) at the lower one; the doubled smaller of both
    if two-sided.

    It applies where nothing but manipulation makes single gaps frequent, that is, where neither
    targets nor actuals heap: since most targets are integers, rounded actuals alone make a peak
    at 0, and the test then finds it. A warning says so; use `bunching`. Cells of one region are
    taken as independent.

    Args:
        panel: The panel.
        metric: The metric; its yearly growth is looked at.
        targets: Which ``target_comparator`` count as a point that can be met.
        actual: The column of what was reached.
        finer: What becomes of actuals finer than a tenth: ``"leave_out"``, or ``"down"`` to the
            tenth below.
        k: The bound of the curvature. A normal gap with a standard deviation of s points stays
            below 0.005/s² near its middle: 0.02 is enough from s = 0.5 on.
        alternative: ``two-sided``, ``excess`` or ``deficit`` of mass on the target.

    Returns:
        Counts, p-value and the heaping of targets and actuals. Cells without a target or an exact
        actual, or with ``comparable`` false, are left out, as are targets finer than a tenth.

    Raises:
        ArgumentError: No cell is left, ``k`` is not in [0, 1), or the alternative is unknown.
        TableError: A column of the panel is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> stats.frandsen_p(below=30, at=60, above=30, k=0.02) < 0.001
        True

    """
    data = observe(panel, metric, targets, actual=actual, finer=finer)
    gap = data.actual - data.target
    below, at, above = (int((gap == tenth).sum()) for tenth in (-1, 0, 1))
    p_value = frandsen_p(below=below, at=at, above=above, k=k, alternative=alternative)
    of_targets, of_actuals = heaping(data.target / 10), heaping(data.actual / 10)
    _warn(of_actuals)
    return DensityTest(metric, below, at, above, k, alternative, p_value, of_targets, of_actuals)


def frandsen_p(
    *, below: int, at: int, above: int, k: float = 0.0, alternative: Alternative = "two-sided"
) -> float:
    """Give the p-value of Frandsen's test from three counts.

    Args:
        below: Observations one step below the cutoff.
        at: Those on it.
        above: Those one step above.
        k: The bound of the curvature, in [0, 1); see `density_test`.
        alternative: ``two-sided``, ``excess`` or ``deficit`` of mass on the cutoff.

    Returns:
        The p-value; 1 where all three counts are 0.

    Raises:
        ArgumentError: A count is negative, ``k`` is not in [0, 1), or the alternative is unknown.

    Examples:
        >>> from zhibiao import stats
        >>> round(stats.frandsen_p(below=1, at=4, above=1), 4)  # 2 * P(X >= 4), X ~ B(6, 1/3)
        0.2003

    """
    if min(below, at, above) < 0:
        raise ArgumentError("a count is negative; give the numbers of observations")
    low, high = _bounds(k)
    total = below + at + above
    tails = {
        "excess": float(stats.binom.sf(at - 1, total, high)),
        "deficit": float(stats.binom.cdf(at, total, low)),
    }
    tails["two-sided"] = min(1.0, 2 * min(tails.values()))
    if alternative not in tails:
        raise ArgumentError(
            f"alternative is {alternative!r}; expected 'two-sided', 'excess' or 'deficit'"
        )
    return tails[alternative]


def _bounds(k: float) -> tuple[float, float]:
    if not 0 <= k < 1:
        raise ArgumentError(f"k is {k}; expected a number from 0 to below 1, such as 0.02")
    return (1 - k) / (3 - k), (1 + k) / (3 + k)


def _warn(actuals: Heaping) -> None:
    """Warn where more actuals are integers or halves than chance makes of even last digits."""
    for on, count, share, expected in actuals.rows[:2]:
        if actuals.n and stats.binomtest(count, actuals.n, expected, "greater").pvalue < 0.01:
            warnings.warn(
                f"{share:.0%} of the actuals are on {on}s where {expected:.0%} are expected: round "
                "figures meet round targets, and the density test takes that for manipulation; "
                "use bunching, which knows of it",
                HeapedWarning,
                stacklevel=3,
            )
            return
