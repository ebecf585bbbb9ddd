"""Predicted facts beside those of a hand-made table, text by text, as score_facts.py pairs them.

score_facts.py prints totals for headline metrics; here are the facts behind them, for any metrics,
so that they can be counted by metric, level and decade, and by what is said of their certainty.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tables import Key, Row


@dataclass
class Text:
    """The facts of one text: by hand, with their quotes, and predicted, with their rows."""

    doc: str
    gold: dict[Key, str]
    got: dict[Key, list[Row]]

    @property
    def right(self) -> set[Key]:
        return self.gold.keys() & self.got.keys()

    @property
    def wrong(self) -> set[Key]:
        return self.got.keys() - self.gold.keys()


@dataclass
class Count:
    """How many facts a table has, how many were predicted, how many of these are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def add(self, text: Text, counts: Callable[[Key], bool] = lambda _: True) -> None:
        self.gold += sum(map(counts, text.gold))
        self.predicted += sum(map(counts, text.got))
        self.right += sum(map(counts, text.right))

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def f1(self) -> float:
        return float(tables.prf(self.right, self.gold, self.predicted)["f1"])

    def line(self, name: str) -> str:
        """Say it in the form of the given scorers."""
        return (
            f"{name:15s} recall {self.recall:.4f}  precision {self.precision:.4f}  "
            f"F1 {self.f1:.4f}   (gold {self.gold}, predicted {self.predicted}, "
            f"right {self.right})"
        )


def is_growth_target(key: Key) -> bool:
    return key[1] == "target" and key[2] == "growth"


def match(
    facts: Path, rows: Iterable[Row], metrics: frozenset[str] = tables.HEADLINE
) -> list[Text]:
    """Set the facts of a hand-made table beside the predicted ones about some metrics."""
    gold: dict[str, dict[Key, str]] = defaultdict(dict)
    optional: dict[str, set[Key]] = defaultdict(set)
    for row in tables.read_tsv(facts):
        if row.get("optional"):
            optional[row["doc"]].add(tables.gold_key(row))
        else:
            gold[row["doc"]][tables.gold_key(row)] = row["quote"]
    texts = tables.by_stem(row for row in rows if tables.is_counted(row))
    return [
        Text(doc, gold[doc], _judged(texts[doc], gold[doc], optional[doc], metrics))
        for doc in sorted(gold)
    ]


def _judged(
    rows: list[Row], gold: dict[Key, str], optional: set[Key], metrics: frozenset[str]
) -> dict[Key, list[Row]]:
    """Leave out what may be given or not, and differences to others' figures."""
    facts = tables.facts_of(rows, metrics)
    return {
        key: told
        for key, told in facts.items()
        if key in gold or (key not in optional and not (key[2] == "change" and key[8] == "百分点"))
    }


def total(texts: Iterable[Text], counts: Callable[[Key], bool] = lambda _: True) -> Count:
    count = Count()
    for text in texts:
        count.add(text, counts)
    return count


def count(texts: list[Text], part: Callable[[str, Key], str]) -> dict[str, Count]:
    """Count facts by the part that each belongs to."""
    parts: dict[str, Count] = defaultdict(Count)
    for text in texts:
        for key in text.gold:
            parts[part(text.doc, key)].gold += 1
        for key in text.got:
            parts[part(text.doc, key)].predicted += 1
        for key in text.right:
            parts[part(text.doc, key)].right += 1
    return parts
