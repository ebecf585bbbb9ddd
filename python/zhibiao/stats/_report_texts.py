"""Invented figures → the text of a report, put together from the sentences in `data/country`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from zhibiao.stats._presets import preset_path, read_tsv

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FORMS", "Figures", "Place", "report"]

#: How targets are bounded, by the slots of `data/country/words.tsv`.
FORMS = ("eq", "approx", "ge")
_DEEDS = 4  # sentences without any of the metrics, in each part


@dataclass(frozen=True)
class Place:
    """A unit whose government reports."""

    code: str
    parent: str | None
    level: str
    name: str

    @property
    def is_nation(self) -> bool:
        """Tell whether it is the whole country."""
        return self.level == "nation"

    def metrics(self, of_regions: tuple[str, ...]) -> tuple[str, ...]:
        """Give the metrics that its reports tell: 一般公共预算收入 is none of the nation's."""
        return tuple(m for m in of_regions if not (self.is_nation and m == "budget_revenue"))

    def words(self) -> dict[str, str]:
        """Give what it calls itself."""
        if self.is_nation:
            return {
                "name": "国务院",
                "all": "全国",
                "government": "国务院",
                "gdp_term": "国内生产总值",
            }
        kind = self.name[-1] if self.name[-1] in "省市州盟" else "区"
        return {
            "name": self.name,
            "all": f"全{kind}",
            "government": f"{self.name}人民政府",
            "gdp_term": "地区生产总值",
        }


@dataclass(frozen=True)
class Figures:
    """What a report tells of the year before, and aims at; growth in tenths of a percent."""

    told: dict[str, int]
    target: dict[str, int]
    form: dict[str, str]


@cache
def _slots() -> dict[str, list[str]]:
    slots: dict[str, list[str]] = defaultdict(list)
    for _, row in read_tsv(preset_path("words", "country")[1], ("slot", "words")):
        slots[row["slot"]].append(row["words"].replace("\\n", "\n"))
    return dict(slots)


def report(place: Place, year: int, figures: Figures, random: np.random.Generator) -> str:
    """Write a report of ``year``."""
    suffix = "_nation" if place.is_nation else ""

    def fill(line: str, **more: str) -> str:
        known = {**place.words(), "year": str(year), "last": str(year - 1), **more}
        numbers = random.integers((60, 5, 400), (400, 60, 9000)).tolist()
        drawn = dict(zip(("count", "small", "amount"), map(str, numbers), strict=True))
        return line.format(**known, **drawn)

    def draw(slot: str, **more: str) -> str:
        lines = _slots()[slot]
        return fill(lines[int(random.integers(len(lines)))], **more)

    def others(slot: str) -> list[str]:
        lines = _slots()[slot]
        return [fill(lines[int(at)]) for at in random.permutation(len(lines))[:_DEEDS]]

    told = {metric: _printed(tenths) for metric, tenths in figures.told.items()}
    aims = {
        metric: draw(figures.form[metric], value=_printed(tenths))
        for metric, tenths in figures.target.items()
    }
    lines = [
        draw("title"),
        _session(place, year),
        *(draw("opening"), draw("review"), draw("lead") + draw(f"told{suffix}", **told)),
        *others("done"),
        *(draw("plan"), draw(f"aim{suffix}", **aims)),
        *others("task"),
        draw("closing"),
    ]
    return "\n".join(lines) + "\n"


def _session(place: Place, year: int) -> str:
    """Day and congress: cities first, the nation last."""
    if place.is_nation:
        return f"——{year}年3月5日在全国人民代表大会会议上"
    day = 8 if place.level == "prefecture" else 20
    return f"——{year}年1月{day}日在{place.name}人民代表大会会议上"


def _printed(tenths: int) -> str:
    """8 and 8.5: nobody prints 8.0."""
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
