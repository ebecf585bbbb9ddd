"""Texts, names and regions are untrusted: page and terminal show them and do nothing they say."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import zhibiao
from zhibiao import grid
from zhibiao.cli import main
from zhibiao.show import Style, escape, line, render

if TYPE_CHECKING:
    from pathlib import Path

#: What drives a terminal, turns text around, or opens a tag or an attribute.
EVIL = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "&lt;b&gt;&#60;i&#62;",
    "\x1b[31m\x1b]0;title\x07\x1b]8;;http://example.com\x07",
    "\x9b2J\x90q\x9c",
    "\u202e\u2066\u200f\u061c\u2028\u2029",
    "\b\b\b\x00\x7f\x0b\x0c",
)
ALL = "".join(EVIL)

#: Elements and attributes that pages of ours are made of.
OURS = {"div", "p", "b", "ul", "li", "mark", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"style", "title"}


class Page(HTMLParser):
    """Collects what a browser would take for markup, and the text that it would show."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.styles.update(value or "" for name, value in attrs if name == "style")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("!")


def is_quiet(text: str, allowed: str = "\n\t") -> bool:
    """Tell whether no character of a text can drive a terminal or turn text around."""
    bidi = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI", "R", "AL"}
    return all(
        character in allowed
        or (
            unicodedata.category(character) not in {"Cc", "Zl", "Zp"}
            and unicodedata.bidirectional(character) not in bidi
        )
        for character in text
    )


def quiet_page(page: str) -> str:
    """Give the text of a page after looking that no markup but ours is in it."""
    assert is_quiet(page)
    read = Page(page)
    assert read.tags <= OURS, read.tags - OURS
    assert read.attributes <= ATTRIBUTES, read.attributes - ATTRIBUTES
    assert not any("url" in style or "expression" in style for style in read.styles)
    return read.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evil")


@pytest.fixture(scope="module", params=EVIL, ids=range(len(EVIL)))
def evil(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def found(evil: str) -> zhibiao.Extraction:
    """Give a report that says it in its title, its headings, its values and its subjects."""
    text = (
        f"{evil}石桥县政府工作报告{evil}\n一、{evil}2024年工作\n2024年，地区生产总值{evil}增长5.2%{evil}。"
        f"新建{evil}学校12{evil}所。\n二、2025年安排\n2025年目标是{evil}，地区生产总值增长6%左右。\n"
    )
    return zhibiao.read(text, region=f"石桥县{evil}", year=2025)


def test_pages_hold_no_markup_of_a_report(found: zhibiao.Extraction, evil: str) -> None:
    tables = (found.reports, found.observations, found.sentences, found.problems, found.panel())
    assert found.observations.num_rows >= 2
    shown = "".join(quiet_page(one._repr_html_()) for one in (found, *tables))
    assert "石桥县" in shown
    if "<script>" in evil:
        assert "<script>alert(1)</script>" in shown, "it is shown, as text"


def test_the_terminal_is_not_driven(found: zhibiao.Extraction, evil: str) -> None:
    text = "".join(row["text"] for row in found.sentences.to_dicts()) + evil
    lines = list(render(text, found, style=Style(colour=False)))
    assert is_quiet("\n".join(lines))
    rows = found.panel().to_dicts()
    assert is_quiet("\n".join(grid.lines(rows, grid.PANEL_COLUMNS)), allowed="\n")
    coloured = "\n".join(render(text, found, style=Style(colour=True)))
    for ours in ("\x1b[0m", "\x1b[2m", "\x1b[1;32m", "\x1b[1;33m"):
        coloured = coloured.replace(ours, "")
    assert is_quiet(coloured)


def test_names_columns_and_messages_are_escaped(folder: Path, evil: str) -> None:
    name = evil.replace("/", "_").replace("\0", "")
    (folder / f"{name}.txt").write_text("从前有座山", encoding="utf-8")
    column = evil.replace('"', '""').replace("\0", "")
    (folder / f"{name}.csv").write_text(f'"{column}",b\n1,2\n', encoding="utf-8")
    found = zhibiao.extract(folder)
    assert found.problems.num_rows >= 2
    assert is_quiet("\n".join(render("", found, style=Style(colour=False))))
    quiet_page(found._repr_html_() + found.problems._repr_html_())


def test_the_command_says_nothing_that_a_file_tells_it_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = ALL.replace("/", "_").replace("\0", "") + "\n.txt"
    (tmp_path / name[:200]).write_text(ALL, encoding="utf-8")
    assert main(["extract", str(tmp_path), "-o", str(tmp_path / "out.csv")]) == 1
    assert main(["show", str(tmp_path / name[:200])]) == 1
    assert main(["show", str(tmp_path / f"no{name[:200]}")]) == 2
    assert main(["panel", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "alert(1)" in told.out + told.err
    assert is_quiet(told.out)
    assert is_quiet(told.err, allowed="\n")
    assert all(said.startswith(("zhibiao: ", "0 reports")) for said in told.err.splitlines())


def test_no_character_that_drives_is_forgotten() -> None:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    left = escape(every)
    controls = {c for c in left if unicodedata.category(c) in {"Cc", "Zl", "Zp"}}
    assert controls == {"\n", "\t"}
    turning = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not {c for c in left if unicodedata.bidirectional(c) in turning}
    assert not {"\u200e", "\u200f", "\u061c"} & set(left)
    assert not {"\n", "\t"} & set(line(every))


def test_a_table_of_somebody_else_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"<script>alert(1)</script>": "<b>\\u001b[31m"}\n', encoding="utf-8")
    assert "<b>" in quiet_page(zhibiao.read_table(path)._repr_html_())
