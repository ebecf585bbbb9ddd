"""The one way of frames in and out: whichever library comes in goes back.

Inside, columns are lists and numpy arrays in which every kind of missing value (null, NaN, NaT) is
one: None in lists, NaN in arrays of numbers. Frames of pandas lose their index, which the panel
does not have.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from zhibiao.errors import ArgumentError, TableError
from zhibiao.frame import Handed, library, plain_arrow
from zhibiao.messages import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "Column",
    "Floats",
    "Frame",
    "add",
    "build",
    "dates",
    "difference",
    "flags",
    "give",
    "lists",
    "names_of",
    "need",
    "numbers",
    "of_choice",
    "pick",
    "take",
    "words",
]

#: A frame inside of zhibiao.stats.
Frame: TypeAlias = "nw.DataFrame[Any]"
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """Values on their way out: of one type, missing ones None or NaN."""

    type: type[float] | type[int] | type[str] | type[bool] | type[date]
    values: Iterable[Any]


def take(frame: Any, what: str = "the panel") -> Frame:
    """Give any frame as one of narwhals.

    A table of zhibiao, or of anything else that hands Arrow over, becomes a frame of polars where
    that is installed, else of pandas, else of pyarrow; results are of that library then.

    Args:
        frame: A frame of pandas, polars or pyarrow, or a table of zhibiao.
        what: What the caller calls it, for the message of an error.

    Raises:
        ArgumentError: It is none of these; a lazy frame has to be collected first.
        ImportError: A table of zhibiao is given, and none of the three libraries is installed.

    """
    try:
        taken = nw.from_native(frame, eager_only=True)
    except TypeError:
        if not hasattr(frame, "__arrow_c_stream__"):
            raise ArgumentError(
                f"{what} is a {type(frame).__name__}; expected a frame of pandas, polars or "
                "pyarrow, or a table of zhibiao (collect a lazy frame first)"
            ) from None
        taken = nw.from_native(_of_choice(frame), eager_only=True)
    # An index of pandas says nothing, and would be aligned by.
    return nw.maybe_reset_index(taken)


def _of_choice(frame: Any) -> Any:
    """Give a frame of the library that is there."""
    if of_choice() is nw.Implementation.POLARS:
        return library("polars", "polars").DataFrame(Handed(frame))
    arrow = plain_arrow(frame)
    return arrow.to_pandas() if of_choice() is nw.Implementation.PANDAS else arrow


def of_choice() -> nw.Implementation:
    """Give the library that frames are of where none came in: polars, pandas or pyarrow."""
    if find_spec("polars"):
        return nw.Implementation.POLARS
    return nw.Implementation.PANDAS if find_spec("pandas") else nw.Implementation.PYARROW


def give(frame: Frame) -> Any:
    """Give a frame back in the library that it came from."""
    return frame.to_native()


def need(frame: Frame, *columns: str, what: str = "the panel") -> None:
    """Ask a frame for columns.

    Raises:
        TableError: It lacks one; the message says which, and what there is.

    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise TableError(
            f"{what} has no column {', '.join(missing)}; it has {listed(frame.columns, 12)}: "
            "keep the columns that zhibiao gave it"
        )


def numbers(frame: Frame, name: str) -> Floats:
    """Give a column of numbers; NaN stands for whatever is missing.

    Raises:
        TableError: It holds something else.

    """
    need(frame, name, what="the frame")
    values = [np.nan if value is None else value for value in frame[name].to_list()]
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TableError(f"column {name} holds no numbers: {error}; convert it first") from error


def words(frame: Frame, name: str) -> list[str | None]:
    """Give a column of words; None stands for whatever is missing.

    Codes that a reader of CSV took for numbers (420000, 420000.0) are words again.
    """
    need(frame, name, what="the frame")
    return [None if _absent(value) else _word(value) for value in frame[name].to_list()]


def _word(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def flags(frame: Frame, name: str) -> list[bool | None]:
    """Give a column of true and false, or of these words; None stands for whatever is missing.

    Raises:
        TableError: It holds something else.

    """
    need(frame, name, what="the frame")
    return [None if _absent(value) else _flag(value, name) for value in frame[name].to_list()]


def _flag(value: Any, name: str) -> bool:
    told = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}
    found = told.get(str(value).strip().lower())
    if found is None:
        raise TableError(f"column {name} holds {value!r}; expected true or false")
    return found


def lists(frame: Frame, name: str) -> list[list[str]]:
    """Give a column of lists of words; a text is one that a CSV joined by ``; `` or by spaces."""
    need(frame, name, what="the frame")
    return [_listed(value) for value in frame[name].to_list()]


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.replace(";", " ").split()
    if isinstance(value, (list, tuple, np.ndarray, nw.Series)):
        return [str(one) for one in value]
    return []


def dates(frame: Frame, name: str) -> list[date | None]:
    """Give a column of days; None stands for whatever is missing.

    Raises:
        TableError: It holds something that is no day.

    """
    need(frame, name, what="the frame")
    return [None if _absent(value) else _day(value, name) for value in frame[name].to_list()]


def _day(value: Any, name: str) -> date:
    if hasattr(value, "date"):  # datetimes of Python and pandas
        value = value.date()
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = date.fromisoformat(value[:10])
    if not isinstance(value, date):
        raise TableError(f"column {name} holds {value!r}; expected days such as 2024-01-16")
    return value


def _absent(value: Any) -> bool:
    if value is None:
        return True
    same = value == value  # not so of NaN and NaT; of pandas' NA it is NA
    return same is not True and not (isinstance(same, np.bool_) and bool(same))


def add(frame: Frame, columns: Mapping[str, Column]) -> Frame:
    """Put columns behind those of a frame, or in the place of those that are called so."""
    return frame.with_columns(
        *(_series(name, column, frame.implementation) for name, column in columns.items())
    )


def build(like: Frame | None, columns: Mapping[str, Column]) -> Frame:
    """Make a frame of the library that ``like`` is of, or of the one of choice."""
    backend: Any = of_choice() if like is None else like.implementation
    series = [_series(name, column, backend) for name, column in columns.items()]
    # As such: polars would ask a series of narwhals for what needs pyarrow.
    return nw.from_dict({one.name: one.to_native() for one in series}, backend=backend)


_TYPES: dict[type, Any] = {
    float: nw.Float64,
    int: nw.Int64,
    str: nw.String,
    bool: nw.Boolean,
    date: nw.Date,
}


def _series(name: str, column: Column, backend: Any) -> Any:
    cast: Callable[[Any], Any] = (lambda day: day) if column.type is date else column.type
    values = [None if _absent(value) else cast(value) for value in column.values]
    if backend.is_pandas_like():
        return nw.from_native(_of_pandas(name, values, column.type), series_only=True)
    return nw.new_series(name, values, _TYPES[column.type](), backend=backend)


def _of_pandas(name: str, values: list[Any], kind: type) -> Any:
    """Give a series of pandas: true, false and missing are of its own type for these three."""
    pandas = library("pandas", "pandas")
    missing = any(value is None for value in values)
    types: dict[type, Any] = {
        float: "float64",
        int: "float64" if missing else "int64",
        str: "str" if not values else None,
        bool: "boolean" if missing else "bool",
        date: "datetime64[s]",
    }
    if kind is str and all(value is None for value in values):
        return pandas.Series(values, name=name, dtype=object)
    return pandas.Series(values, name=name, dtype=types[kind])


def pick(frame: Frame, rows: Sequence[int] | NDArray[Any]) -> Frame:
    """Give the rows with these numbers, in this order."""
    return frame[np.asarray(rows, dtype=np.int64)]


def names_of(value: str | Sequence[str] | None) -> list[str]:
    """Give one name or several as a list; a word is one name, and not its letters."""
    return [value] if isinstance(value, str) else list(value or ())


def difference(left: Floats, right: Floats) -> Floats:
    """Give left - right as printed figures: 6.1 - 6.0 is 0.1, and not 0.0999…96."""
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.array([_minus(one, other) for one, other in pairs], dtype=np.float64)


def _minus(left: float, right: float) -> float:
    if not (np.isfinite(left) and np.isfinite(right)):
        return float("nan")
    return float(Decimal(repr(left)) - Decimal(repr(right)))
