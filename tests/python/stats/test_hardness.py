"""Classes of wording, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from in_panels import cell, column, everywhere, frame

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import hardness

if TYPE_CHECKING:
    from pathlib import Path


def worded(modality: str | None, comparator: str | None, **other: Any) -> dict[str, Any]:
    wording = {"target_modality": modality, "target_comparator": comparator}
    return {**cell("1", 2020, 6.0), **wording, **other}


ROWS = [
    worded("plain", "eq"),  # 增长8%
    worded("plain", "ge"),  # 8%以上
    worded("plain", "le"),  # 3%以内
    worded("plain", "approx"),  # 8%左右
    worded("plain", "range"),  # 6%-6.5%
    worded("ensure", "eq"),  # 确保8%
    worded("ensure", "approx"),  # 确保8%左右
    worded("strive", "eq"),  # 力争8%
    worded("strive", "ge"),  # 力争8%以上
    worded("ensure", "ge"),  # 确保8%以上
    worded("plain", "sync", target=None, target_state="relational"),
    worded(None, None, target=None, target_state="not_named"),
]
TWO = ["soft", "hard", "hard", "soft", "soft", "hard", "hard", "soft", "soft", "hard", None, None]
THREE = ["plain", "hard", "hard", "soft", "soft", "hard", "plain", "soft", "plain", "hard"]


@everywhere
@pytest.mark.parametrize(
    ("preset", "expected"), [("two_class", TWO), ("three_class", [*THREE, None, None])]
)
def test_presets(library: str, preset: str, expected: list[str | None]) -> None:
    found = hardness(frame(ROWS, library), preset=preset)
    assert column(found, "hardness") == expected
    assert set(column(found, "hardness_preset")) == {preset}


def test_the_line_that_decided_is_told() -> None:
    by = column(hardness(frame(ROWS, "polars"), preset="three_class"), "hardness_by")
    assert by[0] == "default"
    assert by[6] == "target_modality=ensure target_comparator=approx"
    assert by[-1] is None


@everywhere
def test_a_list_of_words(library: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    lines = ["field\tvalue\tclass", "target_modality_word\t务必\thard"]
    lines += ["target_comparator_word\t之上\thard", "# a remark", "\t\t"]
    path.write_text("\n".join(lines), encoding="utf-8")
    rows = [
        worded("ensure", "eq", target_modality_word="务必"),
        worded("plain", "ge", target_comparator_word="之上"),
        worded("plain", "ge", target_comparator_word="以上"),
    ]
    found = hardness(frame(rows, library), preset=path)
    assert column(found, "hardness") == ["hard", "hard", None]
    assert column(found, "hardness_preset") == ["mine"] * 3
    assert column(found, "hardness_by")[2] == "default"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb\tc\n", "no field, value, class"),
        ("field\tvalue\tclass\ntarget_modality\tensure\thard\n", "its last line has a field"),
        ("field\tvalue\tclass\n\t\tx\ntarget_modality\tensure\thard\n", "line 3: nothing can"),
        ("field\tvalue\tclass\na+b\tx\thard\n", "line 2: as many"),
        ("field\tvalue\tclass\na\tx\n", "line 2: 2 cells"),
    ],
)
def test_a_list_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArgumentError, match=message):
        hardness(frame(ROWS, "polars"), preset=path)


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(ArgumentError, match="three_class, two_class"):
        hardness(frame(ROWS, "polars"), preset="four_class")
    with pytest.raises(TableError, match="target_modality"):
        hardness(frame(ROWS, "polars").drop("target_modality"))
