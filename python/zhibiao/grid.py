"""A table as text for the terminal, with Chinese characters two columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from zhibiao.show import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibiao.marks import Row

__all__ = ["PANEL_COLUMNS", "lines"]

#: The columns of a panel that fit a terminal.
PANEL_COLUMNS = (
    "region", "year", "horizon", "metric", "measure", "unit", "target", "actual", "gap"
)  # fmt: skip


def lines(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """Give a header and the rows, aligned; numbers to the right."""
    cells = [list(columns)] + [[_cell(row[name]) for name in columns] for row in rows]
    numbers = [any(isinstance(row[name], float) for row in rows) for name in columns]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            _pad(cell, width, number)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _cell(value: object) -> str:
    if value is None:
        return "·"
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return escape(str(value)).replace("\n", " ")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
