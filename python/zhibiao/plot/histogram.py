"""The histogram of the gap with the counterfactual of `zhibiao.stats.bunching`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from zhibiao.errors import ArgumentError
from zhibiao.plot._language import Language, Words, words_in
from zhibiao.plot._style import (
    Width,
    axes_of,
    bare,
    columns_of,
    folded,
    legend_above,
    points_on,
    style,
)
from zhibiao.stats import Bunching
from zhibiao.stats._frames import Floats, Frame, numbers, take, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from zhibiao.stats import Heaping

__all__ = ["gap_histogram"]

_BAR, _LINE, _WINDOW, _MISSING = "#7FA8CC", "#000000", "#E69F00", "#B9A6CE"
_TENTH = 0.1


def gap_histogram(
    result: Bunching,
    *,
    reach: float | None = None,
    ax: Axes | None = None,
    width: Width = "single",
    height: float | None = None,
    language: Language = "auto",
) -> Axes:
    """Draw how many cells have which gap, and how many would have by the counterfactual.

    A bar is a tenth of a percentage point. The excess window and the range that mass is missing
    from are shaded. Below stand the excess with its interval and the heaping of targets and
    actuals, since rounding by itself heaps gaps on 0.

    Args:
        result: What `zhibiao.stats.bunching` gave.
        reach: Gaps shown, in percentage points either way; all that were counted if not given.
        ax: Axes to draw on; a new figure if not given. The lines below need some 1.5 cm.
        width: Of a new figure: ``"single"`` (8.6 cm) or ``"double"`` (17.8 cm).
        height: Of a new figure, in centimetres.
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where a font for it is installed.

    Returns:
        The axes; ``.patches`` starts with the bars, ``.lines`` with the counterfactual.

    Raises:
        ArgumentError: It is no such result, or an argument cannot be used.

    Examples:
        >>> import zhibiao.plot
        >>> from zhibiao import stats
        >>> invented = stats.World(regions=60, years=10).panel(seed=1)
        >>> found = stats.bunching(invented, replicates=19)
        >>> axes = zhibiao.plot.gap_histogram(found, language="en")
        >>> axes.get_xlabel()
        'actual − target (percentage points)'

    """
    if not isinstance(result, Bunching):
        raise ArgumentError(
            f"the result is a {type(result).__name__}; expected what zhibiao.stats.bunching gave"
        )
    told = take(result.histogram())
    gap = numbers(told, "gap")
    far = float(np.max(np.abs(gap))) if reach is None else reach
    if not far > 0:
        raise ArgumentError(f"reach is {reach}; expected percentage points, more than 0")
    wording = words_in(language)
    with style():
        axes = axes_of(ax, width, height, 0.9)
        _bars(axes, told, far, wording)
        parts = np.array(words(told, "part"))
        _shade(axes, gap[parts == "excess"], _WINDOW, wording("excess_window"))
        _shade(axes, gap[parts == "missing"], _MISSING, wording("missing_range"))
        axes.axvline(-_TENTH / 2, color="#666666", linewidth=0.6, linestyle=(0, (3, 2)), zorder=1)
        axes.set_xlim(-far - _TENTH, far + _TENTH)
        points_on(axes)
        axes.set_xlabel(wording("gap" if result.cutoff == "target" else "gap_placebo"))
        axes.set_ylabel(wording("count"))
        bare(axes)
        _legend(axes)
        _below(axes, _caption(result, wording, columns_of(axes)))
    return axes


def _bars(axes: Axes, told: Frame, far: float, wording: Words) -> None:
    """Draw what was observed as bars, and the counterfactual as a line over them."""
    gap = numbers(told, "gap")
    shown = np.abs(gap) <= far + _TENTH / 2
    observed, smooth = (numbers(told, name)[shown] for name in ("observed", "counterfactual"))
    axes.bar(
        gap[shown], observed, 0.85 * _TENTH, color=_BAR, linewidth=0, label=wording("observed")
    )
    axes.plot(
        gap[shown], smooth, color=_LINE, linewidth=1, label=wording("counterfactual"), zorder=3
    )
    axes.set_ylim(0, 1.05 * max(float(observed.max()), float(smooth.max()), 1.0))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))


def _below(axes: Axes, lines: list[str]) -> None:
    """Write lines below the label of the horizontal axis."""
    axes.annotate(
        "\n".join(lines),
        (0, 0),
        (0, -27),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top",
        fontsize=7,
        linespacing=1.3,
    )


def _shade(axes: Axes, gaps: Floats, colour: str, label: str) -> None:
    if len(gaps):
        ends = (float(gaps.min()) - _TENTH / 2, float(gaps.max()) + _TENTH / 2)
        axes.axvspan(*ends, color=colour, alpha=0.35, linewidth=0, zorder=0, label=label)


def _legend(axes: Axes) -> None:
    """List what was observed first, then the counterfactual, then the shaded ranges."""
    handles, _ = axes.get_legend_handles_labels()
    order = {id(one): number for number, one in enumerate(axes.containers)}
    lines = {id(one): 1 for one in axes.lines}
    legend_above(axes, 2, sorted(handles, key=lambda one: {**lines, **order}.get(id(one), 2)))


def _caption(result: Bunching, wording: Words, columns: float) -> list[str]:
    """Give the lines below the figure: the excess, and what heaps."""
    excess = result.excess
    value, low, high = (_percent(one, 1) for one in (excess.value, excess.low, excess.high))
    level = f"{100 * result.options.level:g}%"
    told = wording(
        "excess_line",
        **{"value": value, "level": level, "low": low, "high": high},
        n=excess.n,
        clusters=excess.clusters,
    )
    sides = [_heaping(wording(f"{name}s"), result.heaping[name], wording) for name in _HEAPED]
    sides[-1] += "|" + wording("heaping_expected")
    return folded("\n".join([told, *sides]), columns)


_HEAPED = ("target", "actual")


def _heaping(side: str, one: Heaping, wording: Words) -> str:
    shares = {on: _percent(getattr(one, on), 0) for on in ("integer", "half", "tenth")}
    return wording("heaping_line", side=side, **shares)


def _percent(share: float, digits: int) -> str:
    return f"{100 * share:.{digits}f}%".replace("-", "\N{MINUS SIGN}")
