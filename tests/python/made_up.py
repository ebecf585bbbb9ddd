"""Rows and tables made up for the tests of the scorers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]

FACTS = [
    *("doc", "metric", "kind", "measure", "period", "low", "high", "cmp", "unit"),
    *("modality", "stretch", "quote", "optional"),
]


def observation(value: float, unit: str | None = "%", **other: Any) -> Row:
    """An actual of gdp in 2023, told by the report of 2024, unless something else is said."""
    factor = {"亿元": 1e8, "万人": 1e4}.get(unit or "", 1)
    row = {
        "source": "x/county/甲县_2024.txt",
        "entity_id": "甲",
        "report_year": 2024,
        "start": 10,
        "end": 14,
        "text": f"{value:g}{unit}",
        "sentence_id": "s",
        "kind": "actual",
        "metric": "gdp",
        "variant": None,
        "measure": "growth" if unit == "%" else "level",
        "aggregation": "annual",
        "period_start": 2023,
        "period_end": 2023,
        "subperiod": "year",
        "value_low": value,
        "value_high": value,
        "comparator": "eq",
        "unit": unit,
        "decimals": len(f"{value:g}".partition(".")[2]),
        "base_low": value * factor,
        "base_high": value * factor,
        "base_unit": {"亿元": "元", "万人": "人"}.get(unit or "", unit),
        "baseline": False,
        "stretch": False,
        "basis": "unstated",
    }
    return {**row, **other}


def in_year(year: int, value: float, unit: str = "%", **other: Any) -> Row:
    """What the report of the year after tells as reached."""
    told = {"report_year": year + 1, "source": f"x/county/甲县_{year + 1}.txt"}
    return observation(value, unit, period_start=year, period_end=year, **told, **other)


def target(value: float, unit: str = "%", **other: Any) -> Row:
    years = {"period_start": 2024, "period_end": 2024}
    return observation(value, unit, kind="target", **{**years, **other})


def write_rows(path: Path, rows: list[Row]) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_tsv(path: Path, head: list[str], rows: list[list[str]]) -> Path:
    lines = ["\t".join(row) for row in (head, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_facts(path: Path, *rows: str) -> Path:
    """Rows are written with blanks between their cells, empty ones as `_`."""
    cells = [["" if cell == "_" else cell for cell in row.split()] for row in rows]
    return write_tsv(path, FACTS, cells)
