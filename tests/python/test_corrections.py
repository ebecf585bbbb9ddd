"""What a file of corrections changes, what it leaves alone, and what it is refused for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import zhibiao
from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "report,start,end,field,old,new,who,why\n"
TEXT = (
    "关于洪湖市2024年政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
    "一、2023年工作回顾\n2023年，地区生产总值增长5.5%，一般公共预算收入完成8.2亿元。\n"
    "二、2024年工作安排\n2024年主要预期目标是：地区生产总值增长6%左右。\n"
    "以上报告，请予审议。谢谢大家！\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "洪湖市_2024.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


class Corrected:
    """A report with lines of corrections, by the printed value that each is about."""

    def __init__(self, report: Path) -> None:
        self.report, self.file = report, report.with_name("corrections.csv")
        found = zhibiao.extract(report)
        self.content = found.reports.column("content_id")[0]
        self.rows = {row["text"]: row for row in found.observations.to_dicts()}

    def line(self, text: str, field: str, old: str, new: str, who: str = "me") -> str:
        row = self.rows[text]
        return f"{self.content},{row['start']},{row['end']},{field},{old},{new},{who},looked\n"

    def extract(self, *lines: str) -> zhibiao.Extraction:
        self.file.write_text(HEAD + "".join(lines), encoding="utf-8")
        return zhibiao.extract(self.report, corrections=self.file)


@pytest.fixture
def corrected(report: Path) -> Corrected:
    return Corrected(report)


def row_of(found: zhibiao.Extraction, text: str) -> dict[str, Any]:
    return next(row for row in found.observations.to_dicts() if row["text"] == text)


def stale(found: zhibiao.Extraction) -> list[str]:
    rows = found.problems.to_dicts()
    return [row["message"] for row in rows if row["reason"] == "stale_correction"]


def test_a_value_changes_with_its_base_and_nothing_else(corrected: Corrected) -> None:
    line = corrected.line
    found = corrected.extract(
        line("8.2亿元", "value_low", "8.2", "8.3"), line("8.2亿元", "value_high", "8.20", "8.3")
    )
    before, after = corrected.rows["8.2亿元"], row_of(found, "8.2亿元")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"value_low", "value_high", "base_low", "base_high"}
    assert (after["base_low"], after["base_high"]) == (830_000_000, 830_000_000)
    assert not stale(found)
    for text in corrected.rows.keys() - {"8.2亿元"}:
        assert row_of(found, text) == corrected.rows[text]


def test_words_years_and_missing_values(corrected: Corrected) -> None:
    line = corrected.line
    found = corrected.extract(
        line("5.5%", "metric", "gdp", "exports"),
        line("5.5%", "period_start", "2023", "2019"),
        line("6%左右", "modality", "plain", "ensure"),
        line("8.2亿元", "metric", "budget_revenue", "null"),
        line("8.2亿元", "stretch", "false", "true"),
    )
    growth, revenue = row_of(found, "5.5%"), row_of(found, "8.2亿元")
    assert (growth["metric"], growth["metric_zh"]) == ("exports", "出口总额")
    assert growth["period_start"] == 2019
    assert row_of(found, "6%左右")["modality"] == "ensure"
    assert (revenue["metric"], revenue["metric_zh"], revenue["stretch"]) == (None, None, True)
    assert not stale(found)


def test_a_deleted_row_is_gone_and_not_counted(corrected: Corrected) -> None:
    found = corrected.extract(corrected.line("5.5%", "row", "keep", "delete"))
    assert "5.5%" not in found.observations.column("text")
    assert found.reports.column("n_observations") == [found.observations.num_rows]
    assert found.observations.num_rows == len(corrected.rows) - 1
    cells = zhibiao.panel(found).to_dicts()
    assert not [c for c in cells if c["metric"] == "gdp" and c["actual"] is not None]


def test_stale_lines_change_nothing_and_are_told(corrected: Corrected) -> None:
    there = corrected.line("5.5%", "kind", "target", "actual")
    found = corrected.extract(
        there,
        there.replace(corrected.content, "0" * 32),
        f"{corrected.content},1,2,kind,actual,target,me,\n",
    )
    told = stale(found)
    assert len(told) == 3
    assert "line 2: kind from" in told[0]
    assert '"actual" and not "target"' in told[0]
    assert "line 3: no report has the content_id 000" in told[1]
    assert "has no observation from 1 to 2" in told[2]
    assert {row["text"]: row for row in found.observations.to_dicts()} == corrected.rows


def test_an_empty_new_is_no_correction(corrected: Corrected) -> None:
    found = corrected.extract(corrected.line("5.5%", "no field at all", "x", ""))
    assert not stale(found)
    assert row_of(found, "5.5%") == corrected.rows["5.5%"]


def test_the_digest_follows_the_file(corrected: Corrected) -> None:
    one = corrected.extract(corrected.line("5.5%", "kind", "actual", "target"))
    two = corrected.extract(corrected.line("5.5%", "kind", "actual", "actual"))
    digests = [found.observations.metadata["zhibiao.corrections"] for found in (one, two)]
    assert digests[0] != digests[1]
    assert "zhibiao.corrections" not in zhibiao.extract(corrected.report).observations.metadata


@pytest.mark.parametrize(
    ("field", "new", "told"),
    [
        ("kind", "goal", "expected one of actual, target"),
        ("metric", "gpd", "expected a metric of the word lists"),
        ("period_end", "24", "expected a year such as 2024"),
        ("value_low", "5,5", "expected a number such as 5.5"),
        ("stretch", "yes", "expected true or false"),
        ("kind", "null", "expected a value"),
        ("row", "remove", "expected delete or keep"),
        ("text", "5.6%", "expected row or one of kind, metric"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    corrected: Corrected, field: str, new: str, told: str
) -> None:
    with pytest.raises(ArgumentError, match=told) as refused:
        corrected.extract(corrected.line("5.5%", field, "x", f'"{new}"'))
    column = "field" if field == "text" else "new"
    assert f"corrections.csv, line 2, column {column}: " in str(refused.value)


def test_bounds_that_cross_are_refused(corrected: Corrected) -> None:
    with pytest.raises(ArgumentError, match=r"value_low would be 9 and value_high 5\.5"):
        corrected.extract(corrected.line("5.5%", "value_low", "5.5", "9"))


def test_files_that_cannot_be_used(corrected: Corrected) -> None:
    with pytest.raises(ArgumentError, match="cannot be read"):
        zhibiao.extract(corrected.report, corrections="nowhere.csv")
    corrected.file.write_text("report,start\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match="expected the columns report, start, end, field"):
        zhibiao.extract(corrected.report, corrections=corrected.file)


def test_a_file_of_excel_in_china_is_read(corrected: Corrected) -> None:
    line = corrected.line("5.5%", "kind", "actual", "target", who="张三")
    corrected.file.write_bytes((HEAD + line).encode("gb18030"))
    found = zhibiao.extract(corrected.report, corrections=corrected.file)
    assert row_of(found, "5.5%")["kind"] == "target"


def test_lines_are_counted_as_excel_ends_them(corrected: Corrected) -> None:
    lines = corrected.line("5.5%", "kind", "actual", "actual") + "x,y,1,kind,a,actual,,\n"
    corrected.file.write_bytes((HEAD + lines).replace("\n", "\r\n").encode())
    with pytest.raises(ArgumentError, match="line 3, column start: expected a number"):
        zhibiao.extract(corrected.report, corrections=corrected.file)
