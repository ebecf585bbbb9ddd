"""One report in all its forms: the samples of tests/formats, and how facts are compared."""

from __future__ import annotations

import csv
import functools
import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibiao.lookup import text as text_of
from zhibiao.reading import reading

if TYPE_CHECKING:
    import zhibiao

ROOT = Path(__file__).parents[2]
FORMATS = ROOT / "tests" / "formats"
SHARED = Path(os.environ.get("ZHIBIAO_CORPUS", "../shared")) / "corpus" / "reports"

_spec = importlib.util.spec_from_file_location("make_formats", FORMATS / "make.py")
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

Fact = tuple[Any, ...]

_BOUNDS = ("base_low", "base_high")
_FACT = ("metric", "measure", "kind", "period_start", "period_end", "comparator", "base_unit")


@functools.cache
def headline() -> frozenset[str]:
    path = ROOT / "src" / "lexicon" / "metrics.tsv"
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(row["id"] for row in rows if row["headline"] == "1")


def fact(row: dict[str, Any]) -> Fact:
    bounds = tuple(None if row[b] is None else float(f"{row[b]:.9g}") for b in _BOUNDS)
    return (*(row[name] for name in _FACT), *bounds)


def headline_facts(found: zhibiao.Extraction) -> dict[str, set[Fact]]:
    """The distinct facts of whole years about headline metrics, by the stem of the source."""
    facts: dict[str, set[Fact]] = {stem(row["source"]): set() for row in found.reports.to_dicts()}
    for row in found.observations.to_dicts():
        if row["metric"] in headline() and row["subperiod"] == "year":
            facts[stem(row["source"])].add(fact(row))
    return facts


def stem(source: str) -> str:
    return Path(source).name.partition(".")[0]


@dataclass
class Share:
    """How many facts two forms of the same reports have in common."""

    kind: str
    same: int = 0
    all: int = 0
    differ: list[str] = field(default_factory=list)

    def add(self, name: str, before: set[Fact], after: set[Fact]) -> None:
        self.same += len(before & after)
        self.all += len(before | after)
        self.differ += [f"{name}: lost {fact}" for fact in sorted(before - after, key=str)]
        self.differ += [f"{name}: new {fact}" for fact in sorted(after - before, key=str)]

    def check(self, floor: float = 0.99) -> None:
        share = self.same / max(self.all, 1)
        print(f"\n{self.kind}: {self.same} of {self.all} headline facts the same, {share:.4f}")
        print("\n".join(self.differ[:MOST]))
        assert self.all, f"{self.kind}: no facts"
        assert share >= floor, f"{self.kind} {share:.4f}\n" + "\n".join(self.differ[:MOST])


#: Differences that are printed.
MOST = int(os.environ.get("ZHIBIAO_SHOW", "20"))


def compare(kind: str, before: dict[str, set[Fact]], after: dict[str, set[Fact]]) -> Share:
    share = Share(kind)
    for name, facts in before.items():
        share.add(name, facts, after.get(name, set()))
    return share


def decoded(file: Path) -> str:
    """What `zhibiao text FILE` prints."""
    return text_of(str(file), reading())[1]


def reports(folder: str = "*") -> list[tuple[Path, str, int]]:
    """The texts of the shared corpus that are reports, with region and year."""
    with (SHARED / "INDEX.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        (SHARED / row["file"], row["region"], int(row["year"]))
        for row in rows
        if row["expect"] == "report"
        and row["file"].endswith(".txt")
        and (SHARED / row["file"]).is_file()
        and folder in ("*", row["level"])
    ]


def plain(file: Path) -> str:
    return decoded(file).replace("\r\n", "\n")
