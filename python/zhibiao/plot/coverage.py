"""What is known of which region or level in which year, and why the rest is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from matplotlib.collections import PatchCollection
from matplotlib.patches import Patch, Rectangle

from zhibiao.errors import ArgumentError
from zhibiao.plot._language import Language, Words, words_in
from zhibiao.plot._style import LEVELS, Width, axes_of, bare, legend_above, style, years_on
from zhibiao.stats import coverage as count
from zhibiao.stats._cells import regions
from zhibiao.stats._frames import Column, Frame, add, need, numbers, take, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from zhibiao.stats.coverage import Side

__all__ = ["Rows", "coverage"]

#: What a row of the map is.
Rows: TypeAlias = Literal["region", "level", "metric"]

#: Colour and hatching of each state. Grey is missing: no report, or none that is whole. Hatching
#: keeps states apart whose colours are alike in grey print.
STATES: dict[str, tuple[str, str]] = {
    "stated": ("#004C8C", ""),
    "stated_annual": ("#004C8C", ""),
    "part_of_year": ("#3F7FB5", r"\\\\\\"),
    "relational": ("#8FC1EA", r"\\\\\\"),
    "claimed_met": ("#8FC1EA", "++++"),
    "claimed_missed": ("#CC4B00", "++++"),
    "named_without_number": ("#E69F00", "....."),
    "not_named": ("#FBE3A6", "----"),
    "not_mentioned": ("#FBE3A6", "----"),
    "fragment": ("#BFBFBF", "/////"),
    "report_not_in_corpus": ("#BFBFBF", ""),
    "next_report_not_in_corpus": ("#BFBFBF", ""),
    "outside_universe": ("#FFFFFF", "xxxx"),
    "unknown": ("#E6E6E6", "oo"),
    "no_row": ("#EFEFEF", ""),
}
_HATCH = "#6E6E6E"
#: Of a field, of 1 for a row and a year.
_TALL, _WIDE = 0.86, 0.94
#: Rows that a page of a journal holds.
_MOST = 80


@dataclass(frozen=True)
class _Row:
    label: str
    #: Of each year the number of cells in each state.
    counts: dict[int, dict[str, int]]


def coverage(
    data: Any,
    metric: str | Sequence[str] | None = "gdp",
    *,
    rows: Rows = "region",
    side: Side = "target",
    measure: str | None = "growth",
    ax: Axes | None = None,
    width: Width = "double",
    height: float | None = None,
    language: Language = "auto",
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw which cells have a number, and why the others have none.

    A field is a row and a year, in the colour of its state; where it stands for several cells (all
    regions of a level), colours share its height in proportion to their numbers. Grey is
    missing: no report in the corpus, or a fragment (hatched); lightest grey is where the panel has
    no row at all. A report that does not name the metric is a finding, and not grey.

    Args:
        data: The panel, made with ``complete=True``; or what `zhibiao.stats.coverage` gave by
            ``rows`` and ``year``, of which ``metric`` chooses.
        metric: One metric or several; None for all. Of several each has rows of its own.
        rows: ``"region"``, ``"level"`` or ``"metric"`` (all regions together).
        side: ``"target"`` or ``"actual"``, whose report is that of the year after; of counts it is
            known already.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all, which are added up.
        ax: Axes to draw on; a new figure if not given.
        width: Of a new figure: ``"single"`` (8.6 cm) or ``"double"`` (17.8 cm).
        height: Of a new figure, in centimetres; by the number of rows if not given.
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where a font for it is installed.
        names: What regions shall be called, by full name or by the last part of it.

    Returns:
        The axes; a collection of rectangles for each state, with the state as its ``gid``.

    Raises:
        ArgumentError: There are no such cells, more rows than a page holds, or an argument cannot
            be used.
        TableError: A column is missing.

    Warns:
        IncompletePanelWarning: The panel has no rows for what whole reports leave out.

    Examples:
        >>> import zhibiao
        >>> import zhibiao.plot
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> panel = found.panel(complete=True)
        >>> axes = zhibiao.plot.coverage(panel, language="en")
        >>> len(axes.get_yticklabels())  # its three regions
        3
        >>> [text.get_text() for text in axes.get_legend().get_texts()]
        ['number', 'no report', 'not in the panel']

    """
    if rows not in get_args(Rows):
        raise ArgumentError(f"rows is {rows!r}; expected 'region', 'level' or 'metric'")
    wording = words_in(language, names)
    counts = _counted(data, metric, rows, side, measure)
    drawn = _rows(counts, metric, rows, wording)
    if len(drawn) > _MOST:
        raise ArgumentError(
            f"{len(drawn)} rows do not fit a page, which holds {_MOST}: filter the panel, or take "
            "rows='level'"
        )
    years = sorted({year for row in drawn for year in row.counts})
    with style():
        tall = 0.7 + (0.42 if rows == "region" else 0.65) * len(drawn)
        axes = axes_of(ax, width, min(tall + 3, 60) if height is None else height)
        found = _draw(axes, drawn, range(years[0], years[-1] + 1))
        axes.set_yticks(range(len(drawn)), [row.label for row in drawn])
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        years_on(axes, years[0], years[-1])
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        bare(axes)
        axes.tick_params(axis="y", length=0)
        axes.spines[:].set_visible(False)
        legend = _legend(axes, found, _title(counts, metric, rows, wording), wording)
        if ax is None and height is None:
            axes.figure.figure.set_figheight((tall + legend) / 2.54)
    return axes


def _counted(
    data: Any, metric: str | Sequence[str] | None, rows: Rows, side: Side, measure: str | None
) -> Frame:
    """Give numbers of cells by state, row and year."""
    frame = take(data, "the data")
    if any(name.startswith("n_") for name in frame.columns):
        return frame
    if rows == "region":
        frame = _under_last_names(frame)
    by: list[str] = ["year"] if rows == "metric" else [rows, "year"]
    if rows == "region" and "region_code" in frame.columns:
        by.append("region_code")
    return take(count(frame.to_native(), metric, measure=measure, side=side, by=by))


def _under_last_names(frame: Frame) -> Frame:
    """Give a region the name and code of its last year throughout, so that it is one row."""
    need(frame, "region", "year")
    ids = regions(frame)
    columns: dict[str, Column] = {}
    years = [int(year) for year in frame["year"].to_list()]
    for name in ("region", "region_code"):
        if name in frame.columns:
            told = words(frame, name)
            last: dict[str, tuple[int, str]] = {}
            for identity, year, value in zip(ids, years, told, strict=True):
                if value is not None:
                    last[identity] = max(last.get(identity, (0, "")), (year, value))
            columns[name] = Column(str, [last.get(one, (0, None))[1] for one in ids])
    return add(frame, columns)


def _rows(
    frame: Frame, metric: str | Sequence[str] | None, rows: Rows, wording: Words
) -> list[_Row]:
    """Give the rows of the map in their order: by code, by level, or as metrics were asked for.

    Raises:
        ArgumentError: There is none.

    """
    need(frame, "year", "metric", rows, what="the counts")
    wanted = {metric} if isinstance(metric, str) else None if metric is None else set(metric)
    states = [name for name in frame.columns if name.startswith("n_")]
    counts = {name: numbers(frame, name) for name in states}
    has_code = "region_code" in frame.columns and rows == "region"
    codes = words(frame, "region_code") if has_code else [None] * len(frame)
    keys = list(zip(words(frame, "metric"), words(frame, rows), codes, strict=True))
    found: dict[Any, dict[int, dict[str, int]]] = {}
    for row, (key, year) in enumerate(zip(keys, frame["year"].to_list(), strict=True)):
        if wanted is None or key[0] in wanted:
            cell = found.setdefault(key, {}).setdefault(int(year), {})
            for name in states:
                cell[name[2:]] = cell.get(name[2:], 0) + int(counts[name][row])
    if not found:
        raise ArgumentError(f"the counts have no row of {metric}; they have other metrics")
    ordered = sorted(found, key=lambda key: _place(key, metric, rows))
    labels = _labels(ordered, rows, wording)
    return [_Row(label, found[key]) for label, key in zip(labels, ordered, strict=True)]


def _place(key: Any, metric: str | Sequence[str] | None, rows: Rows) -> Any:
    asked = [] if metric is None or isinstance(metric, str) else list(metric)
    of_metric = (asked.index(key[0]) if key[0] in asked else len(asked), str(key[0]))
    levels = list(LEVELS)
    of_row = levels.index(key[1]) if rows == "level" and key[1] in levels else len(levels)
    return (*of_metric, of_row, key[2] is None, str(key[2]), str(key[1]))


def _labels(keys: list[Any], rows: Rows, wording: Words) -> list[str]:
    metrics = [wording.metric(str(metric)) for metric, _, _ in keys]
    if rows == "metric":
        return metrics
    if rows == "level":
        own = [wording.known("level", level) for _, level, _ in keys]
    else:
        different = list(dict.fromkeys((str(region), code) for _, region, code in keys))
        short = wording.regions([one for one, _ in different], [code for _, code in different])
        at = dict(zip(different, short, strict=True))
        own = [at[str(region), code] for _, region, code in keys]
    if len(set(metrics)) == 1:
        return own
    return [f"{metric}: {name}" for metric, name in zip(metrics, own, strict=True)]


def _title(counts: Frame, metric: str | Sequence[str] | None, rows: Rows, wording: Words) -> str:
    """Say what is covered: the metric, if it is one, and the side."""
    side = wording("actuals" if "n_stated_annual" in counts.columns else "targets")
    named = [metric] if isinstance(metric, str) else list(metric or ())
    if len(named) != 1 or rows == "metric":
        return side
    measures = set(words(counts, "measure")) if "measure" in counts.columns else set()
    measure = measures.pop() if len(measures) == 1 else None
    return f"{wording.axis(named[0], measure, None)}: {side}"


def _draw(axes: Axes, rows: list[_Row], years: range) -> list[str]:
    """Draw the fields, and give the states that there are, in the order of the legend."""
    fields: dict[str, list[Rectangle]] = {}
    for number, row in enumerate(rows):
        for year in years:
            counts = row.counts.get(year, {})
            told = {state: counts[state] for state in STATES if counts.get(state)}
            told = told or {"no_row": 1}
            bottom = number + _TALL / 2  # rows run downwards
            for state, many in told.items():
                part = _TALL * many / sum(told.values())
                box = Rectangle((year - _WIDE / 2, bottom - part), _WIDE, part)
                fields.setdefault(state, []).append(box)
                bottom -= part
    for state, boxes in fields.items():
        colour, hatch = STATES[state]
        drawn = PatchCollection(
            boxes, facecolor=colour, hatch=hatch or None, edgecolor=_HATCH, linewidth=0
        )
        drawn.set_gid(state)
        axes.add_collection(drawn)
    return [state for state in STATES if state in fields]


def _legend(axes: Axes, found: list[str], title: str, wording: Words) -> float:
    handles = []
    for state in found:
        colour, hatch = STATES[state]
        handles.append(
            Patch(
                facecolor=colour,
                hatch=hatch or None,
                edgecolor=_HATCH,
                linewidth=0.4,
                label=wording.known("state", state),
            )
        )
    return legend_above(axes, 6, handles, title=title, start="labels")
