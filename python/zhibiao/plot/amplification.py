"""Who adds to the level above, by level over the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
from matplotlib.lines import Line2D

from zhibiao.errors import ArgumentError
from zhibiao.plot._language import Language, Words, words_in
from zhibiao.plot._style import (
    LEVELS,
    Width,
    axes_of,
    bare,
    legend_above,
    style,
    values_on,
    years_on,
)
from zhibiao.stats._frames import Floats, Frame, need, numbers, take, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Show", "amplification"]

#: What is added on average; the share of those who add; or the targets themselves.
Show: TypeAlias = Literal["mean", "share_above", "targets"]
Over: TypeAlias = Literal["parent", "nation"]
#: How far the marks of two levels stand apart, in years.
_ASIDE = 0.14


@dataclass(frozen=True)
class _Line:
    """A level's line: NaN in years without a number, and the ends of its bars."""

    level: str | None
    years: Floats
    middle: Floats
    low: Floats
    high: Floats


def amplification(
    frame: Any,
    *,
    show: Show = "mean",
    over: Over = "parent",
    ax: Axes | None = None,
    width: Width = "single",
    height: float | None = None,
    language: Language = "auto",
) -> Axes:
    """Draw how much each level adds to the targets above it, year by year.

    ``"mean"`` draws the mean of own minus upper target, ``"share_above"`` the share of those
    above, ``"targets"`` the mean of the targets themselves, a line for each level (nation <
    province < city, where targets are raised on their way down). Of a frame of cells bars run from
    the lower to the upper quartile (a share has none); of a summary they are its intervals. Years
    in which nothing is compared are gaps. Marks of several levels stand beside each other.

    Args:
        frame: What `zhibiao.stats.amplification` gave (cells), or
            `zhibiao.stats.amplification_summary` by level and year; of one metric and measure.
        show: What is drawn; ``"targets"`` takes cells only.
        over: Whose targets are compared with. A summary was made over one of the two already; this
            names it.
        ax: Axes to draw on; a new figure if not given.
        width: Of a new figure: ``"single"`` (8.6 cm) or ``"double"`` (17.8 cm).
        height: Of a new figure, in centimetres.
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where a font for it is installed.

    Returns:
        The axes, a line for each level.

    Raises:
        ArgumentError: The frame has several metrics, nothing to draw, or an argument cannot be
            used.
        TableError: A column is missing.

    Examples:
        >>> import polars
        >>> import zhibiao.plot
        >>> summary = polars.DataFrame({
        ...     "metric": ["gdp"] * 2, "measure": ["growth"] * 2, "unit": ["%"] * 2,
        ...     "level": ["province"] * 2, "year": [2023, 2024],
        ...     "mean": [0.6, 0.5], "low": [0.4, 0.2], "high": [0.8, 0.8],
        ...     "share_above": [0.8, 0.7], "share_above_low": [0.6, 0.5],
        ...     "share_above_high": [0.9, 0.9],
        ... })
        >>> axes = zhibiao.plot.amplification(summary, language="en")
        >>> axes.lines[0].get_ydata().tolist()
        [0.6, 0.5]

    """
    for name, value, known in (("show", show, Show), ("over", over, Over)):
        if value not in get_args(known):
            raise ArgumentError(
                f"{name} is {value!r}; expected one of {', '.join(get_args(known))}"
            )
    told = take(frame, "the frame")
    summary = "share_above" in told.columns
    metric, measure, unit = _one_metric(told)
    lines = _of_summary(told, show) if summary else _of_cells(told, show, over)
    wording = words_in(language)
    scale, named = wording.unit(unit)
    if unit == "%" and show == "mean":
        named = wording("points")
    with style():
        axes = axes_of(ax, width, height)
        asides = _ASIDE * (np.arange(len(lines)) - (len(lines) - 1) / 2)
        for line, aside in zip(lines, asides, strict=True):
            _draw(axes, line, wording, float(aside))
        if show == "mean":
            axes.axhline(0, color="#666666", linewidth=0.6, zorder=1)
        values_on(axes, 0.01 if show == "share_above" else scale)
        axes.set_ylabel("%" if show == "share_above" else named)
        years_on(axes, int(lines[0].years[0]), int(lines[0].years[-1]))
        bars = "interval" if summary else "quartiles"
        what = {"mean": f"over_{over}", "share_above": f"share_over_{over}"}.get(
            show, "mean_target"
        )
        title = f"{wording.axis(metric, measure, None)}: {wording(what)}"
        bare(axes)
        _legend(axes, lines, wording, bars, title)
    return axes


def _one_metric(frame: Frame) -> tuple[str, str, str | None]:
    need(frame, "metric", "measure", "unit", "level", "year", what="the frame")
    found = set(zip(*(words(frame, name) for name in ("metric", "measure", "unit")), strict=True))
    if len(found) != 1:
        told = ", ".join(sorted(" ".join(str(part) for part in one) for one in found)) or "none"
        raise ArgumentError(
            f"the frame is of {told}; a figure is of one metric in one measure and unit: filter it"
        )
    metric, measure, unit = found.pop()
    return str(metric), str(measure), unit


def _of_summary(frame: Frame, show: Show) -> list[_Line]:
    """Give the lines of a summary, with intervals.

    Raises:
        ArgumentError: It has several rows of one level and year, or no targets.

    """
    if show == "targets":
        raise ArgumentError(
            "a summary has no targets; give the cells that zhibiao.stats.amplification gives"
        )
    names = ("mean", "low", "high")
    if show == "share_above":
        names = ("share_above", "share_above_low", "share_above_high")
    levels, years = words(frame, "level"), _years(frame)
    keys = list(zip(levels, years, strict=True))
    if len(set(keys)) != len(keys):
        raise ArgumentError(
            "the summary has several rows of one level and year; make it with by=('level', 'year')"
        )
    values = np.stack([numbers(frame, name) for name in names])
    at = {key: values[:, row] for row, key in enumerate(keys)}
    return _lines(at)


def _of_cells(frame: Frame, show: Show, over: Over) -> list[_Line]:
    """Give the lines of cells, with their quartiles."""
    column = "target" if show == "targets" else f"over_{over}"
    values = numbers(frame, column)
    groups: dict[tuple[str | None, int], list[float]] = {}
    for level, year, value in zip(words(frame, "level"), _years(frame), values, strict=True):
        if np.isfinite(value):
            groups.setdefault((level, year), []).append(float(value))
    if show == "share_above":
        return _lines(
            {
                key: (float(np.mean(np.array(one) > 0)), np.nan, np.nan)
                for key, one in groups.items()
            }
        )
    return _lines(
        {key: (np.mean(one), *np.quantile(one, (0.25, 0.75))) for key, one in groups.items()}
    )


def _years(frame: Frame) -> list[int]:
    return [int(year) for year in frame["year"].to_list()]


def _lines(at: dict[tuple[str | None, int], Any]) -> list[_Line]:
    """Give a line for each level that has a number, all over the same years.

    Raises:
        ArgumentError: None has.

    """
    told = {key: values for key, values in at.items() if np.isfinite(values[0])}
    if not told:
        raise ArgumentError(
            "nothing in the frame is compared, so that there is nothing to draw; give a panel with "
            "the reports of the upper levels"
        )
    years = np.arange(
        min(year for _, year in told), max(year for _, year in told) + 1, dtype=np.float64
    )
    order = [*LEVELS, None]
    levels = sorted({level for level, _ in told}, key=lambda one: order.index(one))
    nothing = (np.nan, np.nan, np.nan)
    return [
        _Line(level, years, *np.array([told.get((level, int(year)), nothing) for year in years]).T)
        for level in levels
    ]


def _draw(axes: Axes, line: _Line, wording: Words, aside: float) -> None:
    """Draw a level's line, its marks moved aside so that bars of several levels stand apart."""
    colour, dash, mark = LEVELS.get(str(line.level), ("#777777", "-", "x"))
    axes.plot(
        line.years + aside,
        line.middle,
        color=colour,
        linestyle=dash,
        marker=mark,
        label=wording.known("level", line.level),
    )
    there = np.isfinite(line.low) & np.isfinite(line.high)
    axes.vlines(
        line.years[there] + aside,
        line.low[there],
        line.high[there],
        colors=colour,
        linewidth=0.8,
        alpha=0.7,
    )


def _legend(axes: Axes, lines: list[_Line], wording: Words, bars: str, title: str) -> None:
    handles, _ = axes.get_legend_handles_labels()
    if any(np.isfinite(line.low).any() for line in lines):
        handles.append(
            Line2D([], [], color="#666666", linestyle="", marker="|", label=wording(bars))
        )
    legend_above(axes, 4, handles, title=title)
