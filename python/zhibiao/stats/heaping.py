"""On which numbers figures heap: integers, halves and tenths.

Targets are set on integers and halves, and some actuals are told rounded. Both heap the gap between
them on 0 without any manipulation, so that these shares stand beside every result of
`zhibiao.stats.bunching` and `zhibiao.stats.density_test`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import Column, Frame, build, give

if TYPE_CHECKING:
    from zhibiao.stats._frames import Floats

__all__ = ["Heaping", "heaping", "heaping_frame"]

#: Printed decimals are recovered from floats up to this.
_EXACT = 1e-6
_ON = ("integer", "half", "tenth")
#: Of ten last digits of tenths one is 0, one is 5 and eight are others.
_EXPECTED = {"integer": 0.1, "half": 0.1, "tenth": 0.8}


@dataclass(frozen=True)
class Heaping:
    """How many figures are integers, halves (n.5) and other tenths.

    The expected shares are those of last digits that are all equally frequent: 0.1, 0.1 and 0.8.
    Figures finer than a tenth are counted in ``finer`` and are no part of the shares.
    """

    n: int
    integer: float
    half: float
    tenth: float
    finer: int
    missing: int

    @property
    def rows(self) -> list[tuple[str, int, float, float]]:
        """Of each kind its name, count, share and expected share."""
        return [
            (
                on,
                round(getattr(self, on) * self.n) if self.n else 0,
                getattr(self, on),
                _EXPECTED[on],
            )
            for on in _ON
        ]

    def __str__(self) -> str:
        told = ", ".join(f"{on} {share:.1%} ({_EXPECTED[on]:.0%})" for on, _, share, _ in self.rows)
        finer = f", {self.finer} finer" if self.finer else ""
        return f"{told}; n = {self.n}{finer}"


def heaping(values: Any) -> Heaping:
    """Tell the shares of figures on integers, halves and other tenths.

    A figure x is on an ``integer`` where 10x is a multiple of 10, on a ``half`` where it is an odd
    multiple of 5, on a ``tenth`` where it is any other integer, and ``finer`` elsewhere. Shares are
    of the first three together; ``finer`` and ``missing`` are counts.

    Args:
        values: Targets, actuals or gaps in percentage points: a series of pandas or polars, an
            array or a list. Missing values (None, NaN) are counted and left out.

    Returns:
        The shares; ``str()`` of it is a line with the expected shares in brackets, and
        `heaping_frame` a frame.

    Raises:
        ArgumentError: The values are no numbers.

    Examples:
        >>> from zhibiao import stats
        >>> found = stats.heaping([8, 7.5, 6, 7.2, 6.55, None])
        >>> found.integer, found.half, found.tenth, found.finer
        (0.5, 0.25, 0.25, 1)
        >>> print(found)
        integer 50.0% (10%), half 25.0% (10%), tenth 25.0% (80%); n = 4, 1 finer

    """
    told = _numbers(values)
    there = told[np.isfinite(told)]
    tenths = there * 10
    exact = np.rint(tenths[np.abs(tenths - np.rint(tenths)) <= _EXACT]).astype(np.int64)
    n = len(exact)
    counts = {"integer": exact % 10 == 0, "half": exact % 10 == 5}
    counts["tenth"] = ~(counts["integer"] | counts["half"])
    shares = {on: float(true.mean()) if n else float("nan") for on, true in counts.items()}
    return Heaping(n, **shares, finer=len(there) - n, missing=len(told) - len(there))


def _numbers(values: Any) -> Floats:
    try:
        values = nw.from_native(values, series_only=True).to_list()
    except TypeError:
        values = values.to_pylist() if hasattr(values, "to_pylist") else list(values)
    try:
        given = [np.nan if value is None else float(value) for value in values]
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            f"heaping is of numbers: {error}; give one column of figures"
        ) from error
    return np.asarray(given, dtype=np.float64)


def heaping_frame(like: Frame, found: dict[str, Heaping]) -> Any:
    """Give heapings as a frame of the library that ``like`` is of, a row for each kind."""
    rows = [(name, *row) for name, one in found.items() for row in one.rows]
    names = ("of", "on", "count", "share", "expected")
    types: tuple[type, ...] = (str, str, int, float, float)
    columns = zip(*rows, strict=True)
    return give(
        build(
            like,
            {
                name: Column(kind, values)
                for name, kind, values in zip(names, types, columns, strict=True)
            },
        )
    )
