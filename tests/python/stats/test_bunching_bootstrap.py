"""Drawing clusters: against rows put together by hand, whatever the chunks and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats as scipy_stats

from zhibiao import stats
from zhibiao.stats import World
from zhibiao.stats.bunching import bootstrap
from zhibiao.stats.bunching.estimate import QUANTITIES, Options, estimate, quantities
from zhibiao.stats.bunching.grid import Window, grid_of
from zhibiao.stats.bunching.models import model_of

if TYPE_CHECKING:
    from zhibiao.stats.bunching.cells import Observed

OPTIONS = Options(Window((0, 2), (-10, -1), 40), replicates=25, seed=11)
DRAWN = World(regions=45, years=41, rounded=0.1, shifted=0.1).draw(3)


def drawn_by_hand(data: Observed, cluster: np.ndarray, way: int) -> np.ndarray:
    """The statistics of each replicate, with the rows of drawn clusters put one after another."""
    found = []
    clusters = int(cluster.max()) + 1
    for number in range(OPTIONS.replicates):
        sequence = np.random.SeedSequence(OPTIONS.seed, spawn_key=(way, number))
        random = np.random.default_rng(sequence)
        names = random.integers(clusters, size=clusters)
        rows = np.concatenate([np.flatnonzero(cluster == name) for name in names])
        again = data.rows(rows)
        grid = grid_of(again, OPTIONS.window)
        counts = grid.counts(again.region)
        model = model_of("poisson", grid, counts, None, "below")
        found.append(quantities(grid, counts, model(counts))[0])
    return np.array(found)


def test_standard_errors_are_those_of_rows_drawn_by_region() -> None:
    found = estimate(DRAWN, OPTIONS)
    by_hand = drawn_by_hand(DRAWN, DRAWN.region, 0)
    errors = by_hand.std(axis=0, ddof=1)
    for name, error in zip(QUANTITIES, errors, strict=True):
        one = getattr(found, name)
        assert one.error == pytest.approx(error, rel=1e-4)
        half = scipy_stats.t.ppf(0.975, 44) * error
        assert (one.low, one.high) == pytest.approx((one.value - half, one.value + half), rel=1e-4)
    assert found.p_value == pytest.approx(
        2 * scipy_stats.t.sf(abs(found.excess.value / errors[0]), 44), rel=1e-3
    )
    assert (found.excess.clusters, found.excess.interval) == (45, "bootstrap")


def test_two_ways_add_up_less_their_crossings() -> None:
    found = estimate(DRAWN, replace(OPTIONS, cluster="region_year"))
    crossed = DRAWN.region * 41 + DRAWN.year
    variances = [
        drawn_by_hand(DRAWN, cluster, way).var(axis=0, ddof=1)
        for way, cluster in enumerate([DRAWN.region, DRAWN.year, crossed])
    ]
    expected = np.sqrt(
        np.maximum.reduce([variances[0] + variances[1] - variances[2], variances[0], variances[1]])
    )
    errors = [getattr(found, name).error for name in QUANTITIES]
    np.testing.assert_allclose(errors, expected, rtol=1e-4)
    assert found.excess.clusters == 41


def test_results_do_not_hang_on_how_the_work_is_cut_up(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = estimate(DRAWN, OPTIONS)
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 3000)
    assert estimate(DRAWN, OPTIONS).excess.error == pytest.approx(whole.excess.error, rel=1e-9)


def test_another_seed_draws_others() -> None:
    assert estimate(DRAWN, OPTIONS).excess == estimate(DRAWN, OPTIONS).excess
    other = estimate(DRAWN, replace(OPTIONS, seed=12)).excess
    assert other.value == estimate(DRAWN, OPTIONS).excess.value
    assert other.error != estimate(DRAWN, OPTIONS).excess.error


PROGRAM = """
from zhibiao.stats import World, bunching, bunching_pairing_test
panel = World(regions=50, years=6, rounded=0.1).panel(1)
found = bunching(panel, replicates=99, seed=5)
print(f"{found.excess.error:.12f} {bunching_pairing_test(panel, replicates=99, seed=5).p_value}")
"""


def test_seeds_make_the_same_results_with_any_number_of_threads() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    ]
    assert len(set(told)) == 1


def test_few_clusters_are_warned_of() -> None:
    few = World(regions=39, years=5)
    with pytest.warns(stats.FewClustersWarning, match="39 clusters"):
        stats.bunching(few.panel(1), replicates=9)
    stats.bunching(replace(few, regions=40).panel(1), replicates=9)
    with pytest.warns(stats.FewClustersWarning, match="5 clusters"):
        stats.bunching(replace(few, regions=50).panel(1), replicates=9, cluster="region_year")
