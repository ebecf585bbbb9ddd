"""Targets counted by report; what is not known is not 0."""

from __future__ import annotations

from in_panels import cell, column, everywhere, frame, kind, rows

from zhibiao.stats import target_count

ROWS = [
    cell("1", 2020, 8.0),
    cell("1", 2020, 9e9, measure="level", unit="元"),
    cell("1", 2020, 3.0, metric="cpi"),
    cell("1", 2020, None, metric="exports", target_state="relational"),
    cell("1", 2020, None, metric="imports", target_state="named_without_number"),
    cell("1", 2020, 5.0, metric="trade_total", horizon="average"),
    cell("1", 2021, 8.0),
    cell("1", 2021, None, metric="cpi"),
    cell("1", 2021, 4.0, metric="exports"),
    cell("1", 2021, 4.0, metric="imports"),
    cell("1", 2022, None, target_state="report_not_in_corpus"),
    cell("1", 2023, 8.0),
    cell("1", 2023, None, metric="cpi", target_state="fragment"),
    cell("1", 2024, None),
]


@everywhere
def test_counts(library: str) -> None:
    found = target_count(frame(ROWS[::-1], library))
    assert kind(found) == library
    assert column(found, "year") == [2020, 2021, 2022, 2023, 2024]
    assert column(found, "targets") == [3, 3, None, None, 0]
    assert column(found, "metrics") == [2, 3, None, None, 0]
    assert column(found, "targets_found") == [3, 3, 0, 1, 0]
    assert column(found, "relational") == [1, 0, 0, 0, 0]
    assert column(found, "named_without_number") == [1, 0, 0, 0, 0]
    states = ["whole", "whole", "not_in_corpus", "fragment", "whole"]
    assert column(found, "report_state") == states


@everywhere
def test_metrics_come_and_go_between_whole_reports(library: str) -> None:
    found = target_count(frame(ROWS, library))
    assert column(found, "added") == [None, 2, None, None, None]
    assert column(found, "gone") == [None, 1, None, None, None]


def test_chosen_metrics_and_horizon() -> None:
    found = rows(target_count(frame(ROWS, "polars"), ["gdp", "exports"]))
    assert [row["metrics"] for row in found][:2] == [1, 2]
    assert [row["relational"] for row in found][:1] == [1]
    far = rows(target_count(frame(ROWS, "polars"), horizon="average"))
    assert [(row["year"], row["targets"]) for row in far] == [(2020, 1)]
