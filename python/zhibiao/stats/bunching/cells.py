"""The cells of a panel that can tell of bunching, in integer tenths of a percentage point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import Cells, cells_of
from zhibiao.stats._frames import flags, need, numbers, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhibiao.stats.bunching.grid import Floats, Ints

__all__ = ["Cutoff", "Finer", "Observed", "observe", "one_of"]

#: What becomes of actuals finer than a tenth: they are left out; or they are taken down to the
#: tenth below, which keeps those below their target below it.
Finer: TypeAlias = Literal["leave_out", "down"]

#: The real target, one of two placebos, or the target moved by so many percentage points.
Cutoff: TypeAlias = "Literal['target', 'last_target', 'parent_target'] | float"

#: Floats of the panel are printed decimals; this is far below their last digit.
_EXACT = 1e-6


@dataclass(frozen=True)
class Observed:
    """Cells with a number on both sides."""

    #: In tenths of a percentage point.
    target: Ints
    actual: Ints
    #: The number at which the excess window begins: the target, or a placebo.
    cutoff: Ints
    #: Numbers of the clusters: regions, years, and what re-pairing stays within.
    region: Ints
    year: Ints
    stratum: Ints
    placebo: bool
    #: How many cells were left out, by reason.
    left_out: dict[str, int]

    def rows(self, kept: Ints) -> Observed:
        """Give some of the cells."""
        arrays = ("target", "actual", "cutoff", "region", "year", "stratum")
        return replace(self, **{name: getattr(self, name)[kept] for name in arrays})

    def about_cutoff(self) -> Observed:
        """Take the cutoff for the target."""
        return replace(self, target=self.cutoff, placebo=False)

    def __len__(self) -> int:
        return len(self.target)


def one_of(name: str, value: str, known: Any) -> None:
    """Ask for one of the words of a Literal.

    Raises:
        ArgumentError: It is another one.

    """
    if value not in get_args(known):
        raise ArgumentError(f"{name} is {value!r}; expected one of {', '.join(get_args(known))}")


def observe(
    panel: Any,
    metric: str,
    targets: Collection[str],
    cutoff: Cutoff = "target",
    *,
    actual: str = "actual",
    finer: Finer = "leave_out",
    apart: int = 1,
) -> Observed:
    """Take the yearly growth cells of a metric that have a target and an exact actual.

    Args:
        panel: The panel.
        metric: The metric.
        targets: Comparators of targets that count.
        cutoff: Where the window begins.
        actual: The column of what was reached.
        finer: What becomes of actuals finer than a tenth.
        apart: How many tenths a placebo has to lie off the target, so that their windows do not
            overlap.

    Raises:
        ArgumentError: No such cell is left; the message counts the reasons.

    """
    one_of("finer", finer, Finer)
    cells = cells_of(panel, metric, "growth", columns=("target", "target_comparator", actual))
    target, reached = (10 * numbers(cells.frame, name) for name in ("target", actual))
    if finer == "down":
        reached = np.floor(reached + _EXACT)
    against = _cutoffs(cells, target, cutoff)
    placebo = cutoff != "target"
    reasons = {
        "without a target": ~np.isfinite(target),
        "target of another kind": ~_among(cells, "target_comparator", targets),
        "without an actual": ~np.isfinite(reached),
        "actual not told exactly": ~_exact(cells, actual),
        "not comparable": _apart(cells),
        "finer than a tenth": _finer(target) | _finer(reached) | _finer(against),
        "without a cutoff": ~np.isfinite(against),
        "cutoff beside the target": placebo & (np.abs(against - target) < apart - _EXACT),
    }
    rows, left_out = _left(reasons, metric)
    return Observed(
        _whole(target[rows]),
        _whole(reached[rows]),
        _whole(against[rows]),
        *_numbers_of(cells, rows),
        placebo,
        left_out,
    )


def _left(reasons: dict[str, Any], metric: str) -> tuple[Ints, dict[str, int]]:
    """Give the rows that nothing speaks against; a row counts for the first reason that does.

    Raises:
        ArgumentError: There is none.

    """
    left = np.True_
    counts = {}
    for reason, true in reasons.items():
        counts[reason] = int((left & true).sum())
        left = left & ~true
    left_out = {reason: count for reason, count in counts.items() if count}
    if not np.any(left):
        told = ", ".join(f"{count} {reason}" for reason, count in left_out.items())
        raise ArgumentError(
            f"no cell of {metric} growth is left to look for bunching in: {told}; give a panel "
            "with targets and actuals"
        )
    return np.flatnonzero(left).astype(np.int64), left_out


def _numbers_of(cells: Cells, rows: Ints) -> tuple[Ints, Ints, Ints]:
    """Give numbers to regions, years, and years with levels."""
    has_level = "level" in cells.frame.columns
    levels = words(cells.frame, "level") if has_level else [""] * len(cells)
    return (
        _numbered([cells.region[row] for row in rows]),
        _numbered([str(cells.year[row]) for row in rows]),
        _numbered([f"{cells.year[row]} {levels[row]}" for row in rows]),
    )


def _exact(cells: Cells, actual: str) -> Any:
    """Say which actuals are told as bare figures; those of other columns all are."""
    if actual != "actual":
        return np.ones(len(cells), dtype=np.bool_)
    return _among(cells, "actual_comparator", ["eq"])


def _among(cells: Cells, column: str, known: Collection[str]) -> Any:
    need(cells.frame, column)
    return np.array([word in known for word in words(cells.frame, column)])


def _apart(cells: Cells) -> Any:
    if "comparable" not in cells.frame.columns:
        return np.zeros(len(cells), dtype=np.bool_)
    return np.array([one is False for one in flags(cells.frame, "comparable")])


def _whole(tenths: Floats) -> Ints:
    return np.rint(tenths).astype(np.int64)


def _finer(tenths: Floats) -> Any:
    with np.errstate(invalid="ignore"):
        return np.abs(tenths - np.rint(tenths)) > _EXACT


def _cutoffs(cells: Cells, target: Floats, cutoff: Cutoff) -> Floats:
    """Give the cutoff of each cell in tenths; NaN where there is none."""
    if cutoff == "target":
        return target
    if not isinstance(cutoff, str):
        return target + 10 * float(cutoff)
    if cutoff == "last_target":
        rows = cells.earlier(1)
    elif cutoff == "parent_target":
        rows = _parents(cells)
    else:
        raise ArgumentError(
            f"cutoff is {cutoff!r}; expected 'target', 'last_target', 'parent_target', or by how "
            "many percentage points to move the target"
        )
    return np.where(rows >= 0, target[rows], np.nan)


def _parents(cells: Cells) -> Ints:
    """Find the row of the parent's cell, by the code that stands in the panel; -1 without one."""
    need(cells.frame, "region_code", "parent_code")
    own, above = (words(cells.frame, name) for name in ("region_code", "parent_code"))
    at = {
        key: row for row, key in enumerate(zip(own, cells.year, cells.what, strict=True)) if key[0]
    }
    keys = zip(above, cells.year, cells.what, strict=True)
    return np.array([at.get(key, -1) for key in keys], dtype=np.int64)


def _numbered(names: list[str]) -> Ints:
    """Give names numbers in their order, from 0."""
    return np.unique(np.array(names, dtype=object), return_inverse=True)[1].astype(np.int64)
