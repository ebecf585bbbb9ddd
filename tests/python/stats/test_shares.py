"""Shares of classes, with what is missing counted."""

from __future__ import annotations

import pandas
import polars
import pytest
from in_panels import everywhere, frame, rows
from statsmodels.stats.proportion import proportion_confint

from zhibiao.errors import TableError
from zhibiao.stats import shares

ROWS = [
    {"entity_id": "1", "region": "a", "year": 2020, "class": "x", "flag": True},
    {"entity_id": "1", "region": "a", "year": 2021, "class": "y", "flag": None},
    {"entity_id": "2", "region": "b", "year": 2020, "class": None, "flag": False},
    {"entity_id": None, "region": "c", "year": 2020, "class": "y", "flag": False},
]


@everywhere
def test_shares_by_group(library: str) -> None:
    found = rows(shares(frame(ROWS, library), "class", by="year", interval="wilson"))
    low, high = proportion_confint(1, 2, method="wilson")
    assert [(row["year"], row["class"], row["n"], row["of"], row["missing"]) for row in found] == [
        (2020, "x", 1, 2, 1),
        (2020, "y", 1, 2, 1),
        (2021, "y", 1, 1, 0),
    ]
    assert (found[0]["share"], found[0]["low"], found[0]["high"]) == pytest.approx((0.5, low, high))


@everywhere
def test_flags_and_clusters(library: str) -> None:
    found = rows(shares(frame(ROWS, library), "flag"))
    assert [(row["flag"], row["n"], row["of"], row["clusters"]) for row in found] == [
        (False, 2, 3, 3),
        (True, 1, 3, 3),
    ]


def test_numbers_are_groups_too() -> None:
    floats = pandas.DataFrame({"entity_id": ["1", "2"], "region": ["a", "b"], "run": [1.0, None]})
    assert rows(shares(floats, "run"))[0]["run"] == 1
    with pytest.raises(TableError, match="no column other"):
        shares(polars.DataFrame({"region": ["a"], "x": [1]}), "x", cluster="other")


def test_names_of_groups_may_be_empty_or_missing() -> None:
    made = polars.DataFrame({"entity_id": ["1", "2", None], "g": ["", "a", None], "x": [*"uvw"]})
    assert [row["g"] for row in rows(shares(made, "x", by="g"))] == ["", "a", None]
    assert [row["clusters"] for row in rows(shares(made, "x"))] == [3, 3, 3]
