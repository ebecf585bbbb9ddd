"""What is known of how many cells, and why the rest is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import cells_of, warn_of_holes
from zhibiao.stats._frames import Column, build, give, take, words
from zhibiao.stats._groups import groups, key_columns, key_names

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["STATES", "Side", "coverage"]

Side: TypeAlias = Literal["target", "actual"]

#: The states of each side, in the order of the codebook; the first has a number.
STATES: dict[Side, tuple[str, ...]] = {
    "target": (
        *("stated", "relational", "named_without_number", "not_named", "fragment"),
        *("report_not_in_corpus", "outside_universe"),
    ),
    "actual": (
        *("stated_annual", "part_of_year", "relational", "claimed_met", "claimed_missed"),
        *("named_without_number", "not_mentioned", "fragment", "next_report_not_in_corpus"),
    ),
}
_COUNTS = ("cells", "owed", "whole", "told")
_NO_REPORT = ("fragment", "report_not_in_corpus", "next_report_not_in_corpus")


def coverage(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    horizon: str = "annual",
    side: Side = "target",
    by: str | Sequence[str] = ("level", "year"),
) -> Any:
    """Count the states of cells, by metric and group.

    Three shares answer three questions. Of the cells that are owed (those of
    ``outside_universe`` are owed by nobody): ``share_whole`` = those whose report is whole and in
    the corpus / owed, and ``share`` = those with a number / owed. Of the cells whose report is
    whole: ``share_told`` = those with a number / whole. A share of 0 cells is missing, not 0.

    Args:
        panel: The panel, made with ``complete=True``: else what no report tells has no row.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.
        side: ``"target"``, or ``"actual"``, whose report is the one of the year after.
        by: Columns that make groups, beside metric, measure and unit; ``()`` for none.

    Returns:
        A row for each metric, measure, unit and group: ``cells``, ``owed``, ``whole``, ``told``,
        ``share_whole``, ``share``, ``share_told``, and the number of cells of each state as
        ``n_stated``, ``n_relational`` … and ``n_unknown`` (no state).

    Raises:
        ArgumentError: There are no such cells, or ``side`` is neither.
        TableError: A column is missing.

    Warns:
        IncompletePanelWarning: A region has a whole report, and no row for a metric that it has
            rows of in other years.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> told = stats.coverage(found.panel(complete=True), "gdp", by=())
        >>> told.select("cells", "owed", "whole", "told", "share_told").row(0)
        (12, 12, 9, 9, 1.0)

    """
    if side not in STATES:
        raise ArgumentError(f"side is {side!r}; expected 'target' or 'actual'")
    needed = ("target_state", "actual_state")
    cells = cells_of(panel, metric, measure, horizon=horizon, columns=needed)
    if horizon == "annual":
        warn_of_holes(cells, take(panel))
    names = key_names(by)
    grouped = groups(cells.frame, names)
    of_target, state = words(cells.frame, "target_state"), words(cells.frame, f"{side}_state")
    counts = [_counts([(of_target[row], state[row]) for row in rows], side) for _, rows in grouped]
    columns = key_columns(names, [key for key, _ in grouped])
    columns |= {name: Column(int, [one[name] for one in counts]) for name in _COUNTS}
    shares = {"share_whole": ("whole", "owed"), "share": ("told", "owed")}
    shares["share_told"] = ("told", "whole")
    for name, (part, whole) in shares.items():
        values = [one[part] / one[whole] if one[whole] else None for one in counts]
        columns[name] = Column(float, values)
    for name in (*(f"n_{state}" for state in STATES[side]), "n_unknown"):
        columns[name] = Column(int, [one[name] for one in counts])
    return give(build(cells.frame, columns))


def _counts(states: list[tuple[str | None, str | None]], side: Side) -> dict[str, int]:
    owed = [state for of_target, state in states if of_target != "outside_universe"]
    whole = [state for state in owed if state is not None and state not in _NO_REPORT]
    counts = {
        "cells": len(states),
        "owed": len(owed),
        "whole": len(whole),
        "told": sum(state == STATES[side][0] for state in owed),
    }
    for name in STATES[side]:
        counts[f"n_{name}"] = sum(state == name for _, state in states)
    counts["n_unknown"] = sum(state not in STATES[side] for _, state in states)
    return counts
