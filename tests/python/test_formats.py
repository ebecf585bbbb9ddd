"""A report says the same in every format; what cannot be read says what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from in_formats import FORMATS, decoded, fact, make

import zhibiao

NAME = make.NAME
READ = (".html", ".gb2312.html", ".pdf", ".docx")
CONVERTED = (".doc", ".rtf")
CONVERTERS = ("soffice", "libreoffice", "textutil", "antiword", "catdoc")


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tell the region, which is invented, of every form of the report."""
    path = tmp_path_factory.mktemp("index") / "index.tsv"
    forms = [f"{NAME}{ending}" for ending in (".txt", *READ, *CONVERTED)]
    rows = [f"{form}\t柳湾县\t2025" for form in forms]
    path.write_text("\n".join(["file\tregion\tyear", *rows]), encoding="utf-8")
    return path


def read(file: Path, index: Path) -> zhibiao.Extraction:
    found = zhibiao.extract(file, index=index)
    assert not found.problems.to_dicts()
    return found


def facts(found: zhibiao.Extraction) -> list[object]:
    rows = found.observations.to_dicts()
    return sorted(((*fact(row), row["subject"]) for row in rows), key=str)


def needs(*programs: str) -> None:
    if not any(map(shutil.which, programs)):
        pytest.skip(f"none of {', '.join(programs)} is installed")


def check(ending: str, index: Path) -> None:
    file = FORMATS / f"{NAME}{ending}"
    found = read(file, index)
    expected = read(FORMATS / f"{NAME}.txt", index)
    assert facts(found) == facts(expected)
    assert len(facts(found)) > 25
    text = decoded(file)
    for row in found.observations.to_dicts():
        assert text[row["start"] : row["end"]] == row["text"]
    for row in found.sentences.to_dicts():
        assert text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize("ending", READ)
def test_the_same_facts_in_every_format(ending: str, index: Path) -> None:
    check(ending, index)


@pytest.mark.parametrize("ending", CONVERTED)
def test_the_same_facts_by_a_converter(ending: str, index: Path) -> None:
    needs("soffice", "libreoffice", "textutil")
    check(ending, index)


def test_text_prints_what_offsets_count_in() -> None:
    file = FORMATS / f"{NAME}.pdf"
    command = [sys.executable, "-m", "zhibiao", "text", str(file)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode() == decoded(file)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16le"),
        ("utf-16-le", "utf-16le"),
        ("utf-16-be", "utf-16be"),
        ("gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_a_column(written: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "liuwan.txt"
    file.write_bytes((FORMATS / f"{NAME}.txt").read_text(encoding="utf-8").encode(written))
    (row,) = zhibiao.extract(file).reports.to_dicts()
    assert row["encoding"] == told


@pytest.mark.parametrize(
    ("ending", "told"), [(".docx", "docx"), (".pdf", "pdf"), (".gb2312.html", "gb18030")]
)
def test_the_format_stands_where_no_encoding_does(ending: str, told: str) -> None:
    (row,) = zhibiao.extract(FORMATS / f"{NAME}{ending}").reports.to_dicts()
    assert row["encoding"] == told


@pytest.mark.parametrize("ending", [".html", ".gb2312.html"])
def test_chrome_stays_out_of_the_text(ending: str) -> None:
    text = decoded(FORMATS / f"{NAME}{ending}")
    for inside in (
        "柳湾县2025年政府工作报告",
        "各位代表：",
        "增长6.5%左右",
        "1200个",
        "而努力奋斗",
    ):
        assert inside in text
    for around in (
        "99%",
        "98%",
        "97%",
        "96%",
        "95%",
        "font-size",
        "网站首页",
        "打印本页",
        "备案号",
    ):
        assert around not in text, "a script, a comment, a menu, a list of news or a footer"


@pytest.mark.parametrize("ending", [".html", ".pdf"])
def test_a_row_of_a_table_is_a_line(ending: str) -> None:
    lines = [" ".join(line.split()) for line in decoded(FORMATS / f"{NAME}{ending}").splitlines()]
    assert "新建农村公路 57公里 60公里" in lines


def problem(file: Path) -> tuple[str, str]:
    found = zhibiao.extract(file)
    assert not found.reports.num_rows
    (row,) = found.problems.to_dicts()
    assert str(file) in row["message"]
    return row["reason"], row["message"]


def test_a_scanned_pdf_needs_ocr() -> None:
    reason, message = problem(FORMATS / f"{NAME}.scanned.pdf")
    assert reason == "no_text_layer"
    assert "OCR" in message


def test_a_locked_pdf_says_so() -> None:
    reason, message = problem(FORMATS / f"{NAME}.locked.pdf")
    assert reason == "encrypted"
    assert "password" in message


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_file_is_read_or_is_a_problem(ending: str, share: float, tmp_path: Path) -> None:
    data = (FORMATS / f"{NAME}{ending}").read_bytes()
    file = tmp_path / f"cut{ending}"
    file.write_bytes(data[: int(len(data) * share)])
    found = zhibiao.extract(file)
    assert found.reports.num_rows + found.problems.num_rows == 1
    assert {row["reason"] for row in found.problems.to_dicts()} <= {
        *("unreadable", "no_text_layer", "undecodable", "binary", "not_a_report"),
    }


@pytest.mark.parametrize("ending", CONVERTED)
def test_without_a_converter_the_remedy_is_told(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if Path("/Applications/LibreOffice.app").exists() or sys.platform == "win32":
        pytest.skip("LibreOffice is found without the path")
    if sys.platform == "darwin" and ending == ".rtf":
        pytest.skip("textutil")
    reason, message = problem(FORMATS / f"{NAME}{ending}")
    assert reason == "unsupported"
    assert "LibreOffice" in message
    assert ".docx" in message


@pytest.mark.parametrize("ending", READ)
def test_content_tells_the_format_and_not_the_name(
    ending: str, index: Path, tmp_path: Path
) -> None:
    """A page that is called .txt, a PDF that is called .doc."""
    file = tmp_path / f"{NAME}.txt"
    shutil.copy(FORMATS / f"{NAME}{ending}", file)
    assert facts(read(file, index)) == facts(read(FORMATS / f"{NAME}.txt", index))
