"""Corrected shares against a numerical gradient, and against simulation."""

from __future__ import annotations

import numpy as np
import pytest
from in_panels import everywhere, frame
from scipy import stats as scipy_stats

from zhibiao.errors import ArgumentError
from zhibiao.stats import Estimate, corrected_share, misclassification, share_estimate


def given(value: float, error: float) -> Estimate:
    return Estimate(value, value - error, value + error, error, 100, 100, "given")


def _formula(values: np.ndarray) -> float:
    p, a, b = values
    return float((p + b - 1) / (a + b - 1))


@pytest.mark.parametrize(
    ("p", "a", "b"), [(0.6, 0.95, 0.9), (0.3, 0.8, 0.99), (0.5, 0.7, 0.7), (0.9, 0.97, 0.6)]
)
def test_delta_method_by_a_numerical_gradient(p: float, a: float, b: float) -> None:
    errors = np.array([0.02, 0.03, 0.04])
    at, step = np.array([p, a, b]), 1e-6
    gradient = [
        (_formula(at + step * one) - _formula(at - step * one)) / (2 * step) for one in np.eye(3)
    ]
    error = float(np.sqrt(np.sum((np.array(gradient) * errors) ** 2)))
    found = corrected_share(*(given(one, by) for one, by in zip(at, errors, strict=True)))
    assert found.value == pytest.approx(_formula(at))
    assert found.error == pytest.approx(error, rel=1e-6)
    z = scipy_stats.norm.ppf(0.975)
    assert found.high == pytest.approx(min(found.value + z * error, 1))
    assert found.interval == "delta"


def test_a_perfect_measurement_changes_nothing() -> None:
    found = corrected_share(given(0.4, 0.05), given(1.0, 0.0), given(1.0, 0.0))
    assert (found.value, found.error) == pytest.approx((0.4, 0.05))


def test_the_interval_covers_the_truth() -> None:
    draw = np.random.default_rng(11)
    truth, a, b, hits = 0.35, 0.9, 0.85, 0
    for _ in range(400):
        p = truth * a + (1 - truth) * (1 - b)
        estimates = [
            share_estimate(np.arange(n) < draw.binomial(n, share))
            for share, n in ((p, 400), (a, 150), (b, 150))
        ]
        found = corrected_share(*estimates)
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.98


def test_where_all_checked_were_right_the_error_is_not_zero() -> None:
    perfect = share_estimate([1] * 20)
    assert perfect.error != perfect.error
    found = corrected_share(given(0.4, 0.05), perfect, perfect)
    assert found.value == pytest.approx(0.4)
    assert found.error > 0.05


def test_a_share_stays_within_bounds() -> None:
    found = corrected_share(given(0.09, 0.01), given(0.9, 0.01), given(0.9, 0.01))
    assert (found.value, found.low) == (0.0, 0.0)
    assert 0 < found.high < 0.1


@everywhere
def test_sensitivity_and_specificity(library: str) -> None:
    told = [("yes", "yes"), ("no", "yes"), ("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "")]
    sheet = [
        {"met": met, "true_met": true or None, "target_report": f"r{at}", "weight": 1.0 + at}
        for at, (met, true) in enumerate(told)
    ]
    sensitivity, specificity = misclassification(frame(sheet, library), "met", "true_met")
    assert sensitivity.value == pytest.approx((1 + 3) / (1 + 2 + 3))
    assert specificity.value == pytest.approx(4 / (4 + 5))
    assert (sensitivity.n, specificity.n) == (3, 2)


def test_a_measurement_that_tells_nothing_is_refused() -> None:
    with pytest.raises(ArgumentError, match="no better than chance"):
        corrected_share(given(0.5, 0.1), given(0.5, 0.1), given(0.5, 0.1))
    with pytest.raises(ArgumentError, match="not known"):
        corrected_share(given(0.5, 0.1), share_estimate([]), given(0.9, 0.1))
    none = Estimate(0.5, np.nan, np.nan, np.nan, 9, 1, "none")
    with pytest.raises(ArgumentError, match="neither an error nor an interval"):
        corrected_share(none, given(0.9, 0.1), given(0.9, 0.1))
