"""Yearbook figures beside the actuals that the reports tell."""

from __future__ import annotations

import warnings
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from zhibiao import _core
from zhibiao.errors import ArgumentError, TableError
from zhibiao.frame import library, plain_arrow
from zhibiao.messages import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["join_actuals"]

_ADDED = ("yearbook_actual", "yearbook_source", "yearbook_vintage", "yearbook_gap")
_REGION = ("entity_id", "region_code")
#: Region (column and code), year, metric and measure.
_Key = tuple[str, str, int, str, str]


class _Figure:
    """A row of the yearbook, in base units."""

    def __init__(self, row: int, value: Decimal, unit: str, key: _Key) -> None:
        self.row = row
        self.value = value
        self.unit = unit
        self.key = key
        self.used = False

    def __str__(self) -> str:
        column, code, year, metric, measure = self.key
        return f"row {self.row} ({column} {code}, {year}, {metric} {measure} in {self.unit})"


def join_actuals(
    panel: Any,
    frame: Any,
    *,
    source: str,
    vintage: str | None = None,
    measure: str = "growth",
    unit: str = "%",
    unmatched: Literal["warn", "raise", "ignore"] = "warn",
) -> Any:
    """Put the figures of a yearbook beside those that the reports tell.

    Only cells of a whole year (``horizon`` annual) are joined; nothing of the panel is changed.

    Args:
        panel: The panel, from zhibiao or as a frame of pandas, polars or pyarrow.
        frame: The yearbook, one figure a row: any frame with the columns ``entity_id`` or
            ``region_code`` (six digits, as the code stood in that year), ``year``, ``metric`` and
            ``value``, and, if they differ by row, ``measure`` and ``unit``. Rows without a value
            are left out.
        source: What the figures are from: ``"中国城市统计年鉴"``.
        vintage: Which edition: ``"2024"``.
        measure: The measure of rows that do not tell theirs.
        unit: The unit of rows that do not tell theirs. Any unit that reports are written in:
            ``"亿元"``, ``"万吨"``; it is converted to the base unit of the cell.
        unmatched: What happens to figures that no cell of the panel takes: a warning that names
            them, an error that does, or nothing.

    Returns:
        The panel as a frame of the library that ``frame`` is of (else of pyarrow), with the columns
        ``yearbook_actual`` (in the base unit of the row), ``yearbook_source``,
        ``yearbook_vintage`` and ``yearbook_gap`` (yearbook_actual - target). ``actual``,
        ``actual_source`` and all else stay as they are.

    Raises:
        ArgumentError: A column is missing, a value is no number, two rows tell the same figure, the
            panel has such columns already, or a figure finds no cell and ``unmatched`` is "raise".
        ImportError: narwhals is not installed; the message says how to install it.

    Examples:
        >>> import pyarrow
        >>> import zhibiao
        >>> found = zhibiao.read("今年生产总值增长6%左右。", region="荆州市", year=2024)
        >>> yearbook = pyarrow.table(
        ...     {"region_code": ["421000"], "year": [2024], "metric": ["gdp"], "value": [6.1]}
        ... )
        >>> joined = zhibiao.join_actuals(found.panel(), yearbook, source="年鉴", vintage="2025")
        >>> joined["yearbook_actual"].to_pylist(), joined["yearbook_gap"].to_pylist()
        ([6.1], [0.1])

    """
    if unmatched not in ("warn", "raise", "ignore"):
        raise ArgumentError(f"unmatched is {unmatched!r}; expected 'warn', 'raise' or 'ignore'")
    narwhals = library("narwhals", "actuals")
    yearbook = _frame(narwhals, frame, "the frame")
    backend = yearbook.implementation
    rows = _frame(narwhals, panel, "the panel", backend)
    there = [name for name in _ADDED if name in rows.columns]
    if there:
        raise ArgumentError(f"the panel has {', '.join(there)} already; rename what was joined")
    figures = _figures(yearbook, measure, unit)
    added = _beside(rows, figures, source, vintage)
    _tell([figure for figure in figures.values() if not figure.used], len(figures), unmatched)
    types = dict.fromkeys(_ADDED, narwhals.String)
    types |= dict.fromkeys(("yearbook_actual", "yearbook_gap"), narwhals.Float64)
    series = [
        narwhals.new_series(name, added[name], types[name](), backend=backend) for name in _ADDED
    ]
    return rows.with_columns(*series).to_native()


def _frame(narwhals: Any, frame: Any, what: str, backend: Any = None) -> Any:
    """Take a frame of any library, into ``backend`` where one is asked for."""
    try:
        taken = narwhals.from_native(frame, eager_only=True)
    except TypeError:
        taken = None
    if taken is not None and (backend is None or taken.implementation == backend):
        # An index of pandas says nothing, and would be aligned by.
        return narwhals.maybe_reset_index(taken)
    if not hasattr(frame, "__arrow_c_stream__"):
        raise ArgumentError(
            f"{what} is a {type(frame).__name__}; expected a frame of pandas, polars or pyarrow, "
            "or a table of zhibiao (collect a lazy frame first)"
        )
    return narwhals.from_arrow(plain_arrow(frame), backend=backend or "pyarrow")


def _figures(yearbook: Any, measure: str, unit: str) -> dict[_Key, _Figure]:
    regions = [name for name in _REGION if name in yearbook.columns]
    missing = [name for name in ("year", "metric", "value") if name not in yearbook.columns]
    missing += [] if regions else ["entity_id or region_code"]
    if missing:
        raise ArgumentError(
            f"the frame has no column {', '.join(missing)}; it has {', '.join(yearbook.columns)}"
        )
    names = [*regions, "year", "metric", "value"]
    names += [name for name in ("measure", "unit") if name in yearbook.columns]
    columns = [yearbook[name].to_list() for name in names]
    units: dict[str, tuple[str, Decimal]] = {}
    figures: dict[_Key, _Figure] = {}
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        row = dict(zip(names, values, strict=True))
        if _absent(row["value"]):
            continue
        written = unit if _absent(row.get("unit")) else str(row["unit"])
        base, factor = units.setdefault(written, _base(written))
        key = (*_region(row, regions, number), *_cell(row, measure, number))
        value = _number(row["value"], "value", number) * factor
        figure = _Figure(number, value, base, key)
        if (other := figures.setdefault((*key[:4], f"{key[4]} {base}"), figure)) is not figure:
            raise ArgumentError(
                f"the frame tells {figure} twice, first in row {other.row}; leave one of them out"
            )
    return figures


def _absent(value: Any) -> bool:
    return value is None or value == "" or value != value


def _region(row: Mapping[str, Any], columns: list[str], number: int) -> tuple[str, str]:
    for column in columns:
        value = row[column]
        if not _absent(value):
            return column, str(int(value)) if isinstance(value, float) else str(value).strip()
    raise ArgumentError(f"row {number} of the frame names no region; fill {' or '.join(columns)}")


def _cell(row: Mapping[str, Any], measure: str, number: int) -> tuple[int, str, str]:
    year = int(_number(row["year"], "year", number))
    if _absent(row["metric"]):
        raise ArgumentError(f"row {number} of the frame names no metric; see `zhibiao codebook`")
    return year, str(row["metric"]), str(row.get("measure") or measure)


def _number(value: Any, column: str, number: int) -> Decimal:
    try:
        told = Decimal(str(value))
    except ArithmeticError:
        told = Decimal("NaN")
    if not told.is_finite():
        raise ArgumentError(f"row {number} of the frame: {column} is {value!r}; expected a number")
    return told


def _base(unit: str) -> tuple[str, Decimal]:
    """Give the base unit and the factor to it, as a report's figure in the unit is read."""
    found = _core.read(f"2024年，完成总量2{unit}。", region="湖北省", year=2025)
    rows = found.observations.to_dicts()
    if len(rows) != 1 or rows[0]["unit"] != unit:
        return unit, Decimal(1)
    return rows[0]["base_unit"], Decimal(repr(rows[0]["base_low"])) / 2


_CELL = (*_REGION, "year", "metric", "measure", "unit", "horizon", "target")


def _beside(
    rows: Any, figures: dict[_Key, _Figure], source: str, vintage: str | None
) -> dict[str, list[Any]]:
    missing = [name for name in _CELL if name not in rows.columns]
    if missing:
        raise TableError(f"the panel has no column {', '.join(missing)}; keep it in the panel")
    added: dict[str, list[Any]] = {name: [] for name in _ADDED}
    for values in zip(*(rows[name].to_list() for name in _CELL), strict=True):
        cell = dict(zip(_CELL, values, strict=True))
        figure = _of(cell, figures) if cell["horizon"] == "annual" else None
        for name, value in zip(_ADDED, _values(figure, cell, source, vintage), strict=True):
            added[name].append(value)
    return added


def _of(cell: Mapping[str, Any], figures: dict[_Key, _Figure]) -> _Figure | None:
    """Give the figure of a cell; one that is told by the entity wins over one by the code."""
    what = (cell["year"], cell["metric"], f"{cell['measure']} {cell['unit']}")
    for column in _REGION:
        figure = figures.get((column, str(cell[column]), *what))
        if figure is not None:
            figure.used = True
            return figure
    return None


def _values(
    figure: _Figure | None, cell: Mapping[str, Any], source: str, vintage: str | None
) -> tuple[float | None, str | None, str | None, float | None]:
    if figure is None:
        return None, None, None, None
    target = cell["target"]
    gap = None if _absent(target) else float(figure.value - Decimal(repr(float(target))))
    return float(figure.value), source, vintage, gap


def _tell(unused: list[_Figure], all_figures: int, unmatched: str, most: int = 5) -> None:
    if not unused or unmatched == "ignore":
        return
    text = (
        f"{len(unused)} of {all_figures} figures find no cell of the panel: "
        f"{listed(map(str, unused), most)}; the panel may lack the region or the year, "
        "have the cell in another unit, or know the region by another code then"
    )
    if unmatched == "raise":
        raise ArgumentError(text)
    warnings.warn(text, stacklevel=3)
