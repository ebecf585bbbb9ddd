"""Frandsen's test against exact fractions, brute force, and rddensity."""

from __future__ import annotations

import warnings
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from in_panels import LIBRARIES, cell, frame
from rddensity import rddensity

from zhibiao import stats
from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable


def exact(below: int, at: int, above: int, k: Fraction) -> dict[str, Fraction]:
    """The p-values by the text of the test, in whole numbers alone."""
    n = below + at + above

    def mass(p: Fraction, counts: Iterable[int]) -> Fraction:
        return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in counts), Fraction(0))

    more = mass((1 + k) / (3 + k), range(at, n + 1))
    less = mass((1 - k) / (3 - k), range(at + 1))
    return {"excess": more, "deficit": less, "two-sided": min(Fraction(1), 2 * min(more, less))}


@pytest.mark.parametrize("counts", [(5, 9, 4), (0, 3, 0), (10, 2, 12), (7, 7, 7), (0, 0, 0)])
@pytest.mark.parametrize("k", [Fraction(0), Fraction(1, 50), Fraction(1, 5)])
def test_p_values_are_those_of_exact_fractions(counts: tuple[int, int, int], k: Fraction) -> None:
    below, at, above = counts
    for alternative, expected in exact(below, at, above, k).items():
        found = stats.frandsen_p(
            below=below, at=at, above=above, k=float(k), alternative=alternative
        )
        assert found == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("k", [0.0, 0.02, 0.3])
def test_the_bounds_are_those_of_all_densities_that_are_bent_by_k_at_most(k: float) -> None:
    """The middle mass P with |P+ - 2P + P-| <= k (P+ + P-), tried over a fine grid."""
    sides = np.random.default_rng(0).uniform(0.1, 1, (200, 2)).sum(axis=1)[:, None]
    middle = np.linspace(0, 1.5, 30001)[None]
    allowed = np.abs(sides - 2 * middle) <= k * sides + 1e-4
    share = np.where(allowed, middle / (sides + middle), np.nan)
    low, high = (1 - k) / (3 - k), (1 + k) / (3 + k)
    assert np.nanmin(share) == pytest.approx(low, abs=1e-3)
    assert np.nanmax(share) == pytest.approx(high, abs=1e-3)
    found = stats.DensityTest("gdp", 1, 1, 1, k, "excess", 1.0, *[stats.heaping([1])] * 2)
    assert found.bounds == (low, high)


@pytest.mark.parametrize("k", [-0.1, 1.0])
def test_impossible_arguments_are_refused(k: float) -> None:
    with pytest.raises(ArgumentError, match="k is"):
        stats.frandsen_p(below=1, at=1, above=1, k=k)
    with pytest.raises(ArgumentError, match="negative"):
        stats.frandsen_p(below=-1, at=1, above=1)
    with pytest.raises(ArgumentError, match="two-sided"):
        stats.frandsen_p(below=1, at=1, above=1, alternative="both")  # type: ignore[arg-type]


def gaps(seed: int, n: int = 3000) -> np.ndarray:
    return np.rint(np.random.default_rng(seed).normal(2, 15, n)).astype(int)


def test_it_keeps_its_level_where_nothing_heaps() -> None:
    rejected = 0
    for seed in range(300):
        gap = gaps(seed)
        below, at, above = (int((gap == tenth).sum()) for tenth in (-1, 0, 1))
        rejected += stats.frandsen_p(below=below, at=at, above=above, k=0.02) <= 0.05
    assert rejected <= 0.08 * 300


def rows(targets: Iterable[float], actuals: Iterable[float]) -> list[dict[str, Any]]:
    return [
        cell(f"{100000 + number}", 2015, target, actual) | {"actual_comparator": "eq"}
        for number, (target, actual) in enumerate(zip(targets, actuals, strict=True))
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_panel_is_counted_and_heaping_is_told(library: str) -> None:
    actuals = [6.9, 6.9, 7.0, 7.0, 7.0, 7.1, 7.3, 8.0, None, 7.05]
    given = frame(rows([7.0] * 10, actuals), library)
    with pytest.warns(stats.HeapedWarning, match="50% of the actuals are on integers"):
        found = stats.density_test(given, alternative="excess")
    assert (found.below, found.at, found.above) == (2, 3, 1)
    assert found.p_value == stats.frandsen_p(below=2, at=3, above=1, k=0.02, alternative="excess")
    assert found.targets.integer == 1.0
    text = str(found)
    assert "2, 3, 1" in text
    assert "integer 100.0% (10%)" in text
    assert "integer 50.0% (10%)" in text


def test_rounded_actuals_under_round_targets_are_warned_of() -> None:
    """Honest, but heaped: this test and rddensity both find what is not there."""
    drawn = stats.World(rounded=0.3).draw(1)
    panel_of_all = stats.World(rounded=0.3).panel(1)
    with pytest.warns(stats.HeapedWarning, match="use bunching"):
        found = stats.density_test(panel_of_all)
    assert found.p_value < 0.001
    gap = (drawn.actual - drawn.target) / 10
    at, below = (gap == 0).sum(), (gap == -0.1).sum()
    assert (found.at, found.below) == (at, below)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jittered = gap + np.random.default_rng(0).uniform(0, 0.1, len(gap))
        assert rddensity(jittered, c=0).test["p_jk"] < 0.05
    assert stats.bunching(panel_of_all, replicates=199).excess.low < 0


def test_where_nothing_heaps_it_agrees_with_rddensity() -> None:
    honest = gaps(3)
    short = (honest < 0) & (honest >= -10)
    moved = np.where(short & (np.random.default_rng(1).random(len(honest)) < 0.5), 0, honest)
    for gap, finds in ((honest, False), (moved, True)):
        below, at, above = (int((gap == tenth).sum()) for tenth in (-1, 0, 1))
        ours = stats.frandsen_p(below=below, at=at, above=above, k=0.02)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            jittered = gap / 10 + np.random.default_rng(0).uniform(0, 0.1, len(gap))
            theirs = rddensity(jittered, c=0).test["p_jk"]
        assert (ours < 0.05) == finds
        assert (theirs < 0.05) == finds


def test_figures_of_yearbooks_are_taken_down_to_tenths() -> None:
    given = frame(
        [row | {"yearbook_actual": 7.0} for row in rows([7.0], [None])]
        + [
            cell(f"{200000 + number}", 2015, 7.2, None, yearbook_actual=value)
            for number, value in enumerate([7.19, 7.1, 7.2, 7.26, 7.31])
        ],
        "polars",
    )
    found = stats.density_test(given, actual="yearbook_actual", finer="down")
    assert (found.below, found.at, found.above) == (2, 3, 1)
    with pytest.raises(ArgumentError, match="finer is 'round'"):
        stats.density_test(given, finer="round")  # type: ignore[arg-type]
