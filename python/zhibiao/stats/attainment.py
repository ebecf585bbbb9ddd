"""Are targets met: the gap, three classes, and the share met."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import Cells, cells_of
from zhibiao.stats._frames import (
    Column,
    Floats,
    add,
    build,
    difference,
    flags,
    give,
    numbers,
    take,
    words,
)
from zhibiao.stats._groups import clusters_of, estimates, groups, key_columns, key_names
from zhibiao.stats._verdict import moved, verdicts
from zhibiao.stats.shares import share_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao.stats._intervals import Estimate, IntervalKind

__all__ = ["attainment", "attainment_share"]

_NEEDED = ("target", "actual", "direction", "met", "comparable", "target_state", "actual_state")
#: What reports tell; any other column is a yearbook's.
_TOLD = "actual"


def attainment(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    horizon: str = "annual",
    actual: str = _TOLD,
    just_points: float = 0.5,
    just_relative: float = 0.05,
) -> Any:
    """Tell of each cell by how much its target was met or missed.

    ``gap`` = actual - target, in percentage points for rates, else in the cell's unit, from decimal
    arithmetic (6.1 - 6.0 is 0.1). ``ratio`` = actual / target where the target is positive; it has
    no meaning elsewhere and is missing. ``ahead`` is the gap with its sign by the panel's
    ``direction``: gap for a floor, -gap for a ceiling (unemployment 4.9% under a ceiling of 5.5%
    is 0.6 ahead), missing for ``band`` and ``none``. Both numbers are the panel's points: of a
    range the one that ``panel(point=)`` chose.

    ``attainment`` has three classes. Whether a target was met is never decided here but by
    ``met`` of the panel, which knows bounds, ranges and bands: ``under`` where it is ``no``; where
    it is ``yes``, ``just`` if ``ahead`` is less than the width, else ``over``. It is missing where
    the direction is ``band`` or ``none``, since nothing is ahead there.

    Args:
        panel: The panel.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.
        actual: The column of what was reached. For another one than ``actual``, such as the
            ``yearbook_actual`` of `zhibiao.join_actuals`, the panel's ``met`` says nothing: it is
            judged anew by the same rules (without a tolerance for 左右), ``met`` is replaced, and
            not comparable is where the land changed.
        just_points: The width of "just met" for cells in % or ‰, in points.
        just_relative: The same for other units, as a share of the target's absolute value.

    Returns:
        The cells with all columns of the panel and ``gap``, ``ratio``, ``ahead``, ``attainment``
        and ``attainment_state``. Nothing is dropped: the state is ``judged`` (``met`` is yes or
        no), ``undetermined`` (the figures as printed do not tell), ``not_comparable`` (the panel's
        ``comparable`` is false: all other columns of the result are missing), ``target_`` or
        ``actual_`` with the panel's state where that side has no number (``target_not_named``),
        or ``no_reference`` (a target that is a relation to something that the panel does not
        tell). For another column than ``actual`` it is ``actual_missing``. Where ``comparable`` is
        missing the cell counts: one side does not say.

    Raises:
        ArgumentError: There are no such cells, or a width is negative.
        TableError: A column of the panel is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> gdp = stats.attainment(found.panel(), "gdp").drop_nulls("gap")
        >>> gdp.select("year", "target", "actual", "gap", "attainment").rows()[:2]
        [(2023, 6.0, 5.8, -0.2, 'under'), (2022, 8.5, 3.8, -4.7, 'under')]

    """
    if min(just_points, just_relative) < 0:
        raise ArgumentError("a width of just met is negative; expected 0 or more")
    cells = _judged(panel, metric, measure, horizon, actual)
    states = _states(cells, actual)
    apart = np.array([state == "not_comparable" for state in states], dtype=bool)
    target, reached = numbers(cells.frame, "target"), numbers(cells.frame, actual)
    gap = np.where(apart, np.nan, difference(reached, target))
    sign = {"floor": 1.0, "ceiling": -1.0}
    ahead = gap * [sign.get(str(way), np.nan) for way in words(cells.frame, "direction")]
    rates = np.array([what[2] in ("%", "‰") for what in cells.what], dtype=bool)
    width = np.where(rates, just_points, np.round(just_relative * np.abs(target), 9))
    ratio = np.full(len(cells), np.nan)
    np.divide(reached, target, out=ratio, where=(target > 0) & ~apart)
    columns = {
        "gap": Column(float, gap),
        "ratio": Column(float, ratio),
        "ahead": Column(float, ahead + 0.0),  # no -0.0
        "attainment": Column(str, _classes(cells, states, ahead, width)),
        "attainment_state": Column(str, states),
    }
    return give(add(cells.frame, columns))


def _judged(
    panel: Any, metric: str | Sequence[str] | None, measure: str | None, horizon: str, actual: str
) -> Cells:
    """Give the cells, with a verdict on the actuals of another source where these are asked for."""
    columns = (*_NEEDED, actual)
    cells = cells_of(panel, metric, measure, horizon=horizon, columns=columns)
    if actual == _TOLD:
        return cells
    met = verdicts(cells.frame, numbers(cells.frame, actual))
    return replace(cells, frame=add(cells.frame, {"met": Column(str, met)}))


def _states(cells: Cells, actual: str) -> list[str]:
    columns = (words(cells.frame, name) for name in ("met", "target_state", "actual_state"))
    sides = (numbers(cells.frame, name) for name in ("target", actual))
    comparable = flags(cells.frame, "comparable") if actual == _TOLD else moved(cells.frame)
    states = [_state(*told) for told in zip(comparable, *columns, *sides, strict=True)]
    if actual == _TOLD:
        return states
    return ["actual_missing" if state.startswith("actual_") else state for state in states]


def _state(
    comparable: bool | None,
    met: str | None,
    of_target: str | None,
    of_actual: str | None,
    target: float,
    actual: float,
) -> str:
    if comparable is False:
        return "not_comparable"
    if met in ("yes", "no"):
        return "judged"
    if met is not None:
        return str(met)
    if target != target and of_target != "relational":
        return f"target_{of_target or 'unknown'}"
    if actual != actual:
        return f"actual_{of_actual or 'unknown'}"
    return "no_reference"


def _classes(cells: Cells, states: list[str], ahead: Floats, width: Floats) -> list[str | None]:
    out: list[str | None] = []
    met = words(cells.frame, "met")
    for state, was_met, by, wide in zip(states, met, ahead, width, strict=True):
        if state != "judged" or np.isnan(by):
            out.append(None)
        elif was_met == "no":
            out.append("under")
        else:
            out.append("just" if by < wide else "over")
    return out


_COUNTS = {
    "judged": ("judged",),
    "undetermined": ("undetermined", "no_reference"),
    "not_comparable": ("not_comparable",),
}


def attainment_share(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    horizon: str = "annual",
    actual: str = _TOLD,
    by: str | Sequence[str] = (),
    interval: IntervalKind = "clustered",
    cluster: str = "entity_id",
    level: float = 0.95,
) -> Any:
    """Give the share of targets met, by metric and group, with its interval.

    share_met = cells with ``met`` yes / cells with ``met`` yes or no, after cells that are not
    comparable were left out. What is left out is counted, column by column: ``cells`` is the sum
    of ``judged``, ``undetermined``, ``not_comparable``, ``target_missing`` and ``actual_missing``.
    Misses are likely to be among the actuals that reports do not tell (see `docs/panel.md`), so
    the share is one of the targets that can be judged, and no estimate for all.

    Args:
        panel: The panel.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.
        actual: As for `attainment`: ``"yearbook_actual"``, which is no selected sample.
        by: Further columns that make groups: ``["level", "year"]``.
        interval: As for `shares`.
        cluster: As for `shares`.
        level: As for `shares`.

    Returns:
        A row for each metric, measure, unit and group: the counts, ``met`` (cells), ``share_met``,
        ``low``, ``high``, ``clusters`` and ``interval``.

    Raises:
        ArgumentError: There are no such cells, or ``interval`` or ``level`` cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> share = stats.attainment_share(found.panel(), "gdp", interval="wilson")
        >>> share.select("judged", "met", "actual_missing").rows()
        [(6, 1, 3)]

    """
    frame = take(attainment(panel, metric, measure=measure, horizon=horizon, actual=actual))
    names = key_names(by)
    states, met = words(frame, "attainment_state"), words(frame, "met")
    cluster_ids = clusters_of(frame, cluster)
    found: list[Estimate] = []
    grouped = groups(frame, names)
    for _, rows in grouped:
        judged = [row for row in rows if states[row] == "judged"]
        hits, of = [met[row] == "yes" for row in judged], [cluster_ids[row] for row in judged]
        found.append(share_of(hits, of, interval, level))
    counted: dict[str, list[int]] = {
        name: [] for name in ("cells", *_COUNTS, "target_missing", "actual_missing", "met")
    }
    for _, rows in grouped:
        _count(counted, [str(states[row]) for row in rows], [met[row] for row in rows])
    columns = key_columns(names, [key for key, _ in grouped])
    columns |= {name: Column(int, values) for name, values in counted.items()}
    return give(build(frame, {**columns, **estimates("share_met", found)}))


def _count(counted: dict[str, list[int]], states: list[str], met: list[str | None]) -> None:
    counted["cells"].append(len(states))
    for name, of in _COUNTS.items():
        counted[name].append(sum(state in of for state in states))
    for side in ("target", "actual"):
        counted[f"{side}_missing"].append(sum(state.startswith(f"{side}_") for state in states))
    both = zip(states, met, strict=True)
    counted["met"].append(sum(state == "judged" and was == "yes" for state, was in both))
