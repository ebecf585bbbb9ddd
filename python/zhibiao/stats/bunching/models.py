"""What each method takes for the counterfactual: counts in, counts without manipulation out.

The default looks at actual × target, the other two at the histogram of the gap alone: one with
multiplicative effects of round gaps, one the classical polynomial. `docs/statistics.md` derives
them and says what each assumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import numpy as np

from zhibiao.stats.bunching.grid import polynomial
from zhibiao.stats.bunching.poisson import Shape, refit, shape_of

if TYPE_CHECKING:
    from zhibiao.stats.bunching.grid import Floats, Grid, Ints

__all__ = ["Counterfactual", "Method", "Side", "model_of"]

Method: TypeAlias = Literal["poisson", "histogram", "chetty"]
#: On which side of the window mass is missing.
Side: TypeAlias = Literal["below", "above"]
#: Degrees of the polynomial that are taken unless others are asked for. One that is chosen by the
#: data (AIC) costs coverage, since the choice is noise that the bootstrap does not see.
DEGREES: dict[str, int] = {"poisson": 4, "histogram": 4, "chetty": 7}


class Counterfactual(Protocol):
    """A method, fitted to the data as they are."""

    @property
    def degree(self) -> int:
        """Of the polynomial in the gap."""

    def __call__(self, counts: Floats) -> Floats:
        """Refit to the counts, and give the mass of each bin without manipulation.

        Args:
            counts: Replicate by group by gap.

        Returns:
            Replicate by bin of the distance from the cutoff.

        """


def model_of(
    method: Method, grid: Grid, counts: Floats, degree: int | None, side: Side
) -> Counterfactual:
    """Fit a method to the counts of the data as they are.

    Args:
        method: Which.
        grid: The cells.
        counts: One by group by gap.
        degree: Of the polynomial; None takes that of `DEGREES`.
        side: Where mass is missing, for "chetty".

    """
    degree = DEGREES[method] if degree is None else degree
    if method == "chetty":
        return _Classical(grid, degree, side)
    return _count_model(grid, counts, degree, pooled=method == "histogram")


def _count_model(grid: Grid, counts: Floats, degree: int, pooled: bool) -> _Counts:
    """Fit one of the models of counts by its polynomial's degree."""
    last = grid.window.bins[None] % 10 if pooled else grid.last
    gap = grid.window.bins[None] if pooled else grid.gap
    fitted = grid.fitted[:1] if pooled else grid.fitted
    shape = shape_of(_features(gap, last, grid.window.reach, degree), fitted)
    cells = counts.sum(axis=1, keepdims=True) if pooled else counts
    start = refit(cells, shape, np.zeros(shape.width))
    return _Counts(grid, shape, start[0], degree, pooled)


def _features(gap: Ints, last: Ints, reach: int, degree: int) -> Floats:
    """Give what a model of counts knows of a cell: group by gap by feature.

    The polynomial in the gap, and whether a number (the actual, or the gap) is an integer or a
    half.
    """
    smooth = polynomial(gap, reach, degree)
    integer = (last == 0)[..., None].astype(np.float64)
    half = (last == 5)[..., None].astype(np.float64)
    return np.concatenate([smooth, integer, half], axis=-1)


@dataclass(frozen=True)
class _Counts:
    """A model of counts: of the cells, or pooled over the groups."""

    grid: Grid
    shape: Shape
    start: Floats
    degree: int
    pooled: bool

    def __call__(self, counts: Floats) -> Floats:
        cells = counts.sum(axis=1, keepdims=True) if self.pooled else counts
        mass = self._mass(cells, refit(cells, self.shape, self.start))
        return mass[:, 0] if self.pooled else self.grid.histogram(mass)

    def _mass(self, counts: Floats, parameters: Floats) -> Floats:
        """Give each cell its mass under the smooth part and the round numbers alone.

        Where the side that mass is missing from is left out, all other cells are as they would
        have been, and tell the level. Where it is not, the mass comes from all cells of the
        group in proportion, and the group's total tells it.
        """
        height = (parameters @ self.shape.flat.T).reshape(counts.shape)
        mass = np.exp(height - height.max(axis=2, keepdims=True))
        known = self.grid.level[: counts.shape[1]]
        level = (counts * known).sum(axis=2) / (mass * known).sum(axis=2)
        return np.asarray(mass * level[..., None])


class _Classical:
    """The polynomial of Chetty et al. (2011) through the histogram, by least squares.

    Bins of the excess window have effects of their own; the counterfactual outside of it, on the
    side that mass is missing from, is raised in proportion until both have the same total.
    """

    def __init__(self, grid: Grid, degree: int, side: Side) -> None:
        bins = grid.window.bins
        self.degree = degree
        self._grid = grid
        self._excess = grid.window.excess_at(bins)
        outside = ~self._excess
        self._side = outside & (bins < 0 if side == "below" else bins > 0)
        basis = np.column_stack([np.ones(len(bins)), polynomial(bins, grid.window.reach, degree)])
        self._hat = np.zeros((len(bins), len(bins)))
        self._hat[:, outside] = basis @ np.linalg.pinv(basis[outside])

    def __call__(self, counts: Floats) -> Floats:
        """Solve for the excess B: counts on the side are raised by B in proportion.

        B = Σ_window (c - H(c + B·s)), s the share of each bin of the side in its total: linear in
        B, so that no iteration is needed.
        """
        mass = self._grid.histogram(counts)
        raised = mass * self._side
        raised = raised / raised.sum(axis=1, keepdims=True)
        plain, more = mass @ self._hat.T, raised @ self._hat.T
        window = self._excess
        excess = (mass - plain)[:, window].sum(axis=1) / (1 + more[:, window].sum(axis=1))
        return np.asarray(plain + excess[:, None] * more)
