"""Groups of rows, and the columns that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from zhibiao.stats._cells import KEY, regions
from zhibiao.stats._frames import Column, Frame, flags, names_of, need, numbers, words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from zhibiao.stats._intervals import Estimate

__all__ = ["clusters_of", "estimates", "groups", "key_columns", "key_names", "values_of"]

Key: TypeAlias = "tuple[Any, ...]"
Rows: TypeAlias = "NDArray[np.int64]"


def key_names(by: str | Sequence[str]) -> list[str]:
    """Give what groups of cells are told apart by: what is measured, and ``by``."""
    return list(dict.fromkeys([*KEY, *names_of(by)]))


def groups(frame: Frame, by: Sequence[str]) -> list[tuple[Key, Rows]]:
    """Give the rows of each group, in the order of its name; of no columns one group of all.

    Raises:
        TableError: A column is missing.

    """
    need(frame, *by, what="the frame")
    if not by:
        return [((), np.arange(len(frame)))]
    rows: dict[Key, list[int]] = {}
    for row, key in enumerate(zip(*(values_of(frame, name) for name in by), strict=True)):
        rows.setdefault(key, []).append(row)
    return [(key, np.array(rows[key])) for key in sorted(rows, key=_order)]


def _order(key: Key) -> list[tuple[bool, bool, Any]]:
    """Order numbers before words, and what is missing last."""
    return [(one is None, isinstance(one, str), 0 if one is None else one) for one in key]


def values_of(frame: Frame, name: str) -> list[Any]:
    """Give the values that groups are named by: words, whole numbers, true and false, numbers."""
    kind = frame.schema[name]
    if kind.is_integer():
        return [None if value is None else int(value) for value in frame[name].to_list()]
    if kind.is_float():
        told = numbers(frame, name).tolist()
        whole = all(value != value or value.is_integer() for value in told)
        return [None if v != v else int(v) if whole else v for v in told]
    found = words(frame, name)
    return flags(frame, name) if set(found) <= {"True", "False", None} else found


def key_columns(names: Sequence[str], keys: Iterable[Key]) -> dict[str, Column]:
    """Give the names of groups as columns."""
    listed = list(keys)
    return {name: _column([key[at] for key in listed]) for at, name in enumerate(names)}


def _column(values: list[Any]) -> Column:
    kinds = {type(value) for value in values if value is not None}
    kind: Any = (
        kinds.pop() if len(kinds) == 1 else float if kinds and kinds <= {int, float} else str
    )
    return Column(kind, values)


def clusters_of(frame: Frame, cluster: str) -> list[Hashable]:
    """Give what each row belongs to; a row that does not say is a cluster of its own.

    Raises:
        TableError: The column is missing.

    """
    if cluster == "entity_id" and "region" in frame.columns:
        return list(regions(frame))
    need(frame, cluster, what="the frame")
    told = words(frame, cluster)
    return [(row,) if value is None else value for row, value in enumerate(told)]


def estimates(name: str, found: Sequence[Estimate]) -> dict[str, Column]:
    """Give estimates as columns: the value, called ``name``, and its interval."""
    return {
        name: Column(float, [one.value for one in found]),
        "low": Column(float, [one.low for one in found]),
        "high": Column(float, [one.high for one in found]),
        "clusters": Column(int, [one.clusters for one in found]),
        "interval": Column(str, [one.interval for one in found]),
    }
