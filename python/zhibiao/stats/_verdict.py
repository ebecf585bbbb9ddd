"""Was a target met by a figure of another source: the panel's rules, for a single number.

The panel judges what reports tell (`src/panel/judgement.rs`); this judges a yearbook's figure so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhibiao.stats._cells import BOUNDARY
from zhibiao.stats._frames import lists, need, numbers, words

if TYPE_CHECKING:
    from zhibiao.stats._frames import Floats, Frame

__all__ = ["moved", "verdicts"]


def verdicts(frame: Frame, actual: Floats) -> list[str | None]:
    """Give yes, no or undetermined for each cell; None without a number on one side.

    A target is the set of numbers from its lower to its upper bound as printed, open where it is
    not bounded; of a floor that is bounded on both sides it is all from the lower one on, of a
    ceiling all up to the upper one. Below a band nothing is decided.
    """
    need(frame, "target_low", "target_high", "direction")
    ends = (numbers(frame, "target_low"), numbers(frame, "target_high"))
    out: list[str | None] = []
    for low, high, reached, direction in zip(*ends, actual, words(frame, "direction"), strict=True):
        if np.isnan(reached) or (np.isnan(low) and np.isnan(high)):
            out.append(None)
            continue
        bounded = not (np.isnan(low) or np.isnan(high))
        is_open = np.isnan(low) or (bounded and direction == "ceiling")
        from_ = -np.inf if is_open else low
        is_open = np.isnan(high) or (bounded and direction == "floor")
        to = np.inf if is_open else high
        if from_ <= reached <= to:
            out.append("yes")
        else:
            out.append("undetermined" if direction == "band" and reached < from_ else "no")
    return out


def moved(frame: Frame) -> list[bool | None]:
    """Tell of each cell that it is not comparable where the region's land changed; else nothing."""
    events = lists(frame, "boundary_change")
    return [None if BOUNDARY.isdisjoint(one) else False for one in events]
