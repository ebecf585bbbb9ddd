"""A report's text cut into sentences and marked values, for terminal and notebook alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibiao._core import Extraction

Row = dict[str, Any]

__all__ = ["Row", "Sentence", "describe", "pieces", "sentences"]


@dataclass
class Sentence:
    """A sentence and what was read from it."""

    row: Row
    observations: list[Row] = field(default_factory=list)


def sentences(extraction: Extraction) -> list[Sentence]:
    """Give every sentence that a value stands in, in the order of the tables."""
    found = {row["sentence_id"]: Sentence(row) for row in extraction.sentences.to_dicts()}
    for row in extraction.observations.to_dicts():
        found[row["sentence_id"]].observations.append(row)
    return list(found.values())


def pieces(sentence: Sentence) -> Iterator[tuple[str, Row | None]]:
    """Cut a sentence's text into stretches, each with the value that it is, or None."""
    text, start = sentence.row["text"], sentence.row["start"]
    at = 0
    for row in sorted(sentence.observations, key=lambda row: (row["start"], -row["end"])):
        begin, end = row["start"] - start, row["end"] - start
        if begin < at:  # a second reading of the same words
            continue
        if begin > at:
            yield text[at:begin], None
        yield text[begin:end], row
        at = end
    if at < len(text):
        yield text[at:], None


def describe(row: Row) -> str:
    """Say in one line what was read."""
    words = [
        row["kind"],
        row["metric"] or row["subject"],
        row["measure"] if row["measure"] != "level" else "",
        _value(row),
        _period(row),
        row["modality"] if row["modality"] not in (None, "plain") else "",
        "stretch" if row["stretch"] else "",
        "baseline" if row["baseline"] else "",
        row["vintage"] if row["vintage"] not in (None, "unstated") else "",
        row["basis"] if row["basis"] != "unstated" else "",
        f"check: {', '.join(row['reasons'])}" if row["reasons"] else "",
        f"[{row['rule']}]",
    ]
    return " ".join(word for word in words if word)


def _value(row: Row) -> str:
    low, high, unit = row["value_low"], row["value_high"], row["unit"] or ""
    match row["comparator"]:
        case "range":
            return f"{low:g}…{high:g}{unit}"
        case "ge":
            return f"≥{_number(low)}{unit}"
        case "le":
            return f"≤{_number(high)}{unit}"
        case "approx":
            return f"≈{_number(low)}{unit}"
        case "eq":
            return f"{_number(low)}{unit}"
        case relation:
            return f"{relation} {row['reference'] or ''}".strip()


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.12g}"


def _period(row: Row) -> str:
    start, end = row["period_start"], row["period_end"]
    years = str(end) if start == end else f"{start}-{end}"
    told = [row["subperiod"] if row["subperiod"] != "year" else "", row["aggregation"]]
    return " ".join([years, *(word for word in told if word and word != "annual")])
