"""Both sentences behind a cell, and the panel in other shapes."""

from __future__ import annotations

from typing import Any

import pytest
from in_reports import found, report

import zhibiao
from zhibiao.cli import main
from zhibiao.errors import ArgumentError, TableError


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> zhibiao.Extraction:
    more = "进出口总额增长8%。全年进出口总额增长9%，新建学校30所。"
    return found(
        tmp_path_factory.mktemp("reports"),
        report("荆州市", 2023, "生产总值增长5%。", "生产总值增长7%左右，力争8%。"),
        report("荆州市", 2024, f"生产总值增长6.5%，{more}", "生产总值增长6%。"),
        report("荆门市", 2024, "生产总值增长6%。", "生产总值增长5%。"),
    )


def test_both_sentences_stand_side_by_side(result: zhibiao.Extraction) -> None:
    cell = result.panel().explain("荆州市", 2023, "gdp")
    assert (cell.cell["target"], cell.cell["actual"]) == (7.0, 6.5)
    told = str(cell)
    assert "生产总值增长⟦7%左右⟧" in told
    assert "生产总值增长⟦6.5%⟧" in told
    assert "met: no" in told
    assert "gap -0.5" in told
    assert [s.chosen for s in cell.target] == [True, False], "力争8% is told beside"


def test_what_disagrees_is_marked(result: zhibiao.Extraction) -> None:
    cell = zhibiao.explain(result, "421000", 2023, "trade_total")
    assert [(s.observation["text"], s.chosen, s.disagrees) for s in cell.actual] == [
        ("8%", True, False),
        ("9%", False, True),
    ]
    assert "✗" in str(cell)
    assert "chosen by" in str(cell)


def test_an_empty_cell_says_why(result: zhibiao.Extraction) -> None:
    assert "(not_named)" in str(zhibiao.explain(result, "荆门市", 2024, "exports"))


@pytest.mark.parametrize(
    ("region", "year", "metric", "message"),
    [
        (
            "武汉市",
            2023,
            "gdp",
            "there is no report of 武汉市; there are 湖北省荆州市, 湖北省荆门市",
        ),
        ("市", 2023, "gdp", "市 may be 湖北省荆州市, 湖北省荆门市"),
        ("荆州市", 1999, "gdp", "no such cell of gdp in 1999; there are 2022 growth annual"),
        ("荆州市", 2023, "gpd", "the metric gpd"),
    ],
)
def test_what_is_not_there_is_told(
    result: zhibiao.Extraction, region: str, year: int, metric: str, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message):
        zhibiao.explain(result, region, year, metric)


def test_a_table_without_sentences_says_so(result: zhibiao.Extraction) -> None:
    panel = zhibiao.panel(result.observations, reports=result.reports)
    with pytest.raises(ArgumentError, match="does not know its sentences"):
        panel.explain("荆州市", 2023, "gdp")


def test_the_command(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        report("荆州市", 2023, "生产总值增长5%。", "生产总值增长7%。"), encoding="utf-8"
    )
    words = ["explain", str(tmp_path), "--of", "荆州市", "--metric", "gdp"]
    assert main([*words, "--in", "2023"]) == 0
    assert "生产总值增长⟦7%⟧" in capsys.readouterr().out
    assert main([*words, "--in", "1990"]) == 2


def test_a_row_for_each_region_and_year(result: zhibiao.Extraction) -> None:
    table = result.panel(complete=True).wide(["gdp", "trade_total"], values=["target", "actual"])
    rows = {(row["region"], row["year"]): row for row in table.to_dicts()}
    row = rows["湖北省荆州市", 2023]
    assert (row["gdp_target"], row["gdp_actual"]) == (7.0, 6.5)
    assert (row["trade_total_target"], row["trade_total_actual"]) == (None, 8.0)
    assert list(row)[5:] == ["gdp_target", "gdp_actual", "trade_total_target", "trade_total_actual"]
    states = result.panel().wide(["gdp"], values=["target_state"]).to_dicts()
    assert {row["gdp_target_state"] for row in states} == {"stated", "report_not_in_corpus"}


def test_wide_of_what_is_not_there(result: zhibiao.Extraction) -> None:
    with pytest.raises(TableError, match='no yearly cell of "pm25"'):
        result.panel().wide(["pm25"])
    with pytest.raises(TableError, match="hand over a panel"):
        result.observations.wide(["gdp"])


def test_coverage_counts_every_yearly_cell(result: zhibiao.Extraction) -> None:
    panel = result.panel(complete=True)
    annual = [row for row in panel.to_dicts() if row["horizon"] == "annual"]
    counts = panel.coverage().to_dicts()
    for side in ("target", "actual"):
        told = sum(row["cells"] for row in counts if row["side"] == side)
        assert told == sum(row[f"{side}_state"] is not None for row in annual)
    gdp = {
        (row["year"], row["state"]): row["cells"]
        for row in counts
        if (row["metric"], row["side"], row["measure"]) == ("gdp", "target", "growth")
    }
    assert (gdp[2023, "stated"], gdp[2024, "stated"]) == (1, 2)
