"""Who adds to the level above (层层加码): own targets minus those of parent and nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import cells_of
from zhibiao.stats._frames import Column, Floats, add, give
from zhibiao.stats._upper import Announced, above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao.stats._cells import Cells
    from zhibiao.stats._upper import Above, Over

__all__ = ["amplification"]

_NEEDED = ("target", "target_low", "target_high", "target_variant", "region_code", "parent_code")


def amplification(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    lag: Literal[0, 1] = 0,
    dates: Any = None,
) -> Any:
    """Compare each target with those of the parent and of the nation.

    ``over_parent`` = own target(t) - parent's target(t - lag), ``over_nation`` likewise, in points
    from decimal arithmetic. The parent is the region whose code is ``parent_code`` in year t; the
    nation is 100000. With bounds instead of points, own [a, b] less the upper [c, d] is
    [a - d, b - c]: ``over_parent_low`` and ``over_parent_high``, missing where they are open
    (8%以上 has no upper end). Targets of different definitions (``target_variant``) are not
    compared.

    Local reports come weeks before the national one of the same year, so that a local target can
    hardly answer to it: ``lag=1`` takes the upper target of the year before, which was known;
    ``announced_before_parent`` tells whether the own report of the same year came first.

    Args:
        panel: The panel, with the reports of the upper levels in it.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all. Of amounts (亿元) a
            difference between levels says nothing: see `allocation`.
        lag: 0 for the upper target of the same year, 1 for that of the year before.
        dates: When reports were delivered: the reports table of an extraction, or any frame with
            ``delivered`` (days), ``report_year`` or ``year``, and ``entity_id``, ``region_code`` or
            ``region``. Of two reports of a year the first counts.

    Returns:
        The cells with all columns of the panel and, for ``parent`` and ``nation`` each:
        ``parent_target``, ``parent_target_low``, ``parent_target_high``, ``over_parent``,
        ``over_parent_low``, ``over_parent_high``; ``over_parent_side``: ``above``, ``equal`` or
        ``below`` by the points; ``over_parent_bounds``: by the bounds, ``overlap`` where they do
        not tell; ``announced_before_parent``, missing without the two days; and ``parent_state``:
        ``compared``, ``no_target`` (own), ``no_parent`` (the nation), ``parent_not_in_panel``,
        ``parent_no_target`` or ``other_variant``. No cell is dropped.

    Raises:
        ArgumentError: There are no such cells, or ``lag`` is neither 0 nor 1.
        TableError: A column is missing, or two rows are of one cell.

    Examples:
        >>> import polars
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> upper = zhibiao.read("今年生产总值增长6%左右。", region="湖北省", year=2024)
        >>> lower = zhibiao.read("今年生产总值增长6.5%以上。", region="湖北省荆州市", year=2024)
        >>> both = polars.concat([upper.panel().to_polars(), lower.panel().to_polars()])
        >>> told = stats.amplification(both, "gdp").filter(region="湖北省荆州市")
        >>> told.select("over_parent", "over_parent_low", "over_parent_high").row(0)
        (0.5, 0.5, None)
        >>> told["over_parent_bounds"].item(), told["nation_state"].item()
        ('above', 'nation_not_in_panel')

    """
    if lag not in (0, 1):
        raise ArgumentError(f"lag is {lag!r}; expected 0 (the same year) or 1 (the year before)")
    cells = cells_of(panel, metric, measure, columns=_NEEDED)
    announced = None if dates is None else Announced(dates)
    every = cells_of(panel, None, None).frame  # a plan's rows have the codes of other years
    columns: dict[str, Column] = {}
    overs: tuple[Over, ...] = ("parent", "nation")
    for over in overs:
        upper = above(cells, every, over, lag)
        columns |= _columns(cells, upper, over)
        before = [None] * len(cells) if announced is None else announced.before(cells, upper)
        columns[f"announced_before_{over}"] = Column(bool, before)
        columns[f"{over}_state"] = Column(str, upper.state)
    return give(add(cells.frame, columns))


def _columns(cells: Cells, upper: Above, over: Over) -> dict[str, Column]:
    target, by = upper.point(cells)
    low, high, least, most = upper.bounds(cells)
    sides = {-1.0: "below", 0.0: "equal", 1.0: "above"}
    compared = [state == "compared" for state in upper.state]
    return {
        f"{over}_target": Column(float, target),
        f"{over}_target_low": Column(float, low),
        f"{over}_target_high": Column(float, high),
        f"over_{over}": Column(float, by),
        f"over_{over}_low": Column(float, least),
        f"over_{over}_high": Column(float, most),
        f"over_{over}_side": Column(str, [sides.get(sign) for sign in np.sign(by).tolist()]),
        f"over_{over}_bounds": Column(str, _by_bounds(compared, least, most)),
    }


def _by_bounds(compared: list[bool], least: Floats, most: Floats) -> list[str | None]:
    out: list[str | None] = []
    for there, low, high in zip(compared, least, most, strict=True):
        if not there:
            out.append(None)
        elif low > 0:
            out.append("above")
        elif high < 0:
            out.append("below")
        else:
            out.append("equal" if low == 0 == high else "overlap")
    return out
