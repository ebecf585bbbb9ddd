"""How figures look: sizes of journals, colours that survive grey printing, small print.

Settings hold inside of `style` alone: the user's rcParams stay as they are.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args
from unicodedata import east_asian_width

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.ticker import MaxNLocator

from zhibiao.errors import ArgumentError
from zhibiao.plot._fonts import families

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "GREY",
    "LEVELS",
    "WIDTHS",
    "Look",
    "Width",
    "axes_of",
    "bare",
    "columns_of",
    "folded",
    "legend_above",
    "points_on",
    "style",
    "values_on",
    "years_on",
]

#: A column or the whole page of a journal.
Width: TypeAlias = Literal["single", "double"]
#: In centimetres.
WIDTHS: dict[str, float] = {"single": 8.6, "double": 17.8}
_CM = 1 / 2.54
_MINUS = "\N{MINUS SIGN}"

#: What is missing.
GREY = "#D9D9D9"
#: Colour, line and mark of a series.
Look: TypeAlias = "tuple[str, Any, str]"
#: Apart by lightness as well as by hue, and by marks and lines too.
LEVELS: dict[str, Look] = {
    "nation": ("#000000", "-", "s"),
    "province": ("#004C8C", (0, (5, 1.5)), "o"),
    "prefecture": ("#CC4B00", (0, (3, 1, 1, 1)), "^"),
    "county": ("#E69F00", (0, (1.5, 1)), "D"),
    "township": ("#9ED8F2", "-", "v"),
}


@contextmanager
def style() -> Iterator[None]:
    """Set small print, thin lines and fonts, for as long as a figure is made."""
    settings: Any = {
        "font.family": families(),
        "font.size": 8,
        "axes.labelsize": 8,
        "axes.titlesize": 8.5,
        "xtick.labelsize": 7.5,
        "ytick.labelsize": 7.5,
        "legend.fontsize": 7.5,
        "legend.title_fontsize": 8.5,
        "legend.frameon": False,
        "legend.handlelength": 2.0,
        "legend.handletextpad": 0.5,
        "legend.columnspacing": 1.0,
        "legend.borderaxespad": 0.2,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "lines.linewidth": 1.1,
        "lines.markersize": 3.5,
        "hatch.linewidth": 0.5,
        "mathtext.default": "regular",
        "text.usetex": False,
    }
    interactive = mpl.is_interactive()
    try:
        with mpl.rc_context(settings):
            yield
            # The first figure of a notebook starts its backend, which turns this on for all others.
            interactive = mpl.is_interactive()
    finally:
        mpl.interactive(interactive)


def axes_of(ax: Axes | None, width: Width, height: float | None, ratio: float = 0.68) -> Axes:
    """Give the axes to draw on: those given, or those of a new figure.

    Args:
        ax: Axes of the user, which keep their size.
        width: Of a new figure.
        height: Of a new figure in cm; if not given ``ratio`` of a single column's width.
        ratio: As told.

    Raises:
        ArgumentError: There is no such width, or the height is none.

    """
    if width not in get_args(Width):
        raise ArgumentError(f"width is {width!r}; expected 'single' (8.6 cm) or 'double' (17.8 cm)")
    if height is not None and not 0 < height <= 60:
        raise ArgumentError(f"height is {height}; expected centimetres, more than 0, at most 60")
    if ax is not None:
        return ax
    tall = WIDTHS["single"] * ratio if height is None else height
    _, made = plt.subplots(figsize=(WIDTHS[width] * _CM, tall * _CM), layout="constrained")
    return made


def bare(ax: Axes) -> None:
    """Give small print to labels that are made before or later, when settings are the user's."""
    for label in (ax.xaxis.label, ax.yaxis.label):
        label.set(fontsize=8, fontfamily=families())
    ax.tick_params(labelsize=7.5, labelfontfamily=families(), width=0.6, length=2.5)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_linewidth(0.6)


def years_on(ax: Axes, first: int, last: int) -> None:
    """Put whole years on the horizontal axis."""
    ax.set_xlim(first - 0.6, last + 0.6)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")


def values_on(ax: Axes, scale: float) -> None:
    """Show numbers of the vertical axis divided by the scale of their unit."""
    ax.yaxis.set_major_formatter(lambda value, _: f"{value / scale:g}".replace("-", _MINUS))


def points_on(ax: Axes) -> None:
    """Show numbers of the horizontal axis as they are, with a minus sign."""
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", _MINUS))


def legend_above(
    ax: Axes,
    columns: int,
    handles: list[Any] | None = None,
    *,
    title: str | None = None,
    start: Literal["axes", "labels"] = "axes",
) -> float:
    """Put the legend above the axes, where it lies over no data, in as many columns as fit.

    Called last: the figure is laid out once to know how wide the axes are.

    Args:
        ax: The axes.
        columns: At most.
        handles: What the legend lists; all that has a label if not given.
        title: Above it.
        start: Where its left edge is: that of the axes, or that of the labels beside them.

    Returns:
        How tall the legend is, in centimetres.

    """
    given: dict[str, Any] = {} if handles is None else {"handles": handles}
    given |= {"title": title, "loc": "lower left", "alignment": "left"}
    _whole(ax).draw_without_rendering()
    box = ax.get_window_extent()
    labels = ax.yaxis.get_tightbbox()
    left = box.x0 if start == "axes" or labels is None else min(box.x0, labels.x0)
    anchor = ((left - box.x0) / box.width, 1.0)
    for fewer in range(columns, 0, -1):
        legend = ax.legend(**given, bbox_to_anchor=anchor, ncols=fewer)
        found = legend.get_window_extent()
        if found.width <= box.x1 - left:
            break
    return float(found.height / _whole(ax).dpi / _CM)


def _whole(ax: Axes) -> Figure:
    return ax.figure.figure  # of a part of a figure its figure


def columns_of(ax: Axes) -> float:
    """Give how many letters of the smallest print fit below the axes, about."""
    return float(ax.get_window_extent().width / _whole(ax).dpi * 72 / 4)


def folded(text: str, columns: float) -> list[str]:
    """Cut text into lines: always at a line feed, at a ``|`` where it is too wide otherwise."""
    lines: list[str] = []
    for whole in text.split("\n"):
        line = ""
        for piece in whole.split("|"):
            if line and _width(line + piece) > columns:
                lines.append(line.rstrip())
                line = ""
            line += f" {piece}" if line and piece[:1] == "(" else piece
        lines.append(line)
    return lines


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
