"""The facts behind the totals: paired as score_facts.py pairs them, counted and broken down."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import breakdown
import matching
import page
import pytest
import score_small
import tables
from figures import Figure
from made_up import observation, target, write_facts, write_rows, write_tsv

if TYPE_CHECKING:
    from pathlib import Path

GOLD = (
    "甲县_2024 gdp actual growth 2023 5.5 5.5 eq % _ _ 增长5.5% _",
    "甲县_2024 gdp actual level 2023 120 120 eq 亿元 _ _ 120亿元 _",
    "甲县_2024 cpi target growth 2024 _ 3 le % plain _ 3%以内 _",
    "甲县_2024 exports actual growth 2023 7 7 eq % _ _ 增长7% 1",
    "乙市_2019 gdp target growth 2019 8 8 approx % plain _ 8%左右 _",
)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "facts.tsv", *GOLD)


@pytest.fixture
def predicted(tmp_path: Path) -> Path:
    rows = [
        observation(5.5),
        observation(5.5, start=90, end=94),  # the same fact twice
        observation(0.012, "万亿元", base_low=1.2e10, base_high=1.2e10),  # other words for 120亿元
        target(3, metric="cpi", value_low=None, comparator="le"),
        target(4, metric="cpi", value_low=None, comparator="le"),  # wrong
        observation(7, metric="exports"),  # optional
        observation(4.4, baseline=True),
        observation(6.6, subperiod="q1"),
        observation(1.2, "个百分点", measure="change"),  # left open
        observation(0, None, comparator="above"),  # an actual without a number
        observation(9.9, metric="grain_area"),  # no headline metric
        target(8, source="x/prefecture/乙市_2019.txt", period_start=2019, period_end=2019),
    ]
    return write_rows(tmp_path / "rows.jsonl", rows)


def test_facts_are_paired_as_by_the_given_scorer(facts: Path, predicted: Path) -> None:
    command = [sys.executable, f"{tables.HERE}/score_facts.py", facts, predicted, "--json"]
    given = json.loads(subprocess.check_output(command))
    texts = matching.match(facts, tables.read_observations(predicted))
    for name, counts in (("facts", lambda _: True), ("growth_targets", matching.is_growth_target)):
        ours = matching.total(texts, counts)
        assert (ours.gold, ours.predicted, ours.right) == tuple(
            given[name][key] for key in ("gold", "predicted", "right")
        )
        assert ours.f1 == pytest.approx(given[name]["f1"])


def test_right_and_wrong_facts_are_told_apart(facts: Path, predicted: Path) -> None:
    texts = {text.doc: text for text in matching.match(facts, tables.read_observations(predicted))}
    assert len(texts["甲县_2024"].right) == 3
    assert [(key[0], key[6]) for key in texts["甲县_2024"].wrong] == [("cpi", 4.0)]
    assert [key[7] for key in texts["乙市_2019"].wrong] == ["eq"]


def test_facts_are_broken_down_and_rare_parts_folded(
    facts: Path, predicted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = matching.match(facts, tables.read_observations(predicted))
    places = {"甲县_2024": ("county", 2024), "乙市_2019": ("prefecture", 2019)}
    group = breakdown.Group("given", ours, [], places)
    assert breakdown.table([group], "metric", lambda _, key: key[0])[2:] == [
        "| cpi | 1 | | | | |",
        "| gdp | 3 | | | | |",
    ]
    monkeypatch.setattr(breakdown, "TOO_FEW", 1)
    by_metric = breakdown.table([group], "metric", lambda _, key: key[0], fold=2)
    assert by_metric[2:] == [
        "| gdp | 3 | 0.667 | 0.667 | 0.667 | 0.000 |",
        "| others | 1 | 1.000 | 0.500 | 0.667 | 0.000 |",
    ]
    made = breakdown.sections([group])
    assert made["by level"][2].startswith("| prefecture | 1 | 0.000 ")
    assert made["by level"][3].startswith("| county | 3 | 1.000 | 0.750 ")
    assert [line[:7] for line in made["by decade"][2:]] == ["| 2010s", "| 2020s"]
    assert made["by kind"][2].startswith("| actual, level | 1 | 1.000 ")


def test_level_and_year_come_from_the_list_of_the_corpus(facts: Path, predicted: Path) -> None:
    index = write_tsv(
        facts.with_name("INDEX.tsv"),
        ["file", "level", "year", "expect"],
        [
            ["national/国务院_2010.txt", "national", "2010", "report"],
            ["excerpts/小说.txt", "prefecture", "-", "not_report"],
        ],
    )
    by_hand = {"given": facts, "own, looked at": facts, "own, held back": facts}
    found = breakdown.groups(by_hand, index, predicted, predicted)
    assert [group.name for group in found] == ["given", "own, held back"]
    assert found[0].texts == {"国务院_2010": ("nation", 2010)}


def test_small_metrics_are_scored_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = write_facts(
        tmp_path / "small.tsv",
        "甲县_2024 hospital_beds actual level 2023 900 900 eq 张 _ _ 900张 _",
        "甲县_2024 gnp actual growth 2023 7 7 eq % _ _ 7% _",
    )
    rows = [
        observation(900, "张", metric="hospital_beds"),
        observation(8, metric="gnp"),
        observation(5.5),  # a headline metric: none of these
    ]
    line = score_small.run(facts, write_rows(tmp_path / "rows.jsonl", rows), show=5)
    assert "recall 0.5000  precision 0.5000  F1 0.5000   (gold 2, predicted 2, right 1)" in line
    printed = capsys.readouterr().out
    assert "missed ('gnp'" in printed
    assert "spurious ('gnp'" in printed


def test_tables_of_a_page_stand_between_their_marks() -> None:
    text = "a\n<!-- by level -->\nold\n<!-- end of by level -->\nb\n"
    renewed = page.between(text, "by level", ["new"])
    assert renewed == "a\n<!-- by level -->\nnew\n<!-- end of by level -->\nb\n"
    assert page.between(text, "by metric", ["new"]) == text
    shares = [
        Figure("comparability, own, looked at: term", 0.5, "1 of 2"),
        Figure("comparability, own, held back: basis", 1.0, "3 of 3"),
    ]
    assert page.shares(shares, "comparability, ") == [
        "| share | own, looked at | own, held back |",
        "| --- | --- | --- |",
        "| term | **0.500** (1 of 2) |  |",
        "| basis |  | **1.000** (3 of 3) |",
    ]
