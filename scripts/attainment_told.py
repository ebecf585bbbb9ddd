"""How often do reports tell what became of their own targets?

Prints, for yearly growth targets of headline metrics that a whole report states and whose next
report is among the files and whole too, how often the figure reached is told, in Markdown:

    python scripts/attainment_told.py ../shared/corpus/reports
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from typing import Any

import zhibiao

#: What the next reports say, and the column that it is counted in.
COLUMNS = {
    "told": ("stated_annual",),
    "claimed": ("claimed_met", "claimed_missed"),
    "part or relation": ("part_of_year", "relational"),
    "named without number": ("named_without_number",),
    "not mentioned": ("not_mentioned",),
}


def headline() -> set[str]:
    page = zhibiao._core.codebook()
    return set(re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\|[^|]*\| yes \|", page, re.MULTILINE))


def told(found: zhibiao.Extraction) -> dict[str, list[dict[str, Any]]]:
    """Give the cells that count, by metric."""
    whole = {
        (row["entity_id"], row["report_year"])
        for row in found.reports.to_dicts()
        if not row["fragment"]
    }
    metrics = headline()
    cells = defaultdict(list)
    for row in zhibiao.panel(found).to_dicts():
        if (
            row["metric"] in metrics
            and (row["measure"], row["horizon"]) == ("growth", "annual")
            and row["target_state"] == "stated"
            and {(row["entity_id"], row["year"]), (row["entity_id"], row["year"] + 1)} <= whole
        ):
            cells[row["metric"]].append(row)
    return cells


def line(name: str, rows: list[dict[str, Any]]) -> str:
    states = Counter(row["actual_state"] for row in rows)
    shares = [sum(states[state] for state in of) / len(rows) for of in COLUMNS.values()]
    unknown = sum(row["met"] in (None, "undetermined") for row in rows) / len(rows)
    figures = " | ".join(f"{share:.0%}" for share in [*shares, unknown])
    return f"| {name} | {len(rows)} | {figures} |"


def by_verdict(rows: list[dict[str, Any]]) -> str:
    met = Counter(row["met"] or "nothing to judge by" for row in rows)
    return ", ".join(f"{name} {number}" for name, number in sorted(met.items()))


def main() -> None:
    cells = told(zhibiao.extract(sys.argv[1]))
    every = [row for rows in cells.values() for row in rows]
    names = ["metric", "targets", *COLUMNS, "met unknown"]
    print("| " + " | ".join(names) + " |")
    print("|" + " --- |" * len(names))
    for metric, rows in sorted(cells.items(), key=lambda item: -len(item[1])):
        print(line(f"`{metric}`", rows))
    print(line("all", every))
    print(f"\nmet: {by_verdict(every)}")


if __name__ == "__main__":
    main()
