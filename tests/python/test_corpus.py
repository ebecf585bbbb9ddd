"""What holds of every row of a whole corpus; it has to be named by ZHIBIAO_CORPUS."""

import os
from pathlib import Path

import pytest

import zhibiao
from zhibiao import _core

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / os.environ.get("ZHIBIAO_CORPUS", "../shared") / "corpus"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}; ZHIBIAO_CORPUS names the folder around it"
)


@pytest.fixture(scope="module")
def sources() -> list[Path]:
    return [CORPUS / "seeds", CORPUS / "reports"]


@pytest.fixture(scope="module")
def extraction(sources: list[Path]) -> zhibiao.Extraction:
    return zhibiao.extract(sources)


def decoded(path: str) -> str:
    """The text of a file as the contract counts it."""
    data = Path(path).read_bytes()
    if path.endswith(".docx"):
        return _core.decode(path)[0]
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def test_every_value_is_the_text_between_its_ends(extraction: zhibiao.Extraction) -> None:
    rows = extraction.observations.to_dicts()
    texts = {source: decoded(source) for source in {row["source"] for row in rows}}
    wrong = [r for r in rows if texts[r["source"]][r["start"] : r["end"]] != r["text"]]
    assert len(rows) > 10_000
    assert wrong == []


def test_every_sentence_is_the_text_around_its_values(extraction: zhibiao.Extraction) -> None:
    reports = {r["report_id"]: r["source"] for r in extraction.reports.to_dicts()}
    texts = {source: decoded(source) for source in reports.values()}
    sentences = {s["sentence_id"]: s for s in extraction.sentences.to_dicts()}
    for sentence in sentences.values():
        text = texts[reports[sentence["report_id"]]]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    for row in extraction.observations.to_dicts():
        around = sentences[row["sentence_id"]]
        assert around["start"] <= row["start"] < row["end"] <= around["end"]


def test_every_file_is_a_report_or_a_problem(
    extraction: zhibiao.Extraction, sources: list[Path]
) -> None:
    told = {r["source"] for r in extraction.reports.to_dicts()}
    told |= {p["source"] for p in extraction.problems.to_dicts()}
    files = {path.as_posix() for source in sources for path in source.rglob("*.txt")}
    assert files - told == set()


def test_threads_change_no_byte(sources: list[Path], tmp_path: Path) -> None:
    written = []
    for threads in (1, 2, 5):
        out = tmp_path / f"{threads}.parquet"
        zhibiao.extract(sources, threads=threads).write(out)
        written.append([p.read_bytes() for p in sorted(tmp_path.glob(f"{threads}*.parquet"))])
    assert written[0]
    assert written[0] == written[1] == written[2]


def test_ids_are_unique(extraction: zhibiao.Extraction) -> None:
    for table, key in [
        (extraction.reports, "report_id"),
        (extraction.observations, "observation_id"),
        (extraction.sentences, "sentence_id"),
    ]:
        ids = [row[key] for row in table.to_dicts()]
        assert len(ids) == len(set(ids))
