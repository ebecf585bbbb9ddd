"""Panels made up for the tests of measures, in the library that is asked for."""

from __future__ import annotations

from typing import Any

import pandas
import polars
import pyarrow
import pytest

Row = dict[str, Any]

TYPES: dict[str, Any] = {
    **dict.fromkeys(
        ("entity_id", "region_code", "parent_code", "region", "level", "metric", "measure"),
        polars.Categorical,
    ),
    **dict.fromkeys(("unit", "horizon", "target_comparator"), polars.Categorical),
    **dict.fromkeys(("target_comparator_word", "target_modality"), polars.Categorical),
    **dict.fromkeys(("target_modality_word", "target_variant"), polars.Categorical),
    **dict.fromkeys(("actual_variant", "target_state", "actual_state"), polars.Categorical),
    **dict.fromkeys(("direction", "met"), polars.Categorical),
    "year": polars.Int16,
    **dict.fromkeys(("target", "target_low", "target_high", "actual"), polars.Float64),
    "comparable": polars.Boolean,
    "boundary_change": polars.List(polars.String),
    "target_observation_ids": polars.List(polars.String),
    "actual_observation_ids": polars.List(polars.String),
}


def cell(
    entity: str, year: int, target: float | None, actual: float | None = None, **other: Any
) -> Row:
    """A yearly cell of gdp growth with a floor; ``met`` and states follow, unless told."""
    met = None
    if target is not None and actual is not None:
        met = "yes" if actual >= target else "no"
    row = {
        "entity_id": entity,
        "region_code": entity,
        "parent_code": "100000",
        "region": f"R{entity}",
        "level": "province",
        "year": year,
        "metric": "gdp",
        "measure": "growth",
        "unit": "%",
        "horizon": "annual",
        "target": target,
        "target_low": target,
        "target_high": target,
        "target_comparator": None if target is None else "eq",
        "target_comparator_word": None,
        "target_modality": None if target is None else "plain",
        "target_modality_word": None,
        "target_variant": None,
        "actual_variant": None,
        "target_state": "not_named" if target is None else "stated",
        "actual": actual,
        "actual_state": "not_mentioned" if actual is None else "stated_annual",
        "direction": "floor",
        "met": met,
        "comparable": None,
        "boundary_change": [],
        "target_observation_ids": [],
        "actual_observation_ids": [],
    }
    return {**row, **other}


def frame(rows: list[Row], library: str) -> Any:
    """The rows as a frame of pandas, polars or pyarrow, with the types of a panel."""
    types = {name: TYPES.get(name) for name in rows[0]}
    made = polars.DataFrame(rows, schema=types)
    if library == "polars":
        return made
    if library == "pyarrow":
        return made.to_arrow()
    shown = made.to_pandas()
    shown.index = range(100, 100 + len(shown))  # an index that says nothing
    return shown


def rows(frame: Any) -> list[Row]:
    """The rows of any frame, missing values None."""
    if isinstance(frame, pandas.DataFrame):
        dicts = frame.astype(object).to_dict("records")
    else:
        dicts = frame.to_dicts() if isinstance(frame, polars.DataFrame) else frame.to_pylist()
    return [{key: None if _absent(value) else value for key, value in row.items()} for row in dicts]


def column(frame: Any, name: str) -> list[Any]:
    return [row[name] for row in rows(frame)]


def _absent(value: Any) -> bool:
    return value is None or value is pandas.NA or (isinstance(value, float) and value != value)


LIBRARIES = ("pandas", "polars", "pyarrow")
everywhere = pytest.mark.parametrize("library", LIBRARIES)


def kind(frame: Any) -> str:
    names = {pandas.DataFrame: "pandas", polars.DataFrame: "polars", pyarrow.Table: "pyarrow"}
    return names[type(frame)]
