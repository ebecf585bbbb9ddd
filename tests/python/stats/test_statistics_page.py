"""The command that writes the figures of docs/statistics.md."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_the_page_has_its_markers_and_the_figures_of_a_thousand_seeds() -> None:
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    assert page.count("<!-- simulation -->") == page.count("<!-- end -->") == 1
    assert "`python scripts/statistics.py --seeds 1000`" in page


def test_intervals_of_the_default_cover_as_the_page_has_to_show() -> None:
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    honest = page.partition("With a shift")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|.*\*\*([\d.]+)\*\* \| [\d.]+ \|$", honest, re.M)
    covered = {(method, int(rounded)): float(share) for method, rounded, share in rows}
    assert len(covered) == 9
    assert all(93 <= covered["poisson", rounded] <= 97 for rounded in (0, 5, 15))
    assert covered["chetty", 15] < 50
    shifted = re.search(
        r"^\| `poisson` \| 15 \| .* ([\d.]+) \|$", page.partition("With a shift")[2], re.M
    )
    assert shifted
    assert float(shifted[1]) >= 80


@pytest.mark.slow
def test_the_command_prints_its_tables() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "statistics.py"), "--seeds", "2", "--print"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert len(re.findall(r"^\| `(?:poisson|histogram|chetty)` \|", told.stdout, re.M)) == 15
    assert "nan" not in told.stdout
