"""Heaping, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import take
from zhibiao.stats.heaping import heaping_frame

if TYPE_CHECKING:
    from collections.abc import Callable

#: 4 integers, 2 halves, 3 other tenths, 2 finer, 2 missing.
VALUES = [8.0, -3.0, 0.0, 10, 7.5, -0.5, 6.1, 6.9, 0.1 * 3, 6.55, 7.005, None, float("nan")]
MAKERS: list[Callable[[Any], Any]] = [
    list,
    lambda values: np.array([np.nan if value is None else value for value in values]),
    lambda values: pandas.Series(values, dtype="float64"),
    lambda values: polars.Series(values, dtype=polars.Float64),
    lambda values: pyarrow.chunked_array([values], type=pyarrow.float64()),
]


@pytest.mark.parametrize("make", MAKERS)
def test_figures_are_counted_by_what_they_end_on(make: Callable[[Any], Any]) -> None:
    found = stats.heaping(make(VALUES))
    assert (found.n, found.finer, found.missing) == (9, 2, 2)
    assert (found.integer, found.half, found.tenth) == (4 / 9, 2 / 9, 3 / 9)
    assert [row[:2] for row in found.rows] == [("integer", 4), ("half", 2), ("tenth", 3)]


def test_even_last_digits_have_the_expected_shares() -> None:
    found = stats.heaping(np.arange(-500, 500) / 10)
    assert [(share, expected) for _, _, share, expected in found.rows] == [
        (0.1, 0.1),
        (0.1, 0.1),
        (0.8, 0.8),
    ]


def test_nothing_has_no_shares() -> None:
    found = stats.heaping([None, 6.55])
    assert (found.n, found.finer, found.missing) == (0, 1, 1)
    assert np.isnan([found.integer, found.half, found.tenth]).all()


def test_words_are_refused() -> None:
    with pytest.raises(ArgumentError, match="heaping is of numbers"):
        stats.heaping(["7%左右"])


@pytest.mark.parametrize("library", [pandas, polars])
def test_a_frame_of_heapings_is_of_the_library_that_came_in(library: Any) -> None:
    found = {"target": stats.heaping([1, 2, 2.5, 0.1])}
    frame = heaping_frame(take(library.DataFrame({"x": [1]})), found)
    assert isinstance(frame, library.DataFrame)
    assert list(frame["share"]) == [0.5, 0.25, 0.25]
    assert list(frame["of"]) == ["target"] * 3
