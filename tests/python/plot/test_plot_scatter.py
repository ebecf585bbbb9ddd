"""What `scatter` draws is what the panel holds."""

from __future__ import annotations

from typing import Any

import pytest
from in_figures import ROWS, called, cell, column, everywhere, frame, invented, legend

from zhibiao.errors import ArgumentError
from zhibiao.plot import scatter


def _points(axes: Any) -> dict[str, list[tuple[float, float]]]:
    return {
        marks.get_label(): sorted(map(tuple, marks.get_offsets().tolist()))
        for marks in axes.collections
    }


@everywhere
def test_marks_are_the_cells_with_both_numbers(library: str) -> None:
    assert _points(scatter(frame(ROWS, library), language="en")) == {
        "nation": sorted((7.0 + year % 2, 7.5) for year in range(2010, 2016)),
        "provinces": [(8.0, 7.0), (9.0, 9.5), (9.0, 10.0)],
        "prefectures": [(9.0, 9.0), (10.0, 9.0), (10.0, 11.0)],
    }


def test_the_line_is_where_both_are_equal() -> None:
    axes = scatter(frame(ROWS), language="en")
    line = called(axes, "actual = target")
    assert line.get_slope() == 1
    assert line.get_xy1()[0] == line.get_xy1()[1]
    axes.figure.draw_without_rendering()
    low, high = axes.transData.transform([(7, 7), (9, 9)])
    assert (high - low)[0] == pytest.approx((high - low)[1])  # 45 degrees on paper


def test_marks_by_comparator_in_their_order() -> None:
    kinds = {"ge": 8.0, "eq": 7.0, "range": 6.0, "approx": 9.0}
    rows = [
        cell("1", "甲", 2010 + number, target, 7.7, target_comparator=kind)
        for number, (kind, target) in enumerate(kinds.items())
    ]
    axes = scatter(
        frame([*rows, cell("1", "甲", 2020, 5.0, 5.0, target_comparator="new")]),
        by="comparator",
        language="en",
    )
    assert legend(axes)[1:] == ["exact", "about", "at least", "range", "new"]
    assert _points(axes)["at least"] == [(8.0, 7.7)]


def test_what_cannot_be_compared_is_left_out() -> None:
    rows = [
        cell("1", "甲", 2010, 8.0, 7.7),
        cell("1", "甲", 2011, 8.0, 7.7, comparable=False),
        cell("1", "甲", 2012, 8.0, None),
        cell("1", "甲", 2013, None, 7.0),
    ]
    axes = scatter(frame(rows), language="en")
    assert _points(axes) == {"prefectures": [(8.0, 7.7)]}
    assert axes.get_legend().get_title().get_text() == "n = 1"


def test_of_two_units_the_one_with_more_cells_is_drawn() -> None:
    rows = [cell("1", "甲", year, 1.0, 2.0, unit="元", measure="level") for year in (2010, 2011)]
    rows += [cell("1", "甲", 2012, 3.0, 4.0, unit="美元", measure="level")]
    axes = scatter(frame(rows), measure="level", language="en")
    assert _points(axes) == {"prefectures": [(1.0, 2.0), (1.0, 2.0)]}
    assert axes.get_xlabel() == "GDP: target (100 million yuan)"


def test_many_marks_let_each_other_through() -> None:
    few, many = (scatter(one, language="en").collections[0] for one in (frame(ROWS), invented()))
    assert many.get_alpha() < few.get_alpha() < 1
    assert len(many.get_offsets()) == len(column(invented(), "target"))


def test_a_yearbook_takes_the_place_of_what_reports_tell() -> None:
    rows = [cell("1", "甲", 2010, 8.0, 7.7, yearbook_actual=7.2)]
    axes = scatter(frame(rows), actual="yearbook_actual", language="en")
    assert _points(axes) == {"prefectures": [(8.0, 7.2)]}


def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(ArgumentError, match="expected 'level' or 'comparator'"):
        scatter(frame(ROWS), by="region")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="has both a target and an actual in actual"):
        scatter(frame([cell("1", "甲", 2010, 8.0, None)]))
