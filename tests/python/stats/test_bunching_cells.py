"""Which cells of a panel tell of bunching, and at which cutoff: small tables by hand."""

from __future__ import annotations

from typing import Any

import pytest
from in_panels import cell, everywhere, frame

from zhibiao import stats
from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats.bunching.cells import Cutoff, Observed, observe
from zhibiao.stats.bunching.public import TARGETS


def told(entity: str, year: int, target: float | None, actual: float | None, **other: Any) -> Any:
    exact = {"actual_comparator": None if actual is None else "eq"}
    return cell(entity, year, target, actual) | exact | other


def seen(found: Observed) -> list[tuple[int, int, int]]:
    return list(
        zip(found.target.tolist(), found.actual.tolist(), found.cutoff.tolist(), strict=True)
    )


ROWS = [
    told("110000", 2015, 7.0, 6.9),
    told("120000", 2015, 8.5, 0.1 * 3 + 8.2, target_comparator="approx"),  # 8.5 but for an ulp
    told("130000", 2015, 7.5, 7.6, target_comparator="ge", comparable=True),
    told("140000", 2015, None, 7.6),
    told("150000", 2015, 7.0, None),
    told("210000", 2015, 7.0, 7.2, target_comparator="range"),
    told("220000", 2015, 7.0, 7.2, actual_comparator="approx"),
    told("230000", 2015, 7.0, 7.2, actual_comparator="ge"),
    told("310000", 2015, 7.0, 7.2, comparable=False),
    told("320000", 2015, 7.0, 7.25),
    told("330000", 2015, 6.75, 7.2),
    told("340000", 2015, 7.0, 7.2, metric="cpi"),
    told("350000", 2015, 7.0, 7.2, measure="level"),
    told("360000", 2015, 7.0, 7.2, horizon="plan"),
]


@everywhere
def test_cells_without_both_numbers_are_left_out_and_counted(library: str) -> None:
    found = observe(frame(ROWS, library), "gdp", TARGETS)
    assert seen(found) == [(70, 69, 70), (85, 85, 85), (75, 76, 75)]
    assert found.left_out == {
        "without a target": 1,
        "target of another kind": 1,
        "without an actual": 1,
        "actual not told exactly": 2,
        "not comparable": 1,
        "finer than a tenth": 2,
    }
    assert not found.placebo


@everywhere
def test_which_targets_count_is_asked_for(library: str) -> None:
    found = observe(frame(ROWS, library), "gdp", ["range"])
    assert seen(found) == [(70, 72, 70)]


def test_clusters_and_strata_are_regions_and_years_with_levels() -> None:
    rows = [
        told("110000", 2015, 7.0, 7.0),
        told("110000", 2016, 7.0, 7.0),
        told("120000", 2015, 7.0, 7.0),
        told("120100", 2015, 7.0, 7.0, level="prefecture"),
    ]
    found = observe(frame(rows, "polars"), "gdp", TARGETS)
    assert found.region.tolist() == [0, 0, 1, 2]
    assert found.year.tolist() == [0, 1, 0, 0]
    assert len(set(found.stratum.tolist())) == 3
    assert found.stratum[0] == found.stratum[2] != found.stratum[3]


YEARS = [
    told("110000", 2014, 7.5, None),
    told("110000", 2015, 7.0, 7.1),  # last year's target is 7.5
    told("110000", 2016, 7.0, 7.1),  # it is the same
    told("110000", 2017, 6.8, 7.1),  # 0.2 above: its window would overlap
    told("110000", 2019, 6.0, 6.1),  # there is none
    told("110100", 2015, 8.0, 8.1, parent_code="110000", level="prefecture"),  # of the parent 7.0
    told("110100", 2018, 8.0, 8.1, parent_code="110000", level="prefecture"),  # there is none
]


@everywhere
@pytest.mark.parametrize(
    ("cutoff", "expected"),
    [
        ("last_target", [(70, 71, 75)]),
        ("parent_target", [(80, 81, 70)]),
        (
            -0.5,
            [(70, 71, 65), (70, 71, 65), (68, 71, 63), (60, 61, 55), (80, 81, 75), (80, 81, 75)],
        ),
    ],
)
def test_placebos_are_other_numbers_that_lie_apart(
    library: str, cutoff: Cutoff, expected: list[tuple[int, int, int]]
) -> None:
    found = observe(frame(YEARS, library), "gdp", TARGETS, cutoff, apart=3)
    assert seen(found) == expected
    assert found.placebo


def test_a_last_target_is_known_without_its_actual_and_the_same_one_is_left_out() -> None:
    found = observe(frame(YEARS, "polars"), "gdp", TARGETS, "last_target", apart=3)
    assert found.left_out == {
        "without an actual": 1,
        "without a cutoff": 3,
        "cutoff beside the target": 2,
    }


def test_what_cannot_be_asked_is_told() -> None:
    panel = frame(ROWS, "polars")
    with pytest.raises(ArgumentError, match="cutoff is 'plan'"):
        observe(panel, "gdp", TARGETS, "plan")  # type: ignore[arg-type]
    with pytest.raises(
        ArgumentError, match=r"no cell of gdp growth is left .* 3 target of another"
    ):
        observe(panel.head(3), "gdp", ["le"])
    with pytest.raises(ArgumentError, match="the panel has no annual cell of exports"):
        observe(panel, "exports", TARGETS)
    with pytest.raises(TableError, match="actual_comparator"):
        stats.bunching(panel.drop("actual_comparator"))


@everywhere
def test_other_actuals_are_exact_and_may_be_taken_down_to_tenths(library: str) -> None:
    reached = [7.96, 8.0, 8.04, None, 0.1 * 3 + 7.8, -0.05]
    rows = [
        told(f"{110000 + number}", 2015, 8.0, None, yearbook_actual=value)
        for number, value in enumerate(reached)
    ]
    panel = frame(rows, library)
    exact = observe(panel, "gdp", TARGETS, actual="yearbook_actual")
    assert exact.actual.tolist() == [80, 81]
    assert exact.left_out == {"without an actual": 1, "finer than a tenth": 3}
    down = observe(panel, "gdp", TARGETS, actual="yearbook_actual", finer="down")
    assert down.actual.tolist() == [79, 80, 80, 81, -1]
