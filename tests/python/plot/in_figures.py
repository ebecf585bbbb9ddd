"""What tests of figures share: panels made up, and every kind of figure at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import polars
import pytest

import zhibiao.plot
from zhibiao import stats

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

LIBRARIES = ("pandas", "polars", "pyarrow")
everywhere = pytest.mark.parametrize("library", LIBRARIES)

WORDS = ("target_variant", "target_comparator", "actual_comparator", "parent_code", "region_code")


def cell(
    code: str | None, name: str, year: int, target: Any = None, actual: Any = None, **other: Any
) -> dict[str, Any]:
    """A yearly cell of gdp growth; a pair of numbers is a range, its point the lower one."""
    low, high = target if isinstance(target, tuple) else (target, target)
    row = {
        "entity_id": None if code is None else f"id{code}",
        "region_code": code,
        "parent_code": "100000" if code and code.endswith("0000") else "420000",
        "region": name,
        "level": "province" if code and code.endswith("0000") else "prefecture",
        "year": year,
        "metric": "gdp",
        "measure": "growth",
        "unit": "%",
        "horizon": "annual",
        "target": low,
        "target_low": low,
        "target_high": high,
        "target_variant": None,
        "target_comparator": None if low is None else "eq",
        "target_state": "not_named" if low is None else "stated",
        "actual": actual,
        "actual_state": "not_mentioned" if actual is None else "stated_annual",
        "actual_comparator": None if actual is None else "eq",
        "comparable": None,
    }
    if code == "100000":
        row |= {"parent_code": None, "level": "nation"}
    return {**row, **other}


def frame(rows: list[dict[str, Any]], library: str = "polars") -> Any:
    types: dict[str, Any] = dict.fromkeys(WORDS, polars.String)
    types |= dict.fromkeys(("target", "target_low", "target_high", "actual"), polars.Float64)
    types |= {"comparable": polars.Boolean, "entity_id": polars.String, "unit": polars.String}
    made = polars.DataFrame(rows, schema_overrides={k: v for k, v in types.items() if k in rows[0]})
    if library == "polars":
        return made
    return made.to_arrow() if library == "pyarrow" else made.to_pandas()


#: A nation, a province of it and a city of that, with a year of each kind of gap.
ROWS = [
    *(cell("100000", "中华人民共和国", year, 7.0 + year % 2, 7.5) for year in range(2010, 2016)),
    cell("420000", "湖北省", 2010, 9.0, 10.0),
    cell("420000", "湖北省", 2011, (9.0, 10.0), 9.5),
    cell("420000", "湖北省", 2013, 8.0, None),
    cell("420000", "湖北省", 2015, 8.0, 7.0),
    cell("421000", "湖北省荆州市", 2010, 10.0, 11.0),
    cell("421000", "湖北省荆州市", 2011, (10.0, 12.0), 9.0),
    cell("421000", "湖北省荆州市", 2012, None, None, target_state="report_not_in_corpus"),
    cell("421000", "湖北省荆州市", 2013, 9.5, None),
    cell("421000", "湖北省荆州市", 2014, None, 8.25),
    cell("421000", "湖北省荆州市", 2015, 9.0, 9.0),
]


@cache
def invented() -> Any:
    return stats.World(regions=60, years=8, rounded=0.1).panel(seed=1)


@cache
def bunched() -> stats.Bunching:
    return stats.bunching(invented(), replicates=19)


@cache
def cells() -> Any:
    return stats.amplification(frame(ROWS), "gdp")


@cache
def summary() -> Any:
    return stats.amplification_summary(frame(ROWS), "gdp")


#: Every kind of figure, by name; each takes what all of them take.
FIGURES: dict[str, Callable[..., Axes]] = {
    "over_time": lambda **asked: zhibiao.plot.over_time(frame(ROWS), "荆州市", **asked),
    "scatter by level": lambda **asked: zhibiao.plot.scatter(frame(ROWS), **asked),
    "scatter by comparator": lambda **asked: zhibiao.plot.scatter(
        invented(), by="comparator", **asked
    ),
    "gap_histogram": lambda **asked: zhibiao.plot.gap_histogram(bunched(), **asked),
    "amplification of cells": lambda **asked: zhibiao.plot.amplification(cells(), **asked),
    "amplification of a summary": lambda **asked: zhibiao.plot.amplification(
        summary(), show="share_above", **asked
    ),
    "targets by level": lambda **asked: zhibiao.plot.amplification(
        cells(), show="targets", **asked
    ),
    "coverage by region": lambda **asked: zhibiao.plot.coverage(frame(ROWS), **asked),
    "coverage by level": lambda **asked: zhibiao.plot.coverage(
        frame(ROWS), rows="level", side="actual", **asked
    ),
}
every_figure = pytest.mark.parametrize("name", FIGURES)


def column(data: Any, name: str) -> list[Any]:
    """A column of any frame, missing values None."""
    if isinstance(data, pandas.DataFrame):
        values = data[name].astype(object).tolist()
    else:
        values = (
            data[name].to_list() if isinstance(data, polars.DataFrame) else data[name].to_pylist()
        )
    return [None if value is None or value != value else value for value in values]


def drawn(line: Any) -> dict[float, float]:
    """The points of a line that are there."""
    x, y = np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)
    return {float(one): float(other) for one, other in zip(x, y, strict=True) if other == other}


def called(axes: Axes, label: str) -> Any:
    """The line, marks or bars with a label."""
    every = [*axes.lines, *axes.collections, *axes.patches, *axes.containers]
    return next(one for one in every if one.get_label() == label)


def legend(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.get_legend().get_texts()]
