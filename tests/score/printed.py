"""Figures as they are printed: where a value may lie, and what a report tells of a year.

A printed 8.4 is anything between 8.35 and 8.45; 左右 and 约 widen that by a hundredth.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tables import Row

Span = tuple[float, float]
#: One year of one statistic: metric, first and last year, base unit.
Cell = tuple[str, int, int, "str | None"]


class Report:
    """The figures of one report, by the cell that they stand in; each different one once."""

    def __init__(self, entity: str, year: int, rows: list[Row]) -> None:
        self.entity, self.year, self.rows = entity, year, rows
        self._cells: dict[tuple[str, str, Cell], list[Row]] = defaultdict(list)
        for row in rows:
            if (span := point(row)) and is_annual(row) and (told_as := self._told_as(row)):
                cell = (row["metric"], row["period_start"], row["period_end"], row["base_unit"])
                known = self._cells[told_as, row["measure"], cell]
                if all(point(other) != span for other in known):
                    known.append(row)

    def _told_as(self, row: Row) -> str:
        """Old values apart, and those without a year of their own not at all."""
        if not tables.true(row["baseline"]):
            return str(row["kind"])
        return "old" if row["period_end"] < self.year - 1 else ""

    def cells(self, kind: str, measure: str) -> Iterator[tuple[Cell, list[Row]]]:
        """Each cell with the different figures told of it; `kind` may be old."""
        for (told_as, measured, cell), rows in self._cells.items():
            if (told_as, measured) == (kind, measure):
                yield cell, rows

    def at(self, kind: str, measure: str, cell: Cell) -> list[Row]:
        return self._cells.get((kind, measure, cell), [])


def reports_of(rows: Iterable[Row]) -> list[Report]:
    """One report for each entity and year: of several copies the first that is a plain text."""
    copies: dict[tuple[str, int], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.get("entity_id") and row.get("report_year"):
            copies[row["entity_id"], int(row["report_year"])][row["source"]].append(row)
    chosen = {known: min(files, key=_plainness) for known, files in copies.items()}
    return [Report(*known, copies[known][chosen[known]]) for known in sorted(copies)]


def _plainness(file: str) -> tuple[bool, bool, bool, str]:
    return not file.endswith(".txt"), "/raw/" in file, "__" in file, file


def is_annual(row: Row) -> bool:
    return bool(
        row["period_start"] == row["period_end"]
        and row["subperiod"] == "year"
        and row["aggregation"] in ("annual", "end")
        and not tables.true(row.get("stretch"))
    )


def point(row: Row) -> Span | None:
    """Where the figure may lie by the digits that are printed; of a range nothing."""
    low, high = row.get("base_low"), row.get("base_high")
    asked = low if low is not None else high
    if asked is None or row["comparator"] in ("range", *tables.RELATIONAL):
        return None
    printed = row["value_low"] if row["value_low"] is not None else row["value_high"]
    scale = asked / printed if printed else 1.0
    half = abs(scale) * 0.5 * 10.0 ** -(row.get("decimals") or 0)
    if row["comparator"] == "approx":
        half = max(half, abs(asked) * 0.01)
    return asked - half, asked + half


def points(rows: Iterable[Row], bounds: bool = False) -> list[tuple[Row, Span]]:
    """Rows with their spans; `bounds` takes 以上 and 以内 for the point that is asked for."""
    exact = ("eq", "approx")
    return [
        (row, span)
        for row in rows
        if (bounds or row["comparator"] in exact) and (span := point(row))
    ]


def agree(one: Span, other: Span, slack: float) -> bool:
    """Whether two figures may be the same, `slack` apart at most."""
    return one[0] - slack <= other[1] and other[0] - slack <= one[1]


def size(*spans: Span) -> float:
    return max(abs(bound) for span in spans for bound in span)


def product(level: Span, rate: Span) -> Span:
    """The level after growth of so many %."""
    return level[0] * (1 + rate[0] / 100), level[1] * (1 + rate[1] / 100)


def growth_of(before: Span, now: Span) -> Span:
    """Between levels, in %; from a level that may be 0 it may be anything."""
    if before[0] <= 0:
        return float("-inf"), float("inf")
    return (now[0] / before[1] - 1) * 100, (now[1] / before[0] - 1) * 100
