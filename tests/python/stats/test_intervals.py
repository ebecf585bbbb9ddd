"""Intervals against statsmodels: proportions, and a weighted regression on a constant."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats as scipy_stats
from statsmodels.stats.proportion import proportion_confint

from zhibiao.errors import ArgumentError
from zhibiao.stats._intervals import asked_level, clustered, wilson


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (3, 10), (60, 200), (7, 7)])
def test_wilson_is_that_of_statsmodels(hits: int, n: int) -> None:
    found = wilson([1] * hits + [0] * (n - hits), 0.9)
    low, high = proportion_confint(hits, n, alpha=0.1, method="wilson")
    assert (found.value, found.low, found.high) == pytest.approx((hits / n, low, high))


@pytest.mark.parametrize("seed", range(4))
def test_clusters_are_those_of_a_regression_on_a_constant(seed: int) -> None:
    draw = np.random.default_rng(seed)
    group = draw.integers(0, 9, 120)
    values = draw.normal(size=120) + group * 0.3
    weights = draw.uniform(1, 4, 120)
    found = clustered(values, group.tolist(), 0.95, weights=weights)
    fit = sm.WLS(values, np.ones(120), weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": group}, use_t=True
    )
    assert found.error == pytest.approx(fit.bse[0])
    assert (found.low, found.high) == pytest.approx(tuple(fit.conf_int()[0]))
    assert (found.n, found.clusters) == (120, np.unique(group).size)


def test_a_share_that_never_varies_counts_clusters_once() -> None:
    found = clustered([0] * 40, ["a", "b", "c", "d"] * 10, 0.95, share=True)
    low, high = proportion_confint(0, 4, method="beta")
    assert (found.value, found.low, found.high) == pytest.approx((0, low, high))
    assert found.interval == "exact"


def test_a_share_stays_within_bounds() -> None:
    found = clustered([1, 1, 1, 0], list("abcd"), 0.99, share=True)
    assert found.high == 1.0
    assert found.low == pytest.approx(max(0.0, 0.75 - scipy_stats.t.ppf(0.995, 3) * 0.25))


def test_one_cluster_has_no_interval() -> None:
    found = clustered([1.0, 2.0], ["a", "a"], 0.95)
    assert found.value == 1.5
    assert np.isnan(found.low)
    assert np.isnan(wilson([], 0.95).value)
    assert np.isnan(clustered([], [], 0.95).value)


def test_a_level_is_a_share() -> None:
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        asked_level(95)
