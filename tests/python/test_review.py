"""Which statements are to be looked at, and when none is left."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import zhibiao
from zhibiao.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "关于洪湖市2024年政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
    "一、2023年工作回顾\n2023年，地区生产总值增长5.5%。出口总额增长3%。\n"
    "全年地区生产总值增长6.1%。\n二、2024年工作安排\n2024年主要预期目标是：出口总额增长4%。\n"
    "以上报告，请予审议。谢谢大家！\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "洪湖市_2024.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def filled(file: Path, new: str, who: str) -> None:
    """Fill in every line, as a reader does; a row is deleted where ``new`` says so."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        for row in rows:
            told = new if new and row["field"] == "row" else row["old"]
            writer.writerow({**row, "new": told, "who": who})


def test_statements_that_disagree_are_listed_with_their_sentences(report: Path) -> None:
    lines = zhibiao.review(zhibiao.extract(report))
    conflicts = {line["text"]: line for line in lines if line["field"] == "row"}
    assert conflicts.keys() == {"5.5%", "6.1%"}
    line = conflicts["6.1%"]
    assert (line["old"], line["new"], line["reason"]) == ("keep", "", "conflict_other")
    assert (line["metric"], line["year"], line["side"]) == ("gdp", 2023, "actual")
    assert "增长6.1%" in line["sentence"]
    assert not [line for line in lines if line["metric"] == "exports"]


def test_a_statement_with_check_is_listed_with_its_reasons() -> None:
    index = zhibiao.sample / "index.tsv"
    found = zhibiao.extract(zhibiao.sample, index=index)
    rows = {row["observation_id"]: row for row in found.observations.to_dicts()}
    shown = [
        ids[0]
        for cell in zhibiao.panel(found).to_dicts()
        for ids in (cell["target_observation_ids"], cell["actual_observation_ids"])
        if ids
    ]
    doubtful = {rows[id]["text"] for id in shown if rows[id]["certainty"] == "check"}
    listed = [line for line in zhibiao.review(found) if line["field"] == "certainty"]
    assert {line["text"] for line in listed} == doubtful
    assert all(line["old"] == "check" and line["reason"] for line in listed)


def test_the_file_goes_round(report: Path) -> None:
    """Written with an empty new it corrects nothing; filled in it leaves nothing to review."""
    out, table = report.with_name("review.csv"), report.with_name("out.jsonl")
    assert main(["review", str(report), "-o", str(out)]) == 0
    ask = ["extract", str(report), "-o", str(table), "--overwrite", "--fail-on-review"]
    assert main(ask) == 4
    assert main([*ask, "--corrections", str(out)]) == 4
    filled(out, "", "")  # nobody has said so
    assert main([*ask, "--corrections", str(out)]) == 4
    filled(out, "", "me")
    assert main([*ask, "--corrections", str(out)]) == 0
    filled(out, "delete", "me")
    assert main([*ask, "--corrections", str(out)]) == 0
    assert "6.1%" not in table.read_text(encoding="utf-8")


def test_panel_and_review_fail_as_well(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", str(report), "--fail-on-review"]) == 4
    out = report.with_name("review.csv")
    assert main(["review", str(report), "-o", str(out), "--fail-on-review"]) == 4
    assert "statements to review" in capsys.readouterr().err
    assert main(["review", str(report), "-o", str(out)]) == 2, "a file is replaced when asked for"


def test_a_table_of_observations_takes_no_corrections(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = report.with_name("out.jsonl")
    main(["extract", str(report), "-o", str(table)])
    assert main(["panel", str(table), "--fail-on-review"]) == 2
    assert "need reports" in capsys.readouterr().err
