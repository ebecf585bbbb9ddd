"""The targets of the governments above a region, and when each was announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from zhibiao.errors import TableError
from zhibiao.stats._cells import Cells, differ, regions
from zhibiao.stats._frames import (
    Floats,
    Frame,
    dates,
    difference,
    flags,
    need,
    numbers,
    take,
    words,
)

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

__all__ = ["NATION", "Above", "Announced", "Over", "above"]

#: The region code of the nation.
NATION = "100000"

#: The government that a target is compared with.
Over: TypeAlias = Literal["parent", "nation"]


@dataclass(frozen=True)
class Above:
    """Each cell beside the same cell of a government above it."""

    #: The row of that cell, or -1.
    at: NDArray[np.int64]
    #: The code of the government above in the year of the cell; None where there is none.
    code: list[str | None]
    #: What the government above is known by; None where the panel does not know it.
    region: list[str | None]
    #: ``compared``, or why not.
    state: list[str]

    def point(self, cells: Cells) -> tuple[Floats, Floats]:
        """Give the target above, and own minus it."""
        target = numbers(cells.frame, "target")
        return self._of(target), difference(self._only(target), self._of(target))

    def bounds(self, cells: Cells) -> tuple[Floats, Floats, Floats, Floats]:
        """Give the bounds of the target above, and those of own minus it; open ones are NaN."""
        low, high = (numbers(cells.frame, f"target_{end}") for end in ("low", "high"))
        up_low, up_high = self._of(low), self._of(high)
        least = difference(self._only(low), up_high)
        return up_low, up_high, least, difference(self._only(high), up_low)

    def _of(self, values: Floats) -> Floats:
        return np.where(self._compared, values[self.at], np.nan)

    def _only(self, values: Floats) -> Floats:
        return np.where(self._compared, values, np.nan)

    @property
    def _compared(self) -> NDArray[np.bool_]:
        return np.array([state == "compared" for state in self.state], dtype=bool)


def above(cells: Cells, panel: Frame, over: Over, lag: int) -> Above:
    """Find the cells of the government above, ``lag`` years before.

    It is found by its code in the year of the cell, else by its code ``lag`` years before.
    """
    known = _by_code(panel)
    own, parents = words(cells.frame, "region_code"), words(cells.frame, "parent_code")
    target, variant = numbers(cells.frame, "target"), words(cells.frame, "target_variant")
    codes = [NATION] * len(cells) if over == "nation" else parents
    codes = [None if mine == NATION else code for mine, code in zip(own, codes, strict=True)]
    at = np.full(len(cells), -1, dtype=np.int64)
    states: list[str] = []
    names: list[str | None] = []
    for row, (code, year, what) in enumerate(zip(codes, cells.year, cells.what, strict=True)):
        name = known.get((code, year)) or known.get((code, year - lag))
        found = -1 if name is None else cells.at.get((name, year - lag, what), -1)
        at[row] = found
        names.append(name)
        if np.isnan(target[row]):
            states.append("no_target")
        elif code is None:
            states.append(f"no_{over}")
        elif name is None:
            states.append(f"{over}_not_in_panel")
        elif found < 0 or np.isnan(target[found]):
            states.append(f"{over}_no_target")
        else:
            other = differ(variant[row], variant[found])
            states.append("other_variant" if other else "compared")
    return Above(at, codes, names, states)


def _by_code(panel: Frame) -> dict[tuple[str | None, int], str]:
    """Give what each code stands for in each year, by any row of the panel."""
    need(panel, "region_code", "year")
    told = zip(words(panel, "region_code"), panel["year"].to_list(), regions(panel), strict=True)
    return {(code, int(year)): region for code, year, region in told if code is not None}


class Announced:
    """When each region's report of a year was delivered."""

    def __init__(self, frame: Any) -> None:
        """Read the days.

        Raises:
            TableError: No column tells the region, the year or the day.

        """
        taken = take(frame, "dates")
        year = "report_year" if "report_year" in taken.columns else "year"
        need(taken, year, "delivered", what="dates")
        keys = [name for name in ("entity_id", "region_code", "region") if name in taken.columns]
        if not keys:
            raise TableError("dates has no column entity_id, region_code or region; add one")
        self._days: dict[tuple[str, int], date] = {}
        kept = _kept(taken)
        years, days = numbers(taken, year), dates(taken, "delivered")
        for name in keys:
            for key, when, day, keep in zip(words(taken, name), years, days, kept, strict=True):
                if key is not None and day is not None and when == when and keep:
                    at = (key, int(when))
                    self._days[at] = min(day, self._days.get(at, day))

    def day(self, keys: tuple[str | None, ...], year: int) -> date | None:
        """Give the day of a region's report, by the first of its names that is known."""
        found = (self._days.get((key, year)) for key in keys if key is not None)
        return next((day for day in found if day is not None), None)

    def before(self, cells: Cells, upper: Above) -> list[bool | None]:
        """Tell of each cell whether its report came before that of the government above."""
        codes, names = words(cells.frame, "region_code"), words(cells.frame, "region")
        out: list[bool | None] = []
        for row, year in enumerate(cells.year):
            own = self.day((cells.region[row], codes[row], names[row]), year)
            other = self.day((upper.region[row], upper.code[row]), year)
            out.append(None if own is None or other is None else own < other)
        return out


def _kept(frame: Frame) -> list[bool]:
    """Leave out copies and altered reports, as a panel does."""
    kept = [True] * len(frame)
    if "duplicate_of" in frame.columns:
        kept = [one is None for one in words(frame, "duplicate_of")]
    if "inconsistent" in frame.columns:
        told = flags(frame, "inconsistent")
        kept = [keep and not wrong for keep, wrong in zip(kept, told, strict=True)]
    return kept
