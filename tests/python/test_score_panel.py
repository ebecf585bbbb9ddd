"""Which cells of a panel count as right, wrong, filled and missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import score_panel as scorer
from made_up import write_facts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

#: A county report with a target and an actual of each kind that the scorer tells apart.
REPORT = (
    "关于{county}2024年政府工作报告\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
    "一、2023年工作回顾\n2023年，地区生产总值增长5.5%，一般公共预算收入完成8.2亿元。"
    "居民消费价格指数为102%。\n二、2024年工作安排\n"
    "2024年经济社会发展主要预期目标是：地区生产总值增长6%左右，居民人均可支配收入与经济增长同步，"
    "一般公共预算收入增长5%。到2026年，常住人口城镇化率达到60%。\n"
    "以上报告，请予审议。谢谢大家！\n"
)

TRUE = (
    "{doc} gdp actual growth 2023 5.5 5.5 eq % _ _ 5.5% _",
    "{doc} budget_revenue actual level 2023 8.2 8.2 eq 亿元 _ _ 8.2亿元 _",
    "{doc} cpi actual level 2023 102 102 eq % _ _ 102% _",
    "{doc} gdp target growth 2024 6 6 approx % plain _ 6% _",
    "{doc} income_all target growth 2024 _ _ sync _ plain _ 与经济增长同步 _",
    "{doc} budget_revenue target growth 2024 5 5 eq % plain _ 5% _",
    "{doc} urbanisation_rate target level 2026 60 60 eq % plain _ 60% _",
)
DOC = "洪湖市_2024"


def score(tmp_path: Path, *lines: str, show: int = 9) -> scorer.Result:
    folder = tmp_path / "texts"
    folder.mkdir(exist_ok=True)
    text = REPORT.format(county="洪湖市")
    (folder / f"{DOC}.txt").write_text(text, encoding="utf-8")
    facts = write_facts(tmp_path / "facts.tsv", *(line.format(doc=DOC) for line in lines))
    return scorer.run(facts, [folder], show)


def counts(result: scorer.Result) -> tuple[int, int, int, int]:
    return result.right, result.shown, result.filled, result.implied


def test_true_facts_give_right_and_full_cells(tmp_path: Path) -> None:
    """The index is its rate, the relation is filled and not shown, the plan is no yearly cell."""
    assert counts(score(tmp_path, *TRUE)) == (5, 5, 6, 6)


def test_another_value_is_wrong_and_still_filled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = TRUE[0].replace("5.5 5.5", "5.4 5.4")
    assert counts(score(tmp_path, other, *TRUE[1:])) == (4, 5, 6, 6)
    assert f"{DOC}: wrong gdp actual growth 2023 % 5.5..5.5  «5.5%»" in capsys.readouterr().out


def test_a_value_without_a_fact_is_wrong(tmp_path: Path) -> None:
    assert counts(score(tmp_path, *TRUE[1:])) == (4, 5, 5, 5)


def test_a_fact_without_a_cell_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "{doc} exports actual growth 2023 3 3 eq % _ _ 3% _"
    assert counts(score(tmp_path, *TRUE, more)) == (5, 5, 6, 7)
    printed = capsys.readouterr().out
    assert f"{DOC}: missing exports actual growth 2023 % 3.0..3.0  «3%»" in printed


def test_what_may_be_told_or_left_out_counts_on_neither_side(tmp_path: Path) -> None:
    optional = TRUE[0].replace("5.5% _", "5.5% 1")
    assert counts(score(tmp_path, optional, *TRUE[1:])) == (4, 4, 5, 5)


def test_a_stretch_value_is_right_only_where_it_stands_alone() -> None:
    fact = scorer.Fact(scorer.Bounds(6, 6), "6%", optional=False, stretch=False)
    more = scorer.Fact(scorer.Bounds(7, 7), "7%", optional=False, stretch=True)
    assert scorer.accepted([fact, more]) == {scorer.Bounds(6, 6)}
    assert scorer.accepted([more]) == {scorer.Bounds(7, 7)}


def test_states_stand_beside_what_the_facts_have(tmp_path: Path) -> None:
    states = score(tmp_path, *TRUE).states
    assert states["target", "stated", "stated"] == 2
    assert states["target", "relational", "relational"] == 1
    assert states["actual", "stated_annual", "stated"] == 3
    assert states["target", "not_named", "absent"] > 0
    assert not states["target", "stated", "absent"]


def test_a_text_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score(tmp_path, *TRUE, "乙县_2024 gdp actual growth 2023 5 5 eq % _ _ 5% _")
    assert "乙县_2024: no such text" in capsys.readouterr().out
