"""How many wrong facts are marked, how many right ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import score_certainty as scorer
from made_up import observation, write_facts, write_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_facts(
        tmp_path / "facts.tsv",
        "甲县_2024 gdp actual growth 2023 5.5 5.5 eq % _ _ 5.5% _",
        "甲县_2024 gdp actual growth 2023 9.9 9.9 eq % _ _ 9.9% 1",
        "乙县_2024 gdp actual growth 2023 6 6 eq % _ _ 6% _",
    )


def test_wrong_and_right_facts_that_carry_check(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {"source": "x/county/乙县_2024.txt"}
    check, sure = {"certainty": "check"}, {"certainty": "sure", "reasons": []}
    rows = [
        observation(5.5, **check, reasons=["carried far"]),  # right, but sure where told again
        observation(5.5, **sure, start=50, end=54),
        observation(7.7, **check, reasons="carried far|odd value"),  # wrong, in the form of CSV
        observation(8.8, **sure),  # wrong
        observation(9.9, **check),  # optional: not judged
        observation(4.4, **check, baseline=True),
        observation(6, **check, reasons=["odd value"], **other),  # right
        observation(1.1, **check, metric="grain_area", **other),  # no headline metric
    ]
    shares = scorer.run([facts], write_rows(tmp_path / "rows.jsonl", rows), show=5)
    assert shares is not None
    wrong, right = shares
    assert (wrong.marked, wrong.facts, wrong.share) == (1, 2, 0.5)
    assert (right.marked, right.facts, right.share) == (1, 2, 0.5)
    printed = capsys.readouterr().out
    assert "carried far                              wrong    1  right    1" in printed
    assert "odd value                                wrong    1  right    1" in printed


def test_without_the_column_nothing_is_said(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [observation(5.5)])
    assert scorer.run([facts], rows) is None
    assert capsys.readouterr().out == "no certainty column\n"


def test_intervals_draw_whole_reports() -> None:
    alike = [(1, 2)] * 20
    assert scorer.interval(alike) == (0.5, 0.5)
    apart = [(2, 2)] * 10 + [(0, 2)] * 10  # the same share, but by report
    low, high = scorer.interval(apart)
    assert 0.2 < low < 0.35 < 0.65 < high < 0.8
    assert scorer.interval(apart) == (low, high)
    assert scorer.interval([]) == scorer.interval([(0, 0)]) == (0.0, 1.0)
