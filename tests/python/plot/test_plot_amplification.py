"""Lines of amplification are means and shares of the cells, with their quartiles or intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from in_figures import ROWS, called, cell, cells, column, everywhere, frame, legend, summary

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.plot import amplification

#: Four cities of one province in two years that lie two apart.
MANY = [
    cell("420000", "湖北省", 2010, 9.0),
    cell("420000", "湖北省", 2012, 8.0),
    *(cell(f"42{n + 1}000", f"湖北省{n}市", 2010, 9.0 + n) for n in range(4)),
    *(cell(f"42{n + 1}000", f"湖北省{n}市", 2012, 8.0 - n / 2) for n in range(4)),
]


def _by_year(line: Any) -> dict[int, float]:
    x, y = line.get_xdata(), line.get_ydata()
    return {round(float(one)): float(other) for one, other in zip(x, y, strict=True)}


def _bars(axes: Any) -> list[tuple[int, float, float]]:
    return [
        (round(low[0]), low[1], high[1])
        for one in axes.collections
        for low, high in one.get_segments()
    ]


@everywhere
def test_means_and_quartiles_of_cells(library: str) -> None:
    told = stats.amplification(frame(MANY, library), "gdp")
    axes = amplification(told, language="en")
    line = _by_year(called(axes, "prefectures"))
    assert line[2010] == 1.5  # of 0, 1, 2, 3
    assert line[2012] == -0.75  # of 0, -0.5, -1, -1.5
    assert np.isnan(line[2011])
    assert _bars(axes) == [(2010, 0.75, 2.25), (2012, -1.125, -0.375)]
    assert legend(axes) == ["prefectures", "quartiles"]


def test_the_share_above() -> None:
    told = stats.amplification(frame(MANY), "gdp")
    line = _by_year(called(amplification(told, show="share_above", language="en"), "prefectures"))
    assert (line[2010], line[2012]) == (0.75, 0.0)


def test_shares_are_shown_in_percent() -> None:
    axes = amplification(cells(), show="share_above", language="en")
    assert axes.yaxis.get_major_formatter()(0.5, None) == "50"
    assert axes.get_ylabel() == "%"


def test_targets_of_every_level() -> None:
    axes = amplification(cells(), show="targets", language="en")
    assert legend(axes)[:3] == ["nation", "provinces", "prefectures"]
    assert _by_year(called(axes, "nation")) == {year: 7.0 + year % 2 for year in range(2010, 2016)}
    provinces = _by_year(called(axes, "provinces"))
    assert [np.isnan(provinces[year]) for year in range(2010, 2016)] == [0, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("show", ["mean", "share_above"])
def test_a_summary_is_drawn_as_it_is(show: Any) -> None:
    names = ("mean", "low", "high")
    if show == "share_above":
        names = ("share_above", "share_above_low", "share_above_high")
    told = summary()
    rows = list(zip(*(column(told, name) for name in ("level", "year", *names)), strict=True))
    axes = amplification(told, show=show, language="en")
    for label, level in (("provinces", "province"), ("prefectures", "prefecture")):
        expected = {row[1]: row[2] for row in rows if row[0] == level and row[2] is not None}
        found = {y: v for y, v in _by_year(called(axes, label)).items() if v == v}
        assert found == expected
    bars = {(row[1], row[3], row[4]) for row in rows if row[3] is not None and row[4] is not None}
    assert set(_bars(axes)) == bars


def test_over_the_nation() -> None:
    axes = amplification(cells(), over="nation", language="en")
    assert _by_year(called(axes, "prefectures"))[2010] == 3.0
    assert axes.get_legend().get_title().get_text() == "GDP growth: own − national target"


def test_marks_of_levels_stand_beside_each_other() -> None:
    axes = amplification(cells(), language="en")
    first, second = axes.lines[:2]
    assert 0.05 < second.get_xdata()[0] - first.get_xdata()[0] < 0.5


def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(ArgumentError, match="a summary has no targets"):
        amplification(summary(), show="targets")
    with pytest.raises(ArgumentError, match="several rows of one level and year"):
        amplification(frame([dict(row) for row in _twice()]))
    both = [*ROWS, *({**row, "metric": "cpi"} for row in ROWS)]
    with pytest.raises(ArgumentError, match="the frame is of cpi growth %, gdp growth %"):
        amplification(stats.amplification(frame(both)))
    with pytest.raises(ArgumentError, match="nothing in the frame is compared"):
        amplification(stats.amplification(frame(ROWS[-2:]), "gdp"))
    with pytest.raises(ArgumentError, match="show is 'median'; expected one of mean"):
        amplification(cells(), show="median")  # type: ignore[arg-type]


def _twice() -> list[dict[str, Any]]:
    names = column(summary(), "level"), column(summary(), "year")
    rows = [
        {"metric": "gdp", "measure": "growth", "unit": "%", "level": level, "year": year}
        for level, year in zip(*names, strict=True)
    ]
    numbers = {"mean": 1.0, "low": 0.0, "high": 2.0, "share_above": 1.0}
    return [{**row, **numbers} for row in (*rows, *rows)]
