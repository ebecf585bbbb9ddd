"""How far last year's figure lay from last year's target, and from what peers reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import Cells, cells_of, differ
from zhibiao.stats._frames import Column, Floats, add, difference, flags, give, numbers, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Sign", "performance_gap"]

#: ``as_is``: higher is positive. ``by_direction``: better is positive.
Sign: TypeAlias = Literal["as_is", "by_direction"]

_NEEDED = ("target", "actual", "comparable", "direction", "level", "parent_code", "actual_variant")


def performance_gap(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    measure: str | None = "growth",
    sign: Sign = "as_is",
    least_peers: int = 2,
) -> Any:
    """Tell of each year how the year before went: against its target, and against peers.

    ``historical_gap``(t) = actual(t - 1) - target(t - 1); missing where one is, or where the panel
    holds the two not to be comparable.

    ``social_gap``(t) = actual(t - 1) - mean of the actuals(t - 1) of the peers, which are all other
    regions of the same level below the same parent in year t - 1 (``parent_code`` of that year). A
    region is never its own peer (leave-one-out). Peers without an actual, or with one of another
    definition (``actual_variant``), do not count; with fewer than ``least_peers`` it is missing.

    Args:
        panel: The panel. A peer counts only if its reports are in it.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        sign: ``"as_is"``: above target or peers is positive. ``"by_direction"``: better is, so that
            the signs of a ceiling are turned, and those of a band or of no direction are missing.
        least_peers: The fewest peers that make a mean, 1 or more.

    Returns:
        The cells of year t with all columns of the panel and ``historical_gap``, ``social_gap``
        (points, or the cell's unit), ``peer_mean`` and ``peers``, their number (missing where the
        panel has no row of the region for t - 1). No cell is dropped.

    Raises:
        ArgumentError: There are no such cells, or an argument cannot be used.
        TableError: A column is missing, or two rows are of one cell.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> gdp = stats.performance_gap(found.panel(), "gdp").drop_nulls("historical_gap")
        >>> gdp.select("year", "historical_gap", "peers").rows()[:2]
        [(2024, -0.2, 0), (2023, -4.7, 0)]

    """
    if sign not in ("as_is", "by_direction"):
        raise ArgumentError(f"sign is {sign!r}; expected 'as_is' or 'by_direction'")
    if least_peers < 1:
        raise ArgumentError(f"least_peers is {least_peers}; expected 1 or more")
    cells = cells_of(panel, metric, measure, columns=_NEEDED)
    actual = numbers(cells.frame, "actual")
    apart = np.array([told is False for told in flags(cells.frame, "comparable")], dtype=bool)
    own_gap = np.where(apart, np.nan, difference(actual, numbers(cells.frame, "target")))
    mean, count = _peers(cells, actual, least_peers)
    at = cells.earlier(1)
    turned = _signs(cells, sign)
    columns = {
        "historical_gap": Column(float, _last(own_gap * turned, at)),
        "social_gap": Column(float, _last((actual - mean) * turned, at)),
        "peer_mean": Column(float, _last(mean, at)),
        "peers": Column(int, _last(count, at)),
    }
    return give(add(cells.frame, columns))


def _signs(cells: Cells, sign: Sign) -> Floats:
    if sign == "as_is":
        return np.ones(len(cells))
    signs = {"floor": 1.0, "ceiling": -1.0}
    return np.array([signs.get(str(way), np.nan) for way in words(cells.frame, "direction")])


def _last(values: Floats, at: NDArray[np.int64]) -> Floats:
    """Give last year's value of each cell; what was 0 has no sign."""
    return np.where(at >= 0, values[at], np.nan) + 0.0


def _peers(cells: Cells, actual: Floats, least: int) -> tuple[Floats, Floats]:
    """Give for each cell the mean of its peers in its own year, and their number."""
    parent, level, variant = (
        words(cells.frame, name) for name in ("parent_code", "level", "actual_variant")
    )
    below: dict[tuple[Any, ...], list[int]] = {}
    keys = list(zip(parent, level, cells.year, cells.what, strict=True))
    for row, key in enumerate(keys):
        if key[0] is not None and not np.isnan(actual[row]):
            below.setdefault(key, []).append(row)
    mean, count = np.full(len(cells), np.nan), np.zeros(len(cells))
    for row, key in enumerate(keys):
        peers = [
            other
            for other in below.get(key, ())
            if cells.region[other] != cells.region[row] and not differ(variant[row], variant[other])
        ]
        count[row] = len(peers)
        if len(peers) >= least:
            mean[row] = actual[peers].mean()
    return mean, count
