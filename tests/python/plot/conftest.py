"""Figures are drawn without a screen, and none is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")
