"""The figures of a run: read from what a scorer prints, listed at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass
class Figure:
    """A line of the closing table; regions and exact spans have one value, their share."""

    what: str
    f1: float
    of: str
    recall: float | None = None
    precision: float | None = None

    def cells(self) -> list[str]:
        """Recall, precision, F1."""
        if self.recall is None or self.precision is None:
            return ["", "", f"{self.f1:.3f}"]
        return [f"{value:.3f}" for value in (self.recall, self.precision, self.f1)]


def f1_lines(what: str, printed: str) -> list[Figure]:
    pattern = r"^(\w+) +recall (\S+) +precision (\S+) +F1 (\S+) +\((.*)\)"
    return [
        Figure(f"{what}: {name}", float(f1), of, float(recall), float(precision))
        for name, recall, precision, f1, of in re.findall(pattern, printed, re.MULTILINE)
    ]


def print_table(figures: list[Figure]) -> None:
    print("\n== all figures: recall, precision, F1 or share")
    for figure in figures:
        recall, precision, f1 = figure.cells()
        print(f"{recall:5}  {precision:5}  {f1:5}  {figure.what}  {figure.of}".rstrip())
