"""What a consistency check gives, and the sentences that its failures are shown with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tables import Row

#: So much of a sentence is shown before and after a value.
AROUND = 40


@dataclass
class Check:
    """A question asked of many places, and the places where the answer was no."""

    name: str
    #: Must hold everywhere, whatever the sources say.
    is_exact: bool = False
    checked: int = 0
    #: One for each place; further lines of a failure are indented.
    failures: list[str] = field(default_factory=list)
    #: What is printed whether or not something failed.
    notes: list[str] = field(default_factory=list)

    def ask(self, holds: bool, failure: str) -> None:
        self.checked += 1
        if not holds:
            self.failures.append(failure)

    @property
    def failed(self) -> int:
        return len(self.failures)

    @property
    def agreeing(self) -> float:
        return 1 - self.failed / self.checked if self.checked else 1.0


class Quotes:
    """The sentences around values, from the table beside the observations."""

    def __init__(self, observations: Path) -> None:
        beside = observations.with_suffix(f".sentences{observations.suffix}")
        rows = tables.read_rows(beside) if beside.exists() else []
        self._sentences = {row["sentence_id"]: (int(row["start"]), row["text"]) for row in rows}

    def of(self, row: Row) -> str:
        """The value between marks in a piece of its sentence."""
        start, text = self._sentences.get(row.get("sentence_id"), (row["start"], row.get("text")))
        text = text or ""
        a, b = row["start"] - start, row["end"] - start
        piece = f"{text[max(a - AROUND, 0) : a]}»{text[a:b]}«{text[b : b + AROUND]}"
        return re.sub(r"\s+", " ", piece).strip()

    def line(self, row: Row) -> str:
        return f"\n      {tables.stem_of(row['source'])} @{row['start']}: {self.of(row)}"

    def lines(self, rows: Iterable[Row]) -> str:
        return "".join(self.line(row) for row in rows)
