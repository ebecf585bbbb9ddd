"""`bunching` as users call it, and how often it is right on invented worlds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars
import pytest
from in_panels import kind

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.stats import World
from zhibiao.stats.bunching.estimate import Options, estimate
from zhibiao.stats.bunching.grid import Window
from zhibiao.stats.testing import adjust_p

if TYPE_CHECKING:
    from zhibiao.stats.bunching.models import Method

WORLD = World(regions=60, years=10, rounded=0.1, shifted=0.3)
SIZES = ("excess", "missing")
DEFAULT = Options(Window((0, 2), (-10, -1), 40), replicates=99)


def panels(seed: int = 1) -> dict[str, Any]:
    drawn = WORLD.panel(seed)
    shown = drawn.to_pandas()
    shown.index = range(7, 7 + len(shown))
    return {"polars": drawn, "pandas": shown, "pyarrow": drawn.to_arrow()}


def test_every_library_gives_the_same_and_gets_its_own_back() -> None:
    found = {name: stats.bunching(panel, replicates=19) for name, panel in panels().items()}
    assert found["pandas"].excess == found["polars"].excess == found["pyarrow"].excess
    for name, one in found.items():
        assert kind(one.histogram()) == name
        assert kind(one.heaping_frame()) == name
        assert kind(stats.bunching_table(panels()[name], replicates=9)) == name


def test_the_histogram_is_what_the_estimates_are_made_of() -> None:
    found = stats.bunching(panels()["polars"], replicates=19)
    bins = found.histogram()
    assert bins["gap"].to_list() == [tenth / 10 for tenth in range(-40, 41)]
    drawn = WORLD.draw(1)
    gap = drawn.actual - drawn.target
    expected = [int((gap == tenth).sum()) for tenth in range(-40, 41)]
    assert bins["observed"].to_list() == expected
    more = (bins["observed"] - bins["counterfactual"]) / sum(expected)
    parts = bins["part"]
    assert bins.filter(parts == "excess")["gap"].to_list() == [0.0, 0.1, 0.2]
    assert bins.filter(parts == "missing")["gap"].to_list() == [-t / 10 for t in range(10, 0, -1)]
    assert found.excess.value == pytest.approx(more.filter(parts == "excess").sum())
    assert found.missing.value == pytest.approx(-more.filter(parts == "missing").sum())
    assert found.at_cutoff.value == pytest.approx(more[40])
    assert found.excess.n == sum(expected)


def test_heaping_is_printed_with_the_result() -> None:
    found = stats.bunching(panels()["polars"], replicates=19)
    drawn = WORLD.draw(1)
    assert found.heaping["target"] == stats.heaping(drawn.target / 10)
    assert found.heaping["gap"] == stats.heaping((drawn.actual - drawn.target) / 10)
    text = str(found)
    assert f"integer {(drawn.actual % 10 == 0).mean():.1%} (10%)" in text
    assert f"{found.excess.value:.4f}  {found.excess.low:.4f} to {found.excess.high:.4f}" in text
    assert "60 clusters (region), 19 replicates, seed 0" in text


def test_what_was_left_out_is_printed() -> None:
    panel = panels()["polars"]
    some = panel.with_columns(
        actual=polars.when(polars.int_range(polars.len()) < 20).then(None).otherwise("actual")
    )
    found = stats.bunching(some, replicates=9)
    assert found.left_out == {"without an actual": 20}
    assert "left out: 20 without an actual" in str(found)
    assert "–" in str(stats.bunching(some, replicates=9, missing=0))


def test_for_a_ceiling_all_is_turned_round() -> None:
    """Actual and target with their signs changed, mass missing above: the same numbers."""
    panel = panels()["polars"]
    mirrored = panel.with_columns(-polars.col("target", "actual"))
    one = stats.bunching(panel, replicates=9, window=(0.0, 0.2))
    other = stats.bunching(mirrored, replicates=9, window=(-0.2, 0.0), side="above")
    assert other.excess.value == pytest.approx(one.excess.value, abs=1e-6)
    assert other.missing.value == pytest.approx(one.missing.value, abs=1e-6)


def test_placebos_find_nothing_where_the_target_is_found() -> None:
    panel = World(rounded=0.1, shifted=0.3).panel(2)
    cutoffs = ["target", "last_target", 0.5]
    table = stats.bunching_table(panel, cutoffs=cutoffs, replicates=99)
    assert table["cutoff"].to_list() == ["target", "last_target", "0.5"]
    found = table["p_adjusted"] < 0.05
    assert found.to_list() == [True, False, False]
    assert table["p_adjusted"].to_list() == adjust_p(table["p_value"].to_list(), "holm").tolist()
    assert table["family"][0] == (
        "3 tests that the excess is 0: gdp at target, gdp at last_target, gdp at 0.5 (holm)"
    )
    assert (
        table["target_on_integer"][0]
        == stats.bunching(panel, replicates=9).heaping["target"].integer
    )


@pytest.mark.parametrize("method", ["histogram", "chetty"])
def test_other_methods_take_a_placebo_for_the_target(method: Method) -> None:
    panel = panels()["polars"]
    moved = panel.with_columns(polars.col("target") + 0.5)
    one = stats.bunching(panel, method=method, cutoff=0.5, replicates=9)
    other = stats.bunching(moved, method=method, replicates=9)
    assert one.excess == other.excess
    real = stats.bunching(panel, method=method, replicates=9)
    assert one.heaping["target"] == real.heaping["target"], "of targets, and not of placebos"
    assert "target +0.5" in str(one)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "mccrary"}, "method is 'mccrary'; expected one of poisson, histogram, chetty"),
        ({"cluster": "year"}, "cluster is 'year'"),
        ({"side": "left"}, "side is 'left'"),
        ({"finer": "round"}, "finer is 'round'"),
        ({"window": (0.2, 0.0)}, "has to run upwards"),
        ({"window": (0.0, 0.25)}, "0.25 is finer than a tenth"),
        ({"reach": 1.2}, "reach"),
        ({"degree": 0}, "degree is 0"),
        ({"replicates": 1}, "replicates is 1"),
        ({"level": 95}, "level is 95"),
        ({"metric": "exports"}, "no annual cell of exports"),
    ],
)
def test_what_cannot_be_asked_is_told(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        stats.bunching(panels()["polars"], **arguments)


def test_too_little_to_fit_to_is_told() -> None:
    panel = panels()["polars"]
    with pytest.raises(ArgumentError, match=r"\d+ cells lie within reach .* needs 60 or more"):
        stats.bunching(panel.head(60), replicates=9)
    with pytest.raises(ArgumentError, match=r"needs 60 or more"):
        stats.bunching_pairing_test(panel.head(60), replicates=9)
    with pytest.raises(ArgumentError, match="all cells are of one region"):
        stats.bunching(panel.with_columns(region=polars.lit("one")), replicates=9)


def share(world: World, method: Method, seeds: int) -> tuple[float, float]:
    """How often intervals cover the truth, and how often they lie above 0."""
    covered = above = 0
    for seed in range(seeds):
        data = world.draw(seed)
        found = estimate(data, replace(DEFAULT, method=method, seed=seed)).excess
        covered += found.low <= data.left_out["moved"] / found.n <= found.high
        above += found.low > 0
    return covered / seeds, above / seeds


@pytest.mark.slow
@pytest.mark.parametrize("rounded", [0.0, 0.05, 0.15])
def test_intervals_cover_nothing_where_nothing_is(rounded: float) -> None:
    assert share(World(rounded=rounded), "poisson", 200)[0] >= 0.91


@pytest.mark.slow
def test_the_classical_polynomial_finds_rounded_actuals() -> None:
    assert share(World(rounded=0.05), "chetty", 100)[0] < 0.8
    assert share(World(rounded=0.15), "chetty", 100)[0] < 0.2


@pytest.mark.slow
def test_a_shift_of_fifteen_percent_is_found() -> None:
    covered, found = share(World(shifted=0.15), "poisson", 100)
    assert found >= 0.8
    assert covered >= 0.88


@pytest.mark.slow
def test_placebos_and_re_pairing_keep_their_level() -> None:
    world = World(rounded=0.1)
    rejected = {"last_target": 0, "0.5": 0, "re-pairing": 0}
    for seed in range(40):
        panel = world.panel(seed)
        for cutoff in ("last_target", 0.5):
            found = stats.bunching(panel, cutoff=cutoff, replicates=99)
            rejected[str(cutoff)] += found.p_value < 0.05
        paired = stats.bunching_pairing_test(panel, replicates=99, seed=seed)
        rejected["re-pairing"] += paired.p_value <= 0.05
    assert max(rejected.values()) <= 7  # of 40; 2 expected


def test_untold_shortfalls_are_missing_far_above_the_excess() -> None:
    honest, silent = World(rounded=0.1), World(rounded=0.1, untold=0.5)
    drawn, left = honest.draw(3), silent.draw(3)
    assert (left.actual >= left.target).sum() == (drawn.actual >= drawn.target).sum()
    short = (drawn.actual < drawn.target).sum()
    assert 0.4 * short < (left.actual < left.target).sum() < 0.6 * short
    found = [estimate(silent.draw(seed), DEFAULT) for seed in range(3, 8)]
    excess, missing = (sum(getattr(one, name).value for one in found) for name in SIZES)
    assert missing > 3 * excess > 0
