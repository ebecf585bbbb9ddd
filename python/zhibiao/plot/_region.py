"""The cells of one region, and the names of what stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.messages import listed
from zhibiao.stats import amplification
from zhibiao.stats._cells import cells_of, regions
from zhibiao.stats._frames import Floats, Frame, numbers, pick, take, words

if TYPE_CHECKING:
    from zhibiao.plot._language import Words

__all__ = ["Own", "own_cells"]

_CODES = {"region_code", "parent_code", "target_variant", "target_low", "target_high"}


@dataclass(frozen=True)
class Own:
    """Yearly cells of one region, metric, measure and unit."""

    frame: Frame
    #: Full name and code of the region and of its parent, as they are in the last year.
    region: tuple[str, str | None]
    parent: tuple[str, str | None] | None

    @property
    def unit(self) -> str | None:
        """The unit of all its numbers."""
        return words(self.frame, "unit")[0]

    @property
    def years(self) -> tuple[int, int]:
        """First and last year with a number."""
        there = self._every[self._told]
        return int(there.min()), int(there.max())

    def by_year(self, column: str) -> Floats:
        """Give a number for each year from the first to the last; NaN where there is none."""
        first, last = self.years
        out = np.full(last - first + 1, np.nan)
        inside = (self._every >= first) & (self._every <= last)
        if column in self.frame.columns:
            out[self._every[inside] - first] = numbers(self.frame, column)[inside]
        return out

    def called(self, wording: Words) -> tuple[str, str]:
        """Give short names to the region and its parent."""
        parent = self.parent or ("", "")
        own, above = wording.regions(
            [self.region[0], parent[0]], [self.region[1], parent[1] or "?"]
        )
        return own, above

    @property
    def _every(self) -> Any:
        return np.array([int(year) for year in self.frame["year"].to_list()])

    @property
    def _told(self) -> Any:
        return _any_number(self.frame)


def own_cells(panel: Any, region: str, metric: str, measure: str) -> Own:
    """Give the cells of a region, with the targets above them where the panel has codes.

    Raises:
        ArgumentError: There is no such region, there are several, or none of its cells has a
            number.

    """
    frame = take(panel)
    if set(frame.columns) >= _CODES:
        frame = take(amplification(frame, metric, measure=measure))
    else:
        frame = cells_of(frame, metric, measure, columns=("target", "actual")).frame
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
    last = max(rows, key=lambda row: int(frame["year"][row]))
    at = {code: name for code, name in zip(codes, names, strict=True) if code}
    parent = above[last]
    upper = (at.get(parent, parent), parent) if parent and parent != "100000" else None
    return Own(pick(frame, rows), (names[last], codes[last]), upper)


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
