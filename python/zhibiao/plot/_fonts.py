"""Which fonts there are: Chinese is written only where every character has a glyph."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib import font_manager

from zhibiao.plot._data import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["can_write", "chinese_font", "families"]

#: Characters that a font has to have before Chinese is written in it.
_SAMPLE = "增速目标实际省市县区"


def families() -> list[str]:
    """Give the families that texts are set in: the first of the user, then one with Chinese.

    Those of the user are ``rcParams["font.family"]``, as far as they are installed; matplotlib
    takes each character from the first family that has it.
    """
    known = _known()
    # One Latin family is enough, and "DejaVu Sans" comes with matplotlib.
    own = [name for name in _wanted() if name in known][:1] or ["DejaVu Sans"]
    chinese = chinese_font()
    return own if chinese is None or chinese in own else [*own, chinese]


def chinese_font() -> str | None:
    """Give the first family with Chinese that is installed, the user's before others; else None.

    matplotlib keeps a list of fonts, which may be older than a font: where the list knows of none
    the folders of the system are looked through, and what is found is added to the list.
    """
    return _first_chinese() or (_first_chinese() if _look_again() else None)


def _first_chinese() -> str | None:
    known = _known()
    every = [*_wanted(), *(family for family, _ in fonts())]
    there = (family for family in every if family in known)
    return next((family for family in there if _has([family], _SAMPLE)), None)


def _wanted() -> list[str]:
    """Give the families of the user's settings."""
    settings: Any = mpl.rcParams
    wanted: list[str] = []
    for name in settings["font.family"]:
        wanted += settings.get(f"font.{name}", [name])  # sans-serif stands for a list
    return wanted


def can_write(text: str, names: Iterable[str]) -> bool:
    """Tell whether each character has a glyph in one of the families."""
    return _has(list(names), text)


def _known() -> set[str]:
    return {entry.name for entry in font_manager.fontManager.ttflist}


def _has(names: list[str], text: str) -> bool:
    needed = {character for character in text if not character.isspace()}
    for name in names:
        wanted = font_manager.FontProperties(family=[name])
        try:
            path = font_manager.fontManager.findfont(wanted, fallback_to_default=False)
        except ValueError:
            continue
        font = font_manager.get_font(path)
        needed = {one for one in needed if not font.get_char_index(ord(one))}
    return not needed


@lru_cache
def _look_again() -> int:
    """Add fonts with Chinese that were installed after matplotlib made its list.

    Done once; gives how many there were.
    """
    added = 0
    starts = tuple({start for _, start in fonts()})
    listed = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(font_manager.findSystemFonts()):
        if path not in listed and Path(path).name.lower().startswith(starts):
            try:
                font_manager.fontManager.addfont(path)
                added += 1
            except (OSError, RuntimeError):  # a file that is broken, or no font
                continue
    return added
