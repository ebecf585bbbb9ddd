"""States counted, by hand."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from in_panels import cell, everywhere, frame, kind, rows

from zhibiao.errors import ArgumentError
from zhibiao.stats import IncompletePanelWarning, coverage

if TYPE_CHECKING:
    import zhibiao
    from zhibiao.stats.coverage import Side

ROWS = [
    cell("1", 2020, 8.0, 8.1),
    cell("2", 2020, None),
    cell("3", 2020, None, target_state="named_without_number", actual_state="claimed_met"),
    cell("4", 2020, None, target_state="fragment", actual_state="fragment"),
    cell("5", 2020, None, target_state="report_not_in_corpus"),
    cell("6", 2020, None, target_state="outside_universe"),
    cell("7", 2020, None, target_state=None, actual_state="next_report_not_in_corpus"),
    cell("1", 2021, None, target_state="report_not_in_corpus", actual_state=None),
]


@everywhere
def test_targets(library: str) -> None:
    made = coverage(frame(ROWS, library), "gdp")
    assert kind(made) == library
    found = rows(made)
    first = found[0]
    assert (first["level"], first["year"]) == ("province", 2020)
    assert [first[name] for name in ("cells", "owed", "whole", "told")] == [7, 6, 3, 1]
    shares = [first[name] for name in ("share_whole", "share", "share_told")]
    assert shares == pytest.approx([3 / 6, 1 / 6, 1 / 3])
    states = ("stated", "not_named", "named_without_number", "fragment", "outside_universe")
    assert [first[f"n_{state}"] for state in states] == [1] * 5
    assert first["n_unknown"] == 1
    assert (found[1]["share"], found[1]["share_told"]) == (0.0, None)


@everywhere
def test_actuals(library: str) -> None:
    first = rows(coverage(frame(ROWS, library), side="actual", by="year"))[0]
    assert [first[name] for name in ("cells", "owed", "whole", "told")] == [7, 6, 4, 1]
    assert (first["n_claimed_met"], first["n_not_mentioned"]) == (1, 3)


@pytest.mark.parametrize(("side", "told"), [("target", "stated"), ("actual", "stated_annual")])
def test_counts_are_those_of_the_panel(found: zhibiao.Extraction, side: Side, told: str) -> None:
    panel = found.panel(complete=True)
    theirs: dict[tuple[str, int, str], int] = {}
    for row in panel.coverage().to_dicts():
        if (row["side"], row["measure"]) == (side, "growth"):
            key = (row["metric"], row["year"], row["state"])
            theirs[key] = theirs.get(key, 0) + row["cells"]
    for row in rows(coverage(panel, ["gdp", "cpi"], side=side, by="year")):
        key = (row["metric"], row["year"])
        assert row[f"n_{told}"] == theirs.get((*key, told), 0)
        assert row["n_fragment"] == theirs.get((*key, "fragment"), 0)


def test_a_panel_without_empty_rows_is_warned_of() -> None:
    told = [cell("1", 2019, 8.0), cell("1", 2020, 3.0, metric="cpi")]
    with pytest.warns(IncompletePanelWarning, match="complete=True"):
        coverage(frame(told, "polars"), "gdp")
    # A year in which the region did not stand shows no report that a row would be owed of.
    outside = cell("1", 2020, None, metric="cpi", target_state="outside_universe")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        coverage(frame(ROWS, "polars"), "gdp")
        coverage(frame([told[0], outside], "polars"), "gdp")
    with pytest.raises(ArgumentError, match="'target' or 'actual'"):
        coverage(frame(ROWS, "polars"), side="both")  # type: ignore[arg-type]
