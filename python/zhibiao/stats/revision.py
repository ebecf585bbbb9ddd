"""From one year's target to the next: changed, kept, dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.stats._cells import BOUNDARY, Cells, cells_of, differ, warn_of_holes
from zhibiao.stats._frames import Column, Floats, add, difference, give, lists, numbers, take, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["revision"]

#: States of a whole report that gives no number.
_WITHOUT = ("named_without_number", "not_named")
_NEEDED = ("target", "target_state", "target_variant", "boundary_change")


def revision(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
) -> Any:
    """Compare each yearly target with the one of the year before.

    ``target_change`` = target(t) - target(t - 1), in points or the cell's unit, from decimal
    arithmetic; ``revision`` is its sign: ``lowered``, ``kept`` or ``raised``. ``run`` is the number
    of years in a row, up to this one, with the same target: 1 where it is new.

    Two targets are not compared where they name different definitions (``target_variant``: 纯收入
    and 可支配收入) or where the region's land changed in between (merge, split or transfer in
    ``boundary_change`` of the year before); where one does not say its definition they are.

    ``dropped`` is about targets of last year that had a number: true where this year's report is
    whole and gives none (``named_without_number``, ``not_named``), false where it gives one or a
    relation. Fragments, reports that are not in the corpus, and metrics that are owed by nobody any
    more (``outside_universe``) make it missing. ``taken_up`` is the reverse: a number this year,
    and a whole report without one last year. Both are about the cell's measure: a target of growth
    that became one of a level is dropped here.

    Args:
        panel: The panel, made with ``complete=True``: without rows for what no report tells,
            most dropped targets are not in it.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.

    Returns:
        The cells with all columns of the panel and ``target_before``, ``target_change``,
        ``revision``, ``run``, ``run_open`` (true where nothing tells what came before the run, so
        that it may be longer), ``dropped``, ``taken_up`` and ``revision_state``: ``compared``,
        ``no_target`` (this year), ``no_target_before``, ``other_variant`` or ``boundary``.

    Raises:
        ArgumentError: There are no such cells.
        TableError: A column is missing, or two rows are of one cell.

    Warns:
        IncompletePanelWarning: A region has a whole report, and no row for a metric that it has
            rows of in other years.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> gdp = stats.revision(found.panel(complete=True), "gdp").drop_nulls("revision")
        >>> gdp.select("year", "target_before", "target", "revision", "run").rows()[:2]
        [(2024, 6.0, 5.5, 'lowered', 1), (2023, 8.5, 6.5, 'lowered', 1)]

    """
    cells = cells_of(panel, metric, measure, columns=_NEEDED)
    pairs = _Pairs.of(cells)
    warn_of_holes(cells, take(panel))
    change = np.where(pairs.compared, difference(pairs.target, pairs.before), np.nan)
    names = {-1.0: "lowered", 0.0: "kept", 1.0: "raised"}
    run, is_open = _runs(cells, pairs, change == 0)
    columns = {
        "target_before": Column(float, pairs.before),
        "target_change": Column(float, change),
        "revision": Column(str, [names.get(sign) for sign in np.sign(change).tolist()]),
        "run": Column(int, run),
        "run_open": Column(bool, is_open),
        "dropped": Column(bool, [_dropped(*states) for states in pairs.states]),
        "taken_up": Column(bool, [_taken_up(*states) for states in pairs.states]),
        "revision_state": Column(str, pairs.why),
    }
    return give(add(cells.frame, columns))


@dataclass(frozen=True)
class _Pairs:
    """Each cell beside the one of the year before."""

    at: NDArray[np.int64]
    target: Floats
    before: Floats
    #: Of target: this year's and last year's; None where there is no row.
    states: list[tuple[str | None, str | None]]
    why: list[str]

    @property
    def compared(self) -> NDArray[np.bool_]:
        return np.array([why == "compared" for why in self.why], dtype=bool)

    @classmethod
    def of(cls, cells: Cells) -> _Pairs:
        at = cells.earlier(1)
        target = numbers(cells.frame, "target")
        before = np.where(at >= 0, target[at], np.nan)
        state, variant = (words(cells.frame, f"target_{name}") for name in ("state", "variant"))
        events = lists(cells.frame, "boundary_change")
        states = [(state[row], state[one] if one >= 0 else None) for row, one in enumerate(at)]
        moved = [one >= 0 and not BOUNDARY.isdisjoint(events[one]) for one in at]
        other = [one >= 0 and differ(variant[row], variant[one]) for row, one in enumerate(at)]
        why = list(map(_why, np.isnan(target), np.isnan(before), other, moved))
        return cls(at, target, before, states, why)


def _why(no_target: bool, no_before: bool, other: bool, moved: bool) -> str:
    if no_target:
        return "no_target"
    if no_before:
        return "no_target_before"
    return "other_variant" if other else "boundary" if moved else "compared"


def _dropped(now: str | None, before: str | None) -> bool | None:
    if before != "stated":
        return None
    if now in ("stated", "relational"):
        return False
    return True if now in _WITHOUT else None


def _taken_up(now: str | None, before: str | None) -> bool | None:
    if now != "stated":
        return None
    if before in ("stated", "relational"):
        return False
    return True if before in _WITHOUT else None


def _runs(
    cells: Cells, pairs: _Pairs, same: NDArray[np.bool_]
) -> tuple[list[int | None], list[bool | None]]:
    """Give the length of each run, and whether it may have begun before it can be seen."""
    run: list[int | None] = [None] * len(cells)
    is_open: list[bool | None] = [None] * len(cells)
    for row in np.argsort(np.array(cells.year, dtype=np.int64), kind="stable"):
        if np.isnan(pairs.target[row]):
            continue
        if same[row]:
            longer = int(pairs.at[row])
            run[row], is_open[row] = (run[longer] or 0) + 1, is_open[longer]
        else:
            run[row] = 1
            known = (*_WITHOUT, "relational", "stated")
            is_open[row] = pairs.states[row][1] not in known or pairs.why[row] in _APART
    return run, is_open


#: Targets that cannot be compared do not tell where a run began.
_APART = ("other_variant", "boundary")
