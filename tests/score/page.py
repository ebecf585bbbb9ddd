"""Renew the tables of a Markdown page between their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import breakdown

if TYPE_CHECKING:
    from pathlib import Path

    from check import Check
    from figures import Figure

#: Figures that have a table of their own.
APART = ("comparability, ", "certainty, ")


def marks(name: str) -> tuple[str, str]:
    return f"<!-- {name} -->", f"<!-- end of {name} -->"


def between(text: str, name: str, lines: list[str]) -> str:
    """Put lines between the marks of a name; a page without them stays as it is."""
    first, last = marks(name)
    if first not in text:
        return text
    before, rest = text.split(first)
    table = "\n".join(lines)
    return f"{before}{first}\n{table}\n{last}{rest.split(last)[1]}"


def renew(
    page: Path, figures: list[Figure], checks: list[Check], groups: list[breakdown.Group]
) -> None:
    text = page.read_text(encoding="utf-8")
    for name, lines in parts(figures, checks, groups).items():
        text = between(text, name, lines)
    page.write_text(text, encoding="utf-8")
    print(f"written: {page}")


def parts(
    figures: list[Figure], checks: list[Check], groups: list[breakdown.Group]
) -> dict[str, list[str]]:
    """The tables by the names of their marks."""
    apart = {head: [f for f in figures if f.what.startswith(head)] for head in APART}
    rest = [figure for figure in figures if not figure.what.startswith(APART)]
    return {
        "figures": table(rest),
        "comparability": shares(apart["comparability, "], "comparability, "),
        "certainty": shares(apart["certainty, "], "certainty, "),
        "checks": [
            "| asked | places | where not | share that agrees |",
            "| --- | ---: | ---: | ---: |",
            *(f"| {c.name} | {c.checked} | {c.failed} | {c.agreeing:.3f} |" for c in checks),
        ],
        **(breakdown.sections(groups) if groups else {}),
    }


def table(figures: list[Figure]) -> list[str]:
    return [
        "| compared | recall | precision | F1 or share | rows |",
        "| --- | ---: | ---: | ---: | --- |",
        *(f"| {' | '.join([f.what, *f.cells(), f.of])} |" for f in figures),
    ]


def shares(figures: list[Figure], head: str) -> list[str]:
    """Figures that are shares: a line for what was judged, a column for each of the tables."""
    if not figures:
        return ["*Nothing to compare yet.*"]
    cells = {}
    for figure in figures:
        of, _, what = figure.what.removeprefix(head).partition(": ")
        cells[what, of] = f"**{figure.f1:.3f}** ({figure.of})"
    columns = list(dict.fromkeys(of for _, of in cells))
    lines = [
        f"| {what} | {' | '.join(cells.get((what, of), '') for of in columns)} |"
        for what in dict.fromkeys(what for what, _ in cells)
    ]
    return [f"| share | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}", *lines]
