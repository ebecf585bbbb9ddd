"""How often does a column say what: shares with intervals, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import Column, build, give, names_of, need, take
from zhibiao.stats._groups import clusters_of, estimates, groups, key_columns, values_of
from zhibiao.stats._intervals import Estimate, IntervalKind, asked_level, clustered, wilson

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

__all__ = ["share_of", "shares"]


def shares(
    frame: Any,
    column: str,
    *,
    by: str | Sequence[str] = (),
    interval: IntervalKind = "clustered",
    cluster: str = "entity_id",
    level: float = 0.95,
) -> Any:
    """Give the share of each value of a column, by group, with its interval.

    Of a group with N values that are not missing, n of which are v, the share of v is n / N.
    What is missing is left out of N, and counted.

    Args:
        frame: What another function of zhibiao.stats gave, or any other frame.
        column: The column of classes: ``hardness``, ``revision``, ``attainment_state``.
        by: Columns that make groups: ``["level", "year"]``.
        interval: ``"clustered"`` (linearised variance by ``cluster``, t quantile) or ``"wilson"``,
            which takes rows as independent.
        cluster: The column whose rows hang together; ``entity_id`` is a region through the years.
        level: Of the interval, between 0 and 1.

    Returns:
        A row for each group and value: the columns of ``by``, the value in a column called as
        ``column``, ``n`` (rows with it), ``of`` (rows with any), ``missing`` (rows with none),
        ``share``, ``low``, ``high``, ``clusters`` and ``interval``: ``linearised``, ``exact``
        where all rows are alike (Clopper and Pearson 1934, each cluster counted once), ``wilson``
        or ``none``.

    Raises:
        ArgumentError: ``interval`` or ``level`` cannot be used.
        TableError: A column is missing.

    Examples:
        >>> import polars
        >>> from zhibiao import stats
        >>> frame = polars.DataFrame({"entity_id": [*"abcd"], "region": [*"abcd"],
        ...                           "hardness": ["hard", "soft", "soft", None]})
        >>> found = stats.shares(frame, "hardness")
        >>> found.select("hardness", "n", "of", "missing").rows()
        [('hard', 1, 3, 1), ('soft', 2, 3, 1)]

    """
    taken, names = take(frame, "the frame"), names_of(by)
    need(taken, column, what="the frame")
    told, cluster_ids = values_of(taken, column), clusters_of(taken, cluster)
    keys: list[tuple[Any, ...]] = []
    found: list[Estimate] = []
    counts: list[tuple[int, int, int]] = []
    for key, rows in groups(taken, names):
        values = [told[row] for row in rows]
        there = [row for row in rows if told[row] is not None]
        of = [cluster_ids[row] for row in there]
        for value in sorted({told[row] for row in there}):
            hits = [told[row] == value for row in there]
            keys.append((*key, value))
            counts.append((sum(hits), len(there), len(values) - len(there)))
            found.append(share_of(hits, of, interval, level))
    columns = key_columns([*names, column], keys)
    for at, name in enumerate(("n", "of", "missing")):
        columns[name] = Column(int, [count[at] for count in counts])
    return give(build(taken, {**columns, **estimates("share", found)}))


def share_of(
    hits: Sequence[bool], clusters: Sequence[Hashable], interval: IntervalKind, level: float
) -> Estimate:
    """Give a share with the interval that is asked for.

    Raises:
        ArgumentError: ``interval`` or ``level`` cannot be used.

    """
    asked_level(level)
    if interval == "wilson":
        return wilson(hits, level)
    if interval == "clustered":
        return clustered(hits, clusters, level, share=True)
    raise ArgumentError(f"interval is {interval!r}; expected 'clustered' or 'wilson'")
