"""Chinese where a font has it, Latin letters otherwise, and never an empty box."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import matplotlib
import pytest
from in_figures import FIGURES, ROWS, cell, every_figure, frame
from matplotlib import font_manager
from matplotlib.text import Text

import zhibiao.plot
from zhibiao._core import codebook
from zhibiao.errors import ArgumentError
from zhibiao.plot import _data, _fonts, _names
from zhibiao.plot._language import words_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

needs_a_font = pytest.mark.skipif(
    _fonts.chinese_font() is None,
    reason="SKIPPED: no font with Chinese is installed (Debian: fonts-wqy-microhei)",
)


@pytest.fixture
def without_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine whose only fonts are those that matplotlib brings."""
    manager = font_manager.fontManager
    own = [entry for entry in manager.ttflist if entry.name.startswith("DejaVu")]
    monkeypatch.setattr(manager, "ttflist", own)
    monkeypatch.setattr(_fonts, "_look_again", lambda: 0)
    manager._findfont_cached.cache_clear()


def _texts(axes: Axes) -> list[str]:
    """Every text of a figure."""
    axes.figure.draw_without_rendering()
    return [text.get_text() for text in axes.figure.findobj(Text) if text.get_visible()]


def _chinese(texts: list[str]) -> str:
    return "".join(one for text in texts for one in text if "\u2e80" <= one <= "\uffef")


@needs_a_font
@every_figure
def test_with_a_font_every_figure_is_in_chinese_and_whole(name: str) -> None:
    """A missing glyph is a warning of matplotlib, and here every warning is an error."""
    axes = FIGURES[name]()
    assert len(_chinese(_texts(axes))) > 3
    axes.figure.canvas.draw()


@needs_a_font
def test_chinese_can_be_asked_for() -> None:
    axes = FIGURES["over_time"](language="zh")
    assert axes.get_ylabel() == "GDP增速 (%)"
    assert axes.get_legend().get_title().get_text() == "荆州市"


@every_figure
@pytest.mark.usefixtures("without_chinese")
def test_without_a_font_no_figure_has_chinese(name: str) -> None:
    axes = FIGURES[name]()
    assert _chinese(_texts(axes)) == ""
    axes.figure.canvas.draw()


@every_figure
def test_in_english_no_figure_has_chinese(name: str) -> None:
    assert _chinese(_texts(FIGURES[name](language="en"))) == ""


def test_the_check_would_notice_an_empty_box(without_chinese: None) -> None:
    axes = FIGURES["over_time"]()
    axes.set_title("指标")
    with pytest.warns(UserWarning, match="Glyph .* missing from"):
        axes.figure.canvas.draw()


@pytest.mark.usefixtures("without_chinese")
def test_chinese_asked_for_and_not_there_is_an_error() -> None:
    with pytest.raises(ArgumentError, match="no font with Chinese characters is installed; inst"):
        zhibiao.plot.over_time(frame(ROWS), "荆州市", language="zh")
    with pytest.raises(ArgumentError, match="expected 'zh', 'en' or 'auto'"):
        zhibiao.plot.over_time(frame(ROWS), "荆州市", language="cn")  # type: ignore[arg-type]


@needs_a_font
def test_fonts_younger_than_the_list_of_matplotlib_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = font_manager.fontManager
    known = {family for family, _ in _data.fonts()}
    young = {entry.fname for entry in manager.ttflist if entry.name in known}
    old = [entry for entry in manager.ttflist if entry.fname not in young]
    monkeypatch.setattr(manager, "ttflist", old)
    manager._findfont_cached.cache_clear()
    _fonts._look_again.cache_clear()
    assert _fonts.chinese_font() in known


@needs_a_font
def test_a_name_with_a_rare_character_is_in_latin_letters_or_a_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rare = "\U0003106c州市"  # no font here has it
    words = words_in("zh")
    if _fonts.can_write(rare, words.families):
        pytest.skip("a font has every character")
    monkeypatch.setattr(_names, "_reader", lambda: None)
    assert words.regions([rare, "荆州市"], ["429999", "421000"]) == ["429999", "荆州市"]


def test_the_family_of_the_user_comes_first() -> None:
    with matplotlib.rc_context({"font.family": "DejaVu Serif"}):
        assert _fonts.families()[0] == "DejaVu Serif"
        axes = zhibiao.plot.over_time(frame(ROWS), "荆州市", language="en")
    axes.figure.draw_without_rendering()
    labels = [axes.xaxis.label, *axes.get_xticklabels(), *axes.get_legend().get_texts()]
    assert {label.get_fontfamily()[0] for label in labels} == {"DejaVu Serif"}


@needs_a_font
def test_the_chinese_family_of_the_user_comes_before_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = str(_fonts.chinese_font())
    monkeypatch.setattr(_fonts, "fonts", lambda: [("no such font", "none")])
    with matplotlib.rc_context({"font.family": ["DejaVu Serif", "nowhere", there]}):
        assert _fonts.chinese_font() == there
        assert _fonts.families() == ["DejaVu Serif", there]


LATIN = {
    "河北省": "Hebei",
    "陕西省": "Shaanxi",
    "山西省": "Shanxi",
    "河北省保定市": "Baoding",
    "河北省保定市唐县": "Tangxian",
    "陕西省西安市": "Xi'an",
    "山西省吕梁市": "Lüliang",
    "内蒙古自治区": "Inner Mongolia",
    "内蒙古自治区阿拉善盟": "Alxa",
    "湖北省恩施土家族苗族自治州": "Enshi",
    "贵州省铜仁市玉屏侗族自治县": "Yuping",
    "广东省深圳市大鹏新区": "Dapeng",
    "重庆市渝中区": "Yuzhong",
    "湖北省荆州市沙市区": "Shashi",
    "湖北省仙桃市": "Xiantao",
    "中华人民共和国": "China",
    "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗": "Molidawa",
    "河南省郑州市管城回族区": "Guancheng",
    "广东省清远市清新区": "Qingxin",
    "陕西省西安市碑林区": "Beilin",
    "山西省太原市万柏林区": "Wanbailin",
    "湖北省宜昌市宜都市": "Yidu",
    "山东省长岛县": "Changdao",
    "山西省长治市长子县": "Zhangzi",
    "辽宁省朝阳市": "Chaoyang",
    "河南省濮阳市南乐县": "Nanle",
    "河北省唐山市乐亭县": "Laoting",
    "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市": "Ku'erle",
    "R420000": "R420000",
}


@pytest.mark.parametrize(("region", "name"), LATIN.items())
def test_names_in_latin_letters(region: str, name: str) -> None:
    pytest.importorskip("pypinyin")
    assert _names.latin(region) == name


def test_without_pypinyin_names_are_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    _names._reader.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    named = words_in("en").regions(["湖北省荆州市", "青湾市", "陕西省"], ["421000", None, "610000"])
    _names._reader.cache_clear()
    assert named == ["421000", "region 2", "Shaanxi"]


def test_names_given_are_used() -> None:
    given = {"青湾市": "Qingwan", "湖北省荆州市": "Jingzhou City"}
    words = words_in("en", given)
    assert words.regions(["某省青湾市", "湖北省荆州市"], [None, "421000"]) == [
        "Qingwan",
        "Jingzhou City",
    ]


def test_no_two_regions_are_called_alike() -> None:
    pytest.importorskip("pypinyin")
    regions = ["广东省深圳市坪山区", "广东省深圳市坪山新区", "北京市朝阳区", "吉林省长春市朝阳区"]
    codes = ["440310", None, "110105", "220104"]
    assert words_in("en").regions(regions, codes) == [
        *("Pingshan (440310)", "Pingshan (region 2)"),
        *("Chaoyang (110105)", "Chaoyang (220104)"),
    ]
    if _fonts.chinese_font():
        assert words_in("zh").regions(regions, codes) == [
            *("坪山区", "坪山新区", "北京市朝阳区", "吉林省长春市朝阳区")
        ]


def test_every_metric_has_a_name_in_both_languages() -> None:
    assert _data.metrics()["va_primary"] == ("第一产业增加值", "Primary-industry value added")
    assert _data.metrics()["gdp"] == ("GDP", "GDP")  # a shorter one than the codebook's
    assert len(_data.metrics()) > 50
    assert all(f"| `{metric}` |" in codebook() for metric in _data.metrics())


def test_words_are_in_both_languages_and_ask_for_the_same() -> None:
    for key, (chinese, english) in _data.texts().items():
        assert chinese, key
        assert english, key
        assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english)), key
        assert english.replace("−", "").isascii(), key


def test_every_base_unit_of_the_codebook_has_a_name() -> None:
    table = codebook().partition("\n## Metrics\n")[2]
    units = {line.split(" | ")[3] for line in table.splitlines() if line.startswith("| `")}
    assert len(units) > 8
    assert units <= set(_data.units())


def test_a_metric_of_ones_own_is_called_by_its_id() -> None:
    rows = [cell("420000", "湖北省", 2010, 9.0, 10.0, metric="my_metric", unit="barrel")]
    axes = zhibiao.plot.over_time(frame(rows), "湖北省", "my_metric", language="en")
    assert axes.get_ylabel() == "my_metric growth (barrel)"
