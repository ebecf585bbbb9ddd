"""A yearbook beside the reports: matched, converted, and never quietly dropped."""

from __future__ import annotations

import warnings
from typing import Any

import narwhals
import pandas
import polars
import pyarrow
import pytest

import zhibiao
from zhibiao import errors

ADDED = ["yearbook_actual", "yearbook_source", "yearbook_vintage", "yearbook_gap"]


@pytest.fixture(scope="module")
def panel() -> zhibiao.Table:
    text = (
        "今年的主要预期目标是：生产总值增长6.1%左右，生产总值达到3000亿元，粮食产量达到450万吨，"
        "进出口总额达到3亿美元，城镇居民人均可支配收入与经济增长同步，"
        "“十五五”期间生产总值年均增长5%。"
    )
    return zhibiao.read(text, region="荆州市", year=2026).panel()


def row(**other: Any) -> dict[str, list[Any]]:
    told = {"region_code": "421000", "year": 2026, "metric": "gdp", "value": 6.4} | other
    return {name: [value] for name, value in told.items()}


def joined(panel: Any, frame: Any, **options: Any) -> list[dict[str, Any]]:
    options = {"source": "年鉴", "vintage": "2027", "unmatched": "raise"} | options
    result = narwhals.from_native(zhibiao.join_actuals(panel, frame, **options))
    return [told for told in result.iter_rows(named=True) if told["yearbook_source"] == "年鉴"]


def test_one_cell_takes_the_figure(panel: zhibiao.Table) -> None:
    (told,) = joined(panel, pyarrow.table(row()))
    assert (told["metric"], told["measure"], told["horizon"]) == ("gdp", "growth", "annual")
    assert [told[name] for name in ADDED] == [6.4, "年鉴", "2027", 0.3], "gap in decimals"


@pytest.mark.parametrize("library", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_the_library_of_the_frame_comes_back(panel: zhibiao.Table, library: Any) -> None:
    frame = library(row())
    result = zhibiao.join_actuals(panel, frame, source="年鉴")
    assert type(result) is type(frame)
    names = list(getattr(result, "column_names", None) or result.columns)
    assert names == [*panel.column_names, *ADDED]
    assert list(narwhals.from_native(result, eager_only=True)["metric"]) == panel.column("metric")


@pytest.mark.parametrize("library", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
@pytest.mark.parametrize("taken", ["to_pandas", "to_polars", "to_arrow"])
def test_the_panel_may_be_a_frame_of_any(panel: zhibiao.Table, library: Any, taken: str) -> None:
    frame = getattr(panel, taken)()
    assert [told["yearbook_actual"] for told in joined(frame, library(row()))] == [6.4]


def test_the_order_and_index_of_a_pandas_panel_do_not_matter(panel: zhibiao.Table) -> None:
    frame = panel.to_pandas().iloc[::-1]
    (told,) = joined(frame, pandas.DataFrame(row(), index=[7]))
    assert (told["metric"], told["yearbook_actual"]) == ("gdp", 6.4)


def test_nothing_of_the_panel_changes(panel: zhibiao.Table) -> None:
    result = zhibiao.join_actuals(panel, pyarrow.table(row()), source="年鉴")
    assert result.drop_columns(ADDED).to_pylist() == panel.to_dicts()


@pytest.mark.parametrize(
    ("metric", "value", "unit", "base"),
    [
        ("gdp", 3100.5, "亿元", 310_050_000_000),
        ("gdp", 31_005_000, "万元", 310_050_000_000),
        ("grain_output", 90, "亿斤", 4_500_000),
        ("grain_output", 450, "万吨", 4_500_000),
        ("trade_total", 40000, "万美元", 400_000_000),
    ],
)
def test_units_are_converted(
    panel: zhibiao.Table, metric: str, value: float, unit: str, base: float
) -> None:
    frame = pyarrow.table(row(metric=metric, value=value, unit=unit, measure="level"))
    assert [told["yearbook_actual"] for told in joined(panel, frame)] == [base]
    plain = pyarrow.table(row(metric=metric, value=value))
    assert [t["yearbook_actual"] for t in joined(panel, plain, unit=unit, measure="level")] == [
        base
    ]


@pytest.mark.parametrize("code", ["421000", 421000, 421000.0])
def test_codes_may_be_numbers(panel: zhibiao.Table, code: Any) -> None:
    assert len(joined(panel, pandas.DataFrame(row(region_code=code)))) == 1


def test_the_entity_wins_over_the_code(panel: zhibiao.Table) -> None:
    entity = panel.column("entity_id")[0]
    assert entity != "421000", "an entity is called by its first code"
    frame = pyarrow.table(row(entity_id=entity, region_code="999999"))
    assert len(joined(panel, frame)) == 1
    both = pandas.DataFrame([row(entity_id=entity, value=7.0), row(entity_id=None)]).map(
        lambda cell: cell[0]
    )
    with pytest.raises(errors.ArgumentError, match="1 of 2 figures find no cell"):
        joined(panel, both)


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2025},
        {"region_code": "420000"},
        {"metric": "exports"},
        {"metric": "trade_total", "measure": "level", "unit": "亿元"},
        {"measure": "level", "unit": "箩"},
    ],
)
def test_what_finds_no_cell_is_told(panel: zhibiao.Table, other: dict[str, Any]) -> None:
    frame = pyarrow.table(row(**other))
    with pytest.raises(errors.ArgumentError, match="row 1 "):
        joined(panel, frame)
    with pytest.warns(UserWarning, match="1 of 1 figures find no cell") as told:
        zhibiao.join_actuals(panel, frame, source="年鉴")
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not joined(panel, frame, unmatched="ignore")


def test_a_mean_of_years_takes_no_figure_of_a_year(panel: zhibiao.Table) -> None:
    frame = pyarrow.table(row(year=2030))
    with pytest.raises(errors.ArgumentError, match="2030"):
        joined(panel, frame)


def test_a_relation_has_a_figure_and_no_gap(panel: zhibiao.Table) -> None:
    (told,) = joined(panel, pyarrow.table(row(metric="income_urban")))
    assert (told["yearbook_actual"], told["yearbook_gap"]) == (6.4, None)


def test_rows_without_a_value_are_left_out(panel: zhibiao.Table) -> None:
    frame = pandas.DataFrame({name: cell * 2 for name, cell in row().items()})
    frame.loc[0, "value"] = None
    assert len(joined(panel, frame)) == 1


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({name: cell * 2 for name, cell in row().items()}, "twice, first in row 1"),
        ({name: cell for name, cell in row().items() if name != "value"}, "no column value"),
        ({name: cell for name, cell in row().items() if name != "region_code"}, "entity_id or"),
        (row(region_code=None), "names no region"),
        (row(metric=None), "names no metric"),
        (row(value="约6"), "expected a number"),
        (row(value=float("inf")), "expected a number"),
    ],
)
def test_frames_that_are_refused(
    panel: zhibiao.Table, frame: dict[str, list[Any]], message: str
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        joined(panel, pyarrow.table(frame))


def test_two_units_of_one_cell_are_one_figure_twice(panel: zhibiao.Table) -> None:
    frame = pandas.DataFrame(
        {
            "region_code": ["421000"] * 2,
            "year": [2026] * 2,
            "metric": ["gdp"] * 2,
            "measure": ["level"] * 2,
            "value": [3100.5, 31_005_000],
            "unit": ["亿元", "万元"],
        }
    )
    with pytest.raises(errors.ArgumentError, match="twice"):
        joined(panel, frame)


def test_calls_that_are_refused(panel: zhibiao.Table) -> None:
    once = zhibiao.join_actuals(panel, pyarrow.table(row()), source="年鉴")
    with pytest.raises(errors.ArgumentError, match="already"):
        joined(once, pyarrow.table(row()))
    with pytest.raises(errors.ArgumentError, match="unmatched"):
        joined(panel, pyarrow.table(row()), unmatched="drop")
    with pytest.raises(errors.ArgumentError, match="lazy"):
        joined(panel, [1])
    with pytest.raises(errors.TableError, match="target"):
        joined(panel.to_pandas().drop(columns="target"), pandas.DataFrame(row()))


def test_what_was_joined_goes_to_stata(panel: zhibiao.Table, tmp_path: Any) -> None:
    result = zhibiao.join_actuals(panel, pandas.DataFrame(row()), source="年鉴")
    zhibiao.export(result, tmp_path / "joined.dta")
    read = pandas.read_stata(tmp_path / "joined.dta")
    assert read["yearbook_actual"].dropna().tolist() == [6.4]
