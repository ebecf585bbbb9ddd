"""The sheet holds the sentences of its cells, and represents all of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from in_panels import column, everywhere, kind, rows

import zhibiao
from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import audit_sample
from zhibiao.stats._frames import Column, add, give, take
from zhibiao.stats.audit import _drawn


def panel_of(found: zhibiao.Extraction, library: str) -> Any:
    panel = found.panel()
    as_kind = {"pandas": panel.to_pandas, "polars": panel.to_polars, "pyarrow": panel.to_arrow}
    return as_kind[library]()


@everywhere
def test_sentences_are_those_of_the_cell(found: zhibiao.Extraction, library: str) -> None:
    made = audit_sample(panel_of(found, library), 40, found=found, by="metric", seed=3)
    assert kind(made) == library
    sheet = rows(made)
    assert len(sheet) == 40
    sources = {row["report_id"]: row["source"] for row in found.reports.to_dicts()}
    for row in sheet:
        for side in ("target", "actual"):
            if row[side] is None:
                continue
            assert row[f"{side}_text"] in row[f"{side}_sentence"]
            printed = row[f"{side}_text"].replace("两位数增长", "10")
            assert f"{row[side]:g}".lstrip("-") in printed
            assert sources[row[f"{side}_report"]] == row[f"{side}_source"]
        assert (row["correct_target"], row["correct_actual"], row["note"]) == (None, None, None)
    assert any(row["target"] is not None for row in sheet)


def test_weights_add_up_to_all_cells(found: zhibiao.Extraction) -> None:
    panel = found.panel()
    cells = [
        row
        for row in panel.to_dicts()
        if (row["measure"], row["horizon"]) == ("growth", "annual")
        and (row["target"] is not None or row["actual"] is not None)
    ]
    sheet = rows(audit_sample(panel, 60, found=found, by="metric"))
    assert sum(row["weight"] for row in sheet) == pytest.approx(len(cells))
    sizes = Counter(row["metric"] for row in cells)
    assert {row["stratum"]: row["stratum_cells"] for row in sheet} == sizes
    drawn = Counter(row["metric"] for row in sheet)
    assert {row["stratum"]: row["stratum_drawn"] for row in sheet} == drawn


def test_the_seed_decides_and_not_the_order(found: zhibiao.Extraction) -> None:
    def cells(panel: Any, seed: int) -> list[tuple[Any, ...]]:
        sheet = rows(audit_sample(panel, 40, found=found, by="metric", seed=seed))
        return [(row["region"], row["year"], row["metric"]) for row in sheet]

    panel = found.panel().to_polars()
    assert cells(panel, 1) == cells(panel.reverse(), 1)
    assert cells(panel, 1) != cells(panel, 2)


def test_more_than_there_are_is_all(found: zhibiao.Extraction) -> None:
    sheet = rows(audit_sample(found.panel(), 10_000, found=found))
    assert {row["weight"] for row in sheet} == {1.0}


@pytest.mark.parametrize(
    ("sizes", "n", "expected"),
    [([90, 9, 1], 10, [8, 1, 1]), ([5, 5], 4, [2, 2]), ([1, 1, 1], 3, [1, 1, 1]), ([3], 9, [3])],
)
def test_allocation(sizes: list[int], n: int, expected: list[int]) -> None:
    assert _drawn(sizes, n) == expected


def test_no_stratum_gives_more_than_it_has() -> None:
    for n in range(3, 30):
        drawn = _drawn([1, 2, 27], n)
        assert sum(drawn) == n
        assert all(count <= size for count, size in zip(drawn, [1, 2, 27], strict=True))


def test_what_cannot_be_drawn_is_refused(found: zhibiao.Extraction) -> None:
    with pytest.raises(ArgumentError, match="strata; draw one from each"):
        audit_sample(found.panel(), 2, found=found)
    with pytest.raises(ArgumentError, match="n is 0"):
        audit_sample(found.panel(), 0, found=found)
    other = zhibiao.read("今年生产总值增长6%左右。", region="湖北省", year=2024)
    with pytest.raises(TableError, match="the extraction that the panel is of"):
        audit_sample(found.panel(), 40, found=other)


def test_a_filled_sheet_comes_back(found: zhibiao.Extraction, tmp_path: Any) -> None:
    sheet = audit_sample(found.panel().to_pandas(), 10, found=found, by=())
    filled = give(add(take(sheet), {"correct_target": Column(str, ["yes"] * 10)}))
    filled.to_csv(tmp_path / "sheet.csv", index=False)
    assert column(filled, "correct_target") == ["yes"] * 10
