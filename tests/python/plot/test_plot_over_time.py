"""What `over_time` draws is what the panel holds, and a missing year is a gap."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from in_figures import ROWS, called, cell, drawn, everywhere, frame, legend

from zhibiao.errors import ArgumentError, TableError
from zhibiao.plot import over_time


def _draw(rows: list[dict[str, Any]] = ROWS, region: str = "荆州市", **asked: Any) -> Any:
    return over_time(frame(rows), region, language="en", **asked)


@everywhere
def test_lines_are_the_numbers_of_the_panel(library: str) -> None:
    axes = over_time(frame(ROWS, library), "荆州市", language="en")
    assert drawn(called(axes, "target")) == {2010: 10.0, 2011: 10.0, 2013: 9.5, 2015: 9.0}
    assert drawn(called(axes, "actual")) == {2010: 11.0, 2011: 9.0, 2014: 8.25, 2015: 9.0}
    assert drawn(called(axes, "target, Hubei")) == {2010: 9.0, 2011: 9.0, 2013: 8.0, 2015: 8.0}
    nation = {year: 7.0 + year % 2 for year in range(2010, 2016)}
    assert drawn(called(axes, "target, nation")) == nation


def test_a_missing_year_breaks_the_line() -> None:
    target = called(_draw(), "target")
    assert target.get_xdata().tolist() == [2010, 2011, 2012, 2013, 2014, 2015]
    assert [math.isnan(value) for value in target.get_ydata()] == [0, 0, 1, 0, 1, 0]


def test_years_without_any_number_are_grey() -> None:
    axes = _draw()
    spans = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in axes.patches]
    assert spans == [(2011.5, 2012.5)]
    assert legend(axes)[-1] == "no number"
    whole = [row for row in ROWS if row["year"] != 2012]
    assert not _draw([*whole, cell("421000", "湖北省荆州市", 2012, 9.0)]).patches


def test_nothing_is_drawn_as_zero() -> None:
    axes = _draw()
    assert all(0 not in np.nan_to_num(line.get_ydata(), nan=-1) for line in axes.lines)
    assert axes.get_ylim()[0] > 0


def test_ranges_are_bars_from_their_lower_to_their_upper_end() -> None:
    bars = [
        {tuple(map(tuple, segment)) for segment in one.get_segments()}
        for one in _draw().collections
        if len(one.get_segments())
    ]
    assert {((2011, 9.0), (2011, 10.0))} in bars
    assert {((2011, 10.0), (2011, 12.0))} in bars
    assert len(bars) == 2
    assert "target range" in legend(_draw())


def test_an_open_bound_is_no_range() -> None:
    rows = [cell("421000", "湖北省荆州市", 2010, 8.0, 9.0, target_high=None)]
    assert not any(len(one.get_segments()) for one in _draw(rows).collections)


def test_targets_above_need_codes() -> None:
    rows = [{k: v for k, v in row.items() if k != "region_code"} for row in ROWS]
    assert [line.get_label() for line in _draw(rows).lines] == ["actual", "target"]
    rows = [{k: v for k, v in row.items() if k != "parent_code"} for row in ROWS]
    assert _draw(rows).lines[0].get_label() == "target, nation"


def test_targets_above_are_drawn_where_the_own_one_is_missing() -> None:
    """The parent is that of the nearest year in which the region has a row."""
    rows = [row for row in ROWS if row["region"] != "湖北省荆州市"]
    rows += [cell("421000", "湖北省荆州市", year, 9.0) for year in (2010, 2015)]
    rows += [cell("430000", "湖南省", 2013, 12.0)]
    assert drawn(called(_draw(rows), "target, Hubei"))[2013] == 8.0
    moved = {"parent_code": "430000"}
    rows += [cell("421000", "湖北省荆州市", 2014, None, **moved)]
    assert drawn(called(_draw(rows), "target, Hubei"))[2013] == 12.0


def test_the_nation_has_nobody_above() -> None:
    axes = _draw(region="100000")
    assert [line.get_label() for line in axes.lines] == ["actual", "target"]
    assert axes.get_legend().get_title().get_text() == "China"


def test_amounts_are_scaled_by_their_axis_alone_and_stand_alone() -> None:
    amounts = {"measure": "level", "unit": "元"}
    rows = [
        cell("100000", "中华人民共和国", 2010, 4e13, 4e13, **amounts),
        cell("420000", "湖北省", 2010, 1.5e12, 1.6e12, **amounts),
    ]
    axes = _draw(rows, "湖北省", measure="level")
    assert drawn(called(axes, "target")) == {2010: 1.5e12}
    assert axes.get_ylabel() == "GDP (100 million yuan)"
    assert axes.yaxis.get_major_formatter()(1.5e12, None) == "15000"
    assert [line.get_label() for line in axes.lines] == ["actual", "target"]


def test_of_two_units_the_one_with_more_numbers_is_drawn() -> None:
    dollars = {"measure": "level", "unit": "美元", "metric": "exports"}
    yuan = {**dollars, "unit": "元"}
    rows = [cell("420000", "湖北省", year, 1e9, **dollars) for year in (2010, 2011)]
    rows += [cell("420000", "湖北省", 2012, 9e9, None, **yuan)]
    axes = _draw(rows, "湖北省", metric="exports", measure="level")
    assert drawn(called(axes, "target")) == {2010: 1e9, 2011: 1e9}
    assert axes.get_ylabel() == "Exports (100 million dollars)"


def test_targets_above_are_in_the_same_unit() -> None:
    air = {"metric": "good_air_days_share", "measure": "level"}
    rows = [
        cell("100000", "中华人民共和国", 2010, 80.0, **air),
        cell("100000", "中华人民共和国", 2011, 300.0, **air, unit="天"),
        cell("420000", "湖北省", 2010, 75.0, **air),
        cell("420000", "湖北省", 2011, 76.0, **air),
    ]
    axes = _draw(rows, "湖北省", metric="good_air_days_share", measure="level")
    assert drawn(called(axes, "target, nation")) == {2010: 80.0}


@pytest.mark.parametrize("region", ["荆州市", "湖北省荆州市", "421000", "id421000"])
def test_a_region_is_found_by_name_code_and_id(region: str) -> None:
    assert _draw(region=region).get_legend().get_title().get_text() == "Jingzhou"


def test_a_region_is_followed_through_its_names() -> None:
    rows = [
        cell("420600", "湖北省襄樊市", 2009, 10.0, entity_id="one"),
        cell("420600", "湖北省襄阳市", 2010, 11.0, entity_id="one"),
    ]
    axes = _draw(rows, "襄樊市")
    assert drawn(called(axes, "target")) == {2009: 10.0, 2010: 11.0}
    assert axes.get_legend().get_title().get_text() == "Xiangyang"


def test_what_cannot_be_drawn_says_why() -> None:
    two = [cell("1", "甲省城关镇", 2010, 1.0), cell("2", "乙省城关镇", 2010, 2.0)]
    with pytest.raises(ArgumentError, match="may be 乙省城关镇, 甲省城关镇; give more of the name"):
        _draw(two, "城关镇")
    with pytest.raises(ArgumentError, match="the panel has no 武汉市; it has 中华人民共和国"):
        _draw(region="武汉市")
    with pytest.raises(ArgumentError, match="has a number: there is nothing to draw"):
        _draw([cell("1", "甲省", 2010)], "甲省")
    with pytest.raises(ArgumentError, match="no annual cell of cpi"):
        _draw(metric="cpi")
    with pytest.raises(TableError, match="several cells of gdp by growth in one year"):
        _draw([*ROWS, ROWS[-1]])
    with pytest.raises(TableError, match="has no column horizon"):
        over_time(frame(ROWS).drop("horizon"), "荆州市")
