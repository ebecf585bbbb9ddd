"""Own minus upper targets, by hand: points, bounds, codes of the year, days of announcement."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from in_panels import cell, column, everywhere, frame, kind, rows
from statsmodels.stats.multitest import multipletests

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import amplification, amplification_summary

NATION = {"level": "nation", "parent_code": None}
CITY = {"level": "prefecture", "parent_code": "420000"}
ROWS = [
    cell("100000", 2020, 6.0, target_low=6.0, target_high=6.5, **NATION),
    cell("420000", 2020, 7.5),
    cell("421000", 2020, 8.0, target_high=None, **CITY),  # 8%以上
    cell("421100", 2020, 7.5, **CITY),
    cell("421200", 2020, 7.0, target_low=7.0, target_high=8.0, **CITY),
    cell("421300", 2020, None, **CITY),
    cell("510000", 2020, 6.5),
    cell("511000", 2020, 6.5, level="prefecture", parent_code="520000"),
    cell("100000", 2021, 5.5, **NATION),
    cell("420000", 2021, 6.1),
    cell("421000", 2021, 6.0, **CITY),
]


def told(found: Any, year: int, name: str) -> dict[str, Any]:
    return {row["entity_id"]: row[name] for row in rows(found) if row["year"] == year}


@everywhere
def test_points(library: str) -> None:
    found = amplification(frame(ROWS, library), "gdp")
    assert kind(found) == library
    assert list(told(found, 2020, "over_parent").values()) == [
        *(None, 1.5, 0.5, 0.0, -0.5),
        *(None, 0.5, None),
    ]
    assert told(found, 2020, "over_nation")["421000"] == 2.0
    assert told(found, 2021, "over_parent")["421000"] == -0.1
    assert list(told(found, 2020, "over_parent_side").values()) == [
        *(None, "above", "above", "equal", "below"),
        *(None, "above", None),
    ]


@everywhere
def test_bounds(library: str) -> None:
    found = amplification(frame(ROWS, library))
    low, high = told(found, 2020, "over_nation_low"), told(found, 2020, "over_nation_high")
    # 7.5 less 6-6.5; 8 and more less 6-6.5; 7-8 less 7.5
    assert (low["420000"], high["420000"]) == (1.0, 1.5)
    assert (low["421000"], high["421000"]) == (1.5, None)
    parent = told(found, 2020, "over_parent_low")["421200"]
    assert (parent, told(found, 2020, "over_parent_high")["421200"]) == (-0.5, 0.5)
    by_nation, by_parent = (
        told(found, 2020, f"over_{over}_bounds") for over in ("nation", "parent")
    )
    # 6.5 is above 6 and not surely above 6-6.5
    assert (by_nation["421000"], by_nation["510000"]) == ("above", "overlap")
    assert (by_parent["421100"], by_parent["421200"]) == ("equal", "overlap")
    assert told(found, 2021, "over_parent_bounds")["421000"] == "below"


@everywhere
def test_the_year_before(library: str) -> None:
    found = amplification(frame(ROWS, library), lag=1)
    assert told(found, 2021, "over_parent") == {"100000": None, "420000": 0.1, "421000": -1.5}
    assert told(found, 2021, "parent_target")["420000"] == 6.0
    assert set(told(found, 2020, "over_nation").values()) == {None}


def test_why_there_is_nothing_to_compare() -> None:
    found = amplification(frame(ROWS, "polars"))
    assert told(found, 2020, "parent_state") == {
        "100000": "no_parent",
        "420000": "compared",
        "421000": "compared",
        "421100": "compared",
        "421200": "compared",
        "421300": "no_target",
        "510000": "compared",
        "511000": "parent_not_in_panel",
    }
    silent = [cell("420000", 2020, None), ROWS[2]]
    found = amplification(frame(silent, "polars"))
    assert column(found, "parent_state") == ["no_target", "parent_no_target"]
    assert column(found, "nation_state")[1] == "nation_not_in_panel"


def test_definitions_are_kept_apart() -> None:
    kinds = [
        ROWS[1] | {"target_variant": "revenue_5m"},
        ROWS[3] | {"target_variant": "revenue_20m"},
        ROWS[4] | {"target_variant": "unspecified"},
    ]
    found = amplification(frame(kinds, "polars"))
    assert column(found, "parent_state")[1:] == ["other_variant", "compared"]
    assert column(found, "over_parent")[1:] == [None, -0.5]
    assert column(found, "over_parent_bounds")[1] is None


def test_codes_are_those_of_the_year() -> None:
    # The province changes its code in 2021; the city names the new one.
    moved = [
        cell("old", 2020, 7.0, region_code="420000"),
        cell("old", 2021, 7.5, region_code="429900"),
        cell("c", 2021, 8.0, level="prefecture", parent_code="429900"),
    ]
    assert column(amplification(frame(moved, "polars")), "over_parent")[2] == 0.5
    assert column(amplification(frame(moved, "polars"), lag=1), "over_parent")[2] == 1.0
    # Where the panel knows the code in the year before alone, that is taken.
    late = amplification(frame([moved[0], moved[2] | {"parent_code": "420000"}], "polars"), lag=1)
    assert column(late, "over_parent")[1] == 1.0


DAYS = [
    {"region_code": "100000", "report_year": 2020, "delivered": datetime.date(2020, 5, 22)},
    {"region_code": "420000", "report_year": 2020, "delivered": datetime.date(2020, 1, 12)},
    {"region_code": "420000", "report_year": 2020, "delivered": datetime.date(2020, 9, 1)},
    {"region_code": "421000", "report_year": 2020, "delivered": datetime.date(2020, 1, 5)},
    {"region_code": "421100", "report_year": 2020, "delivered": datetime.date(2020, 1, 12)},
    {"region_code": "421200", "report_year": 2020, "delivered": None},
]


@everywhere
def test_who_announced_first(library: str) -> None:
    found = amplification(frame(ROWS, library), dates=frame(DAYS, library))
    before = told(found, 2020, "announced_before_parent")
    assert before["421000"] is True
    assert before["421100"] is False  # the same day
    assert before["421200"] is None
    assert before["420000"] is True
    assert told(found, 2020, "announced_before_nation")["421100"] is True
    assert set(column(amplification(frame(ROWS, library)), "announced_before_parent")) == {None}


def test_copies_do_not_date_a_report() -> None:
    copy = {"region_code": "421000", "report_year": 2020, "delivered": datetime.date(2019, 1, 1)}
    days = [day | {"duplicate_of": None} for day in DAYS] + [copy | {"duplicate_of": "x"}]
    days[3]["delivered"] = datetime.date(2020, 2, 1)
    found = amplification(frame(ROWS, "polars"), dates=frame(days, "polars"))
    assert told(found, 2020, "announced_before_parent")["421000"] is False
    with pytest.raises(TableError, match="no column delivered"):
        amplification(frame(ROWS, "polars"), dates=frame(DAYS, "polars").drop("delivered"))
    with pytest.raises(TableError, match="entity_id, region_code or region"):
        amplification(frame(ROWS, "polars"), dates=frame(DAYS, "polars").drop("region_code"))


@everywhere
def test_summary_by_level_and_year(library: str) -> None:
    found = rows(amplification_summary(frame(ROWS, library), "gdp"))
    city = next(row for row in found if (row["level"], row["year"]) == ("prefecture", 2020))
    assert (city["cells"], city["compared"], city["left_out"]) == (5, 3, 2)
    assert city["mean"] == pytest.approx(0.0)
    shares = ("share_above", "share_equal", "share_below", "share_above_bounds")
    assert [city[name] for name in shares] == pytest.approx([1 / 3] * 4)
    nation = next(row for row in found if row["level"] == "nation")
    assert (nation["compared"], nation["mean"], nation["share_above"]) == (0, None, None)


def test_mean_interval_and_family_are_those_of_statsmodels() -> None:
    metrics = {"gdp": 0.5, "retail_sales": 0.2, "trade_total": -0.1}
    noise = [0.1, -0.2, 0.3, 0.0, -0.1, 0.2, -0.3, 0.1]
    made = [cell("1", year, 6.0, metric=metric) for metric in metrics for year in (2020, 2021)]
    made += [
        cell(f"1{n}", year, round(6.0 + by + noise[(n * 3 + year) % 8], 1), metric=metric) | below
        for metric, by in metrics.items()
        for year in (2020, 2021)
        for n in range(8)
        for below in [{"parent_code": "1", "level": "prefecture"}]
    ]
    found = rows(amplification_summary(frame(made, "pandas"), by=(), adjust="holm"))
    own = [row for row in made if row["parent_code"] == "1"]
    p_values = []
    for row in found:
        values = [one["target"] - 6.0 for one in own if one["metric"] == row["metric"]]
        groups = [int(one["entity_id"]) for one in own if one["metric"] == row["metric"]]
        fit = sm.OLS(values, [1.0] * len(values)).fit(
            cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
        )
        assert row["mean"] == pytest.approx(fit.params[0])
        assert (row["low"], row["high"]) == pytest.approx(tuple(fit.conf_int()[0]))
        assert row["p_value"] == pytest.approx(fit.pvalues[0])
        p_values.append(fit.pvalues[0])
    expected = multipletests(p_values, method="holm")[1]
    assert [row["p_adjusted"] for row in found] == pytest.approx(expected)
    assert found[0]["family"] == (
        "3 tests that the mean of over_parent is 0: gdp growth %, retail_sales growth %, "
        "trade_total growth %"
    )


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ArgumentError, match="lag is 2"):
        amplification(frame(ROWS, "polars"), lag=2)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="'parent' or 'nation'"):
        amplification_summary(frame(ROWS, "polars"), over="peers")  # type: ignore[arg-type]


def test_the_interval_covers_what_was_built_in() -> None:
    """Own targets on halves are 0.5 above the parent's, with regions that lean one way."""
    draw = np.random.default_rng(2026)
    covered = 0
    for _ in range(SEEDS):
        parents = {year: float(draw.integers(12, 18)) / 2 for year in YEARS}
        made = [cell("1", year, target) for year, target in parents.items()]
        for region in range(REGIONS):
            lean = draw.choice([-0.5, 0.0, 0.5])
            for year, target in parents.items():
                own = target + 0.5 + lean + draw.choice([-0.5, 0.0, 0.0, 0.5])
                made.append(cell(f"1{region}", year, own, **BELOW))
        told = rows(amplification_summary(frame(made, "polars"), by="level"))
        mean = next(row for row in told if row["level"] == "prefecture")
        covered += mean["low"] <= 0.5 <= mean["high"]
    # 95 % of 200, give or take three standard errors
    assert 0.90 <= covered / SEEDS <= 0.99


SEEDS, REGIONS, YEARS = 200, 25, range(2015, 2020)
BELOW = {"parent_code": "1", "level": "prefecture"}
