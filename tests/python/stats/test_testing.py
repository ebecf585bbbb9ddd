"""Adjusted p-values against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from zhibiao.errors import ArgumentError
from zhibiao.stats import adjust_p, family


@pytest.mark.parametrize(("ours", "theirs"), [("holm", "holm"), ("bh", "fdr_bh")])
@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_statsmodels(ours: str, theirs: str, seed: int) -> None:
    p_values = np.random.default_rng(seed).uniform(0, 0.2, 17)
    p_values[3] = p_values[4]  # ties
    expected = multipletests(p_values, method=theirs)[1]
    np.testing.assert_allclose(adjust_p(p_values, ours), expected, rtol=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["holm", "bh"])
def test_tests_that_were_not_made_are_no_members(method: str) -> None:
    adjusted = adjust_p([0.02, np.nan, 0.02], method)  # type: ignore[arg-type]
    assert np.isnan(adjusted[1])
    assert adjusted[0] == adjust_p([0.02, 0.02], method)[0]  # type: ignore[arg-type]
    assert np.isnan(adjust_p([np.nan], method)).all()  # type: ignore[arg-type]


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(ArgumentError, match="outside"):
        adjust_p([1.2], "holm")
    with pytest.raises(ArgumentError, match="'holm' or 'bh'"):
        adjust_p([0.2], "bonferroni")  # type: ignore[arg-type]


def test_a_long_family_is_cut() -> None:
    assert family("x", list("abc"), most=2) == "3 tests that x: a, b and 1 more"
