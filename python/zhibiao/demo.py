"""The main job on the sample corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zhibiao
from zhibiao import grid

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lines"]


def lines() -> Iterator[str]:
    """Extract the sample corpus and give its panel, line by line."""
    found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
    yield f"{zhibiao.sample}: {found.reports.num_rows} reports of invented regions"
    yield f"{found.observations.num_rows} observations in {found.sentences.num_rows} sentences"
    yield from (f"! {message}" for message in found.problems.column("message"))
    yield ""
    cells = zhibiao.panel(found.observations).to_dicts()
    both = [cell for cell in cells if cell["gap"] is not None]
    yield f"The panel has {len(cells)} cells; here are the {len(both)} that have both sides:"
    yield "what the report of a year aimed at, and what a later one says was reached."
    yield ""
    yield from grid.lines(both, grid.PANEL_COLUMNS)
