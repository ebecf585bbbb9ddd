"""From a checked sheet to shares of wrong numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import (
    Column,
    Floats,
    Frame,
    build,
    give,
    names_of,
    need,
    numbers,
    take,
    words,
)
from zhibiao.stats._groups import clusters_of, estimates, groups, key_columns
from zhibiao.stats._intervals import Estimate, asked_level, clustered
from zhibiao.stats.audit import SIDES

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from zhibiao.stats._groups import Key, Rows
    from zhibiao.stats.coverage import Side

__all__ = ["answers", "error_rates"]

_YES = ("yes", "y", "true", "t", "1", "1.0", "correct", "right", "对", "是", "正确")
_NO = ("no", "n", "false", "f", "0", "0.0", "wrong", "错", "否", "错误")


def error_rates(sheet: Any, *, by: str | Sequence[str] = (), level: float = 0.95) -> Any:
    """Give the shares of targets and actuals that are wrong, with intervals by report.

    share_wrong = sum of weights of wrong cells / sum of weights of checked ones: a ratio, whose
    variance is linearised, with the numbers of one report as one cluster (an error of reading is
    often made through a whole report) and the quantile of t(reports - 1). Where none or all are
    wrong, the interval is that of Clopper and Pearson (1934) with each report counted once.
    Strata are in the weights, and not in the variance, which is too large by that, if anything.

    Args:
        sheet: A filled sheet of `audit_sample`. ``correct_target`` and ``correct_actual`` are yes
            or no (also 1 and 0, true and false, 对 and 错); empty is not checked. Without
            ``weight`` every row weighs the same.
        by: Columns that make groups: ``"metric"``.
        level: Of the intervals, between 0 and 1.

    Returns:
        A row for each group and ``side`` (target, actual): ``drawn`` (cells with a number on that
        side), ``checked``, ``unchecked``, ``wrong``, ``share_wrong``, ``low``, ``high``,
        ``clusters`` (reports) and ``interval``: ``linearised``, ``exact`` or ``none``. Cells that
        were not checked are taken to be like those of their stratum that were: the weights of
        these grow by drawn / checked.

    Raises:
        ArgumentError: An answer is neither yes nor no, or ``level`` cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import polars
        >>> from zhibiao import stats
        >>> sheet = polars.DataFrame({
        ...     "target": [6.0, 7.0, 8.0], "target_report": ["a", "b", "b"],
        ...     "actual": [None, None, 8.1], "actual_report": [None, None, "c"],
        ...     "correct_target": ["yes", "no", "yes"], "correct_actual": [None, None, "yes"],
        ... })
        >>> stats.error_rates(sheet).select("side", "checked", "wrong", "share_wrong").row(0)
        ('target', 3, 1, 0.3333333333333333)

    """
    asked_level(level)
    frame, names = take(sheet, "the sheet"), names_of(by)
    need(frame, *names, *(f"correct_{side}" for side in SIDES), what="the sheet")
    grouped = groups(frame, names)
    keys: list[Key] = []
    found: list[Estimate] = []
    counts: list[tuple[int, int, int]] = []
    sides = [_Side.of(frame, side) for side in SIDES]
    for key, rows in grouped:
        for name, side in zip(SIDES, sides, strict=True):
            keys.append((*key, name))
            counts.append(side.counts(rows))
            found.append(side.share_wrong(rows, level))
    columns = key_columns([*names, "side"], keys)
    columns["drawn"] = Column(int, [drawn for drawn, _, _ in counts])
    columns["checked"] = Column(int, [checked for _, checked, _ in counts])
    columns["unchecked"] = Column(int, [drawn - checked for drawn, checked, _ in counts])
    columns["wrong"] = Column(int, [wrong for _, _, wrong in counts])
    return give(build(frame, {**columns, **estimates("share_wrong", found)}))


@dataclass(frozen=True)
class _Side:
    """What a sheet says of one side of its cells."""

    drawn: np.ndarray[Any, np.dtype[np.bool_]]
    #: True where the number is right; None where it was not checked.
    right: list[bool | None]
    weight: Floats
    report: list[Hashable]

    @classmethod
    def of(cls, frame: Frame, side: Side) -> _Side:
        drawn = ~np.isnan(numbers(frame, side))
        right = answers(frame, f"correct_{side}")
        right = [told if is_drawn else None for told, is_drawn in zip(right, drawn, strict=True)]
        weight = numbers(frame, "weight") if "weight" in frame.columns else np.ones(len(frame))
        strata = words(frame, "stratum") if "stratum" in frame.columns else [""] * len(frame)
        grown = weight * _growth(strata, drawn.tolist(), [told is not None for told in right])
        return cls(drawn, right, grown, clusters_of(frame, f"{side}_report"))

    def counts(self, rows: Rows) -> tuple[int, int, int]:
        checked = [self.right[row] for row in rows if self.right[row] is not None]
        return int(self.drawn[rows].sum()), len(checked), checked.count(False)

    def share_wrong(self, rows: Rows, level: float) -> Estimate:
        there = [row for row in rows if self.right[row] is not None]
        wrong = [self.right[row] is False for row in there]
        of = [self.report[row] for row in there]
        return clustered(wrong, of, level, weights=self.weight[there], share=True)


def _growth(strata: Sequence[str | None], drawn: Sequence[bool], checked: Sequence[bool]) -> Floats:
    """Give what the weights of checked cells grow by, for those of their stratum that were not."""
    of: dict[str | None, list[int]] = {}
    for name, is_drawn, is_checked in zip(strata, drawn, checked, strict=True):
        count = of.setdefault(name, [0, 0])
        count[0] += bool(is_drawn)
        count[1] += is_checked
    return np.array(
        [of[name][0] / of[name][1] if of[name][1] else 1.0 for name in strata], dtype=np.float64
    )


def answers(frame: Frame, name: str) -> list[bool | None]:
    """Give a column of answers; empty ones are None.

    Raises:
        ArgumentError: One is neither yes nor no.
        TableError: The column is missing.

    """
    out: list[bool | None] = []
    for row, value in enumerate(words(frame, name), start=1):
        word = "" if value is None else value.strip().lower()
        if word and word not in (*_YES, *_NO):
            raise ArgumentError(
                f"row {row} of {name} is {value!r}; expected yes or no, or nothing "
                "where it was not checked; remarks have a column of their own, note"
            )
        out.append(None if not word else word in _YES)
    return out
