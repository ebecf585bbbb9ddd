#!/usr/bin/env python3
"""Are the yearly cells of a panel right that the hand-made facts of its texts imply?

usage: score_panel.py FACTS.tsv FOLDER... [--show N]

Each text of FACTS.tsv (written like those of score_facts.py) is looked for in the folders by its
name, extracted alone, and made into a complete panel. A side of a yearly cell of a headline metric
is one of metric, kind, measure, unit and year; the facts imply those that they give a number or a
relation for a single year that the text can speak of. Prints

- of the sides for which the panel shows a number the share that is right: its bounds are those of
  one of the facts of that side, of the stretch value only where there is no other;
- of the sides that the facts imply the share that is filled: with a number, or a relation;
- the states that the panel gives the target of the text's year and the actual of the year before,
  by what the facts have there.

The tables are full for headline metrics, so that a number without a fact is wrong. Sides of which
all facts are optional are left out, and so are differences in 百分点 without a fact, as in
score_facts.py. An index (103) is its rate (3 %), as in the panel.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tables import Row

#: The unit in which a lone level is an index rather than a rate, and from where on.
INDEX, LOWEST_INDEX = "cpi", 50.0
#: What a table may say of a side, in the order of its columns.
TOLD = ("stated", "relational", "absent")


class Side(NamedTuple):
    """One side of a yearly cell."""

    metric: str
    kind: str
    measure: str
    year: int
    unit: str


class Bounds(NamedTuple):
    """Bounds in base units; a relation to something else has none."""

    low: float | None
    high: float | None


RELATION = Bounds(None, None)


@dataclass
class Fact:
    """What a row of the table says of a side."""

    bounds: Bounds
    quote: str
    optional: bool
    stretch: bool


Facts = dict[Side, list[Fact]]


@dataclass
class Result:
    """Sides counted over texts."""

    shown: int = 0
    right: int = 0
    implied: int = 0
    filled: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    #: Kind, state of the panel, what the facts have.
    states: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def share_right(self) -> float:
        return self.right / self.shown if self.shown else 0.0

    @property
    def share_filled(self) -> float:
        return self.filled / self.implied if self.implied else 0.0


def implied(rows: Iterable[Row], report_year: int) -> Facts:
    """The facts of one text by the sides of yearly cells that they tell."""
    facts: Facts = defaultdict(list)
    for row in rows:
        metric, kind, measure, first, last, low, high, _, unit = tables.gold_key(row)
        # The year's target, or what was reached before it; later years are plans.
        speaks = last == report_year if kind == "target" else last < report_year
        if metric in tables.HEADLINE and first == last and speaks:
            bounds = Bounds(low, high)
            if metric == INDEX and measure == "level" and unit == "%":
                measure, bounds = "growth", Bounds(rate(low), rate(high))
            unit = "%" if measure == "growth" else unit
            side = Side(metric, kind, measure, last, unit)
            optional, stretch = bool(row.get("optional")), tables.true(row.get("stretch"))
            facts[side].append(Fact(bounds, row["quote"], optional, stretch))
    return facts


def rate(value: float | None) -> float | None:
    return value if value is None or value <= LOWEST_INDEX else rounded(value - 100)


def rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.9g}")


def shown(panel: Iterable[Row]) -> dict[Side, tuple[Bounds, Row]]:
    """The sides of yearly cells of headline metrics that the panel fills."""
    sides = {}
    for row in panel:
        if row["horizon"] != "annual" or row["metric"] not in tables.HEADLINE:
            continue
        for kind in ("target", "actual"):
            if row[f"{kind}_comparator"] is not None:
                side = Side(row["metric"], kind, row["measure"], row["year"], row["unit"] or "")
                bounds = Bounds(rounded(row[f"{kind}_low"]), rounded(row[f"{kind}_high"]))
                sides[side] = (bounds, row)
    return sides


def accepted(facts: Sequence[Fact]) -> set[Bounds]:
    """What the panel may show: the stretch value only where it stands alone."""
    return {f.bounds for f in facts if not f.stretch} or {f.bounds for f in facts}


def judge(doc: str, facts: Mapping[Side, Sequence[Fact]], panel: list[Row], into: Result) -> None:
    """Count the sides of one text."""
    sides = shown(panel)
    relations = {side[:4] for side, (bounds, _) in sides.items() if bounds == RELATION}
    for side, (bounds, _) in sorted(sides.items()):
        told = facts.get(side, [])
        left_out = told and all(fact.optional for fact in told)
        open_ = not told and side.measure == "change" and side.unit == "百分点"
        if bounds == RELATION or left_out or open_:
            continue
        into.shown += 1
        if bounds in accepted(told):
            into.right += 1
        else:
            into.wrong.append(f"{doc}: wrong {line(side, bounds)}  {quotes(told)}")
    for side, told in sorted(facts.items()):
        numbers = [fact for fact in told if fact.bounds != RELATION]
        if all(fact.optional for fact in told):
            continue
        into.implied += 1
        # A relation is told without a unit.
        if side in sides or (not numbers and side[:4] in relations):
            into.filled += 1
        else:
            into.missing.append(f"{doc}: missing {line(side, told[0].bounds)}  {quotes(told)}")


def line(side: Side, bounds: Bounds) -> str:
    return f"{' '.join(map(str, side))} {bounds.low}..{bounds.high}"


def quotes(facts: Sequence[Fact]) -> str:
    return " ".join(f"«{fact.quote}»" for fact in facts) or "no fact"


def count_states(
    facts: Mapping[Side, Sequence[Fact]], panel: Iterable[Row], report_year: int, into: Result
) -> None:
    """Count the states of what a text owes: its year's targets, actuals of the year before."""
    told: dict[tuple[str, str, str, int], str] = {}
    for side, of_side in facts.items():
        if all(fact.optional for fact in of_side):
            told.setdefault(side[:4], "optional")
        elif any(fact.bounds != RELATION for fact in of_side):
            told[side[:4]] = "stated"
        elif told.get(side[:4]) != "stated":
            told[side[:4]] = "relational"
    owed = {"target": report_year, "actual": report_year - 1}
    for row in panel:
        for kind, year in owed.items():
            known = row["horizon"] == "annual" and row["metric"] in tables.HEADLINE
            if known and row["year"] == year and row[f"{kind}_state"] is not None:
                what = told.pop((row["metric"], kind, row["measure"], year), "absent")
                into.states[kind, row[f"{kind}_state"], what] += 1
    for (_, kind, _, year), what in told.items():
        if year == owed[kind]:
            into.states[kind, "no cell", what] += 1


def texts_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The texts by their names; of several of one name the .txt nearest the top."""
    best: dict[str, tuple[bool, bool, str]] = {}
    for path in (p for folder in folders for p in folder.rglob("*") if p.is_file()):
        rank = (path.suffix != ".txt", "raw" in path.parts, str(path))
        stem = tables.stem_of(path.name)
        best[stem] = min(best.get(stem, rank), rank)
    return {stem: Path(rank[2]) for stem, rank in best.items()}


def run(facts: Path, folders: list[Path], show: int = 0) -> Result:
    """Print the shares and the states."""
    import zhibiao

    result, texts = Result(), texts_in(folders)
    by_doc: dict[str, list[Row]] = defaultdict(list)
    for row in tables.read_tsv(facts):
        by_doc[row["doc"]].append(row)
    for doc, rows in sorted(by_doc.items()):
        if doc not in texts:
            print(f"{doc}: no such text in {', '.join(map(str, folders))}")
            continue
        found = zhibiao.extract(texts[doc])
        years = [year for year in found.reports.column("report_year") if year]
        if not years:
            print(f"{doc}: no report with a year")
        year = years[0] if years else max(int(row["period"][:4]) for row in rows)
        panel = zhibiao.panel(found, complete=True).to_dicts()
        told = implied(rows, year)
        judge(doc, told, panel, result)
        count_states(told, panel, year, result)
    print_result(result, show)
    return result


def print_result(result: Result, show: int) -> None:
    for problem in [*result.wrong, *result.missing][:show]:
        print(problem)
    print(f"values right  {result.share_right:.4f}  ({result.right} of {result.shown} shown)")
    print(f"cells filled  {result.share_filled:.4f}  ({result.filled} of {result.implied} implied)")
    columns = [*TOLD, "optional"]
    print(f"  {'state of the panel, by the facts':42s} {' '.join(f'{c:>10s}' for c in columns)}")
    rows = dict.fromkeys((kind, state) for kind, state, _ in sorted(result.states))
    for kind, state in rows:
        counts = (f"{result.states[kind, state, column]:10d}" for column in columns)
        print(f"  {f'{kind} {state}':42s} {' '.join(counts)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    run(options.facts, options.folders, options.show)


if __name__ == "__main__":
    main()
