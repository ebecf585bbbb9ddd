"""The first table, against pandas and by hand."""

from __future__ import annotations

import numpy as np
import pandas
import pytest
from in_panels import cell, everywhere, frame, kind, rows

from zhibiao.errors import ArgumentError
from zhibiao.stats import describe

draw = np.random.default_rng(1)
DRAWN = [
    cell(str(n), 2020, float(draw.integers(40, 120)) / 10, float(draw.integers(40, 120)) / 10)
    for n in range(37)
]
ROWS = [
    *DRAWN,
    cell("a", 2020, None),
    cell("b", 2020, None, 5.0, target_state="fragment"),
    cell("c", 2020, 5.0, 99.0, comparable=False),
]


@everywhere
def test_figures_are_those_of_pandas(library: str) -> None:
    made = describe(frame(ROWS, library), "gdp")
    assert kind(made) == library
    found = {row["variable"]: row for row in rows(made)}
    expected = pandas.Series([row["target"] for row in ROWS]).describe()
    theirs = ["mean", "std", "min", "25%", "50%", "75%", "max"]
    ours = ["mean", "sd", "min", "p25", "median", "p75", "max"]
    assert [found["target"][name] for name in ours] == pytest.approx(list(expected[theirs]))
    assert (found["target"]["cells"], found["target"]["n"]) == (40, 38)
    gaps = [row["actual"] - row["target"] for row in DRAWN]
    assert found["gap"]["mean"] == pytest.approx(np.mean(gaps))
    assert found["gap"]["n"] == 37


@everywhere
def test_missing_by_state(library: str) -> None:
    found = {row["variable"]: row for row in rows(describe(frame(ROWS, library)))}
    assert found["target"]["missing_not_named"] == pytest.approx(1 / 40)
    assert found["target"]["missing_fragment"] == pytest.approx(1 / 40)
    assert found["actual"]["missing_not_mentioned"] == pytest.approx(1 / 40)
    assert found["actual"]["missing_not_named"] is None
    assert found["gap"]["missing_fragment"] is None
    assert "missing_claimed_met" not in found["target"]


def test_groups_and_single_values() -> None:
    two = [*DRAWN[:1], cell("x", 2021, None)]
    found = rows(describe(frame(two, "polars"), by="year", values="actual"))
    assert [(row["year"], row["n"]) for row in found] == [(2020, 1), (2021, 0)]
    assert found[0]["sd"] is None
    assert found[1]["mean"] is None
    with pytest.raises(ArgumentError, match="no plan cell"):
        describe(frame(two, "polars"), horizon="plan")
