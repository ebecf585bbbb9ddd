"""Tables → frames of other libraries, which are imported only when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhibiao._core import Table

__all__ = ["to_arrow", "to_pandas", "to_polars"]


def to_arrow(table: Table) -> Any:
    """Give a ``pyarrow.Table`` that shares the table's memory.

    Raises:
        ImportError: pyarrow is not installed; the message says how to install it.

    """
    return _library("pyarrow", "arrow").table(table)


def to_polars(table: Table) -> Any:
    """Give a ``polars.DataFrame``; words that repeat become categoricals.

    Raises:
        ImportError: polars is not installed; the message says how to install it.

    """
    return _library("polars", "polars").DataFrame(table)


def to_pandas(table: Table) -> Any:
    """Give a ``pandas.DataFrame``; words that repeat become categories.

    Raises:
        ImportError: pandas or pyarrow is not installed; the message says how to install them.

    """
    _library("pandas", "pandas")
    return _library("pyarrow", "pandas").table(table).to_pandas()


def _library(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"{name} is not installed; run: pip install 'zhibiao[{extra}]'", name=name
        ) from error
