"""Precision, recall and F1 of headline facts by metric, level, decade and kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import compared
import matching
import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from matching import Count, Text
    from tables import Key

    #: Of a group by parts: ours, and the peer's.
    Counts = tuple[dict[str, Count], dict[str, Count]]

#: Metrics with fewer rows in all tables stand in one line.
FEW = 12
#: Of fewer rows a share says little, and of held-back texts it would tell single errors.
TOO_FEW = 5
OTHERS = "others"
LEVELS = ("nation", "province", "prefecture", "county")
KINDS = (
    *("actual, level", "actual, growth", "actual, other"),
    *("target, level", "target, growth", "target, other"),
)


@dataclass
class Group:
    """Some tables together: what we made of their texts, and what the peer made of them."""

    name: str
    ours: list[Text]
    peer: list[Text]
    #: Level and year of each text.
    texts: dict[str, tuple[str, int]]


def groups(by_hand: Mapping[str, Path], index: Path, ours: Path, peer: Path) -> list[Group]:
    """The given tables, and those of our own that were held back from tuning."""
    texts = {
        tables.stem_of(row["file"]): (row["level"], int(row["year"]))
        for row in tables.read_tsv(index)
        if row["expect"] == "report"
    }
    texts = {stem: (level.replace("national", "nation"), y) for stem, (level, y) in texts.items()}
    parts = {
        "given": [by_hand["given"]],
        "own, held back": [file for name, file in by_hand.items() if compared.HELD_BACK in name],
    }
    return [
        Group(name, _match(files, ours), _match(files, peer), texts)
        for name, files in parts.items()
    ]


def _match(files: list[Path], predicted: Path) -> list[Text]:
    rows = tables.read_observations(predicted)
    return [text for file in files for text in matching.match(file, rows)]


def sections(found: list[Group]) -> dict[str, list[str]]:
    """Markdown tables by what they are divided by."""
    return {
        "by metric": table(found, "metric", lambda _, key: key[0], fold=FEW),
        "by level": table(found, "level", _level(found), LEVELS),
        "by decade": table(found, "decade", _decade(found)),
        "by kind": table(found, "kind", lambda _, key: kind_of(key), KINDS),
    }


def kind_of(key: Key) -> str:
    measure = key[2] if key[2] in ("level", "growth") else "other"
    return f"{key[1]}, {measure}"


def _level(found: list[Group]) -> Callable[[str, Key], str]:
    return lambda doc, _: found[0].texts.get(doc, ("unknown", 0))[0]


def _decade(found: list[Group]) -> Callable[[str, Key], str]:
    return lambda doc, _: f"{found[0].texts.get(doc, ('', 0))[1] // 10 * 10}s"


def table(
    found: list[Group],
    head: str,
    part: Callable[[str, Key], str],
    order: tuple[str, ...] = (),
    fold: int = 0,
) -> list[str]:
    """A line for each part, in the order given, else by name; `fold` sorts by rows.

    Parts with fewer rows than `fold` in all groups together share the last line.
    """
    counts = _counts(found, part)
    rows = {name: sum(ours[name].gold for ours, _ in counts) for name in _names(counts)}
    few = {name for name, n in rows.items() if n < fold}
    if few:
        counts = _counts(found, lambda doc, key: OTHERS if (p := part(doc, key)) in few else p)
    places = {name: place for place, name in enumerate(order)}
    names = sorted(
        _names(counts),
        key=lambda name: (name == OTHERS, places.get(name, 99), -rows.get(name, 0) * fold, name),
    )
    titles = [f"{group.name}: rows | recall | precision | F1 | peer's F1" for group in found]
    lines = [f"| {head} | {' | '.join(titles)} |", f"| --- |{' ---: |' * 5 * len(found)}"]
    for name in names:
        cells = [_cells(ours[name], peer[name]) for ours, peer in counts]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _counts(found: list[Group], part: Callable[[str, Key], str]) -> list[Counts]:
    return [(matching.count(g.ours, part), matching.count(g.peer, part)) for g in found]


def _names(counts: list[Counts]) -> set[str]:
    return {name for pair in counts for of in pair for name in of}


def _cells(ours: Count, peer: Count) -> str:
    if ours.gold < TOO_FEW:
        return f"{ours.gold}" + " |" * 4
    figures = (ours.recall, ours.precision, ours.f1, peer.f1)
    return f"{ours.gold} | " + " | ".join(f"{figure:.3f}" for figure in figures)
