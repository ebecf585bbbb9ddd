"""Frames go out as they came in, and every missing value is one."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import polars
import pytest
from in_panels import cell, column, everywhere, frame, kind

from zhibiao import stats
from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import _frames
from zhibiao.stats._cells import cells_of, differ
from zhibiao.stats._frames import Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import zhibiao

ROWS = [cell("1", 2020, 6.0, 5.0), cell("1", 2021, None), cell("2", 2020, 7.0, met="yes")]


@everywhere
def test_a_frame_goes_back_as_it_came(library: str) -> None:
    given = _frames.give(_frames.take(frame(ROWS, library)))
    assert kind(given) == library
    assert column(given, "target") == [6.0, None, 7.0]


def test_a_table_of_zhibiao_becomes_polars(panel: zhibiao.Table) -> None:
    assert kind(_frames.give(_frames.take(panel))) == "polars"


@everywhere
def test_missing_values_are_one(library: str) -> None:
    taken = _frames.take(frame(ROWS, library))
    assert _frames.words(taken, "met") == ["no", None, "yes"]
    assert np.isnan(_frames.numbers(taken, "actual")).tolist() == [False, True, True]
    assert _frames.flags(taken, "comparable") == [None, None, None]


@everywhere
def test_added_columns_keep_what_is_missing(library: str) -> None:
    day = datetime.date(2024, 1, 2)
    added = _frames.add(
        _frames.take(frame(ROWS, library)),
        {
            "f": Column(float, np.array([1.5, np.nan, 2])),
            "i": Column(int, [1, None, 2]),
            "b": Column(bool, [True, None, False]),
            "s": Column(str, ["a", None, "b"]),
            "none": Column(str, [None, None, None]),
            "d": Column(date := datetime.date, [day, None, day]),
        },
    )
    out = _frames.give(added)
    assert column(out, "f") == [1.5, None, 2.0]
    assert column(out, "i") == [1, None, 2]
    assert column(out, "b") == [True, None, False]
    assert column(out, "s") == ["a", None, "b"]
    assert column(out, "none") == [None] * 3
    assert _frames.dates(added, "d") == [day, None, day]
    assert date is datetime.date


def test_pandas_has_plain_types_where_nothing_is_missing() -> None:
    like = _frames.take(pandas.DataFrame({"x": [1]}))
    made = _frames.give(_frames.build(like, {"b": Column(bool, [True]), "i": Column(int, [1])}))
    assert [str(kind) for kind in made.dtypes] == ["bool", "int64"]


@pytest.mark.parametrize("measure", ["growth", "level"])
@pytest.mark.parametrize("reader", [pandas.read_csv, polars.read_csv])
def test_a_panel_that_went_through_csv_says_the_same(
    found: zhibiao.Extraction, tmp_path: Path, measure: str, reader: Callable[..., Any]
) -> None:
    panel = found.panel(complete=True)
    panel.write(tmp_path / "panel.csv")
    options = {"infer_schema_length": None} if reader is polars.read_csv else {"low_memory": False}
    back = reader(tmp_path / "panel.csv", **options)
    for name, function in (
        ("attainment_state", stats.attainment),
        ("gap", stats.attainment),
        ("run", stats.revision),
        ("dropped", stats.revision),
        ("hardness", stats.hardness),
        ("over_parent_side", stats.amplification),
    ):
        direct = function(panel, ["gdp", "urban_new_jobs"][measure == "level"], measure=measure)
        again = function(back, ["gdp", "urban_new_jobs"][measure == "level"], measure=measure)
        assert column(again, name) == column(direct, name)
    sheet = stats.audit_sample(back, 50, found=found, by=(), measure=measure)
    assert column(sheet, "actual_text") == column(
        stats.audit_sample(panel, 50, found=found, by=(), measure=measure), "actual_text"
    )


def test_codes_flags_and_lists_of_readers_of_csv() -> None:
    made = pandas.DataFrame(
        {"code": [420000.0, None], "flag": ["false", "TRUE"], "list": ["merge; split", None]}
    )
    taken = _frames.take(made)
    assert _frames.words(taken, "code") == ["420000", None]
    assert _frames.flags(taken, "flag") == [False, True]
    assert _frames.lists(taken, "list") == [["merge", "split"], []]
    with pytest.raises(TableError, match="'merge; split'; expected true or false"):
        _frames.flags(taken, "list")


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(ArgumentError, match="collect a lazy frame"):
        _frames.take(polars.LazyFrame({"a": [1]}))
    with pytest.raises(TableError, match="no column met"):
        _frames.need(_frames.take(polars.DataFrame({"a": [1]})), "a", "met")
    with pytest.raises(TableError, match="holds no numbers"):
        _frames.numbers(_frames.take(polars.DataFrame({"a": ["x"]})), "a")
    with pytest.raises(TableError, match="expected days"):
        _frames.dates(_frames.take(polars.DataFrame({"a": ["x"]})), "a")


def test_differences_are_those_of_printed_figures() -> None:
    left, right = np.array([6.1, 0.3, np.nan]), np.array([6.0, 0.1, 1.0])
    assert (left - right)[0] != 0.1
    assert _frames.difference(left, right).tolist()[:2] == [0.1, 0.2]
    assert np.isnan(_frames.difference(left, right)[2])


def test_cells_are_found_by_region_and_year() -> None:
    cells = cells_of(frame(ROWS, "polars"), "gdp", "growth")
    assert cells.earlier(1).tolist() == [-1, 0, -1]
    with pytest.raises(ArgumentError, match="it has gdp growth"):
        cells_of(frame(ROWS, "polars"), "gdp", "level")
    with pytest.raises(ArgumentError, match="no annual cell of cpi"):
        cells_of(frame(ROWS, "polars"), ["gdp", "cpi"], "growth")
    with pytest.raises(TableError, match="two rows"):
        cells_of(frame(ROWS + ROWS[:1], "polars"), "gdp", "growth").earlier(1)


def test_a_region_without_an_id_goes_by_its_name() -> None:
    nameless = [cell("1", 2020, 6.0, entity_id=None), cell("1", 2021, 6.0, entity_id=None)]
    assert cells_of(frame(nameless, "pandas"), None, None).earlier(1).tolist() == [-1, 0]


def test_definitions_differ_where_both_are_said() -> None:
    assert differ("net_income", "disposable_income")
    assert not differ("net_income", None)
    assert not differ("net_income", "unspecified")


def test_the_package_does_not_import_what_only_statistics_need() -> None:
    heavy = ("numpy", "scipy", "narwhals", "zhibiao.stats")
    code = f"import sys, zhibiao; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_polars_alone_is_enough() -> None:
    """Nothing asks for pyarrow, which polars does not need."""
    code = """
import sys

sys.modules["pyarrow"] = None
import zhibiao
from zhibiao import stats

country = stats.Country(cities=20, years=3)
found = zhibiao.extract(country.reports(seed=0))
panel = found.panel(complete=True)
for function in (stats.attainment, stats.hardness, stats.revision, stats.performance_gap,
                 stats.amplification, stats.target_count, stats.coverage, stats.describe,
                 stats.attainment_share, stats.amplification_summary):
    assert type(function(panel, "gdp")).__module__.startswith("polars"), function
stats.audit_sample(panel, 20, found=found)
stats.attention(country.reports(seed=0), "growth")
world = stats.World().panel(0)
stats.bunching(world, replicates=9).histogram()
stats.bunching_table(world, replicates=9)
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)
