#!/usr/bin/env python3
"""Does `certainty` mark the headline facts that are wrong, and few of those that are right?

usage: score_certainty.py PREDICTIONS FACTS.tsv... [--show N]

A fact is wrong that is predicted and not in the table (optional rows are left out), paired as by
score_facts.py. It carries `check` where all observations that tell it do. Prints the share of
wrong facts that carry `check` and of right ones that do, with intervals of 95 % from drawing whole
reports anew; with --show the reasons given.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import matching
import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tables import Row

DRAWS, SEED = 2000, 20240305


@dataclass
class Marked:
    """How many facts of a kind carry `check`, over reports."""

    name: str
    #: (marked, facts) of each report.
    reports: list[tuple[int, int]]

    @property
    def marked(self) -> int:
        return sum(marked for marked, _ in self.reports)

    @property
    def facts(self) -> int:
        return sum(facts for _, facts in self.reports)

    @property
    def share(self) -> float:
        return self.marked / self.facts if self.facts else 0.0

    @property
    def counts(self) -> str:
        low, high = interval(self.reports)
        told = f"{self.marked} of {self.facts} in {len(self.reports)} reports"
        return f"{told}, 95 % interval {low:.3f} to {high:.3f}"

    def __str__(self) -> str:
        return f"{self.share:.3f}  ({self.counts})"


def interval(reports: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The middle 95 % of the shares that one finds by drawing reports with replacement."""
    draw = random.Random(SEED)
    shares = []
    for _ in range(DRAWS):
        drawn = draw.choices(reports, k=len(reports)) if reports else []
        facts = sum(n for _, n in drawn)
        if facts:
            shares.append(sum(marked for marked, _ in drawn) / facts)
    shares.sort()
    if not shares:
        return 0.0, 1.0
    last = len(shares) - 1
    return shares[round(0.025 * last)], shares[round(0.975 * last)]


def is_marked(rows: list[Row]) -> bool:
    return all(row.get("certainty") == "check" for row in rows)


def compare(texts: list[matching.Text]) -> tuple[Marked, Marked]:
    """Wrong facts and right ones."""
    wrong, right = Marked("wrong facts that carry check", []), Marked("right ones that do", [])
    for text in texts:
        for marked, keys in ((wrong, text.wrong), (right, text.right)):
            marked.reports.append((sum(is_marked(text.got[key]) for key in keys), len(keys)))
    return wrong, right


def run(files: list[Path], predictions: Path, show: int = 0) -> tuple[Marked, Marked] | None:
    """Print both shares; nothing is returned where the column is missing."""
    rows = tables.read_observations(predictions)
    if not any("certainty" in row for row in rows):
        print("no certainty column")
        return None
    texts = [text for file in files for text in matching.match(file, rows)]
    shares = compare(texts)
    for marked in shares:
        print(f"{marked.name:30s} {marked}")
    for reason, wrong, right in reasons(texts)[:show]:
        print(f"  {reason:40s} wrong {wrong:4d}  right {right:4d}")
    return shares


def reasons(texts: list[matching.Text]) -> list[tuple[str, int, int]]:
    """The reasons given, with the wrong and right facts that they were given for."""
    wrong, right = Counter[str](), Counter[str]()
    for text in texts:
        for count, keys in ((wrong, text.wrong), (right, text.right)):
            for key in keys:
                count.update({reason for row in text.got[key] for reason in reasons_of(row)})
    known = sorted(wrong | right, key=lambda reason: -wrong[reason] - right[reason])
    return [(reason, wrong[reason], right[reason]) for reason in known]


def reasons_of(row: Row) -> list[str]:
    """A list, or in CSV its words with | between them."""
    given = row.get("reasons") or []
    return given.split("|") if isinstance(given, str) else list(given)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("facts", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    run(options.facts, options.predictions, options.show)


if __name__ == "__main__":
    main()
