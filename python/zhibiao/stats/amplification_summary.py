"""How much is added, and by how many: amplification by level, year or any other group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy import stats

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import Column, Frame, build, give, numbers, take, words
from zhibiao.stats._groups import Key, Rows, clusters_of, groups, key_columns, key_names
from zhibiao.stats._intervals import Estimate, asked_level, clustered
from zhibiao.stats.amplification import amplification
from zhibiao.stats.testing import Adjust, adjust_p, family

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from zhibiao.stats._upper import Over

__all__ = ["amplification_summary"]


def amplification_summary(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    over: Over = "parent",
    lag: Literal[0, 1] = 0,
    by: str | Sequence[str] = ("level", "year"),
    cluster: str = "entity_id",
    level: float = 0.95,
    adjust: Adjust | None = None,
) -> Any:
    """Give mean amplification and the share above, by metric and group, with intervals.

    ``mean`` is that of ``over_parent`` (see `amplification`) over the cells that are compared;
    its interval and ``p_value`` (of the mean being 0) are by clusters, with t(clusters - 1).
    ``share_above`` is by points; ``share_above_bounds`` counts only cells whose bounds leave no
    doubt, among all compared. Cells that are not compared are counted in ``left_out``.

    Args:
        panel: The panel, with the reports of the upper levels in it.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        over: ``"parent"`` or ``"nation"``.
        lag: As for `amplification`.
        by: Columns that make groups, beside metric, measure and unit; ``()`` for none.
        cluster: Whose rows hang together: ``entity_id`` (a region through the years) or
            ``parent_code`` (all below one parent).
        level: Of the intervals, between 0 and 1.
        adjust: ``"holm"`` or ``"bh"``: adds ``p_adjusted``, ``adjust`` and ``family``, over all
            rows of the result that have a p-value.

    Returns:
        A row for each metric, measure, unit and group: ``cells``, ``compared``, ``left_out``,
        ``mean``, ``low``, ``high``, ``p_value``, ``share_above``, ``share_above_low``,
        ``share_above_high``, ``share_equal``, ``share_below``, ``share_above_bounds``,
        ``share_below_bounds``, ``clusters``, and what ``adjust`` adds.

    Raises:
        ArgumentError: There are no such cells, or an argument cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> told = stats.amplification_summary(found.panel(), "gdp", by="year")
        >>> told.select("year", "cells", "compared").rows()[0]  # its regions have no codes
        (2020, 1, 0)

    """
    if over not in ("parent", "nation"):
        raise ArgumentError(f"over is {over!r}; expected 'parent' or 'nation'")
    asked_level(level)
    frame = take(amplification(panel, metric, measure=measure, lag=lag))
    names = key_names(by)
    grouped = groups(frame, names)
    columns = key_columns(names, [key for key, _ in grouped])
    columns |= _columns(frame, grouped, over, clusters_of(frame, cluster), level)
    if adjust is not None:
        columns |= _adjusted(columns, adjust, over, names)
    return give(build(frame, columns))


def _columns(
    frame: Frame,
    grouped: list[tuple[Key, Rows]],
    over: Over,
    clusters: list[Hashable],
    level: float,
) -> dict[str, Column]:
    by = numbers(frame, f"over_{over}")
    side, bounds = (words(frame, f"over_{over}_{how}") for how in ("side", "bounds"))
    told = [[row for row in rows if by[row] == by[row]] for _, rows in grouped]
    of = [[clusters[row] for row in rows] for rows in told]
    both = list(zip(told, of, strict=True))
    means = [clustered(by[rows], ids, level) for rows, ids in both]
    shares = [
        clustered([side[row] == "above" for row in rows], ids, level, share=True)
        for rows, ids in both
    ]
    columns = {
        "cells": Column(int, [len(rows) for _, rows in grouped]),
        "compared": Column(int, [len(rows) for rows in told]),
        "left_out": Column(int, [len(rows) for _, rows in grouped] - np.array([*map(len, told)])),
        "mean": Column(float, [one.value for one in means]),
        "low": Column(float, [one.low for one in means]),
        "high": Column(float, [one.high for one in means]),
        "p_value": Column(float, [_p(one) for one in means]),
        "share_above": Column(float, [one.value for one in shares]),
        "share_above_low": Column(float, [one.low for one in shares]),
        "share_above_high": Column(float, [one.high for one in shares]),
    }
    for name, wanted in _CLASSES.items():
        classes = bounds if name.endswith("bounds") else side
        columns[name] = Column(float, [_share(classes, rows, wanted) for rows in told])
    return {**columns, "clusters": Column(int, [one.clusters for one in means])}


#: Shares without an interval, and the class that each counts.
_CLASSES = {
    "share_equal": "equal",
    "share_below": "below",
    "share_above_bounds": "above",
    "share_below_bounds": "below",
}


def _share(classes: list[str | None], rows: list[int], wanted: str) -> float | None:
    return sum(classes[row] == wanted for row in rows) / len(rows) if rows else None


def _p(mean: Estimate) -> float | None:
    """Give the p-value of a mean of 0; none where nothing varies."""
    if not mean.error > 0:
        return None
    return float(2 * stats.t.sf(abs(mean.value) / mean.error, mean.clusters - 1))


def _adjusted(
    columns: dict[str, Column], adjust: Adjust, over: Over, names: list[str]
) -> dict[str, Column]:
    p_values = [np.nan if p is None else p for p in columns["p_value"].values]
    keys = zip(*(list(columns[name].values) for name in names), strict=True)
    tests = [
        " ".join(str(part) for part in key if part is not None)
        for key, p in zip(keys, p_values, strict=True)
        if p == p
    ]
    named = family(f"the mean of over_{over} is 0", tests)
    return {
        "p_adjusted": Column(float, adjust_p(p_values, adjust)),
        "adjust": Column(str, [adjust] * len(p_values)),
        "family": Column(str, [named] * len(p_values)),
    }
