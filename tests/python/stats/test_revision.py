"""Changes, runs and dropped targets, by hand."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from in_panels import cell, column, everywhere, frame, kind, rows

from zhibiao.stats import IncompletePanelWarning, revision

WITHOUT = {"target_state": "named_without_number"}
ROWS = [
    # 8, 7.5, 7.5, 7.5, dropped, 7
    cell("1", 2015, 8.0),
    cell("1", 2016, 7.5),
    cell("1", 2017, 7.5),
    cell("1", 2018, 7.5),
    cell("1", 2019, None, **WITHOUT),
    cell("1", 2020, 7.0),
    # what came before is not known
    cell("2", 2015, None, target_state="report_not_in_corpus"),
    cell("2", 2016, 6.1),
    cell("2", 2017, 6.2),
    cell("2", 2018, None, target_state="fragment"),
]


def by_year(found: Any, name: str, entity: str) -> list[Any]:
    told = sorted(rows(found), key=lambda row: row["year"])
    return [row[name] for row in told if row["entity_id"] == entity]


@everywhere
def test_changes_and_runs(library: str) -> None:
    found = revision(frame(ROWS[::-1], library), "gdp")  # in any order
    assert kind(found) == library
    assert by_year(found, "target_change", "1") == [None, -0.5, 0.0, 0.0, None, None]
    assert by_year(found, "revision", "1") == [None, "lowered", "kept", "kept", None, None]
    assert by_year(found, "run", "1") == [1, 1, 2, 3, None, 1]
    assert by_year(found, "run_open", "1") == [True, False, False, False, None, False]
    assert by_year(found, "target_change", "2") == [None, None, 0.1, None]
    assert by_year(found, "run_open", "2") == [None, True, False, None]


@everywhere
def test_dropped_needs_two_whole_reports(library: str) -> None:
    found = revision(frame(ROWS, library))
    assert by_year(found, "dropped", "1") == [None, False, False, False, True, None]
    assert by_year(found, "taken_up", "1") == [None, False, False, False, None, True]
    assert by_year(found, "dropped", "2") == [None, None, False, None]
    assert by_year(found, "taken_up", "2") == [None, None, False, None]


@pytest.mark.parametrize(
    ("state", "dropped"),
    [
        ("named_without_number", True),
        ("not_named", True),
        ("relational", False),
        ("fragment", None),
        ("report_not_in_corpus", None),
        ("outside_universe", None),
    ],
)
def test_what_counts_as_dropped(state: str, dropped: bool | None) -> None:
    two = [cell("1", 2019, 8.0), cell("1", 2020, None, target_state=state)]
    assert column(revision(frame([*two, *ROWS[-1:]], "polars")), "dropped")[1] is dropped


def test_never_across_variants() -> None:
    two = [
        cell("1", 2019, 8.0, target_variant="net_income"),
        cell("1", 2020, 8.0, target_variant="disposable_income"),
        cell("1", 2021, 8.0, target_variant="unspecified"),
    ]
    found = revision(frame(two, "polars"))
    assert column(found, "revision_state") == ["no_target_before", "other_variant", "compared"]
    assert column(found, "revision") == [None, None, "kept"]
    assert column(found, "target_before") == [None, 8.0, 8.0]
    assert column(found, "run") == [1, 1, 2]
    assert column(found, "run_open") == [True, True, True]


@everywhere
def test_never_across_a_change_of_land(library: str) -> None:
    two = [
        cell("1", 2019, 8.0, boundary_change=["rename", "merge"]),
        cell("1", 2020, 8.0, boundary_change=["rename"]),
        cell("1", 2021, 8.5),
    ]
    found = revision(frame(two, library))
    assert column(found, "revision_state")[1:] == ["boundary", "compared"]
    assert column(found, "target_change") == [None, None, 0.5]


def test_other_metrics_and_units_do_not_mix() -> None:
    gone = {"target_state": "report_not_in_corpus"}
    two = [cell("1", 2019, 8.0), cell("1", 2020, None, **gone)]
    two += [row | {"metric": "cpi", "target": 3.0} for row in two[::-1]]
    assert column(revision(frame(two, "polars")), "target_before") == [None, 8.0, 3.0, None]


def test_a_panel_without_empty_rows_is_warned_of() -> None:
    # In 2020 the report is there, with another metric alone.
    told = [cell("1", 2019, 8.0), cell("1", 2020, 3.0, metric="cpi")]
    with pytest.warns(IncompletePanelWarning, match="1 cells .* of gdp.*complete=True"):
        revision(frame(told, "polars"), "gdp")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        revision(frame([*told, cell("1", 2020, None)], "polars"), "gdp")
