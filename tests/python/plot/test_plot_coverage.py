"""Every field of the map has the colour of its state, and grey is missing alone."""

from __future__ import annotations

from typing import Any

import pytest
from in_figures import ROWS, cell, everywhere, frame, legend
from matplotlib.colors import to_rgb

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.plot import coverage
from zhibiao.plot.coverage import STATES
from zhibiao.stats.coverage import STATES as OF_STATS


def _fields(axes: Any) -> dict[tuple[int, int], dict[str, float]]:
    """The share of each state of each row and year."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    whole: dict[tuple[int, int], float] = {}
    for collection in axes.collections:
        for path in collection.get_paths():
            box = path.get_extents()
            at = (round((box.y0 + box.y1) / 2), round((box.x0 + box.x1) / 2))
            found.setdefault(at, {})[collection.get_gid()] = box.height
            whole[at] = whole.get(at, 0) + box.height
    return {
        at: {state: round(height / whole[at], 6) for state, height in states.items()}
        for at, states in found.items()
    }


def _labels(axes: Any) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


@everywhere
def test_fields_are_the_states_of_the_cells(library: str) -> None:
    axes = coverage(frame(ROWS, library), language="en")
    assert _labels(axes) == ["China", "Hubei", "Jingzhou"]
    fields = _fields(axes)
    assert len(fields) == 3 * 6
    city = {year: fields[2, year] for year in range(2010, 2016)}
    assert city[2010] == city[2015] == {"stated": 1}
    assert city[2012] == {"report_not_in_corpus": 1}
    assert city[2014] == {"not_named": 1}
    assert fields[1, 2012] == {"no_row": 1}  # the panel of the province has no such year
    assert legend(axes) == ["number", "not named", "no report", "not in the panel"]


def test_levels_share_a_field_in_proportion() -> None:
    rows = [
        cell("420100", "武汉市", 2010, 8.0),
        cell("420200", "黄石市", 2010, 8.0),
        cell("420300", "十堰市", 2010, None),
        cell("420500", "宜昌市", 2010, None, target_state="fragment"),
    ]
    axes = coverage(frame(rows), rows="level", language="en")
    assert _labels(axes) == ["prefectures"]
    assert _fields(axes) == {(0, 2010): {"stated": 0.5, "not_named": 0.25, "fragment": 0.25}}


def test_metrics_stand_in_the_order_asked_for() -> None:
    rows = [{**row, "metric": metric} for metric in ("gdp", "cpi", "pm25") for row in ROWS[:3]]
    axes = coverage(frame(rows), ["pm25", "gdp"], rows="metric", language="en")
    assert _labels(axes) == ["PM2.5", "GDP"]
    axes = coverage(frame(rows), ["pm25", "gdp"], rows="level", language="en")
    assert _labels(axes) == ["PM2.5: nation", "GDP: nation"]


def test_the_side_of_actuals() -> None:
    axes = coverage(frame(ROWS), side="actual", language="en")
    assert _fields(axes)[2, 2013] == {"not_mentioned": 1}
    assert axes.get_legend().get_title().get_text() == "GDP growth: actuals"


def test_counts_are_drawn_as_they_are() -> None:
    rows = [*ROWS, cell("430000", "湖南省", 2010, None)]
    counts = stats.coverage(frame(rows), "gdp")
    told = {
        (level, year): share
        for level, year, share in counts.select("level", "year", "share").iter_rows()
    }
    one, other = coverage(counts, rows="level", language="en"), coverage(frame(rows), rows="level")
    assert _fields(one) == _fields(other)
    assert _labels(one) == ["nation", "provinces", "prefectures"]
    levels = ["nation", "province", "prefecture"]
    found = {
        (levels[row], year): states.get("stated", 0)
        for (row, year), states in _fields(one).items()
        if states != {"no_row": 1}
    }
    assert found == told
    assert found["province", 2010] == 0.5


@pytest.mark.parametrize("width", ["single", "double"])
def test_one_row_of_many_states_has_room_for_its_legend(width: Any) -> None:
    states = OF_STATS["actual"]
    rows = [
        cell("420000", "湖北省", 2010 + number, 8.0, None, actual_state=state)
        for number, state in enumerate(states)
    ]
    axes = coverage(frame(rows), rows="level", side="actual", width=width, language="en")
    axes.figure.canvas.draw()  # a warning, were there none
    assert len(legend(axes)) == len(states)
    height = axes.get_window_extent().height / axes.figure.dpi * 2.54
    assert 0.4 < height < 1.2
    assert axes.get_legend().get_window_extent().y1 <= axes.figure.bbox.y1


def test_a_renamed_region_is_one_row() -> None:
    rows = [
        cell("420600", "湖北省襄樊市", 2009, 10.0, entity_id="one"),
        cell("420600", "湖北省襄阳市", 2010, 11.0, entity_id="one"),
    ]
    axes = coverage(frame(rows[::-1]), language="en")
    assert _labels(axes) == ["Xiangyang"]
    assert set(_fields(axes)) == {(0, 2009), (0, 2010)}


def test_grey_is_missing_and_nothing_else() -> None:
    """No report, a fragment, or no row; a report that does not name a metric is a finding."""
    grey = {state for state, (colour, _) in STATES.items() if len(set(to_rgb(colour))) == 1}
    assert grey - {"outside_universe"} == {
        *("fragment", "report_not_in_corpus", "next_report_not_in_corpus"),
        *("unknown", "no_row"),
    }
    assert to_rgb(STATES["outside_universe"][0]) == (1, 1, 1)


def test_every_state_of_the_panel_has_a_colour() -> None:
    assert {*OF_STATS["target"], *OF_STATS["actual"], "unknown", "no_row"} == set(STATES)


def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(ArgumentError, match="expected 'region', 'level' or 'metric'"):
        coverage(frame(ROWS), rows="city")  # type: ignore[arg-type]
    many = [cell(f"{n}", f"甲{n}县", 2010, 1.0) for n in range(81)]
    with pytest.raises(ArgumentError, match="81 rows do not fit a page"):
        coverage(frame(many))
    with pytest.raises(ArgumentError, match="no row of cpi"):
        coverage(stats.coverage(frame(ROWS[:3]), "gdp"), "cpi", rows="level")
