"""The cells of a panel that a measure is about, and where to find the cell of another year."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from zhibiao.errors import ArgumentError, TableError
from zhibiao.messages import listed
from zhibiao.stats._frames import Frame, names_of, need, pick, take, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "BOUNDARY",
    "KEY",
    "Cells",
    "IncompletePanelWarning",
    "cells_of",
    "differ",
    "regions",
    "warn_of_holes",
]

#: What tells cells of one region and year apart.
KEY = ("metric", "measure", "unit")
#: Events after which a region's numbers are about other land.
BOUNDARY = frozenset({"merge", "split", "transfer"})
#: What stands where a text does not say which definition it means.
_UNSAID = frozenset({"", "unspecified", "unstated"})

#: Metric, measure and unit.
What: TypeAlias = "tuple[str | None, ...]"


class IncompletePanelWarning(UserWarning):
    """The panel has no rows for cells that no report fills, so that a share of them is wrong."""


@dataclass(frozen=True)
class Cells:
    """Rows of a panel with one horizon, and what they are found by."""

    frame: Frame
    region: list[str]
    year: list[int]
    what: list[What]

    @cached_property
    def at(self) -> dict[tuple[str, int, What], int]:
        """The row of a region, a year and a metric in its measure and unit.

        Raises:
            TableError: Two rows are of one cell.

        """
        rows: dict[tuple[str, int, What], int] = {}
        for row, key in enumerate(zip(self.region, self.year, self.what, strict=True)):
            if rows.setdefault(key, row) != row:
                region, year, what = key
                raise TableError(
                    f"two rows of the panel are {region} {year} {' '.join(map(str, what))}; "
                    "leave one of them out"
                )
        return rows

    def earlier(self, years: int) -> NDArray[np.int64]:
        """Give for each row the row of the same cell so many years before, or -1."""
        keys = zip(self.region, self.year, self.what, strict=True)
        found = [self.at.get((region, year - years, what), -1) for region, year, what in keys]
        return np.array(found, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.year)


def cells_of(
    panel: Any,
    metric: str | Sequence[str] | None,
    measure: str | None,
    *,
    horizon: str = "annual",
    columns: Sequence[str] = (),
) -> Cells:
    """Give the cells that are asked for.

    Raises:
        ArgumentError: The panel has none; the message says what it has.
        TableError: A column is missing.

    """
    frame = take(panel)
    need(frame, "region", "year", *KEY, "horizon", *columns)
    wanted = set(names_of(metric))
    whats = list(zip(*(words(frame, name) for name in KEY), strict=True))
    horizons = words(frame, "horizon")
    rows = [
        row
        for row, (what, far) in enumerate(zip(whats, horizons, strict=True))
        if far == horizon
        and (not wanted or what[0] in wanted)
        and (measure is None or what[1] == measure)
    ]
    _there(wanted, measure, horizon, whats, rows)
    chosen = pick(frame, rows)
    return Cells(
        chosen,
        regions(chosen),
        [int(year) for year in chosen["year"].to_list()],
        [whats[row] for row in rows],
    )


def _there(
    wanted: set[str], measure: str | None, horizon: str, whats: list[What], rows: list[int]
) -> None:
    missing = wanted - {str(whats[row][0]) for row in rows}
    if rows and not missing:
        return
    named = missing or wanted
    known = {f"{what[0]} {what[1]}" for what in whats if not named or what[0] in named}
    asked = f"{listed(sorted(named)) or 'any metric'} by {measure or 'any measure'}"
    raise ArgumentError(
        f"the panel has no {horizon} cell of {asked}; "
        f"it has {listed(sorted(known)) or 'none of it in any measure'}"
    )


def regions(frame: Frame) -> list[str]:
    """Give what a region is known by: its entity id, or its name where it has none."""
    names = [name or "" for name in words(frame, "region")]
    if "entity_id" not in frame.columns:
        return names
    ids = words(frame, "entity_id")
    return [one or name for one, name in zip(ids, names, strict=True)]


def differ(one: str | None, other: str | None) -> bool:
    """Do two texts name definitions that are not the same? Where one does not say, they may be."""
    said = one is not None and other is not None
    return said and one != other and not {one, other} & _UNSAID


#: States that do not show a whole report. Outside of the universe there may be none.
_NO_REPORT = (None, "fragment", "report_not_in_corpus", "outside_universe")


def warn_of_holes(cells: Cells, panel: Frame) -> None:
    """Warn where a whole report exists, and the panel has no row for what it leaves out.

    Of a metric that a region has rows of at all, each year with a whole report should be a row.
    """
    states, horizons = words(panel, "target_state"), words(panel, "horizon")
    told = zip(regions(panel), panel["year"].to_list(), states, horizons, strict=True)
    reported: dict[str, set[int]] = {}
    for region, year, state, horizon in told:
        if horizon == "annual" and state not in _NO_REPORT:
            reported.setdefault(region, set()).add(int(year))
    rows: dict[tuple[str, What], set[int]] = {}
    for region, year, what in zip(cells.region, cells.year, cells.what, strict=True):
        rows.setdefault((region, what), set()).add(year)
    holes = {key: reported.get(key[0], set()) - there for key, there in rows.items()}
    if number := sum(map(len, holes.values())):
        metrics = sorted({str(what[0]) for (_, what), years in holes.items() if years})
        warnings.warn(
            f"{number} cells of reports that are whole have no row in the panel, of "
            f"{listed(metrics, 5)}: what is not named there is not counted; "
            "panel(complete=True) gives rows to headline metrics in their usual measure",
            IncompletePanelWarning,
            stacklevel=3,
        )
