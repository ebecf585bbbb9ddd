"""The lists behind figures: words, units, fonts and names, as TSV files below ``data``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhibiao._core import codebook
from zhibiao.stats._presets import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["fonts", "metrics", "peoples", "places", "readings", "texts", "units"]

_DATA = Path(__file__).parent / "data"


def _rows(name: str, *columns: str) -> list[dict[str, str]]:
    return [row for _, row in read_tsv(_DATA / f"{name}.tsv", columns)]


@lru_cache
def fonts() -> list[tuple[str, str]]:
    """Give families with simplified Chinese, and how the names of their files begin."""
    return [(row["family"], row["file"]) for row in _rows("fonts", "family", "file")]


@lru_cache
def texts() -> Mapping[str, tuple[str, str]]:
    """Give the words of figures: Chinese and English by key."""
    return {row["key"]: (row["zh"], row["en"]) for row in _rows("texts", "key", "zh", "en")}


@lru_cache
def units() -> Mapping[str, tuple[float, str, str]]:
    """Give for each unit what axes divide by, and the Chinese and English name of that."""
    rows = _rows("units", "unit", "scale", "zh", "en")
    return {row["unit"]: (float(row["scale"]), row["zh"], row["en"]) for row in rows}


@lru_cache
def metrics() -> Mapping[str, tuple[str, str]]:
    """Give the Chinese and English name of each metric: the codebook's, or a shorter one."""
    table = codebook().partition("\n## Metrics\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    names = {row[0].strip("`"): (row[1], row[2]) for row in cells}
    short = _rows("metrics", "metric", "zh", "en")
    return {**names, **{row["metric"]: (row["zh"], row["en"]) for row in short}}


@lru_cache
def places() -> Mapping[str, str]:
    """Give names whose Latin form is not that of their characters' readings."""
    return {row["zh"]: row["latin"] for row in _rows("places", "zh", "latin")}


@lru_cache
def readings() -> Mapping[str, str]:
    """Give how characters with several readings are read in names of places."""
    return {row["character"]: row["latin"] for row in _rows("readings", "character", "latin")}


@lru_cache
def peoples() -> list[str]:
    """Give the peoples that names of autonomous units tell, the longest first."""
    return sorted((row["zh"] for row in _rows("peoples", "zh")), key=len, reverse=True)
