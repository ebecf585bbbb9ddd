"""What regions are called in a figure: in Chinese, else in pinyin, else by their codes."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from zhibiao.plot._data import peoples, places, readings

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["last_part", "latin"]

_PARTS = re.compile(
    r"(?:.+?(?:省|自治区|特别行政区)|北京市|天津市|上海市|重庆市)?"
    r"(?:.{2,}?(?:市|自治州|地区|盟))?"
)
_KIND = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|特区|街道|[省市县区盟旗镇乡])$"
)


def last_part(region: str) -> str:
    """Give the last name of a full one: 保定市 of 河北省保定市."""
    above = _PARTS.match(region)
    rest = region[above.end() :] if above else ""
    if rest:
        return rest
    # The name ends with a prefecture or a province.
    province = re.match(r".+?(?:省|自治区|特别行政区)(?=.)", region)
    return region[province.end() :] if province else region


def latin(region: str) -> str | None:
    """Give the last name of a region in Latin letters; None where that needs pypinyin.

    ``pip install pypinyin`` (in ``zhibiao[plot]``) brings it. The word for the kind of unit is left
    out, unless one character would be left: Baoding, Tangxian.
    """
    if region.isascii():
        return region
    name = last_part(region)
    known = places().get(name) or places().get(region)
    if known:
        return known
    stem = _stem(name)
    read = _reader()
    return None if read is None else _joined(read(stem))


def _stem(name: str) -> str:
    """Take the kind of unit off a name, and the peoples that it tells."""
    stem = _KIND.sub("", name)
    if "自治" in name[len(stem) :] or stem.endswith("族"):
        shorter = re.sub(f"(?:{'|'.join(peoples())})+$", "", stem)
        stem = shorter or stem
    if len(stem) > 1:
        return stem
    return name[:-1] if len(name) > 2 else name  # 清新区 is no 新区


@lru_cache
def _reader() -> Callable[[str], list[str]] | None:
    """Give what reads characters, where it is installed."""
    try:
        pypinyin = import_module("pypinyin")
    except ImportError:
        return None

    def read(text: str) -> list[str]:
        # One by one where a reading is known, so that a word does not bring another one.
        parts = re.split(f"([{''.join(readings())}])", text)
        return [
            syllable
            for part in parts
            for syllable in (
                [readings()[part]]
                if part in readings()
                else pypinyin.lazy_pinyin(part, v_to_u=True)
            )
        ]

    return read


def _joined(syllables: list[str]) -> str:
    """Join syllables into a name: xi, an is Xi'an."""
    name = ""
    for syllable in syllables:
        name += f"'{syllable}" if name and syllable[0] in "aoe" else syllable
    return name[:1].upper() + name[1:]
