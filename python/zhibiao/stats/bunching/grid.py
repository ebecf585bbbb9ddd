"""Counts on a grid of group and gap, and what each cell of it is for.

All arithmetic is in integer tenths of a percentage point. A group is the targets of one last digit
(with a placebo: of one last digit and one distance of the cutoff from the target); its cells are
the gaps from the target within reach. Targets with the same last digit can be added up: the models
know of a cell its gap and the last digit of its actual, so that all of them have the same shares,
and with a free level for each target only these shares count. Cells of the excess window are
estimated and never fitted to; those of the side that mass is missing from are not fitted to either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

if TYPE_CHECKING:
    from zhibiao.stats.bunching.cells import Observed

__all__ = ["Bools", "Floats", "Grid", "Ints", "Range", "Window", "grid_of", "polynomial"]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
#: The first and the last gap of a range, both included.
Range: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True)
class Window:
    """Where mass is looked for and where it may come from, in tenths from the cutoff."""

    excess: Range
    #: None where nothing is left out on the side that mass is missing from.
    missing: Range | None
    reach: int

    def excess_at(self, gap: Ints) -> Bools:
        """Say which gaps lie in the excess window."""
        return _within(gap, self.excess)

    def missing_at(self, gap: Ints) -> Bools:
        """Say which gaps lie where mass may be missing."""
        return _within(gap, self.missing)

    @property
    def bins(self) -> Ints:
        """All gaps within reach."""
        return np.arange(-self.reach, self.reach + 1)


def _within(gap: Ints, bounds: Range | None) -> Bools:
    if bounds is None:
        return np.zeros(gap.shape, dtype=np.bool_)
    return (gap >= bounds[0]) & (gap <= bounds[1])


@dataclass(frozen=True)
class Grid:
    """The cells, group by gap, and where each observation falls."""

    window: Window
    #: Of each group the last digit of its targets, and how far the cutoff lies above them.
    digit: Ints
    offset: Ints
    #: Of each observation within reach its cell in the flattened grid, and its row of the data.
    cell: Ints
    row: Ints
    #: The windows of the real target are kept out of the fit too.
    placebo: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Number of groups and of gaps."""
        return len(self.digit), 2 * self.window.reach + 1

    @cached_property
    def gap(self) -> Ints:
        """Actual minus target of each cell."""
        return np.broadcast_to(self.window.bins, self.shape)

    @cached_property
    def distance(self) -> Ints:
        """Actual minus cutoff of each cell; the gap itself but for placebos."""
        return np.asarray(self.gap - self.offset[:, None])

    @cached_property
    def last(self) -> Ints:
        """The last digit of the actual of each cell."""
        return np.asarray((self.digit[:, None] + self.gap) % 10)

    @cached_property
    def fitted(self) -> Bools:
        """The cells that the counterfactual is fitted to."""
        shut = self.window.excess_at(self.distance) | self.window.missing_at(self.distance)
        if self.placebo:
            shut |= self.window.excess_at(self.gap) | self.window.missing_at(self.gap)
        return np.asarray(~shut)

    @cached_property
    def level(self) -> Bools:
        """The cells that tell the level of their group.

        All that are fitted; and the excess window too, where no side is left out that its mass
        could come from.
        """
        if self.window.missing is not None:
            return self.fitted
        return np.asarray(self.fitted | self.window.excess_at(self.distance))

    def counts(self, cluster: Ints, weights: Floats | None = None) -> Floats:
        """Count the observations in each cell.

        Args:
            cluster: The cluster of each row of the data.
            weights: How often each cluster is drawn, a row for each replicate; None counts the
                data as they are.

        Returns:
            Replicate by group by gap.

        """
        size = self.shape[0] * self.shape[1]
        if weights is None:
            flat = np.bincount(self.cell, minlength=size).astype(np.float64)[None]
        else:
            places = (cluster[self.row], self.cell)
            ones = np.ones(len(self.cell))
            table = sparse.csr_array((ones, places), shape=(weights.shape[1], size))
            flat = np.asarray(weights @ table)
        return flat.reshape(-1, *self.shape)

    def histogram(self, mass: Floats) -> Floats:
        """Sum the mass of the cells by its distance from the cutoff: replicate by bin."""
        if not self.placebo:
            return np.asarray(mass.sum(axis=1))
        reach = self.window.reach
        inside = np.flatnonzero(np.abs(self.distance.ravel()) <= reach)
        bins = self.distance.ravel()[inside] + reach
        places = (bins, np.arange(len(inside)))
        into = sparse.csr_array((np.ones(len(inside)), places), shape=(2 * reach + 1, len(inside)))
        return np.asarray((into @ mass.reshape(len(mass), -1)[:, inside].T).T)


def grid_of(data: Observed, window: Window) -> Grid:
    """Lay the grid over the data; what lies beyond reach stays outside."""
    gap = data.actual - data.target
    pairs = np.stack([data.target % 10, data.cutoff - data.target], axis=1)
    groups, group = np.unique(pairs, axis=0, return_inverse=True)
    row = np.flatnonzero(np.abs(gap) <= window.reach)
    cell = group.reshape(-1)[row] * (2 * window.reach + 1) + gap[row] + window.reach
    return Grid(window, groups[:, 0], groups[:, 1], cell, row, data.placebo)


def polynomial(gap: Ints, reach: int, degree: int) -> Floats:
    """Legendre polynomials of the gap over the reach, without the constant."""
    return np.asarray(np.polynomial.legendre.legvander(gap / reach, degree)[..., 1:])
