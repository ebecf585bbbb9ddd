"""Re-pairing: what it keeps, and its p-value, against a plain loop."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from in_panels import cell, everywhere, frame

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.stats import World
from zhibiao.stats.bunching.cells import observe
from zhibiao.stats.bunching.estimate import Options, quantities
from zhibiao.stats.bunching.grid import Window, grid_of
from zhibiao.stats.bunching.models import model_of
from zhibiao.stats.bunching.pairing import _cycled, _recounted, _with_others, pairing_test

OPTIONS = Options(Window((0, 2), (-10, -1), 40), replicates=39, seed=2)


def test_everyone_gets_the_actual_of_another_region_of_the_same_year() -> None:
    data = World(regions=30, years=6).draw(1)
    named = replace(data, actual=np.arange(len(data)))  # each actual names its region and year
    for number in range(20):
        other = _cycled(named, 7, number)
        assert (other != named.actual).all()
        assert (data.year[other] == data.year).all()
        assert (np.sort(other) == named.actual).all()
    assert (_cycled(named, 7, 0) == _cycled(named, 7, 0)).all()
    assert (_cycled(named, 7, 0) != _cycled(named, 7, 1)).any()


def test_all_cycles_of_three_are_as_frequent() -> None:
    data = replace(World(regions=3, years=1).draw(1), actual=np.arange(3))
    seen = Counter(tuple(_cycled(data, 1, number).tolist()) for number in range(400))
    assert set(seen) == {(1, 2, 0), (2, 0, 1)}
    assert min(seen.values()) > 160


def test_the_p_value_is_that_of_a_plain_loop() -> None:
    data = World(regions=60, years=6, rounded=0.1, shifted=0.2).draw(4)

    def statistic(actual: np.ndarray) -> tuple[float, float]:
        again = replace(data, actual=actual)
        grid = grid_of(again, OPTIONS.window)
        counts = grid.counts(again.region)
        values = quantities(grid, counts, model_of("poisson", grid, counts, None, "below")(counts))
        excess, expected = (values[0, column] * counts.sum() for column in (0, 4))
        return values[0, 0], excess / np.sqrt(expected)

    excess, found = statistic(data.actual)
    null = [statistic(_cycled(data, 2, number)) for number in range(39)]
    told = pairing_test(data, OPTIONS, "gdp")
    assert told.excess == pytest.approx(excess)
    np.testing.assert_allclose(told.null, [one[0] for one in null], rtol=1e-5, atol=1e-9)
    assert told.p_value == (1 + sum(one[1] >= found for one in null)) / 40
    assert "39 draws" in str(told)


@everywhere
def test_a_region_alone_in_its_year_and_level_is_left_out(library: str) -> None:
    rows = [
        cell("110000", 2015, 7.0, 7.1),
        cell("120000", 2015, 7.0, 7.3),
        cell("120100", 2015, 7.0, 7.3, level="prefecture"),
        cell("120000", 2016, 7.0, 7.3),
    ]
    given = frame([row | {"actual_comparator": "eq"} for row in rows], library)
    data, alone = _with_others(observe(given, "gdp", ["eq"]))
    assert (len(data), alone) == (2, 2)
    with pytest.raises(ArgumentError, match="nothing can be re-paired"):
        stats.bunching_pairing_test(given[1:])


def test_a_re_pairing_that_is_far_from_the_data_is_solved() -> None:
    """Newton's method goes round in circles here, but for halved steps."""
    data = World(rounded=0.05, shifted=0.15).draw(11)
    grid = grid_of(data, OPTIONS.window)
    model = model_of("poisson", grid, grid.counts(data.region), None, "below")
    counts = _recounted(grid, data, _cycled(data, 11, 5))[None]
    near = model_of("poisson", grid, counts, None, "below")
    np.testing.assert_allclose(model(counts), near(counts), rtol=1e-5)
