"""The fields that make figures comparable, beside a hand-made table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import score_comparability as scorer
from made_up import observation, write_rows, write_tsv

if TYPE_CHECKING:
    from pathlib import Path


def gold(**other: str) -> dict[str, str]:
    usual = {
        "doc": "甲县_2024",
        "start": "10",
        "end": "14",
        "value": "5.5%",
        "quote": "生产总值增长5.5%",
        "metric": "gdp",
        "term": "生产总值",
        "variant": "unspecified",
        "aggregation": "annual",
        "subperiod": "year",
        "basis": "unstated",
        "vintage": "unstated",
        "modality_word": "",
        "reference": "",
    }
    return {**usual, **other}


def got(**other: Any) -> dict[str, Any]:
    return observation(5.5, **{"term": "生产总值", "vintage": "unstated", **other})


def test_a_usual_row_that_agrees_is_counted_among_all_alone() -> None:
    result = scorer.compare([gold()], [got()])
    assert {name: str(share) for name, share in result.all.items()} == dict.fromkeys(
        scorer.USUAL, "1.000 (1 of 1)"
    )
    assert {name for name, share in result.unusual.items() if share.rows} == {"term"}


@pytest.mark.parametrize("name", ["aggregation", "subperiod", "basis", "vintage", "modality_word"])
def test_an_unusual_value_on_either_side_is_judged(name: str) -> None:
    missed = scorer.compare([gold(**{name: "other"})], [got()])
    assert str(missed.unusual[name]) == "0.000 (0 of 1)"
    invented = scorer.compare([gold()], [got(**{name: "other"})])
    assert str(invented.unusual[name]) == "0.000 (0 of 1)"
    agreed = scorer.compare([gold(**{name: "other"})], [got(**{name: "other"})])
    assert str(agreed.unusual[name]) == "1.000 (1 of 1)"


@pytest.mark.parametrize(
    ("name", "wanted", "given", "right"),
    [
        ("term", "全社会固定资产投资", "社会固定资产投资", True),
        ("term", "农民人均纯收入", "农民人均 纯收入", True),
        ("term", "农民人均纯收入", "纯收入", False),
        ("reference", "全国平均水平", "全国平均", True),
        ("reference", "全省平均水平", "省均水平", True),
        ("reference", "省下达", "经济增长", False),
        ("variant", "unspecified", None, True),
        ("variant", "usd", None, False),
        ("modality_word", "确保", "力争", False),
        ("basis", "-", "real", None),
    ],
)
def test_when_a_field_agrees(name: str, wanted: str, given: str | None, right: bool | None) -> None:
    result = scorer.compare([gold(**{name: wanted})], [got(**{name: given})])
    judged = result.all[name]
    assert (judged.rows, judged.right) == ((0, 0) if right is None else (1, int(right)))


def test_rows_are_paired_by_place_and_on_one_span_by_metric() -> None:
    rows = [gold(metric="income_urban"), gold(metric="income_rural", basis="real")]
    predicted = [got(metric="income_rural", basis="real"), got(metric="income_urban")]
    result = scorer.compare(rows, predicted)
    assert str(result.all["metric"]) == "1.000 (2 of 2)"
    assert str(result.unusual["basis"]) == "1.000 (1 of 1)"
    elsewhere = scorer.compare(rows, [got(start=14, end=18)])
    assert len(elsewhere.missing) == 2
    one_for_two = scorer.compare(rows, predicted[:1])
    assert [row["metric"] for row in one_for_two.missing] == ["income_urban"]


def test_the_program_prints_shares_and_differences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [gold(basis="real"), gold(start="40", end="44")]
    cells = [list(row.values()) for row in rows]
    table = write_tsv(tmp_path / "looked_at_x.tsv", list(gold()), cells)
    predicted = write_rows(tmp_path / "rows.jsonl", [got()])
    scorer.run([table], predicted, show=3)
    printed = capsys.readouterr().out
    assert "basis: 甲县_2024 @10 5.5%: want 'real', got 'unstated'" in printed
    assert "not found: 甲县_2024 @40" in printed
    assert "rows 2, not found 1" in printed
    assert "  basis            0.000 (0 of 1)           0.000 (0 of 1)" in printed
