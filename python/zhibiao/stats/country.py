"""An invented country whose governments report every year: the truth, and the texts that tell it.

It tests the whole way from text to estimate, and shows what an estimate looks like where the truth
is known. Provinces set their targets by that of the nation, cities by that of their province, each
a little higher; what is reached follows a `World`. The names and codes of the units are real, so
that regions are recognised and find their parents; every figure and every sentence is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import zhibiao
from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import Column, build, give
from zhibiao.stats._report_texts import FORMS, Figures, Place, report
from zhibiao.stats._upper import NATION
from zhibiao.stats.simulate import World

if TYPE_CHECKING:
    from zhibiao.stats.bunching.grid import Ints

__all__ = ["Country"]

#: What every government but the nation's has a target and an actual for, by the growth of a year.
_METRICS = ("gdp", "budget_revenue", "income_urban")
#: Their targets lie so far from that for gdp, in tenths: mean and standard deviation.
_BESIDE = {"budget_revenue": (10, 10), "income_urban": (5, 5)}
_LOWEST = 10  # tenths: no target and no actual is lower


@dataclass(frozen=True)
class _Drawn:
    """Targets and actuals in tenths, place by year from the year before the first report."""

    target: dict[str, Ints]
    told: dict[str, Ints]
    form: dict[str, Ints]
    moved: np.ndarray


@dataclass(frozen=True)
class Country:
    """A rule by which a nation, its provinces and cities set targets and reach them."""

    cities: int = 170
    #: Years with a target and an actual; there is a report more, which tells the last actual.
    years: int = 10
    first_year: int = 2008
    #: By how much a target lies above that of the level above, in percentage points: its mean ...
    amplification: float = 0.5
    #: ... and its standard deviation; targets are told on halves.
    amplification_sd: float = 0.8
    #: How gaps, rounding and manipulation of growth of ``gdp`` are drawn; regions and years are
    #: those of the country.
    world: World = field(default_factory=World)

    def truth(self, seed: int) -> Any:
        """Give the targets and actuals that the reports tell.

        Returns:
            A frame of polars, pandas or pyarrow, whichever is installed: ``region_code``,
            ``parent_code``, ``level``, ``year``, ``metric`` (growth in %), ``target``,
            ``target_comparator``, ``actual`` (missing in the last year), ``moved`` (the target is
            told in the place of an actual that fell short).

        """
        drawn = self._draw(seed)
        rows: dict[str, list[Any]] = {name: [] for name in _TRUTH}
        for at, place in enumerate(self._places):
            for year in range(1, self.years + 2):
                for metric in place.metrics(_METRICS):
                    is_known = year <= self.years
                    told = drawn.told[metric][at, year] / 10 if is_known else None
                    moved = metric == "gdp" and is_known and bool(drawn.moved[at, year])
                    form = FORMS[int(drawn.form[metric][at, year])]
                    values = (place.code, place.parent, place.level, self.first_year - 1 + year)
                    figures = (metric, drawn.target[metric][at, year] / 10, form, told, moved)
                    for name, value in zip(_TRUTH, values + figures, strict=True):
                        rows[name].append(value)
        return give(build(None, {n: Column(kind, rows[n]) for n, kind in _TRUTH.items()}))

    def reports(self, seed: int) -> Any:
        """Give the reports as texts.

        Returns:
            A frame with ``id`` and ``text``, which `zhibiao.extract` takes as it is. Neither the
            ids nor anything else beside the texts tells region and year.

        """
        drawn = self._draw(seed)
        random = np.random.default_rng([seed, 1])
        texts = [
            report(place, self.first_year - 1 + year, self._figures(drawn, at, year), random)
            for at, place in enumerate(self._places)
            for year in range(1, self.years + 2)
        ]
        ids = [f"r{number:05}" for number in range(len(texts))]
        return give(build(None, {"id": Column(str, ids), "text": Column(str, texts)}))

    def _figures(self, drawn: _Drawn, at: int, year: int) -> Figures:
        return Figures(
            told={m: int(drawn.told[m][at, year - 1]) for m in _METRICS},
            target={m: int(drawn.target[m][at, year]) for m in _METRICS},
            form={m: FORMS[int(drawn.form[m][at, year])] for m in _METRICS},
        )

    @cached_property
    def _places(self) -> list[Place]:
        """Give the nation, its provinces, and cities that kept their names in all years."""
        years = range(self.first_year, self.first_year + self.years + 1)
        rows = [_units(year) for year in (years[0], years[-1])]
        stays = [unit for code, unit in rows[0].items() if rows[1].get(code) == unit]
        cities = [unit for unit in stays if unit.level == "prefecture"]
        if self.cities > len(cities):
            raise ArgumentError(f"cities is {self.cities}; at most {len(cities)} can be told apart")
        every = np.linspace(0, len(cities) - 1, self.cities).astype(int)
        above = [unit for unit in stays if unit.level in ("nation", "province")]
        return [*above, *(cities[at] for at in every)]

    def _draw(self, seed: int) -> _Drawn:
        random = np.random.default_rng([seed, 0])
        size = (len(self._places), self.years + 2)
        world = replace(self.world, regions=size[0], years=size[1])
        target = {"gdp": self._targets(random, size)}
        told, moved = world.tell(random, target["gdp"])
        tolds = {"gdp": np.maximum(told, _LOWEST)}
        for metric, (mean, sd) in _BESIDE.items():
            drawn = np.rint((target["gdp"] + random.normal(mean, sd, size)) / 5) * 5
            target[metric] = np.maximum(drawn, _LOWEST).astype(np.int64)
            reached = target[metric] + random.normal(0, 15, size)
            tolds[metric] = np.maximum(np.rint(reached), _LOWEST).astype(np.int64)
        form = {metric: random.integers(0, len(FORMS), size) for metric in _METRICS}
        return _Drawn(target, tolds, form, moved)

    def _targets(self, random: np.random.Generator, size: tuple[int, int]) -> Ints:
        """Give targets on halves, in tenths, each by that of the level above."""
        target = np.zeros(size, dtype=np.int64)
        rows = {place.code: at for at, place in enumerate(self._places)}
        trend = np.linspace(8.0, 6.5, size[1]) + random.normal(0, 0.2, size[1])
        target[rows[NATION]] = np.rint(trend * 2) * 5
        for at, place in enumerate(self._places):
            if place.parent is not None:
                above = target[rows[place.parent]] / 10
                more = random.normal(self.amplification, self.amplification_sd, size[1])
                target[at] = np.maximum(np.rint((above + more) * 2) * 5, _LOWEST)
        return target


_TRUTH: dict[str, type[str] | type[int] | type[float] | type[bool]] = {
    "region_code": str,
    "parent_code": str,
    "level": str,
    "year": int,
    "metric": str,
    "target": float,
    "target_comparator": str,
    "actual": float,
    "moved": bool,
}


def _units(year: int) -> dict[str, Place]:
    """Give the units of a year that reports are written for: no special regions, no counties."""
    rows = zhibiao.divisions(year).to_dicts()
    special = ("71", "81", "82")
    return {
        row["region_code"]: Place(row["region_code"], row["parent_code"], row["level"], row["name"])
        for row in rows
        if row["level"] != "county" and not row["region_code"].startswith(special)
    }
