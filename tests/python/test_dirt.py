"""What crawlers, spreadsheets and word processors do to a text does not change its facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from in_formats import SHARED, Fact, compare, headline_facts, plain, reports

import zhibiao

if TYPE_CHECKING:
    from pathlib import Path

Dirt = Callable[[str], bytes]


def of_text(dirty: Callable[[str], str]) -> Dirt:
    return lambda text: dirty(text).encode()


def before_each_line(mark: str) -> Callable[[str], str]:
    return lambda text: "\n".join(mark + line if line else line for line in text.split("\n"))


def around_numbers(mark: str) -> Callable[[str], str]:
    """8.5% and 120亿元 set apart from what stands around."""
    return lambda text: re.sub(r"(?<=[一-龥])(\d+(?:\.\d+)?)(?=[一-龥%])", rf"{mark}\1{mark}", text)


def wrapped(text: str, width: int = 40) -> str:
    """Cut at so many characters, as programs do; a text that was cut before stays."""
    text = re.sub(r"(\\[rn])+", "\n", text)
    if max(map(len, text.split("\n"))) <= width * 3 // 2:
        return text
    cut = [line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width)]
    return "\n".join(cut)


def paged(text: str) -> str:
    """A page number of each style between lines that the page breaks."""
    lines = wrapped(text).split("\n")
    out: list[str] = []
    for at in range(0, len(lines), 25):
        page = at // 25 + 1
        out += [*lines[at : at + 25], "", (f"- {page} -", f"第{page}页", f"{page}")[page % 3], ""]
    return "\n".join(out)


def every(text: str, mark: str, step: int = 7) -> str:
    return mark.join(text[at : at + step] for at in range(0, len(text), step))


DIRT: dict[str, Dirt] = {
    "literal line ends": of_text(lambda text: text.replace("\n", "\\r\\n")),
    "literal line ends beside real ones": of_text(lambda text: text.replace("\n", "\\n\n")),
    "question marks": of_text(before_each_line("????")),
    "marks of R": of_text(before_each_line("<U+00A0><U+3000>")),
    "marks of R around numbers": of_text(around_numbers("<U+00A0>")),
    "marks of a spreadsheet": of_text(lambda text: text.replace("\n", "_x000D_\n")),
    "entities": of_text(before_each_line("&nbsp;&nbsp;&emsp;")),
    "entities around numbers": of_text(around_numbers("&nbsp;")),
    "tags": of_text(lambda text: text.replace("\n", "<br/>\n")),
    "hard line breaks": of_text(wrapped),
    "hard line breaks of CR LF": of_text(lambda text: wrapped(text).replace("\n", "\r\n")),
    "page numbers": of_text(paged),
    "ideographic spaces": of_text(before_each_line("\u3000\u3000")),
    "ideographic spaces around numbers": of_text(around_numbers("\u3000")),
    "no-break spaces around numbers": of_text(around_numbers("\u00a0")),
    "zero-width spaces": of_text(lambda text: every(text, "\u200b")),
    "zero-width joiners and marks": of_text(lambda text: every(text, "\u200d\ufeff", 11)),
    "spaces": of_text(lambda text: re.sub(r"([一-龥，。]{3})(?=[一-龥\d])", r"\1 ", text)),
    "full width": of_text(
        lambda text: text.translate({c: c + 0xFEE0 for c in (*range(0x30, 0x3A), 0x25)})
    ),
    "blank lines": of_text(lambda text: text.replace("\n", "\n\n \n")),
    "CR": of_text(lambda text: text.replace("\n", "\r")),
    "CR LF": of_text(lambda text: text.replace("\n", "\r\n")),
    "line separators": of_text(lambda text: text.replace("\n", "\u2028")),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "UTF-16 LE with a mark": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE with a mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "GB18030": lambda text: text.encode("gb18030"),
    "GBK, what it lacks replaced": lambda text: text.encode("gbk", errors="replace"),
}


def facts_of(texts: dict[str, bytes], folder: Path, index: Path | None) -> dict[str, set[Fact]]:
    folder.mkdir()
    for name, data in texts.items():
        (folder / f"{name}.txt").write_bytes(data)
    return headline_facts(zhibiao.extract(folder, index=index))


@pytest.mark.parametrize("dirt", DIRT)
def test_dirt_on_the_samples(dirt: str, tmp_path: Path) -> None:
    texts = {path.stem: plain(path) for path in zhibiao.sample.glob("*.txt")}
    clean = {name: text.encode() for name, text in texts.items()}
    dirty = {name: DIRT[dirt](text) for name, text in texts.items()}
    index = zhibiao.sample / "index.tsv"
    before = facts_of(clean, tmp_path / "clean", index)
    after = facts_of(dirty, tmp_path / "dirty", index)
    compare(dirt, before, after).check()


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    """Twenty reports of all levels, without the marks that they have; their names tell nothing."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here")
    files = [file for file, _, _ in reports()]
    return {f"r{at:02}": unmarked(plain(files[at * len(files) // 20])) for at in range(20)}


def unmarked(text: str) -> str:
    """Marks that dirt would cut in two are no marks any more."""
    return re.sub(r"<U\+[0-9A-F]{4}>|&nbsp;|<!--|-->", " ", text)


@pytest.mark.parametrize("dirt", DIRT)
def test_dirt_on_reports(dirt: str, real: dict[str, str], tmp_path: Path) -> None:
    clean = {name: text.encode() for name, text in real.items()}
    dirty = {name: DIRT[dirt](text) for name, text in real.items()}
    before = facts_of(clean, tmp_path / "clean", None)
    after = facts_of(dirty, tmp_path / "dirty", None)
    compare(dirt, before, after).check()
