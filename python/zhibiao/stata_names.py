"""Names of columns → names that Stata takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST_NAME", "stata_names"]

LONGEST_NAME = 32
_LONGEST_RENAMED = 28
_RESERVED = (
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with"
)


def stata_names(names: Iterable[str]) -> dict[str, str]:
    """Give each column a name that Stata takes: 32 characters, letters, digits and ``_``.

    A name that is too long keeps its first 28 characters and gets a number, which also keeps it
    apart from its neighbours.

    Examples:
        >>> from zhibiao.stata_names import stata_names
        >>> stata_names(["new_above_scale_industrial_firms_target"])
        {'new_above_scale_industrial_firms_target': 'new_above_scale_industrial_f_1'}

    """
    listed = list(names)
    taken = {name for name in listed if _plain(name) == name}
    named: dict[str, str] = {}
    for name in listed:
        short = _plain(name)
        if short != name:
            number = 1
            while (short := f"{_plain(name)[:_LONGEST_RENAMED]}_{number}") in taken:
                number += 1
            taken.add(short)
        named[name] = short
    return named


def _plain(name: str) -> str:
    plain = re.sub(r"\W", "_", name)[:LONGEST_NAME]
    is_word = not plain[:1].isdecimal() and plain not in _RESERVED
    return plain if plain and is_word and not re.fullmatch(r"str\d+", plain) else f"v_{plain}"
