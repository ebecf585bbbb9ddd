"""Invented regions whose targets are met or not by known rules: what `make stats` runs on.

A region has a potential growth; its target is the potential of the year, rounded to an integer, a
half or a tenth. What is reached differs from the target by a mean, an effect of the region, one of
the year and one of both. Some actuals are told as integers; some of those who would fall short by
a little tell the target instead. `docs/statistics.md` states the distributions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from zhibiao.stats._frames import Column, build, give
from zhibiao.stats.bunching.cells import Observed

if TYPE_CHECKING:
    from zhibiao.stats.bunching.grid import Floats, Ints

__all__ = ["Gaps", "World"]

#: How the effect of region and year together is distributed: a normal; a gamma of shape 4 turned
#: round, so that shortfalls reach far; Student's t with 5 degrees of freedom.
Gaps: TypeAlias = Literal["normal", "skewed", "heavy"]


@dataclass(frozen=True)
class World:
    """A rule by which regions set targets and reach them; lengths in percentage points."""

    regions: int = 200
    years: int = 15
    #: Share of actuals that are told as the nearest integer.
    rounded: float = 0.05
    #: Whether regions differ in that: shares are drawn from a U-shaped beta distribution.
    rounding: Literal["alike", "by_region"] = "alike"
    #: Share of those short of the target by up to ``within`` that tell the target instead.
    shifted: float = 0.0
    within: float = 1.0
    gaps: Gaps = "normal"
    mean: float = 0.2
    region_sd: float = 0.6
    year_sd: float = 0.5
    sd: float = 1.3
    #: Share of those short of the target, by whatever, of whom no actual is told.
    untold: float = 0.0
    #: By how much the gap changes with a target higher by a point.
    slope: float = 0.0

    def draw(self, seed: int) -> Observed:
        """Draw all regions and years."""
        random = np.random.default_rng(seed)
        target = self._targets(random)
        told, moved = self.tell(random, target)
        region, year = np.indices(target.shape)
        silent = (told < target) & (random.random(target.shape) < self.untold)
        drawn = Observed(
            target.ravel(),
            told.ravel(),
            target.ravel(),
            region.ravel(),
            year.ravel(),
            year.ravel(),
            False,
            {"moved": int(moved.sum())},
        )
        return drawn.rows(np.flatnonzero(~silent.ravel()))

    def tell(self, random: np.random.Generator, target: Ints) -> tuple[Ints, np.ndarray]:
        """Give what is told to have been reached, in tenths, and where that is the target instead.

        Args:
            random: What the numbers are drawn by.
            target: Targets in tenths, region by year, as many as the world has.

        """
        reached = target / 10 + self._gaps(random, target)
        actual = np.rint(reached * 10).astype(np.int64)
        honest = np.where(self._is_rounded(random), np.rint(reached).astype(np.int64) * 10, actual)
        short = (honest < target) & (honest >= target - round(10 * self.within))
        moved = short & (random.random(target.shape) < self.shifted)
        return np.where(moved, target, honest), moved

    def panel(self, seed: int) -> Any:
        """Draw all regions and years as a panel of growth of ``gdp``.

        Returns:
            A frame with the columns of a panel that `bunching` reads, of polars, pandas or pyarrow,
            whichever of them is installed, in this order.

        """
        drawn = self.draw(seed)
        many = len(drawn)
        words = {
            "metric": "gdp",
            "measure": "growth",
            "unit": "%",
            "horizon": "annual",
            "target_comparator": "approx",
            "actual_comparator": "eq",
            "level": "prefecture",
        }
        columns = {
            "region": Column(str, [f"invented {number}" for number in drawn.region.tolist()]),
            "year": Column(int, (2005 + drawn.year).tolist()),
            **{name: Column(str, [word] * many) for name, word in words.items()},
            "target": Column(float, (drawn.target / 10).tolist()),
            "actual": Column(float, (drawn.actual / 10).tolist()),
        }
        return give(build(None, columns))

    def _targets(self, random: np.random.Generator) -> Ints:
        """Give targets in tenths: 60 % on integers, 30 % on halves, 10 % on tenths."""
        size = (self.regions, self.years)
        potential = random.normal(9, 1.2, self.regions)[:, None] + random.normal(0, 0.5, size)
        potential = potential + np.linspace(1.5, -1.5, self.years)
        kind = random.random(size)
        step = np.select([kind < 0.6, kind < 0.9], [10, 5], 1)
        return np.asarray(np.rint(potential * 10 / step) * step).astype(np.int64)

    def _gaps(self, random: np.random.Generator, target: Ints) -> Floats:
        size = target.shape
        if self.gaps == "normal":
            own = random.standard_normal(size)
        elif self.gaps == "skewed":
            own = (4 - random.gamma(4, 1, size)) / 2
        else:
            own = random.standard_t(5, size) / np.sqrt(5 / 3)
        region = random.normal(0, self.region_sd, self.regions)[:, None]
        year = random.normal(0, self.year_sd, self.years)
        return np.asarray(
            self.mean + region + year + self.sd * own + self.slope * (target / 10 - 9)
        )

    def _is_rounded(self, random: np.random.Generator) -> np.ndarray:
        size = (self.regions, self.years)
        share: float | Floats = self.rounded
        if self.rounding == "by_region" and self.rounded:
            share = random.beta(0.5, 0.5 * (1 - share) / share, self.regions)[:, None]
        return np.asarray(random.random(size) < share)
