"""Shares of errors against a weighted regression with clusters."""

from __future__ import annotations

import io

import numpy as np
import pandas
import pytest
import statsmodels.api as sm
from in_panels import everywhere, frame, kind, rows
from statsmodels.stats.proportion import proportion_confint

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import error_rates

draw = np.random.default_rng(5)
SHEET = [
    {
        "metric": ("gdp", "cpi")[n % 2],
        "stratum": ("gdp", "cpi")[n % 2],
        "weight": (3.0, 8.0)[n % 2],
        "target": 6.0 if n % 7 else None,
        "target_report": f"r{n // 6}",
        "actual": 6.0,
        "actual_report": f"s{n // 6}",
        "correct_target": ("no" if draw.random() < 0.2 else "yes") if n % 7 else None,
        "correct_actual": "yes",
        "note": None,
    }
    for n in range(80)
]


@everywhere
def test_shares_are_those_of_a_weighted_regression(library: str) -> None:
    made = error_rates(frame(SHEET, library))
    assert kind(made) == library
    target = rows(made)[0]
    checked = [row for row in SHEET if row["correct_target"] is not None]
    wrong = np.array([row["correct_target"] == "no" for row in checked], dtype=float)
    fit = sm.WLS(wrong, np.ones(len(wrong)), weights=[row["weight"] for row in checked]).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.array([int(str(row["target_report"])[1:]) for row in checked])},
        use_t=True,
    )
    assert target["side"] == "target"
    assert (target["drawn"], target["checked"], target["unchecked"]) == (68, 68, 0)
    assert target["wrong"] == wrong.sum() > 0
    assert target["share_wrong"] == pytest.approx(fit.params[0])
    low, high = fit.conf_int()[0]
    assert (target["low"], target["high"]) == pytest.approx((max(low, 0), high))
    assert target["clusters"] == 14


@everywhere
def test_no_error_found_is_not_no_error(library: str) -> None:
    actual = rows(error_rates(frame(SHEET, library)))[1]
    low, high = proportion_confint(0, 14, method="beta")
    assert (actual["share_wrong"], actual["low"], actual["high"]) == pytest.approx((0, low, high))
    assert actual["interval"] == "exact"


def test_by_group() -> None:
    found = rows(error_rates(frame(SHEET, "pandas"), by="metric"))
    assert [(row["metric"], row["side"]) for row in found] == [
        ("cpi", "target"),
        ("cpi", "actual"),
        ("gdp", "target"),
        ("gdp", "actual"),
    ]


def test_unchecked_cells_are_like_those_of_their_stratum() -> None:
    # Of stratum a (weight 1) 1 of 2 is checked, of b (weight 1) 2 of 2.
    sheet = [
        {"stratum": name, "weight": 1.0, "target": 6.0, "target_report": name + answer}
        | {"actual": None, "actual_report": None, "correct_target": answer or None}
        | {"correct_actual": None}
        for name, answer in [("a", "no"), ("a", ""), ("b", "yes"), ("b", "yes")]
    ]
    found = rows(error_rates(frame(sheet, "polars")))
    assert (found[0]["checked"], found[0]["unchecked"]) == (3, 1)
    assert found[0]["share_wrong"] == pytest.approx(0.5)
    assert (found[1]["drawn"], found[1]["share_wrong"]) == (0, None)


@pytest.mark.parametrize(
    ("yes", "no"), [("yes", "no"), ("1", "0"), ("对", "错"), ("TRUE", "FALSE"), (" Y ", "n")]
)
def test_answers_as_people_and_programs_write_them(yes: str, no: str) -> None:
    head = "target,target_report,actual,actual_report,correct_target,correct_actual\n"
    csv = head + f"6,a,6,b,{yes},{yes}\n6,c,6,d,{no},{yes}\n6,e,6,f,,\n"
    found = rows(error_rates(pandas.read_csv(io.StringIO(csv))))
    assert [(row["checked"], row["wrong"]) for row in found] == [(2, 1), (2, 0)]


def test_what_is_no_answer_is_refused() -> None:
    bad = [SHEET[1] | {"correct_target": "6.5"}]
    with pytest.raises(ArgumentError, match=r"row 1 of correct_target is '6.5'"):
        error_rates(frame(bad, "polars"))
    with pytest.raises(TableError, match="no column correct_actual"):
        error_rates(frame(SHEET, "polars").drop("correct_actual"))
    with pytest.raises(ArgumentError, match="level is 95"):
        error_rates(frame(SHEET, "polars"), level=95)
