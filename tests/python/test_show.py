"""A report is untrusted text: what is shown of it is escaped."""

import html

import pytest

import zhibiao
from zhibiao import errors, grid
from zhibiao.show import Style, escape, render

TEXT = "2024年，地区生产总值增长5.2%。\x1b[31m<script>alert(1)</script>2025年目标是增长6%。"


@pytest.fixture
def one() -> zhibiao.Extraction:
    return zhibiao.read(TEXT, region="湖北省", year=2025)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5.2%\n\t。", "5.2%\n\t。"),
        ("\r\n", "\n"),
        ("\x1b[31m", "␛[31m"),
        ("\x07\x7f", "␇␡"),
        ("\x9b31m", "\\u009b31m"),
        ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
    ],
)
def test_control_characters_become_visible(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_the_terminal_sees_no_escape_of_the_report(one: zhibiao.Extraction) -> None:
    lines = "\n".join(render(TEXT, one, style=Style(colour=False)))
    assert "\x1b" not in lines
    assert "⟦5.2%⟧" in lines
    assert "actual gdp growth 5.2% 2024" in lines


def test_values_are_coloured_by_kind(one: zhibiao.Extraction) -> None:
    lines = "\n".join(render(TEXT, one, style=Style(colour=True)))
    assert "\x1b[1;32m5.2%\x1b[0m" in lines
    assert "\x1b[31m" not in lines


def test_one_place_is_shown(one: zhibiao.Extraction) -> None:
    row = one.observations.to_dicts()[0]
    for at in (str(row["start"]), row["observation_id"]):
        lines = list(render(TEXT, one, style=Style(colour=False), at=at))
        assert "⟦5.2%⟧" in lines[0]
    with pytest.raises(errors.ArgumentError, match="999"):
        list(render(TEXT, one, style=Style(colour=False), at="999"))


def test_the_whole_text_is_shown(found: zhibiao.Extraction) -> None:
    source = found.reports.column("source")[0]
    text = zhibiao._core.decode(source)[0]
    shown = "\n".join(render(text, zhibiao.extract(source), style=Style(colour=False)))
    shown = "".join(line for line in shown.splitlines() if not line.startswith("    └"))
    shown = shown.replace("⟦", "").replace("⟧", "")
    assert "".join(escape(text).split()) in "".join(shown.split())


def test_the_notebook_sees_no_markup_of_the_report(one: zhibiao.Extraction) -> None:
    page = one._repr_html_() + one.sentences._repr_html_() + one.observations._repr_html_()
    assert "<script>" not in page
    assert "\x1b" not in page
    assert ">5.2%</mark>" in page


def test_a_message_in_a_notebook_is_escaped() -> None:
    found = zhibiao.read("<b>no report</b>")
    assert "<b>no report" not in found._repr_html_()
    assert "<b>no report" not in html.unescape("") + found.problems._repr_html_()


def test_columns_line_up_with_chinese(panel: zhibiao.Table) -> None:
    head, *lines = grid.lines(panel.to_dicts(0, 3), ["region", "year", "target"])
    assert head.startswith("region  year  ")
    assert [line[:6] for line in lines] == ["云台省  2"] * 3
