"""The layout of target tables that are collected by hand: ``nv, city, year, rate, rate_sub …``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from zhibiao import _core
from zhibiao.errors import ArgumentError
from zhibiao.frame import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibiao._core import Extraction

__all__ = ["HAND_COLUMNS", "hand_layout"]

HAND_COLUMNS = (
    "nv",
    "city",
    "year",
    "rate",
    "rate_sub",
    "prov_code",
    "province",
    "city_code",
)

_NATION = "100000"
_PROVINCE = re.compile("(?:北京|天津|上海|重庆)市|.+?(?:省|自治区|特别行政区)")


def hand_layout(
    found: Extraction,
    metric: str = "gdp",
    measure: str = "growth",
    *,
    point: Literal["low", "mid", "high"] = "low",
    unit: str | None = None,
    levels: Sequence[str] | None = None,
) -> Any:
    """Give the yearly targets of one metric in the columns of tables collected by hand.

    Args:
        found: The extraction: the sentences come from it.
        metric: The canonical metric.
        measure: ``level``, ``growth``, ``change`` or ``share``.
        point: Which number stands for a range.
        unit: The base unit, where the metric has targets in several, such as 元 and 美元.
        levels: Levels of government to keep: ``["prefecture"]``; all if not given.

    Returns:
        A ``pandas.DataFrame``, one row for each region and year with a target, with the columns
        ``nv`` (the sentence of the target), ``city`` (the name below the province; empty for a
        province and the nation), ``year``, ``rate`` (the target in base units; missing where it has
        no number), ``rate_sub`` (the words of its tone: 力争 左右; 与…同步 for a relation),
        ``prov_code``, ``province`` and ``city_code`` (six digits, as in that year, as integers; a
        region without a code has none). The nation stands as 100000 in ``prov_code``.

    Raises:
        ArgumentError: There are targets in several units, and ``unit`` does not choose one.
        ImportError: pandas is not installed; the message says how to install it.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.read("今年生产总值力争增长6%左右。", region="荆州市", year=2024)
        >>> row = zhibiao.hand_layout(found).iloc[0]
        >>> row["province"], row["city"], float(row["rate"]), row["rate_sub"]
        ('湖北省', '荆州市', 6.0, '力争 左右')

    """
    wanted = {"metric": metric, "measure": measure, "horizon": "annual"}
    if unit is not None:
        wanted["unit"] = unit
    cells = [
        row
        for row in found.panel(point).to_dicts()
        if row["target_observation_ids"]
        and all(row[name] == value for name, value in wanted.items())
        and (levels is None or row["level"] in levels)
    ]
    _one_unit(cells, metric)
    sentences = _sentences(found, cells)
    rows = [_row(cell, *sentences[cell["target_observation_ids"][0]]) for cell in cells]
    pandas = library("pandas", "pandas")
    frame = pandas.DataFrame(rows, columns=list(HAND_COLUMNS))
    types = {"year": "int16", "rate": "float64", "prov_code": "Int32", "city_code": "Int32"}
    return frame.astype(types)


def _one_unit(cells: Iterable[dict[str, Any]], metric: str) -> None:
    units = sorted({cell["unit"] for cell in cells if cell["unit"]})
    if len(units) > 1:
        raise ArgumentError(f"targets of {metric} are in {', '.join(units)}; choose one by unit=")


def _sentences(
    found: Extraction, cells: Iterable[dict[str, Any]]
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give the sentence and the row of each observation that a cell's target is read from."""
    wanted = {cell["target_observation_ids"][0] for cell in cells}
    table = found.sentences
    texts = dict(zip(table.column("sentence_id"), table.column("text"), strict=True))
    numbers = enumerate(found.observations.column("observation_id"))
    rows = (
        found.observations.to_dicts(number, number + 1)[0]
        for number, identity in numbers
        if identity in wanted
    )
    return {row["observation_id"]: (texts[row["sentence_id"]].strip(), row) for row in rows}


def _row(cell: dict[str, Any], sentence: str, observation: dict[str, Any]) -> dict[str, Any]:
    province, city = _names(cell)
    own = _code(cell["region_code"])
    return {
        "nv": sentence,
        "city": city,
        "year": cell["year"],
        "rate": cell["target"],
        "rate_sub": _tone(cell, observation),
        "prov_code": _province_code(cell, province),
        "province": province,
        "city_code": own if city else None,
    }


def _province_code(cell: dict[str, Any], province: str) -> int | None:
    """Give the code of the province; of a region without a code (a 新区) by the province's name."""
    code = cell["region_code"] or cell["parent_code"] or _code_of(province, cell["year"])
    if code is None or code == _NATION:
        return _code(code)
    return int(code) // 10000 * 10000


def _code_of(name: str, year: int) -> str | None:
    """Give the code of a region by its name, as a report of it is given its code."""
    rows = _core.read("今年生产总值增长6%。", region=name, year=year).observations.to_dicts()
    return rows[0]["region_code"] if rows else None


def _tone(cell: dict[str, Any], observation: dict[str, Any]) -> str:
    if cell["target_comparator"] in ("sync", "above", "assigned"):
        return str(observation["text"])
    words = (cell["target_modality_word"], cell["target_comparator_word"])
    return " ".join(word for word in words if word)


def _names(cell: dict[str, Any]) -> tuple[str, str]:
    """Cut a full name into the province's and what lies below it."""
    name = cell["region"] or ""
    if cell["region_code"] == _NATION:
        return name, ""
    found = _PROVINCE.match(name)
    return (name[: found.end()], name[found.end() :]) if found else ("", name)


def _code(code: str | None) -> int | None:
    return int(code) if code else None
