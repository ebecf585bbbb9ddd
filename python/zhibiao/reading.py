"""How sources are to be read, as the core takes it."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["Reading", "Tables", "reading"]


class Tables(TypedDict):
    """Columns of tables by name, and limits; None is the usual."""

    text: str | None
    region: str | None
    year: str | None
    id: str | None
    max_bytes: int | None
    max_ratio: int | None
    max_total: int | None


class Reading(Tables):
    """The same, further columns to keep, and the one document that is wanted; all if None."""

    keep: list[str] | None
    only: str | None


def reading(
    *,
    text: str | None = None,
    region: str | None = None,
    year: str | None = None,
    id: str | None = None,
    max_bytes: int | None = None,
    max_ratio: int | None = None,
    max_total: int | None = None,
    keep: list[str] | None = None,
    only: str | None = None,
) -> Reading:
    """Give every member of a `Reading` by what is said of some.

    Raises:
        ArgumentError: A limit is not a number from 1.

    """
    from zhibiao.errors import ArgumentError

    limits = {"max_bytes": max_bytes, "max_ratio": max_ratio, "max_total": max_total}
    for name, limit in limits.items():
        if limit is not None and limit < 1:
            raise ArgumentError(f"{name} is {limit}; expected a number from 1, or None")
    return Reading(
        text=text,
        region=region,
        year=year,
        id=id,
        max_bytes=max_bytes,
        max_ratio=max_ratio,
        max_total=max_total,
        keep=keep,
        only=only,
    )
