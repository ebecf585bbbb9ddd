"""The doubtful cells of a panel, as a file of corrections to be filled in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibiao import _core
from zhibiao.corrections import COLUMNS, settled

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from zhibiao._core import Extraction

__all__ = ["EXTRA", "review", "to_csv"]

#: What stands behind the columns of a correction, for the reader alone.
EXTRA = ("region", "year", "metric", "measure", "side", "text", "reason", "sentence")

_Row = dict[str, Any]
#: An observation, the field to look at, and why.
_Doubt = tuple[_Row, str, str]


def review(
    found: Extraction, corrections: str | os.PathLike[str] | None = None
) -> list[dict[str, Any]]:
    """Give the doubtful cells of the panel as lines of a file of corrections.

    A cell is doubtful where a statement that it shows carries ``check``, where another statement of
    the text disagrees with it, or where its two sides are not comparable.

    Args:
        found: What `zhibiao.extract` has read, with corrections applied or without.
        corrections: A file of corrections; what it corrects or confirms is left out.

    Returns:
        A dictionary for each statement, in the order of the panel, with the columns of a
        correction (``new``, ``who`` and ``why`` empty) and region, year, metric, measure, side,
        text, reason and sentence.

    Raises:
        ArgumentError: ``corrections`` cannot be read.

    Examples:
        >>> import zhibiao
        >>> text = "2024年，地区生产总值增长5.2%。全年地区生产总值增长6.1%。"
        >>> found = zhibiao.read(text, region="湖北省", year=2025)
        >>> for row in zhibiao.review(found):
        ...     print(row["text"], row["field"], row["reason"])
        5.2% certainty disagrees
        5.2% row conflict_chosen
        6.1% row conflict_other

    """
    done = settled(Path(corrections)) if corrections is not None else set()
    contents = dict(
        zip(found.reports.column("report_id"), found.reports.column("content_id"), strict=True)
    )
    sentences = dict(
        zip(found.sentences.column("sentence_id"), found.sentences.column("text"), strict=True)
    )
    lines: dict[tuple[str, int, int, str], dict[str, Any]] = {}
    for row, field, reason in _doubts(found):
        place = (contents[row["report_id"]], row["start"], row["end"])
        if place not in done:
            line = _line(place, row, field, reason, sentences[row["sentence_id"]])
            lines.setdefault((*place, field), line)
    return list(lines.values())


def to_csv(lines: list[dict[str, Any]]) -> str:
    """Give the lines as CSV with a byte order mark, by which Excel knows UTF-8."""
    import csv

    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*COLUMNS, *EXTRA], lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return "\ufeff" + out.getvalue()


def _line(
    place: tuple[str, int, int], row: _Row, field: str, reason: str, sentence: str
) -> dict[str, Any]:
    told = {
        "region": row["region"],
        "year": row["period_end"],
        "metric": row["metric"],
        "measure": row["measure"],
        "side": row["kind"],
        "text": row["text"],
        "reason": reason,
        "sentence": " ".join(sentence.split()),
    }
    old = "keep" if field == "row" else row[field] or "null"
    return {**dict(zip(COLUMNS, (*place, field, old, "", "", ""), strict=True)), **told}


def _doubts(found: Extraction) -> Iterator[_Doubt]:
    rows = {row["observation_id"]: row for row in found.observations.to_dicts()}
    for cell in _core.panel(found).to_dicts():
        sides = (cell[f"{side}_observation_ids"] for side in ("target", "actual"))
        both = [rows[ids[0]] for ids in sides if ids]
        for row in both:
            if row["certainty"] == "check":
                yield row, "certainty", " ".join(row["reasons"])
        if cell["comparable"] is False:
            for row in both:
                yield row, "variant", "not_comparable"
    for conflict in _core.conflicts(found).to_dicts():
        for which in ("chosen", "other"):
            yield rows[conflict[f"{which}_observation_id"]], "row", f"conflict_{which}"
