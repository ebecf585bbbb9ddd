"""The words of a figure in one language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from zhibiao.errors import ArgumentError
from zhibiao.plot._data import metrics, texts, units
from zhibiao.plot._fonts import can_write, chinese_font, families
from zhibiao.plot._names import last_part, latin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Language", "Words", "words_in"]

#: Chinese; English; Chinese where a font for it is installed.
Language: TypeAlias = Literal["zh", "en", "auto"]


@dataclass(frozen=True)
class Words:
    """What everything is called in one language."""

    language: Literal["zh", "en"]
    names: Mapping[str, str]
    families: list[str] = field(default_factory=families)

    def __call__(self, key: str, **filled: Any) -> str:
        """Give the words with this key."""
        return texts()[key][self._at].format(**filled)

    @property
    def _at(self) -> int:
        return 0 if self.language == "zh" else 1

    def known(self, kind: str, key: str | None) -> str:
        """Give the word for a value of a column; one that no list has stands for itself."""
        return texts()[f"{kind}_{key}"][self._at] if f"{kind}_{key}" in texts() else str(key)

    def metric(self, metric: str) -> str:
        """Give the name of a metric; its id where it has none."""
        name = metrics().get(metric, (metric, metric))[self._at]
        return name if can_write(name, self.families) else metric

    def unit(self, unit: str | None) -> tuple[float, str]:
        """Give what an axis divides by, and the name of the unit after that."""
        scale, *named = units().get(unit or "", (1.0, unit or "", unit or ""))
        return (scale, named[self._at]) if can_write(named[self._at], self.families) else (1.0, "")

    def axis(self, metric: str, measure: str | None, unit: str | None) -> str:
        """Give the label of an axis: what is measured, and in what."""
        name = self(str(measure), metric=self.metric(metric)) if measure else self.metric(metric)
        named = self.unit(unit)[1]
        if not named:
            return name
        return f"{name} ({named})"

    def regions(self, regions: Sequence[str], codes: Sequence[str | None]) -> list[str]:
        """Give short names to regions, no two of them alike.

        Args:
            regions: Full names.
            codes: A code of each; None where it has none.

        """
        short = [self._short(region) for region in regions]
        found = Counter(name for name in short if name)
        out = []
        pairs = zip(regions, codes, short, strict=True)
        for number, (region, code, name) in enumerate(pairs, start=1):
            by_number = code or self("unnamed", number=number)
            if not name:
                out.append(by_number)
            elif found[name] == 1:
                out.append(name)
            elif self.language == "zh" and can_write(region, self.families):
                out.append(region)
            else:
                out.append(f"{name} ({by_number})")
        return out

    def _short(self, region: str) -> str | None:
        given = self.names.get(region, self.names.get(last_part(region)))
        own = last_part(region) if self.language == "zh" else None
        for name in (given, own, latin(region)):
            if name and can_write(name, self.families):
                return name
        return None


def words_in(language: Language, names: Mapping[str, str] | None = None) -> Words:
    """Give the words of a language.

    Args:
        language: ``"zh"``, ``"en"``, or ``"auto"``: Chinese where there is a font for it.
        names: What regions shall be called, by full name or by the last part of it.

    Raises:
        ArgumentError: There is no such language, or no font with Chinese.

    """
    if language not in get_args(Language):
        raise ArgumentError(f"language is {language!r}; expected 'zh', 'en' or 'auto'")
    font = chinese_font()
    if language == "zh" and font is None:
        raise ArgumentError(
            "no font with Chinese characters is installed; install one, such as Noto Sans CJK "
            "(Debian: fonts-noto-cjk), or ask for language='en'"
        )
    chosen: Literal["zh", "en"] = "en" if language == "en" or font is None else "zh"
    return Words(chosen, dict(names or {}))
