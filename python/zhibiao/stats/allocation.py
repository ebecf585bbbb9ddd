"""What the level below was told to bring: children's targets summed over the parent's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import KEY, Cells, cells_of, differ, regions
from zhibiao.stats._frames import Column, Frame, build, give, need, numbers, take, words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["allocation"]

_NEEDED = (
    *("target", "target_low", "target_high", "target_variant", "target_state"),
    *("region_code", "parent_code"),
)
#: Units that do not add up over regions.
_RATES = ("%", "‰", "微克/立方米", "天")


@dataclass
class _Sum:
    """The children of one parent in one year and cell, and the parent's own row."""

    parent: str
    code: str
    year: int
    what: tuple[str | None, ...]
    rows: list[int] = field(default_factory=list)
    other_variant: int = 0
    own: int = -1


def allocation(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "level",
    expected: Any = None,
) -> Any:
    """Set the sum of the children's targets against the parent's own.

    ``ratio`` = sum of target(child, t) / target(parent, t), over the children that have a number
    in the same unit and the same definition; missing where the parent's target is not positive or
    not told. Only what adds up is taken: amounts (jobs, grain, investment) in base units, no rates.
    A sum over some of the children is a lower bound of the sum over all: look at ``coverage``
    before the ratio.

    Args:
        panel: The panel, with the reports of both levels in it.
        metric: One metric or several; all that there are if not given.
        measure: ``level`` or ``change``; None for both.
        expected: How many children each parent has: the table of ``zhibiao.divisions()`` (whose 34
            of the nation are with 台湾, 香港 and 澳门; leave those out), or any frame with
            ``region_code`` (of the parent), ``year`` and ``children``. If not given, the regions
            below the parent that the panel knows in that year, by any metric, are expected.

    Returns:
        A row for each parent, year, metric, measure and unit of which a child has a number:
        ``entity_id`` and ``region_code`` of the parent, ``region`` where the panel has its row,
        ``year``, ``metric``, ``measure``, ``unit``, ``parent_target``, ``children_target`` (the
        sum of the points), ``children_low`` and ``children_high`` (of the bounds; missing where
        one is open), ``ratio``, ``children`` (summed), ``children_expected``,
        ``children_missing``, ``other_variant`` (children left out since their definition differs
        from the parent's), ``coverage`` (children / children_expected) and ``parent_state``, the
        panel's state of the parent's target, or ``not_in_panel``.

    Raises:
        ArgumentError: There are no such cells, or ``measure`` is one that does not add up.
        TableError: A column is missing, or two rows are of one cell.

    Examples:
        >>> import polars
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> upper = zhibiao.read("今年城镇新增就业70万人。", region="湖北省", year=2024)
        >>> lower = zhibiao.read("今年城镇新增就业7万人。", region="湖北省荆州市", year=2024)
        >>> both = polars.concat([upper.panel().to_polars(), lower.panel().to_polars()])
        >>> told = stats.allocation(both, "urban_new_jobs").filter(region_code="420000")
        >>> told.select("region", "parent_target", "children_target", "ratio", "children").row(0)
        ('湖北省', 700000.0, 70000.0, 0.1, 1)

    """
    if measure not in ("level", "change", None):
        raise ArgumentError(f"measure is {measure!r}; amounts add up: 'level' or 'change'")
    cells = cells_of(panel, metric, measure, columns=_NEEDED)
    every = cells_of(panel, None, None).frame  # a plan's rows have the codes of other years
    sums = _sums(cells, every)
    known = _known(every) if expected is None else _told(take(expected, "expected"), cells.year)
    return give(build(cells.frame, _columns(cells, sums, known)))


def _sums(cells: Cells, panel: Frame) -> list[_Sum]:
    """Put children below their parents, whose own rows are found by their code in the year."""
    by_code = {
        (code, int(year)): region
        for code, year, region in zip(
            words(panel, "region_code"), panel["year"].to_list(), regions(panel), strict=True
        )
    }
    target, variant = numbers(cells.frame, "target"), words(cells.frame, "target_variant")
    sums: dict[tuple[Any, ...], _Sum] = {}
    told = zip(words(cells.frame, "parent_code"), cells.year, cells.what, target, strict=True)
    for row, (code, year, what, number) in enumerate(told):
        adds_up = what[1] in ("level", "change") and what[2] not in _RATES
        if code is None or number != number or not adds_up:
            continue
        parent = by_code.get((code, year), code)
        one = sums.setdefault((code, year, what), _Sum(parent, code, year, what))
        one.own = cells.at.get((parent, year, what), -1)
        if one.own >= 0 and differ(variant[row], variant[one.own]):
            one.other_variant += 1
        else:
            one.rows.append(row)
    return sorted(sums.values(), key=lambda one: (one.code, one.year, tuple(map(str, one.what))))


def _known(panel: Frame) -> dict[tuple[str, int], int]:
    """Count the regions below each parent that the panel knows in a year."""
    below: dict[tuple[str, int], set[str]] = {}
    told = zip(words(panel, "parent_code"), panel["year"].to_list(), regions(panel), strict=True)
    for code, year, region in told:
        if code is not None:
            below.setdefault((code, int(year)), set()).add(region)
    return {key: len(names) for key, names in below.items()}


def _told(frame: Frame, years: list[int]) -> dict[tuple[str, int], int]:
    if {"parent_code", "valid_from", "valid_to"} <= set(frame.columns):
        return _standing(frame, years)
    need(frame, "region_code", "year", "children", what="expected")
    told = zip(
        words(frame, "region_code"), numbers(frame, "year"), numbers(frame, "children"), strict=True
    )
    return {
        (code, int(year)): int(count)
        for code, year, count in told
        if code is not None and year == year and count == count
    }


def _standing(frame: Frame, years: list[int]) -> dict[tuple[str, int], int]:
    """Count the divisions below each parent that stood at the end of each year."""
    first, last = numbers(frame, "valid_from"), numbers(frame, "valid_to")
    codes = words(frame, "parent_code")
    counts: dict[tuple[str, int], int] = {}
    for year in set(years):
        for row in np.flatnonzero(~(first > year) & ~(last < year)).tolist():
            code = codes[row]
            if code is not None:
                counts[code, year] = counts.get((code, year), 0) + 1
    return counts


def _columns(
    cells: Cells, sums: list[_Sum], known: dict[tuple[str, int], int]
) -> dict[str, Column]:
    name = words(cells.frame, "region")
    count = [len(one.rows) for one in sums]
    due = [known.get((one.code, one.year)) for one in sums]
    pairs = list(zip(count, due, strict=True))
    return {
        "entity_id": Column(str, [one.parent for one in sums]),
        "region_code": Column(str, [one.code for one in sums]),
        "region": Column(str, [name[one.own] if one.own >= 0 else None for one in sums]),
        "year": Column(int, [one.year for one in sums]),
        **{key: Column(str, [one.what[at] for one in sums]) for at, key in enumerate(KEY)},
        **_totals(cells, sums),
        "children": Column(int, count),
        "children_expected": Column(int, due),
        "children_missing": Column(int, [None if n is None else n - has for has, n in pairs]),
        "other_variant": Column(int, [one.other_variant for one in sums]),
        "coverage": Column(float, [has / n if n else None for has, n in pairs]),
        "parent_state": Column(str, _parent_states(cells, sums)),
    }


def _totals(cells: Cells, sums: list[_Sum]) -> dict[str, Column]:
    target, low, high = (numbers(cells.frame, f"target{end}") for end in ("", "_low", "_high"))
    own = np.array([target[one.own] if one.own >= 0 else np.nan for one in sums])
    total, least, most = (
        np.array([values[one.rows].sum() if one.rows else np.nan for one in sums])
        for values in (target, low, high)
    )
    ratio = np.full(len(sums), np.nan)
    np.divide(total, own, out=ratio, where=own > 0)
    return {
        "parent_target": Column(float, own),
        "children_target": Column(float, total),
        "children_low": Column(float, least),
        "children_high": Column(float, most),
        "ratio": Column(float, ratio),
    }


def _parent_states(cells: Cells, sums: list[_Sum]) -> list[str | None]:
    state = words(cells.frame, "target_state")
    return [state[one.own] if one.own >= 0 else "not_in_panel" for one in sums]
