"""Targets and actuals of a region over the years, with the targets of those above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Patch

from zhibiao.plot._language import Language, Words, words_in
from zhibiao.plot._region import Own, own_cells
from zhibiao.plot._style import (
    GREY,
    LEVELS,
    Look,
    Width,
    axes_of,
    bare,
    legend_above,
    style,
    values_on,
    years_on,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from zhibiao.stats._frames import Floats, Frame

__all__ = ["over_time"]

_OWN = LEVELS["prefecture"][0]
#: Of bars, so that the lines on them are seen.
_PALE = 0.45


@dataclass(frozen=True)
class _Series:
    """A number for each year from the first to the last, NaN where there is none."""

    label: str
    point: Floats
    #: Ends of ranges; NaN where the target is none.
    low: Floats
    high: Floats
    look: Look
    #: Of the region itself, or of a unit above it.
    own: bool
    actual: bool = False


def over_time(
    panel: Any,
    region: str,
    metric: str = "gdp",
    *,
    measure: str = "growth",
    ax: Axes | None = None,
    width: Width = "single",
    height: float | None = None,
    language: Language = "auto",
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what a region aimed at and reached, year by year.

    Targets are points on a dashed line, actuals on a solid one; a target told as a range is a bar
    from its lower to its upper end, with the panel's point on it. Targets of the parent and of the
    nation are drawn for rates, in the years of which the panel has them, and their ranges as thin
    bars. A line stops where a year has no number, and years with neither target nor actual are
    grey. A target told as a bound (以上, 以内) stands at the number told.

    Args:
        panel: The panel, with the reports of the upper levels in it if these shall be shown.
        region: A name (保定市), the end of a full one, a code or an entity id.
        metric: The metric; of yearly cells in several units those with the most numbers are shown.
        measure: ``level``, ``growth``, ``change`` or ``share``.
        ax: Axes to draw on; a new figure if not given.
        width: Of a new figure: ``"single"`` (8.6 cm) or ``"double"`` (17.8 cm).
        height: Of a new figure, in centimetres.
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where a font for it is installed.
        names: What regions shall be called, by full name or by the last part of it.

    Returns:
        The axes; ``.figure`` is their figure, and `zhibiao.plot.save` writes it.

    Raises:
        ArgumentError: There is no such region or cell, or several; an argument cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> import zhibiao.plot
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> axes = zhibiao.plot.over_time(found.panel(), "青湾市", language="en")
        >>> [line.get_label() for line in axes.lines]
        ['actual', 'target']

    """
    own = own_cells(panel, region, metric, measure)
    wording = words_in(language, names)
    with style():
        axes = axes_of(ax, width, height)
        series = _series(own, wording)
        first, last = own.years
        missing = first + np.flatnonzero(_nothing(series))
        for year in missing:
            axes.axvspan(year - 0.5, year + 0.5, color=GREY, linewidth=0, zorder=0)
        for one in reversed(series):
            _draw(axes, first, one)
        values_on(axes, wording.unit(own.unit)[0])
        axes.set_ylabel(wording.axis(metric, measure, own.unit))
        years_on(axes, first, last)
        handles = list(reversed(axes.get_legend_handles_labels()[0]))
        if any(np.isfinite(one.low).any() for one in series):
            handles.append(Patch(color=_OWN, alpha=_PALE, linewidth=0, label=wording("range")))
        if len(missing):
            handles.append(Patch(color=GREY, linewidth=0, label=wording("no_number")))
        bare(axes)
        legend_above(axes, 3, handles, title=own.called(wording)[0])
    return axes


def _series(own: Own, wording: Words) -> list[_Series]:
    """Give all that is drawn: the region's own target and actual, and the targets above it."""
    none = np.full(len(own.by_year("target")), np.nan)
    series = [
        _target(own, wording("target"), (_OWN, (0, (4, 1.5)), "o")),
        _Series(wording("actual"), own.by_year("actual"), none, none, (_OWN, "-", "o"), True, True),
    ]
    if own.unit != "%":  # an amount of the nation dwarfs that of a region, and says nothing of it
        return series
    for level, cells in {"province": own.parents, "nation": own.nation}.items():
        name = wording("nation") if level == "nation" else own.called(wording)[1]
        label = wording("target_of", region=name)
        one = _target(own, label, LEVELS[level], cells)
        if np.isfinite(one.point).any():
            series.append(one)
    return series


def _target(own: Own, label: str, look: Look, above: Frame | None = None) -> _Series:
    low, high = (own.by_year(f"target_{end}", above) for end in ("low", "high"))
    ranged = high > low  # not so of NaN: open bounds
    low, high = (np.where(ranged, one, np.nan) for one in (low, high))
    return _Series(label, own.by_year("target", above), low, high, look, above is None)


def _nothing(series: list[_Series]) -> Any:
    """Say in which years the region has no number of its own."""
    return np.all([~np.isfinite(one.point) for one in series if one.own], axis=0)


def _draw(axes: Axes, first: int, one: _Series) -> None:
    years = np.arange(first, first + len(one.point))
    colour, line, mark = one.look
    axes.plot(
        years,
        one.point,
        color=colour,
        linestyle=line,
        marker=mark,
        markerfacecolor=colour if one.actual else "white",
        markeredgewidth=0.8,
        markersize=3.6 if one.own else 2.8,
        linewidth=1.1 if one.own else 0.8,
        label=one.label,
        zorder=2.5 if one.own else 2.2,
    )
    told = np.isfinite(one.low)
    axes.vlines(
        years[told],
        one.low[told],
        one.high[told],
        colors=colour,
        linewidth=4.0 if one.own else 1.6,
        alpha=_PALE,
        zorder=2.1,
    )
