"""Texts for engines, and what one machine makes of them."""

from __future__ import annotations

from typing import Any

import pyarrow

import zhibiao
from zhibiao import stats


def texts() -> pyarrow.Table:
    """Reports of an invented country and a text that is none."""
    frame = pyarrow.table(stats.Country(cities=8, years=2).reports(5)).slice(0, 60)
    rows = [*frame.to_pylist(), {"id": "novel", "text": "从前有座山，山里有座庙。"}]
    return pyarrow.Table.from_pylist(rows)


def by_one_machine(table: str) -> list[dict[str, Any]]:
    told = getattr(zhibiao.extract(texts(), id="id"), table)
    return pyarrow.table(told.plain()).to_pylist()


def sorted_rows(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Engines keep rows, and no order among batches."""
    key = {"observations": "observation_id", "reports": "report_id", "problems": "source"}[table]
    return sorted(rows, key=lambda row: row[key])
