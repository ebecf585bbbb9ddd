#!/usr/bin/env python3
"""Compare what makes figures comparable (term, variant, aggregation …) with hand-made tables.

usage: score_comparability.py PREDICTIONS TABLE.tsv... [--show N]

Each row of a table is one observation: doc start end value quote metric term variant aggregation
subperiod basis vintage modality_word reference. It is paired with the prediction whose span
overlaps, of several the one of its metric. Fields of `-` are not judged; a missing value and an
empty one are the same. A term agrees that shares four fifths of its characters in their order, a
reference that contains the other or holds three fifths of it.

Prints for each field the share that agrees among rows where the table or the prediction has a value
other than the usual one, and among all rows. Rows that were not found are counted apart.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tables import Row

#: The fields that are judged, with the values that a figure usually has.
USUAL: dict[str, tuple[str, ...]] = {
    "metric": (),
    "term": (),
    "variant": ("", "unspecified"),
    "aggregation": ("", "annual"),
    "subperiod": ("", "year"),
    "basis": ("", "unstated"),
    "vintage": ("", "unstated"),
    "modality_word": ("",),
    "reference": ("",),
}


@dataclass
class Share:
    """How many rows were judged, and in how many of them the field agrees."""

    rows: int = 0
    right: int = 0

    def add(self, right: bool) -> None:
        self.rows += 1
        self.right += right

    @property
    def share(self) -> float:
        return self.right / self.rows if self.rows else 0.0

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.right} of {self.rows})"


@dataclass
class Result:
    """Shares by field, among rows with an unusual value and among all; the rows not found."""

    rows: int = 0
    missing: list[Row] = field(default_factory=list)
    unusual: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    all: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    differences: list[str] = field(default_factory=list)

    def judge(self, gold: Row, got: Row) -> None:
        for name in USUAL:
            wanted, given = text_of(gold[name]), text_of(got.get(name))
            if wanted == "-":
                continue
            right = agrees(name, wanted, given)
            self.all[name].add(right)
            if is_unusual(name, wanted, gold) or is_unusual(name, given, got):
                self.unusual[name].add(right)
            if not right:
                place = f"{gold['doc']} @{gold['start']} {gold['value']}"
                self.differences.append(
                    f"{name}: {place}: want {wanted!r}, got {given!r}  «{gold['quote']}»"
                )


def text_of(value: object) -> str:
    return re.sub(r"\s", "", str(value)) if value is not None else ""


def agrees(name: str, wanted: str, given: str) -> bool:
    if wanted == given:
        return True
    if name == "variant":
        return {wanted, given} == {"", "unspecified"}
    if not wanted or not given:
        return False
    if name == "term":
        return 2 * tables.lcs(wanted, given) / (len(wanted) + len(given)) >= 0.8
    if name == "reference":
        contained = wanted in given or given in wanted
        return contained or tables.lcs(wanted, given) / len(wanted) >= 0.6
    return False


def is_unusual(name: str, value: str, row: Row) -> bool:
    """A term is usual that is the metric's own name; a metric never counts as unusual."""
    if name == "metric":
        return False
    if name == "term":
        return value not in ("", NAMES.get(row.get("metric") or "", ""))
    return value not in USUAL[name]


NAMES = {row["id"]: row["zh"] for row in tables.read_tsv(tables.HERE / "metrics.tsv")}


def pair(gold: list[Row], got: list[Row]) -> dict[int, int]:
    """Rows of the table to predictions, one to one: of its metric first, then by overlap."""
    candidates = []
    for i, row in enumerate(gold):
        for j, other in enumerate(got):
            overlap = min(row["end"], other["end"]) - max(row["start"], other["start"])
            if overlap > 0:
                same = (row["metric"] or None) == other.get("metric")
                candidates.append((not same, -overlap, abs(row["start"] - other["start"]), i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(candidates):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def compare(rows: Iterable[Row], predictions: Iterable[Row]) -> Result:
    """Judge every row of some tables."""
    docs: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        place = {"start": int(row["start"]), "end": int(row["end"])}
        docs[row["doc"]].append({**row, **place})
    texts = tables.by_stem(predictions)
    result = Result()
    for doc, gold in sorted(docs.items()):
        got = texts[doc]
        pairs = pair(gold, got)
        for i, row in enumerate(gold):
            result.rows += 1
            if i in pairs:
                result.judge(row, got[pairs[i]])
            else:
                result.missing.append(row)
    return result


def run(files: list[Path], predictions: Path, show: int = 0) -> Result:
    """Print the shares, and the first differences."""
    rows = [row for file in files for row in tables.read_tsv(file)]
    result = compare(rows, tables.read_observations(predictions))
    for line in sorted(result.differences)[:show]:
        print(line)
    for row in result.missing[:show]:
        print(f"not found: {row['doc']} @{row['start']} {row['value']}  «{row['quote']}»")
    print(f"rows {result.rows}, not found {len(result.missing)}")
    print(f"  {'field':16s} {'unusual':24s} all")
    for name in USUAL:
        if result.all[name].rows:
            print(f"  {name:16s} {result.unusual[name]!s:24s} {result.all[name]}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    run(options.tables, options.predictions, options.show)


if __name__ == "__main__":
    main()
