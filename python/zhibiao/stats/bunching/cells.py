"""The cells of a panel that can tell of bunching, in integer tenths of a percentage point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import Cells, cells_of
from zhibiao.stats._frames import flags, need, numbers, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhibiao.stats.bunching.grid import Floats, Ints

__all__ = ["Cutoff", "Observed", "observe"]

#: The real target, one of two placebos, or the target moved by so many percentage points.
Cutoff: TypeAlias = "Literal['target', 'last_target', 'parent_target'] | float"

_COLUMNS = ("target", "target_comparator", "actual", "actual_comparator")
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


def observe(
    panel: Any, metric: str, targets: Collection[str], cutoff: Cutoff = "target", apart: int = 1
) -> Observed:
    """Take the yearly growth cells of a metric that have a target and an exact actual.

    Args:
        panel: The panel.
        metric: The metric.
        targets: Comparators of targets that count.
        cutoff: Where the window begins.
        apart: How many tenths a placebo has to lie off the target, so that their windows do not
            overlap.

    Raises:
        ArgumentError: No such cell is left; the message counts the reasons.

    """
    cells = cells_of(panel, metric, "growth", columns=_COLUMNS)
    target, actual = (numbers(cells.frame, name) * 10 for name in ("target", "actual"))
    against = _cutoffs(cells, target, cutoff)
    placebo = cutoff != "target"
    reasons = _reasons(cells, (target, actual, against), targets, apart if placebo else 0)
    left = np.ones(len(cells), dtype=np.bool_)
    left_out = {}
    for reason, true in reasons.items():
        left_out[reason] = int((left & true).sum())
        left &= ~true
    if not left.any():
        told = ", ".join(f"{count} {reason}" for reason, count in left_out.items() if count)
        raise ArgumentError(
            f"no cell of {metric} growth is left to look for bunching in: {told or 'none is there'}"
        )
    rows = np.flatnonzero(left)
    levels = words(cells.frame, "level") if "level" in cells.frame.columns else [""] * len(cells)
    return Observed(
        np.rint(target[rows]).astype(np.int64),
        np.rint(actual[rows]).astype(np.int64),
        np.rint(against[rows]).astype(np.int64),
        _numbered([cells.region[row] for row in rows]),
        _numbered([str(cells.year[row]) for row in rows]),
        _numbered([f"{cells.year[row]} {levels[row]}" for row in rows]),
        placebo,
        {reason: count for reason, count in left_out.items() if count},
    )


def _reasons(
    cells: Cells,
    tenths: tuple[Floats, Floats, Floats],
    targets: Collection[str],
    apart: int,
) -> dict[str, Any]:
    """Say of each cell why it cannot be used; the first reason that holds is counted."""
    frame = cells.frame
    target, actual, cutoff = tenths
    comparator = np.array([one or "" for one in words(frame, "target_comparator")], dtype=object)
    exact = np.array([one == "eq" for one in words(frame, "actual_comparator")])
    there = "comparable" in frame.columns
    differing = [one is False for one in flags(frame, "comparable")] if there else [False]
    return {
        "without a target": ~np.isfinite(target),
        "target of another kind": ~np.isin(comparator, list(targets)),
        "without an actual": ~np.isfinite(actual),
        "actual not told exactly": ~exact,
        "not comparable": np.broadcast_to(np.array(differing), target.shape),
        "finer than a tenth": _finer(target) | _finer(actual) | _finer(cutoff),
        "without a cutoff": ~np.isfinite(cutoff),
        "cutoff beside the target": np.abs(cutoff - target) < apart - _EXACT,
    }


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
