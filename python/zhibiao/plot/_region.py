"""The cells of one region, and the names of what stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError, TableError
from zhibiao.messages import listed
from zhibiao.stats._cells import cells_of, regions
from zhibiao.stats._frames import Floats, Frame, numbers, pick, words
from zhibiao.stats._upper import NATION

if TYPE_CHECKING:
    from zhibiao.plot._language import Words

__all__ = ["Own", "own_cells"]


@dataclass(frozen=True)
class Own:
    """Yearly cells of one region, metric, measure and unit, and those of the units above it."""

    frame: Frame
    #: Cells of the parent of each year, and of the nation; none where the panel has no codes.
    parents: Frame
    nation: Frame
    #: Full name and code of the region and of its parent, as they are in the last year.
    region: tuple[str, str | None]
    parent: tuple[str, str | None] | None

    @property
    def unit(self) -> str | None:
        """The unit of all its numbers."""
        return words(self.frame, "unit")[0]

    @property
    def years(self) -> tuple[int, int]:
        """First and last year with a number of the region itself."""
        there = _years(self.frame)[_any_number(self.frame)]
        return int(there.min()), int(there.max())

    def by_year(self, column: str, of: Frame | None = None) -> Floats:
        """Give a number for each year from the first to the last; NaN where there is none.

        Args:
            column: A column of the panel; one that is not there has no numbers.
            of: Cells of the unit above; the region's own if not given.

        """
        frame = self.frame if of is None else of
        first, last = self.years
        out = np.full(last - first + 1, np.nan)
        every = _years(frame)
        inside = (every >= first) & (every <= last)
        if column in frame.columns:
            out[every[inside] - first] = numbers(frame, column)[inside]
        return out

    def called(self, wording: Words) -> tuple[str, str]:
        """Give short names to the region and its parent."""
        parent = self.parent or ("", "")
        own, above = wording.regions(
            [self.region[0], parent[0]], [self.region[1], parent[1] or "?"]
        )
        return own, above


def own_cells(panel: Any, region: str, metric: str, measure: str) -> Own:
    """Give the cells of a region, and of those above it where the panel has codes.

    Raises:
        ArgumentError: There is no such region, there are several, or none of its cells has a
            number.
        TableError: It has two cells of one year.

    """
    frame = cells_of(panel, metric, measure, columns=("target", "actual")).frame
    rows = _in_one_unit(frame, _rows_of(frame, region))
    if not _any_number(frame)[rows].any():
        raise ArgumentError(
            f"no yearly cell of {metric} by {measure} of {region} has a number: there is nothing "
            "to draw"
        )
    names = [name or "" for name in words(frame, "region")]
    codes, above = (
        words(frame, name) if name in frame.columns else [None] * len(frame)
        for name in ("region_code", "parent_code")
    )
    years, units = _years(frame).tolist(), words(frame, "unit")
    if len({years[row] for row in rows}) < len(rows):
        raise TableError(
            f"{region} has several cells of {metric} by {measure} in one year; keep one of them"
        )
    own = set(rows)
    same = [row for row in range(len(frame)) if units[row] == units[rows[0]]]
    parents = _parents({years[row]: above[row] for row in rows if above[row]}, years)
    last = max(rows, key=lambda row: years[row])
    at = {code: name for code, name in zip(codes, names, strict=True) if code}
    parent = above[last] if above[last] != NATION else None
    return Own(
        pick(frame, rows),
        pick(frame, [row for row in same if codes[row] and codes[row] == parents[years[row]]]),
        pick(frame, [row for row in same if codes[row] == NATION and row not in own]),
        (names[last], codes[last]),
        (at.get(parent, parent), parent) if parent else None,
    )


def _parents(told: dict[int, str | None], years: list[int]) -> dict[int, str | None]:
    """Give the parent's code in every year: that of the nearest year in which it is told.

    The nation is no parent here, since it is shown by itself.
    """
    nearest = {year: min(told, key=lambda one: (abs(one - year), one)) for year in years if told}
    codes = {year: told[nearest[year]] if told else None for year in years}
    return {year: code if code != NATION else None for year, code in codes.items()}


def _years(frame: Frame) -> Any:
    return np.array([int(year) for year in frame["year"].to_list()], dtype=np.int64)


def _any_number(frame: Frame) -> Any:
    return np.isfinite(numbers(frame, "target")) | np.isfinite(numbers(frame, "actual"))


def _in_one_unit(frame: Frame, rows: list[int]) -> list[int]:
    """Give the rows in the unit that has the most numbers."""
    units, told = words(frame, "unit"), _any_number(frame)
    counts = {units[row]: 0 for row in rows}
    for row in rows:
        counts[units[row]] += int(told[row])
    unit = max(counts, key=lambda one: counts[one])
    return [row for row in rows if units[row] == unit]


def _rows_of(frame: Frame, region: str) -> list[int]:
    names = [name or "" for name in words(frame, "region")]
    ids = regions(frame)
    codes = words(frame, "region_code") if "region_code" in frame.columns else ids
    every = list(enumerate(zip(names, ids, codes, strict=True)))
    rows = [row for row, called in every if region in called]
    rows = rows or [row for row, (name, _, _) in every if name.endswith(region)]
    found = {ids[row] for row in rows}
    if len(found) == 1:
        # A region through its new names.
        return [row for row, identity in enumerate(ids) if identity in found]
    if found:
        called = listed(sorted({names[row] for row in rows}))
        raise ArgumentError(
            f"{region} may be {called}; give more of the name, or the code or entity id"
        )
    raise ArgumentError(f"the panel has no {region}; it has {listed(sorted(set(names)))}")
