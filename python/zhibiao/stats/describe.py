"""The first table of a paper: what the numbers of a panel look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.stats._cells import Cells, cells_of
from zhibiao.stats._frames import (
    Column,
    Floats,
    build,
    difference,
    flags,
    give,
    names_of,
    numbers,
    words,
)
from zhibiao.stats._groups import groups, key_columns, key_names
from zhibiao.stats.coverage import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao.stats._groups import Key, Rows
    from zhibiao.stats.coverage import Side

__all__ = ["describe"]

_FIGURES = ("mean", "sd", "min", "p25", "median", "p75", "max")
_NEEDED = ("target", "actual", "target_state", "actual_state", "comparable")


def describe(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    horizon: str = "annual",
    by: str | Sequence[str] = (),
    values: str | Sequence[str] = ("target", "actual", "gap"),
) -> Any:
    """Give number, mean, spread and quantiles of targets, actuals and gaps.

    ``sd`` divides by N - 1; quantiles interpolate linearly between the ordered values. ``gap`` is
    actual - target of the cells that have both, without those that the panel holds not to be
    comparable.

    Args:
        panel: The panel; made with ``complete=True`` it knows the cells that no report tells.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.
        by: Further columns that make groups: ``"level"``.
        values: What is described: ``target``, ``actual``, ``gap`` or any column of numbers.

    Returns:
        A row for each metric, measure, unit, group and value: ``variable``, ``cells``, ``n`` (those
        with a number), ``mean``, ``sd``, ``min``, ``p25``, ``median``, ``p75``, ``max``, and for
        targets and actuals the share of all cells that is missing by each state, as
        ``missing_not_named`` …; the states of the other side are missing.

    Raises:
        ArgumentError: There are no such cells.
        TableError: A column is missing, or holds no numbers.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> table = stats.describe(found.panel(complete=True), "gdp", values="target")
        >>> table.select("cells", "n", "min", "median", "max").row(0)
        (12, 9, 5.5, 6.5, 8.5)

    """
    chosen = names_of(values)
    own = [name for name in chosen if name != "gap"]
    cells = cells_of(panel, metric, measure, horizon=horizon, columns=(*_NEEDED, *own))
    told = {name: _values(cells, name) for name in chosen}
    names = key_names(by)
    grouped = [(key, rows, name) for key, rows in groups(cells.frame, names) for name in chosen]
    columns = key_columns([*names, "variable"], [(*key, name) for key, _, name in grouped])
    there = [told[name][rows][~np.isnan(told[name][rows])] for _, rows, name in grouped]
    columns["cells"] = Column(int, [len(rows) for _, rows, _ in grouped])
    columns["n"] = Column(int, [len(one) for one in there])
    figures = [_figures(one) for one in there]
    columns |= {
        name: Column(float, [one[at] for one in figures]) for at, name in enumerate(_FIGURES)
    }
    return give(build(cells.frame, {**columns, **_missing(cells, grouped)}))


def _values(cells: Cells, name: str) -> Floats:
    if name != "gap":
        return numbers(cells.frame, name)
    gap = difference(numbers(cells.frame, "actual"), numbers(cells.frame, "target"))
    apart = [told is False for told in flags(cells.frame, "comparable")]
    return np.where(np.array(apart, dtype=bool), np.nan, gap)


def _figures(values: Floats) -> list[float]:
    if not values.size:
        return [float("nan")] * len(_FIGURES)
    sd = float(values.std(ddof=1)) if values.size > 1 else float("nan")
    return [float(values.mean()), sd, *np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist()]


def _missing(cells: Cells, grouped: list[tuple[Key, Rows, str]]) -> dict[str, Column]:
    """Give the share of cells by each state without a number that occurs in a group at all."""
    sides: tuple[Side, ...] = ("target", "actual")
    states = {side: words(cells.frame, f"{side}_state") for side in sides}
    columns: dict[str, list[float | None]] = {}
    for side in sides:
        for state in STATES[side][1:]:
            if any(name == side for _, _, name in grouped) and state in states[side]:
                columns.setdefault(state, [None] * len(grouped))
    for at, (_, rows, name) in enumerate(grouped):
        if name not in ("target", "actual"):
            continue
        side = sides[0] if name == "target" else sides[1]
        for state, shares in columns.items():
            if state in STATES[side]:
                shares[at] = sum(states[side][row] == state for row in rows) / len(rows)
    return {f"missing_{state}": Column(float, shares) for state, shares in columns.items()}
