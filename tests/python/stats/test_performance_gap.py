"""Gaps of the year before, by hand and against loops over all rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from in_panels import cell, column, everywhere, frame, rows

from zhibiao.errors import ArgumentError
from zhibiao.stats import performance_gap

ROWS = [
    cell("1", 2019, 8.0, 8.4),
    cell("2", 2019, 7.0, 6.6),
    cell("3", 2019, 7.0, 7.6),
    cell("4", 2019, 7.0, 99.0, parent_code="420000", level="prefecture"),
    cell("5", 2019, 7.0),
    *(cell(entity, 2020, 7.0) for entity in "12345"),
]


@everywhere
def test_historical_and_social(library: str) -> None:
    found = [row for row in rows(performance_gap(frame(ROWS, library))) if row["year"] == 2020]
    assert [row["historical_gap"] for row in found] == [0.4, -0.4, 0.6, 92.0, None]
    # own - mean of the two others
    expected = [8.4 - 7.1, 6.6 - 8.0, 7.6 - 7.5]
    assert [row["social_gap"] for row in found][:3] == pytest.approx(expected)
    assert [row["social_gap"] for row in found][3:] == [None, None]
    assert [row["peers"] for row in found] == [2, 2, 2, 0, 3]
    assert column(performance_gap(frame(ROWS, library)), "peers")[:5] == [None] * 5


def test_the_fewest_peers() -> None:
    two = [*ROWS[:2], *ROWS[5:7]]
    assert column(performance_gap(frame(two, "polars")), "social_gap") == [None] * 4
    one = performance_gap(frame(two, "polars"), least_peers=1)
    assert column(one, "social_gap")[2] == pytest.approx(1.8)


def test_peers_are_those_of_that_year() -> None:
    moved = [*ROWS[:4], *(cell(entity, 2020, 7.0, parent_code="other") for entity in "123")]
    assert column(performance_gap(frame(moved, "polars")), "peers")[4:] == [2, 2, 2]


def test_definitions_are_kept_apart() -> None:
    kinds = ["net_income", "disposable_income", "unspecified"]
    apart = [
        *(row | {"actual_variant": kind} for row, kind in zip(ROWS[:3], kinds, strict=True)),
        *ROWS[5:8],
    ]
    assert column(performance_gap(frame(apart, "polars")), "peers")[3:] == [1, 1, 2]
    unlike = [ROWS[0] | {"comparable": False}, *ROWS[1:3], *ROWS[5:8]]
    found = performance_gap(frame(unlike, "polars"))
    assert column(found, "historical_gap")[3:] == [None, -0.4, 0.6]
    assert column(found, "social_gap")[3] is not None


def test_better_is_positive_where_asked() -> None:
    turned = [row | {"direction": way} for row, way in zip(ROWS[:3], _WAYS, strict=True)]
    later = [row | {"direction": way} for row, way in zip(ROWS[5:8], _WAYS, strict=True)]
    found = performance_gap(frame([*turned, *later], "polars"), sign="by_direction")
    assert column(found, "historical_gap")[3:] == [0.4, 0.4, None]


_WAYS = ("floor", "ceiling", "band")


@pytest.mark.parametrize("seed", range(3))
def test_against_a_loop_over_all_rows(seed: int) -> None:
    draw = np.random.default_rng(seed)
    made = [
        cell(
            f"{entity}",
            year,
            None if draw.random() < 0.1 else float(draw.integers(50, 90)) / 10,
            None if draw.random() < 0.2 else float(draw.integers(50, 90)) / 10,
            parent_code=f"P{entity % 4}",
        )
        for entity in range(20)
        for year in range(2010, 2015)
        if draw.random() < 0.9
    ]
    for row in rows(performance_gap(frame(made, "pandas"))):
        assert row["social_gap"] == pytest.approx(_social(row, made))


def _social(row: dict[str, Any], made: list[dict[str, Any]]) -> float | None:
    last = [other for other in made if other["year"] == row["year"] - 1]
    own = next((other for other in last if other["entity_id"] == row["entity_id"]), None)
    if own is None or own["actual"] is None:
        return None
    peers = [
        other["actual"]
        for other in last
        if other["entity_id"] != own["entity_id"]
        and other["parent_code"] == own["parent_code"]
        and other["actual"] is not None
    ]
    return None if len(peers) < 2 else own["actual"] - sum(peers) / len(peers)


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ArgumentError, match="least_peers is 0"):
        performance_gap(frame(ROWS, "polars"), least_peers=0)
    with pytest.raises(ArgumentError, match="'as_is' or 'by_direction'"):
        performance_gap(frame(ROWS, "polars"), sign="up")  # type: ignore[arg-type]
