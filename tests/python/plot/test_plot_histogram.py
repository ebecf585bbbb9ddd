"""The histogram is that of the result, with what it was estimated by."""

from __future__ import annotations

import numpy as np
import pytest
from in_figures import bunched, called, column, invented

from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.plot import gap_histogram


def test_bars_and_line_are_the_numbers_of_the_result() -> None:
    told = bunched().histogram()
    axes = gap_histogram(bunched(), language="en")
    bars = called(axes, "observed")
    assert [bar.get_height() for bar in bars] == column(told, "observed")
    middles = [bar.get_x() + bar.get_width() / 2 for bar in bars]
    assert np.allclose(middles, column(told, "gap"))
    line = called(axes, "counterfactual")
    assert line.get_xdata().tolist() == column(told, "gap")
    assert line.get_ydata().tolist() == column(told, "counterfactual")


def test_windows_are_shaded_over_whole_bars() -> None:
    axes = gap_histogram(bunched(), language="en")
    ends = {}
    for name in ("excess window", "missing range"):
        box = called(axes, name)
        ends[name] = (round(box.get_x(), 9), round(box.get_x() + box.get_width(), 9))
    assert ends == {"excess window": (-0.05, 0.25), "missing range": (-1.05, -0.05)}


def test_without_a_missing_range_none_is_shaded() -> None:
    axes = gap_histogram(stats.bunching(invented(), missing=0, replicates=9), language="en")
    with pytest.raises(StopIteration):
        called(axes, "missing range")


def test_reach_cuts_what_is_shown() -> None:
    axes = gap_histogram(bunched(), reach=1.5, language="en")
    assert len(called(axes, "observed")) == 31
    assert len(called(axes, "counterfactual").get_xdata()) == 31


def test_the_lines_below_tell_excess_and_heaping() -> None:
    found = bunched()
    text = gap_histogram(found, language="en", width="double").texts[0].get_text()
    excess, heaping = found.excess, found.heaping
    value = f"{100 * excess.value:.1f}%".replace("-", "\N{MINUS SIGN}")
    assert text.startswith(f"excess {value} (95% interval ")
    assert f"n = {excess.n}, {excess.clusters} clusters" in text
    assert f"targets: integers {100 * heaping['target'].integer:.0f}%" in text
    assert f"actuals: integers {100 * heaping['actual'].integer:.0f}%" in text
    assert "even last digits: 10%, 10%, 80%" in text


def test_a_placebo_says_that_it_is_one() -> None:
    placebo = stats.bunching(invented(), cutoff=0.5, replicates=9)
    axes = gap_histogram(placebo, language="en")
    assert axes.get_xlabel() == "actual − placebo cutoff (percentage points)"


def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(ArgumentError, match="expected what zhibiao"):
        gap_histogram(bunched().histogram())
    with pytest.raises(ArgumentError, match="more than 0"):
        gap_histogram(bunched(), reach=0)
