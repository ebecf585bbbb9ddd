"""Many tests at once: p-values that account for their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy import stats

from zhibiao.errors import ArgumentError
from zhibiao.messages import listed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhibiao.stats._frames import Floats

__all__ = ["Adjust", "adjust_p", "family"]

#: ``holm`` bounds the chance of any false finding, ``bh`` the share of false ones among findings.
Adjust: TypeAlias = Literal["holm", "bh"]


def adjust_p(p_values: ArrayLike, adjust: Adjust) -> Floats:
    """Adjust p-values for the number of tests that were made.

    With the m p-values in ascending order, ``holm`` (Holm 1979) is
    max over j <= i of min(1, (m - j + 1) p_j), and ``bh`` (Benjamini & Hochberg 1995) is
    min over j >= i of min(1, m p_j / j).

    Args:
        p_values: One for each test; NaN where a test could not be made, which is no member of the
            family and stays NaN.
        adjust: ``"holm"`` (familywise error) or ``"bh"`` (false discovery rate).

    Returns:
        The adjusted p-values in the order given.

    Raises:
        ArgumentError: ``adjust`` is neither, or a p-value does not lie within 0 and 1.

    Examples:
        >>> from zhibiao import stats
        >>> stats.adjust_p([0.01, 0.04, 0.03], "holm").tolist()
        [0.03, 0.06, 0.06]
        >>> stats.adjust_p([0.01, 0.04, 0.03], "bh").tolist()
        [0.03, 0.04, 0.04]

    """
    given = np.asarray(p_values, dtype=np.float64)
    told = ~np.isnan(given)
    if np.any((given[told] < 0) | (given[told] > 1)):
        raise ArgumentError("a p-value lies outside of 0 and 1; give p-values, no statistics")
    if adjust not in ("holm", "bh"):
        raise ArgumentError(f"adjust is {adjust!r}; expected 'holm' or 'bh'")
    out = np.full(given.shape, np.nan)
    if told.any():
        by = _holm if adjust == "holm" else stats.false_discovery_control
        out[told] = by(given[told])
    return out


def _holm(p_values: Floats) -> Floats:
    order = np.argsort(p_values, kind="stable")
    steps = np.arange(p_values.size, 0, -1)
    out = np.empty_like(p_values)
    out[order] = np.minimum(np.maximum.accumulate(steps * p_values[order]), 1)
    return out


def family(hypothesis: str, tests: list[str], most: int = 8) -> str:
    """Name the family of tests that p-values are adjusted over: its hypothesis, size and members.

    Args:
        hypothesis: What each of them tests: ``"mean over_parent is 0"``.
        tests: The name of each test that was made: the metrics.
        most: How many of them are named.

    Examples:
        >>> from zhibiao import stats
        >>> stats.family("mean over_parent is 0", ["gdp", "cpi"])
        '2 tests that mean over_parent is 0: gdp, cpi'

    """
    return f"{len(tests)} tests that {hypothesis}: {listed(tests, most)}"
