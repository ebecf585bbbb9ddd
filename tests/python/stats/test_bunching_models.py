"""The models against statsmodels, an iteration by hand, and counts without noise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import statsmodels.api as sm

from zhibiao.stats import ConvergenceWarning, World
from zhibiao.stats.bunching import poisson
from zhibiao.stats.bunching.estimate import quantities
from zhibiao.stats.bunching.grid import Grid, Window, grid_of
from zhibiao.stats.bunching.models import model_of
from zhibiao.stats.bunching.poisson import refit, shape_of

if TYPE_CHECKING:
    from zhibiao.stats.bunching.cells import Observed

WINDOW = Window((0, 2), (-10, -1), 40)
WITHOUT = replace(WINDOW, missing=None)
DRAWN = World(regions=60, years=8, rounded=0.1, shifted=0.1).draw(5)


def by_statsmodels(data: Observed, window: Window, degree: int) -> np.ndarray:
    """The counterfactual of each gap by a Poisson regression with a dummy for every target."""
    gaps, targets = window.bins, np.unique(data.target)
    target, gap = (axis.ravel() for axis in np.meshgrid(targets, gaps, indexing="ij"))
    cells = zip(target, gap, strict=True)
    counts = np.array([((data.target == t) & (data.actual == t + g)).sum() for t, g in cells])
    powers = [(gap / window.reach) ** power for power in range(1, degree + 1)]
    actual = target + gap
    known = np.column_stack([*powers, actual % 10 == 0, actual % 10 == 5]).astype(float)
    low = window.excess[0] if window.missing is None else window.missing[0]
    outside = (gap < low) | (gap > window.excess[1])
    dummies = [target == t for t in targets if counts[(target == t) & outside].any()]
    use = outside & np.any(dummies, axis=0)
    design = np.column_stack([known, *dummies])[use].astype(float)
    fitted = sm.GLM(counts[use], design, family=sm.families.Poisson()).fit(tol=1e-12)
    smooth = np.exp(known @ fitted.params[: known.shape[1]])
    level = outside if window.missing is not None else np.ones_like(outside)
    for t in targets:
        own = target == t
        smooth[own] *= counts[own & level].sum() / smooth[own & level].sum()
    return np.array([smooth[gap == g].sum() for g in gaps])


@pytest.mark.parametrize("window", [WINDOW, replace(WINDOW, excess=(0, 0), missing=(-5, -1))])
@pytest.mark.parametrize("degree", [2, 4, 6])
def test_the_default_is_a_poisson_regression_with_effects_of_targets(
    window: Window, degree: int
) -> None:
    grid = grid_of(DRAWN, window)
    counts = grid.counts(DRAWN.region)
    found = model_of("poisson", grid, counts, degree, "below")(counts)[0]
    np.testing.assert_allclose(found, by_statsmodels(DRAWN, window, degree), rtol=1e-4, atol=1e-6)


def test_without_a_missing_side_the_totals_of_the_targets_tell_the_level() -> None:
    grid = grid_of(DRAWN, WITHOUT)
    counts = grid.counts(DRAWN.region)
    found = model_of("poisson", grid, counts, 4, "below")(counts)[0]
    np.testing.assert_allclose(found, by_statsmodels(DRAWN, WITHOUT, 4), rtol=1e-4, atol=1e-6)
    assert found.sum() == pytest.approx(counts.sum())


@pytest.mark.parametrize("degree", [3, 5])
def test_the_second_is_a_poisson_regression_on_the_histogram(degree: int) -> None:
    grid = grid_of(DRAWN, WINDOW)
    counts = grid.counts(DRAWN.region)
    gaps = WINDOW.bins
    columns = [(gaps / 40.0) ** power for power in range(degree + 1)]
    design = np.column_stack([*columns, gaps % 10 == 0, gaps % 10 == 5]).astype(float)
    use = (gaps < -10) | (gaps > 2)
    observed = counts[0].sum(axis=0)
    fitted = sm.GLM(observed[use], design[use], family=sm.families.Poisson()).fit(tol=1e-12)
    found = model_of("histogram", grid, counts, degree, "below")(counts)[0]
    np.testing.assert_allclose(found, np.exp(design @ fitted.params), rtol=1e-4)


@pytest.mark.parametrize("side", ["below", "above"])
def test_the_classical_polynomial_is_what_iterating_comes_to(side: str) -> None:
    grid = grid_of(DRAWN, WINDOW)
    counts = grid.counts(DRAWN.region)
    observed, gaps = counts[0].sum(axis=0), WINDOW.bins
    inside = (gaps >= 0) & (gaps <= 2)
    raised_at = (gaps < 0) if side == "below" else (gaps > 2)
    dummies = [gaps == gap for gap in (0, 1, 2)]
    powers = [(gaps / 40.0) ** power for power in range(8)]
    design = np.column_stack([*powers, *dummies]).astype(float)
    excess = 0.0
    for _ in range(500):
        raised = observed * (1 + raised_at * excess / observed[raised_at].sum())
        smooth = design[:, :8] @ sm.OLS(raised, design).fit().params[:8]
        excess = (observed - smooth)[inside].sum()
    found = model_of("chetty", grid, counts, None, side)(counts)[0]  # type: ignore[arg-type]
    np.testing.assert_allclose(found, smooth, rtol=1e-6)
    assert observed.sum() == pytest.approx(found.sum(), rel=0.02)


def noiseless(grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Counts that follow the model to the last digit, and what is in the window of them."""
    slope = 0.8 * (grid.gap / 40) - 6 * (grid.gap / 40) ** 2 + 0.5 * (grid.gap / 40) ** 3
    round_ = 0.9 * (grid.last == 0) + 0.2 * (grid.last == 5)
    level = np.linspace(3, 6, len(grid.digit))[:, None]
    counts = np.exp(level + slope + round_)
    return counts[None], counts[:, 40:43].sum()


def test_mass_that_was_moved_is_found_where_it_went_and_missed_where_it_was() -> None:
    grid = grid_of(DRAWN, WINDOW)
    counts, expected = noiseless(grid)
    moved = 0.15 * counts[:, :, 30:40]
    shifted = counts.copy()
    shifted[:, :, 30:40] -= moved
    shifted[:, :, 40] += moved.sum(axis=2)
    model = model_of("poisson", grid, shifted, 4, "below")
    found = quantities(grid, shifted, model(shifted))[0]
    share = moved.sum() / counts.sum()
    np.testing.assert_allclose(found[:3], [share] * 3, rtol=1e-5)
    assert found[4] == pytest.approx(expected / counts.sum(), rel=1e-5)
    assert found[3] == pytest.approx(share / (found[4] / 3), rel=1e-5)


def test_heaping_alone_is_no_excess_but_for_the_classical_polynomial() -> None:
    grid = grid_of(DRAWN, WINDOW)
    counts, _ = noiseless(grid)
    found = {
        method: quantities(
            grid,
            counts,
            model_of(method, grid, counts, None, "below")(counts),  # type: ignore[arg-type]
        )[0, 0]
        for method in ("poisson", "chetty")
    }
    assert abs(found["poisson"]) < 1e-6
    assert found["chetty"] > 0.004


def test_many_replicates_at_once_are_the_same_as_each_by_itself() -> None:
    grid = grid_of(DRAWN, WINDOW)
    weights = np.random.default_rng(0).multinomial(60, np.full(60, 1 / 60), 7).astype(float)
    counts = grid.counts(DRAWN.region, weights)
    model = model_of("poisson", grid, grid.counts(DRAWN.region), None, "below")
    each = np.concatenate([model(counts[number : number + 1]) for number in range(7)])
    np.testing.assert_allclose(model(counts), each, rtol=1e-8)


def test_a_far_start_comes_to_the_same_maximum() -> None:
    grid = grid_of(World(regions=40, years=5, region_sd=0.3, year_sd=0.2, sd=0.5).draw(2), WINDOW)
    counts = np.ones((1, *grid.shape)) + 50 * np.exp(-((grid.gap[None] / 6) ** 2))
    x = grid.gap / 40
    shape = shape_of(np.stack([x, x**2, x**3, x**4], axis=-1), grid.fitted)
    near = refit(counts, shape, np.zeros(4))
    for start in (np.array([40.0, -300.0, 30.0, 200.0]), np.full(4, -60.0)):
        np.testing.assert_allclose(refit(counts, shape, start), near, rtol=1e-4)


def test_a_placebo_is_fitted_without_the_windows_of_the_real_target() -> None:
    data = replace(DRAWN, cutoff=DRAWN.target + 5, placebo=True)
    grid = grid_of(data, replace(WINDOW, missing=(-3, -1)))
    shut = np.flatnonzero(~grid.fitted[0]) - 40
    assert shut.tolist() == [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]
    counts = grid.counts(data.region)
    histogram = grid.histogram(counts)[0]
    distance = data.actual - data.cutoff
    expected = [
        ((distance == bin_) & (np.abs(distance + 5) <= 40)).sum() for bin_ in grid.window.bins
    ]
    assert histogram.tolist() == expected


def test_fits_that_do_not_come_to_rest_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poisson, "_STEPS", 2)
    with pytest.warns(ConvergenceWarning, match="1 of 1 fits"):
        model_of("poisson", *counted(), None, "below")


def counted() -> tuple[Grid, np.ndarray]:
    grid = grid_of(DRAWN, WINDOW)
    return grid, grid.counts(DRAWN.region)


@pytest.mark.parametrize("missing", [None, (-3, -1)])
def test_what_is_at_the_real_target_is_no_excess_of_a_placebo(
    missing: tuple[int, int] | None,
) -> None:
    data = replace(DRAWN, cutoff=DRAWN.target + 15, placebo=True)
    grid = grid_of(data, replace(WINDOW, missing=missing))
    counts, _ = noiseless(grid)
    counts[:, :, 40] *= 3
    model = model_of("poisson", grid, counts, 4, "below")
    assert abs(quantities(grid, counts, model(counts))[0, 0]) < 1e-6
    counts[:, :, 55] *= 2
    added = counts[:, :, 55].sum() / 2
    found = quantities(grid, counts, model_of("poisson", grid, counts, 4, "below")(counts))[0, 0]
    if missing is None:  # the level is that of the totals, which the added mass is a part of
        assert 0.9 * added < found * counts.sum() < added
    else:
        assert found * counts.sum() == pytest.approx(added, rel=1e-4)
