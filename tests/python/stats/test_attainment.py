"""Attainment by hand: signs by direction, met by the panel, nothing dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars
import pytest
from in_panels import cell, column, everywhere, frame, kind, rows
from statsmodels.stats.proportion import proportion_confint

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import attainment, attainment_share, shares

if TYPE_CHECKING:
    import zhibiao

#: Unemployment under a ceiling of 5.5%.
CEILING = {"metric": "unemployment_surveyed", "measure": "level", "direction": "ceiling"}
ROWS = [
    cell("1", 2020, 6.0, 6.1),  # just
    cell("1", 2021, 6.0, 6.5),  # a width above: over
    cell("1", 2022, 6.0, 5.9),  # under
    cell("2", 2020, 6.0, 9.0, comparable=False),
    cell("2", 2021, 6.0, 6.0, met="undetermined"),
    cell("2", 2022, None, 5.0),
    cell("3", 2020, 6.0, None, actual_state="named_without_number"),
    cell("3", 2021, -1.0, 2.0),  # no ratio
    cell("3", 2022, None, 5.0, target_state="relational", met="no"),
]


@everywhere
def test_gap_ratio_and_classes(library: str) -> None:
    found = attainment(frame(ROWS, library), "gdp")
    assert kind(found) == library
    assert column(found, "gap") == [0.1, 0.5, -0.1, None, 0.0, None, None, 3.0, None]
    assert column(found, "ratio")[:3] == pytest.approx([6.1 / 6, 6.5 / 6, 5.9 / 6])
    assert column(found, "ratio")[3:] == [None, 1.0, None, None, None, None]
    expected = ["just", "over", "under", None, None, None, None, "over", None]
    assert column(found, "attainment") == expected


@everywhere
def test_every_cell_says_why_it_is_not_judged(library: str) -> None:
    assert column(attainment(frame(ROWS, library)), "attainment_state") == [
        "judged",
        "judged",
        "judged",
        "not_comparable",
        "undetermined",
        "target_not_named",
        "actual_named_without_number",
        "judged",
        "judged",
    ]


def test_below_a_ceiling_is_ahead() -> None:
    ceiling = [
        cell("1", 2020, 5.5, 4.9, met="yes", **CEILING),
        cell("1", 2021, 5.5, 5.5, met="yes", **CEILING),
        cell("1", 2022, 5.5, 5.6, met="no", **CEILING),
    ]
    found = attainment(frame(ceiling, "polars"), "unemployment_surveyed", measure="level")
    assert column(found, "gap") == [-0.6, 0.0, 0.1]
    assert column(found, "ahead") == [0.6, 0.0, -0.1]
    assert column(found, "attainment") == ["over", "just", "under"]


def test_met_is_the_panels_and_not_the_sign() -> None:
    # A range of 5.5 to 6.5 by its middle: 5.8 meets it, though the gap is negative.
    within = cell("1", 2020, 6.0, 5.8, target_low=5.5, target_high=6.5, met="yes")
    assert column(attainment(frame([within], "polars")), "attainment") == ["just"]


@pytest.mark.parametrize("direction", ["band", "none"])
def test_nothing_is_ahead_of_a_band(direction: str) -> None:
    found = attainment(frame([cell("1", 2020, 3.0, 2.0, direction=direction)], "polars"))
    assert column(found, "gap") == [-1.0]
    assert column(found, "ahead") == [None]
    assert column(found, "attainment") == [None]


def test_the_width_of_amounts_is_a_share_of_the_target() -> None:
    grain = {"metric": "grain_output", "measure": "level", "unit": "吨"}
    amounts = [cell("1", 2020, 200.0, 209.0, **grain), cell("1", 2021, 200.0, 210.0, **grain)]
    found = attainment(frame(amounts, "polars"), measure="level")
    assert column(found, "attainment") == ["just", "over"]
    wide = attainment(frame(amounts, "polars"), measure="level", just_relative=0.1)
    assert column(wide, "attainment") == ["just", "just"]
    narrow = attainment(frame(ROWS, "polars"), just_points=0.1)
    assert column(narrow, "attainment")[0] == "over"


@everywhere
def test_share_met_counts_what_is_left_out(library: str) -> None:
    found = rows(attainment_share(frame(ROWS, library), "gdp", interval="wilson"))
    low, high = proportion_confint(3, 5, method="wilson")
    assert len(found) == 1
    row = found[0]
    assert (row["metric"], row["measure"], row["unit"]) == ("gdp", "growth", "%")
    counts = ("cells", "judged", "undetermined", "not_comparable", "target_missing")
    assert [row[name] for name in (*counts, "actual_missing", "met")] == [9, 5, 1, 1, 1, 1, 3]
    assert [row[name] for name in ("share_met", "low", "high")] == pytest.approx([0.6, low, high])


def test_share_met_by_group_and_cluster() -> None:
    found = rows(attainment_share(frame(ROWS, "pandas"), by="year"))
    assert [(row["year"], row["judged"], row["met"]) for row in found] == [
        (2020, 1, 1),
        (2021, 2, 2),
        (2022, 2, 0),
    ]
    assert [row["interval"] for row in found] == ["exact"] * 3
    assert rows(attainment_share(frame(ROWS, "pandas")))[0]["clusters"] == 2


def test_a_group_without_a_judged_cell_stays() -> None:
    found = rows(attainment_share(frame(ROWS, "polars"), by=["entity_id", "year"]))
    alone = next(row for row in found if (row["entity_id"], row["year"]) == ("2", 2020))
    assert (alone["judged"], alone["not_comparable"], alone["share_met"]) == (0, 1, None)


def test_states_can_be_counted_one_by_one() -> None:
    found = rows(shares(attainment(frame(ROWS, "polars")), "attainment_state"))
    assert {row["attainment_state"]: row["n"] for row in found}["target_not_named"] == 1


@pytest.mark.parametrize(
    ("low", "high", "direction", "reached", "met"),
    [
        (6.0, 6.0, "floor", 6.0, "yes"),
        (6.0, 6.0, "floor", 5.9, "no"),
        (6.0, None, "floor", 7.0, "yes"),
        (6.0, 6.5, "floor", 7.0, "yes"),
        (6.0, 6.5, "floor", 5.9, "no"),
        (5.5, 5.5, "ceiling", 5.0, "yes"),
        (None, 5.5, "ceiling", 5.5, "yes"),
        (5.0, 5.5, "ceiling", 4.0, "yes"),
        (5.5, 5.5, "ceiling", 5.6, "no"),
        (5.0, None, "ceiling", 4.0, "no"),  # the words win over the direction
        (None, 5.0, "floor", 6.0, "no"),
        (None, 3.0, "band", 2.0, "yes"),
        (3.0, 3.0, "band", 2.0, "undetermined"),
        (3.0, 3.0, "band", 3.1, "no"),
        (6.0, 6.0, "none", 6.1, "no"),
        (6.0, 6.0, "floor", None, None),
        (None, None, "floor", 6.0, None),
    ],
)
def test_a_yearbook_is_judged_by_the_panels_rules(
    low: float | None, high: float | None, direction: str, reached: float | None, met: str | None
) -> None:
    bounds = {"target_low": low, "target_high": high, "direction": direction}
    made = [cell("1", 2020, low or high, 1.0, met="no", yearbook_actual=reached) | bounds]
    found = attainment(frame(made, "polars"), actual="yearbook_actual")
    assert column(found, "met") == [met]
    if met == "yes" and direction == "ceiling":
        assert column(found, "gap")[0] <= 0 <= column(found, "ahead")[0]


def test_the_same_figures_get_the_same_verdict(found: zhibiao.Extraction) -> None:
    panel = found.panel().to_polars()
    panel = panel.with_columns(yearbook_actual="actual").filter(
        polars.col("actual_comparator") == "eq", polars.col("target").is_not_null()
    )
    for measure in ("growth", "level"):
        theirs = attainment(panel, measure=measure)
        ours = attainment(panel, measure=measure, actual="yearbook_actual")
        assert column(ours, "met") == column(theirs, "met")
        assert column(ours, "attainment") == column(theirs, "attainment")
        assert theirs.height > 20


@everywhere
def test_a_yearbook_has_states_of_its_own(library: str) -> None:
    made = [
        cell("1", 2020, 6.0, None, yearbook_actual=6.1),
        cell("2", 2020, 6.0, 9.0, yearbook_actual=None),
        cell("3", 2020, 6.0, 9.0, yearbook_actual=6.1, comparable=False),
        cell("4", 2020, 6.0, 9.0, yearbook_actual=6.1, boundary_change=["merge"]),
    ]
    found = attainment(frame(made, library), actual="yearbook_actual")
    states = ["judged", "actual_missing", "judged", "not_comparable"]
    assert column(found, "attainment_state") == states
    assert column(found, "actual") == [None, 9.0, 9.0, 9.0]
    share = rows(attainment_share(frame(made, library), actual="yearbook_actual"))[0]
    assert (share["judged"], share["met"], share["actual_missing"]) == (2, 2, 1)


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ArgumentError, match="negative"):
        attainment(frame(ROWS, "polars"), just_points=-1)
    with pytest.raises(ArgumentError, match="'clustered' or 'wilson'"):
        attainment_share(frame(ROWS, "polars"), interval="normal")  # type: ignore[arg-type]
    with pytest.raises(TableError, match="no column met"):
        attainment(frame(ROWS, "polars").drop("met"))
