"""Actuals on targets, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.plot._language import Language, Words, words_in
from zhibiao.plot._style import (
    LEVELS,
    Look,
    Width,
    axes_of,
    bare,
    legend_above,
    style,
    values_on,
)
from zhibiao.stats._cells import cells_of
from zhibiao.stats._frames import Floats, Frame, flags, numbers, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["By", "scatter"]

#: What marks tell apart: the level of the government, or how the figure bounds the target.
By: TypeAlias = Literal["level", "comparator"]
_COMPARATORS = ("eq", "approx", "ge", "range", "le")


def scatter(
    panel: Any,
    metric: str = "gdp",
    *,
    measure: str = "growth",
    by: By = "level",
    actual: str = "actual",
    ax: Axes | None = None,
    width: Width = "single",
    height: float | None = None,
    language: Language = "auto",
) -> Axes:
    """Draw what was reached on what was aimed at, a mark for each cell.

    On the line of 45° both are equal; above it lie actuals above their targets, which with a
    ceiling (unemployment) is no success. Marks let each other through, so that figures that heap on
    round numbers are seen as dark spots. A range stands at the panel's point.

    Yearly cells with both numbers are drawn; those that the panel says cannot be compared
    (``comparable`` is false) are left out, as are those without a number.

    Args:
        panel: The panel, or what `zhibiao.stats.attainment` and others made of it.
        metric: The metric; of several units the one with the most numbers is shown.
        measure: ``level``, ``growth``, ``change`` or ``share``.
        by: ``"level"`` or ``"comparator"`` (左右, 以上 …).
        actual: The column of what was reached: ``"yearbook_actual"`` of `zhibiao.join_actuals`.
        ax: Axes to draw on; a new figure if not given.
        width: Of a new figure: ``"single"`` (8.6 cm) or ``"double"`` (17.8 cm).
        height: Of a new figure, in centimetres.
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where a font for it is installed.

    Returns:
        The axes. Each kind of mark is a collection of its own, with its name as label.

    Raises:
        ArgumentError: No cell has both numbers, or an argument cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> import zhibiao.plot
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> axes = zhibiao.plot.scatter(found.panel(), by="comparator", language="en")
        >>> sum(len(marks.get_offsets()) for marks in axes.collections)
        6

    """
    if by not in get_args(By):
        raise ArgumentError(f"by is {by!r}; expected 'level' or 'comparator'")
    column = "level" if by == "level" else "target_comparator"
    frame = cells_of(panel, metric, measure, columns=("target", actual, column)).frame
    rows, unit = _drawn(frame, metric, actual)
    points = np.stack([numbers(frame, "target")[rows], numbers(frame, actual)[rows]], axis=1)
    kinds = [words(frame, column)[row] for row in rows]
    wording = words_in(language)
    with style():
        axes = axes_of(ax, width, height, 1.08)
        _line(axes, points, wording)
        _marks(axes, points, kinds, by, wording)
        scale, named = wording.unit(unit)
        values_on(axes, scale)
        axes.xaxis.set_major_formatter(axes.yaxis.get_major_formatter())
        name = wording.axis(metric, measure, None)
        axes.set_xlabel(f"{wording('target_axis', name=name)} ({named})")
        axes.set_ylabel(f"{wording('actual_axis', name=name)} ({named})")
        bare(axes)
        legend_above(axes, 3, title=wording("cells", n=len(rows)))
    return axes


def _marks(axes: Axes, points: Floats, kinds: list[str | None], by: By, wording: Words) -> None:
    """Draw the marks of each kind; the more there are the more they let through."""
    alpha = float(np.clip(8 / np.sqrt(len(points)), 0.2, 0.75))
    for kind in _in_order(set(kinds), by):
        colour, _, mark = _look(kind, by)
        x, y = points[[one == kind for one in kinds]].T
        axes.scatter(
            *(x, y),
            s=11,
            c=colour,
            marker=mark,
            alpha=alpha,
            linewidths=0,
            label=wording.known(by, kind),
        )


def _drawn(frame: Frame, metric: str, actual: str) -> tuple[list[int], str | None]:
    """Give the cells with both numbers, of the unit that has the most of them.

    Raises:
        ArgumentError: There is none.

    """
    both = np.isfinite(numbers(frame, "target")) & np.isfinite(numbers(frame, actual))
    if "comparable" in frame.columns:
        both &= np.array([one is not False for one in flags(frame, "comparable")])
    units = words(frame, "unit")
    told = [units[row] for row in np.flatnonzero(both)]
    if not told:
        raise ArgumentError(
            f"no cell of {metric} has both a target and an actual in {actual}; give a panel of "
            "more years, or join a yearbook with zhibiao.join_actuals"
        )
    unit = max(dict.fromkeys(told), key=told.count)
    return [int(row) for row in np.flatnonzero(both) if units[row] == unit], unit


def _in_order(kinds: set[str | None], by: By) -> list[str | None]:
    order = list(LEVELS) if by == "level" else list(_COMPARATORS)
    known = [kind for kind in order if kind in kinds]
    rest = sorted(str(kind) for kind in kinds if kind is not None and kind not in order)
    return [*known, *rest, *([None] if None in kinds else [])]


def _look(kind: str | None, by: By) -> Look:
    """Give the same look to a kind in every figure."""
    order = [*LEVELS] if by == "level" else [*_COMPARATORS]
    looks = list(LEVELS.values())
    if kind in order:
        return looks[order.index(str(kind))]
    return ("#777777", "-", "x")


def _line(axes: Axes, points: Floats, wording: Words) -> None:
    """Draw the line on which both are equal, and make it one of 45° in whatever size."""
    through = float(points.min())
    axes.axline(
        (through, through),
        slope=1,
        color="#666666",
        linewidth=0.8,
        zorder=1,
        label=wording("equal_line"),
    )
    axes.set_aspect("equal", adjustable="datalim")
