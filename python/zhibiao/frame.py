"""Tables → frames of other libraries, which are imported only when asked for, and back."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from zhibiao.errors import TableError

if TYPE_CHECKING:
    from zhibiao._core import Table

__all__ = ["ArrowStream", "Handed", "library", "plain_arrow", "to_arrow", "to_pandas", "to_polars"]


@runtime_checkable
class ArrowStream(Protocol):
    """Any table of the Arrow PyCapsule interface: polars, pandas, pyarrow, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the table over as a capsule."""


class Handed:
    """A frame on its way in; where its library refuses to hand it over, this says what to do."""

    def __init__(self, frame: ArrowStream) -> None:
        """Hold the frame until it is asked for."""
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        kind = type(self._frame)
        try:
            return self._frame.__arrow_c_stream__(requested_schema)
        except ImportError as error:
            library = kind.__module__.partition(".")[0]
            raise ImportError(
                f"{library} hands frames over by pyarrow, which is not installed; run: "
                "pip install 'zhibiao[pandas]'",
                name="pyarrow",
            ) from error
        except Exception as error:  # every library has its own
            raise TableError(
                f"the {kind.__name__} cannot be handed over: {error}; give each column one type, "
                "or leave out those that are not needed"
            ) from error


def to_arrow(table: Table) -> Any:
    """Give a ``pyarrow.Table`` that shares the table's memory.

    Raises:
        ImportError: pyarrow is not installed; the message says how to install it.

    """
    return library("pyarrow", "arrow").table(table)


def to_polars(table: Table) -> Any:
    """Give a ``polars.DataFrame``; words that repeat become categoricals.

    Raises:
        ImportError: polars is not installed; the message says how to install it.

    """
    return library("polars", "polars").DataFrame(table)


def to_pandas(table: Table) -> Any:
    """Give a ``pandas.DataFrame``; words that repeat become categories.

    Raises:
        ImportError: pandas or pyarrow is not installed; the message says how to install them.

    """
    library("pandas", "pandas")
    return library("pyarrow", "pandas").table(table).to_pandas()


def plain_arrow(frame: ArrowStream) -> Any:
    """Give any frame as a ``pyarrow.Table`` that pandas can take: it has no lists of views."""
    arrow = library("pyarrow", "arrow")
    table = arrow.table(frame)
    for number, field in enumerate(table.schema):
        if "list<item: string_view>" in str(field.type):  # of polars
            lists = table.column(number).cast(arrow.large_list(arrow.string()))
            table = table.set_column(number, field.name, lists)
    return table


def library(name: str, extra: str) -> Any:
    """Import a library that an extra brings.

    Raises:
        ImportError: It is not installed; the message names the extra.

    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"{name} is not installed; run: pip install 'zhibiao[{extra}]'", name=name
        ) from error
