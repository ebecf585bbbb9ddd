"""Expressions of polars: a text's rows stand beside it, and they are those of `extract`."""

from __future__ import annotations

from typing import Any

import polars
import pytest

import zhibiao
import zhibiao.polars
from zhibiao import stats


@pytest.fixture(scope="module")
def frame() -> polars.DataFrame:
    texts: list[str | None] = polars.DataFrame(stats.Country(cities=4, years=1).reports(2))[
        "text"
    ].to_list()[:20]
    texts[3:3] = [None, "从前有座山，山里有座庙。", ""]
    return polars.DataFrame({"url": [f"u{at}" for at in range(len(texts))], "text": texts})


def text_column() -> Any:
    return polars.col("text")


@pytest.mark.parametrize("table", ["observations", "reports"])
def test_rows_beside_a_text_are_its_rows(frame: polars.DataFrame, table: str) -> None:
    told = frame.with_columns(told=getattr(text_column().zhibiao, table)())
    numbers = frame.with_row_index("id").drop("url")
    whole = getattr(zhibiao.extract(numbers, id="id"), table).plain().to_polars()
    found = told.select("told").filter(polars.col("told").list.len() > 0)
    assert found.explode("told").unnest("told").equals(whole)
    silent = told.filter(polars.col("told").list.len() == 0)["url"].to_list()
    assert silent == ["u3", "u4", "u5"]


def test_lazy_frames_and_no_rows(frame: polars.DataFrame) -> None:
    count = text_column().zhibiao.observations().list.len().sum()
    whole = frame.select(count).item()
    assert frame.lazy().select(count).collect().item() == whole > 0
    empty = frame.head(0).with_columns(told=text_column().zhibiao.observations())
    assert empty.schema["told"] == frame.select(text_column().zhibiao.observations()).schema["text"]
