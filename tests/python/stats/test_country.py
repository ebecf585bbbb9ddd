"""From text to estimate: reports of an invented country, of which the truth is known."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import zhibiao
from zhibiao import stats
from zhibiao.errors import ArgumentError

KEY = ["region_code", "year", "metric"]
SEED = 20


def panel_of(country: stats.Country, seed: int = SEED) -> pl.DataFrame:
    frame = pl.DataFrame(zhibiao.panel(zhibiao.extract(country.reports(seed))))
    return frame.filter(pl.col("measure") == "growth", pl.col("horizon") == "annual")


def honest_and_not() -> list[Any]:
    honest = stats.World(rounded=0.15)
    return [honest, stats.World(rounded=0.05, shifted=0.3)]


@pytest.fixture(scope="module")
def country() -> stats.Country:
    return stats.Country(cities=60, years=4)


@pytest.fixture(scope="module")
def panel(country: stats.Country) -> pl.DataFrame:
    return panel_of(country)


def test_the_panel_is_the_truth_in_every_cell(country: stats.Country, panel: pl.DataFrame) -> None:
    truth = pl.DataFrame(country.truth(SEED))
    told = panel.with_columns(pl.col(c).cast(pl.String) for c in KEY if c != "year")
    joined = truth.join(
        told.with_columns(pl.col("year").cast(pl.Int64)), on=KEY, how="left", suffix="_told"
    )
    assert len(joined) == len(truth) == 92 * 5 * 3 - 5
    for side in ("target", "actual"):
        same = joined[side].eq_missing(joined[f"{side}_told"])
        assert same.all(), joined.filter(~same)
    for word in ("target_comparator", "parent_code", "level"):
        same = joined[word].eq_missing(joined[f"{word}_told"].cast(pl.String))
        assert same.all(), joined.filter(~same)


def test_no_number_and_no_name_stands_outside_of_the_texts(country: stats.Country) -> None:
    reports = pl.DataFrame(country.reports(SEED))
    assert reports.columns == ["id", "text"]
    assert reports["id"].n_unique() == len(reports) == 92 * 5
    assert not any(char.isalpha() for name in reports["id"] for char in name[1:])


def test_a_seed_gives_the_same_country_again(country: stats.Country) -> None:
    first, again, other = (pl.DataFrame(country.reports(seed)) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_amplification_is_found_in_the_texts(country: stats.Country) -> None:
    """Nearly all intervals hold the 0.5 that was put in, and none says nothing."""
    holds = 0
    for seed in range(20):
        stated = panel_of(country, seed).filter(pl.col("target").is_not_null())
        told = stats.amplification_summary(stated, "gdp", by="level")
        for row in told.filter(pl.col("level") != "nation").to_dicts():
            assert row["left_out"] == 0
            assert row["high"] - row["low"] < 0.4
            holds += row["low"] <= 0.5 <= row["high"]
    assert holds >= 34  # of 40: fewer come about 3 in 1,000 times where 95 % do


@pytest.mark.parametrize("world", honest_and_not())
def test_bunching_is_found_in_the_texts_where_it_is(world: stats.World) -> None:
    country = stats.Country(cities=170, years=10, world=world)
    truth = pl.DataFrame(country.truth(SEED)).filter(
        pl.col("metric") == "gdp", pl.col("actual").is_not_null()
    )
    found = stats.bunching(panel_of(country), replicates=199)
    share = truth["moved"].sum() / len(truth)
    assert found.excess.low <= share <= found.excess.high
    assert (found.excess.low > 0) == (world.shifted > 0)


def test_more_cities_than_there_are_is_refused() -> None:
    with pytest.raises(ArgumentError, match="at most"):
        stats.Country(cities=1000).truth(0)
