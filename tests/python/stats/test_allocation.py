"""Sums below a parent, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from in_panels import cell, everywhere, frame, kind, rows

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import allocation

JOBS = {"metric": "urban_new_jobs", "measure": "level", "unit": "人"}
CITY = {**JOBS, "level": "prefecture", "parent_code": "420000"}
ROWS = [
    cell("420000", 2020, 700_000.0, **JOBS),
    cell("421000", 2020, 70_000.0, **CITY),
    cell("421100", 2020, 50_000.0, target_high=None, **CITY),
    cell("421200", 2020, None, **CITY),
    cell("421300", 2020, 9.0, **(CITY | {"measure": "growth", "unit": "%"})),
    cell("421400", 2020, 3.0, **(CITY | {"unit": "个"})),
    cell("420000", 2021, None, **JOBS),
    cell("421000", 2021, 60_000.0, **CITY),
    cell("511000", 2021, 10_000.0, **(CITY | {"parent_code": "510000"})),
]


def of(found: Any, code: str, year: int, unit: str = "人") -> dict[str, Any]:
    told = [row for row in rows(found) if (row["region_code"], row["year"]) == (code, year)]
    return next(row for row in told if row["unit"] == unit)


@everywhere
def test_sum_over_the_parent(library: str) -> None:
    found = allocation(frame(ROWS, library), "urban_new_jobs")
    assert kind(found) == library
    hubei = of(found, "420000", 2020)
    assert hubei["ratio"] == pytest.approx(120_000 / 700_000)
    assert (hubei["parent_target"], hubei["children_target"]) == (700_000, 120_000)
    assert (hubei["children_low"], hubei["children_high"]) == (120_000, None)
    # 421000, 421100, 421200, 421300 and 421400 stand in the panel below it
    assert (hubei["children"], hubei["children_expected"], hubei["children_missing"]) == (2, 5, 3)
    assert hubei["coverage"] == 0.4
    assert hubei["parent_state"] == "stated"


@everywhere
def test_nothing_is_divided_by_what_is_not_told(library: str) -> None:
    found = allocation(frame(ROWS, library))
    silent = of(found, "420000", 2021)
    assert (silent["ratio"], silent["parent_target"], silent["parent_state"]) == (
        None,
        None,
        "not_named",
    )
    absent = of(found, "510000", 2021)
    assert (absent["ratio"], absent["parent_state"], absent["region"]) == (
        None,
        "not_in_panel",
        None,
    )
    # another unit is another cell, of which the parent has no row
    assert of(found, "420000", 2020, "个")["children"] == 1
    assert of(found, "420000", 2020, "个")["parent_state"] == "not_in_panel"


@pytest.mark.parametrize("target", [0.0, -5.0])
def test_nothing_is_divided_by_what_is_not_positive(target: float) -> None:
    found = allocation(frame([cell("420000", 2020, target, **JOBS), *ROWS[1:]], "polars"))
    assert of(found, "420000", 2020)["ratio"] is None
    assert of(found, "420000", 2020)["parent_target"] == target


def test_how_many_are_expected_can_be_told() -> None:
    told = [{"region_code": "420000", "year": 2020, "children": 17}]
    found = allocation(frame(ROWS, "polars"), expected=frame(told, "pandas"))
    assert of(found, "420000", 2020)["children_missing"] == 15
    unknown = of(found, "510000", 2021)
    assert (unknown["children_expected"], unknown["coverage"]) == (None, None)
    with pytest.raises(TableError, match="no column children"):
        allocation(frame(ROWS, "polars"), expected=frame(told, "polars").drop("children"))


@everywhere
def test_the_table_of_divisions_tells_who_is_expected(library: str) -> None:
    spans = [(None, None), (None, 2020), (2021, None), (2020, 2020), (None, 2019)]
    told = [
        {"region_code": f"42{n}", "parent_code": "420000", "valid_from": first, "valid_to": last}
        for n, (first, last) in enumerate(spans)
    ]
    told.append({"region_code": "1", "parent_code": None, "valid_from": None, "valid_to": None})
    found = allocation(frame(ROWS, library), expected=frame(told, library))
    assert of(found, "420000", 2020)["children_expected"] == 3
    assert of(found, "420000", 2021)["children_expected"] == 2


def test_a_plan_makes_no_child_of_a_later_year() -> None:
    plan = cell("421900", 2020, 5.0, **(CITY | {"horizon": "plan"}))
    found = allocation(frame([*ROWS, plan], "polars"))
    assert of(found, "420000", 2020)["children_expected"] == 5


def test_definitions_are_kept_apart() -> None:
    kinds = [
        ROWS[0] | {"target_variant": "urban"},
        ROWS[1] | {"target_variant": "urban"},
        ROWS[2] | {"target_variant": "whole"},
    ]
    found = of(allocation(frame(kinds, "polars")), "420000", 2020)
    assert (found["children"], found["other_variant"], found["children_target"]) == (1, 1, 70_000)


def test_rates_do_not_add_up() -> None:
    share = {"metric": "unemployment_surveyed", "measure": "level", "unit": "%"}
    made = [cell("420000", 2020, 5.5, **share), cell("421000", 2020, 5.0, **(CITY | share))]
    assert rows(allocation(frame(made, "polars"))) == []
    with pytest.raises(ArgumentError, match="amounts add up"):
        allocation(frame(ROWS, "polars"), measure="growth")
