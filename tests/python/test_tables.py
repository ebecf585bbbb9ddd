"""What holds of every row of the tables."""

import re
from pathlib import Path

import pytest

import zhibiao
from zhibiao import _core


def decoded(path: Path) -> str:
    """Decode a text by Python's own means."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return path.read_bytes().decode("gb18030")


def test_every_value_stands_where_it_says(found: zhibiao.Extraction) -> None:
    texts = {path.as_posix(): decoded(path) for path in zhibiao.sample.glob("*.txt")}
    rows = found.observations.to_dicts()
    assert rows
    for row in rows:
        assert texts[row["source"]][row["start"] : row["end"]] == row["text"]
    sources = dict(
        zip(found.reports.column("report_id"), found.reports.column("source"), strict=True)
    )
    for row in found.sentences.to_dicts():
        assert texts[sources[row["report_id"]]][row["start"] : row["end"]] == row["text"]


def test_keys_are_unique_and_point_somewhere(found: zhibiao.Extraction) -> None:
    def keys(table: zhibiao.Table, name: str) -> set[str]:
        values = table.column(name)
        assert len(set(values)) == len(values), name
        return set(values)

    reports = keys(found.reports, "report_id")
    sentences = keys(found.sentences, "sentence_id")
    assert all(
        re.fullmatch("[0-9a-f]{16}", key) for key in keys(found.observations, "observation_id")
    )
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in reports)
    assert set(found.observations.column("report_id")) <= reports
    assert set(found.observations.column("sentence_id")) == sentences
    counts = found.reports.column("n_observations")
    assert sum(counts) == found.observations.num_rows


def test_words_stay_inside_their_vocabulary(
    found: zhibiao.Extraction, panel: zhibiao.Table
) -> None:
    for table in (found.reports, found.observations, found.sentences, panel):
        for name, metadata in table.column_metadata.items():
            if "levels" in metadata:
                assert set(table.column(name)) - {None} <= set(metadata["levels"].split()), name


def test_every_source_is_a_report_or_a_problem(found: zhibiao.Extraction) -> None:
    told = {*found.reports.column("source"), *found.problems.column("source")}
    assert {source.rsplit("/")[-1] for source in told} == {
        path.name for path in zhibiao.sample.glob("*.txt")
    }


def test_keys_do_not_change_between_runs(found: zhibiao.Extraction) -> None:
    again = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
    assert again.observations.to_dicts() == found.observations.to_dicts()


def test_panel_ids_are_those_of_observations(
    found: zhibiao.Extraction, panel: zhibiao.Table
) -> None:
    rows = {row["observation_id"]: row for row in found.observations.to_dicts()}
    for cell in panel.to_dicts():
        assert cell["target_observation_ids"] or cell["actual_observation_ids"]
        for side, kind in (("target", "target"), ("actual", "actual")):
            for key in cell[f"{side}_observation_ids"]:
                assert rows[key]["kind"] == kind
                assert rows[key]["metric"] == cell["metric"]


def test_a_table_is_looked_at(found: zhibiao.Extraction) -> None:
    table = found.observations
    assert len(table) == table.num_rows
    assert table.to_dicts(1, 3) == table.to_dicts()[1:3]
    assert table.to_dicts(len(table)) == []
    assert table.column("start")[:2] == [row["start"] for row in table.to_dicts(0, 2)]
    with pytest.raises(KeyError, match="nothing"):
        table.column("nothing")
    assert repr(table).startswith("<zhibiao.Table observations: ")


def test_a_text_is_read_by_itself() -> None:
    found = zhibiao.read("2024年，地区生产总值增长5.2%。", region="湖北省", year=2025)
    [row] = found.observations.to_dicts()
    assert (row["text"], row["metric"], row["value_low"]) == ("5.2%", "gdp", 5.2)
    assert (row["region"], row["report_year"], row["period_end"]) == ("湖北省", 2025, 2024)


def test_the_decoded_text_is_whole() -> None:
    for path in zhibiao.sample.glob("*.txt"):
        assert "".join(_core.decode(path)) == decoded(path)
