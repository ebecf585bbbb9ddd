"""Words that the messages of several rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["listed"]


def listed(names: Iterable[str], most: int = 12) -> str:
    """Give names for a message, and the number of those that are too many for it."""
    names = list(names)
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
