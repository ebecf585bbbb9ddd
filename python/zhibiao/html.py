"""Tables and extractions in a notebook. A report is untrusted text: all of it is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from zhibiao import show
from zhibiao.marks import Sentence, describe, pieces, sentences

if TYPE_CHECKING:
    from zhibiao._core import Extraction, Table

__all__ = ["extraction", "table"]

_ROWS = 10
_SENTENCES = 30

_COLOURS = {"actual": "#d8f0d8", "target": "#ffeeba"}


def table(table: Table) -> str:
    """Give the first rows of a table as HTML."""
    head = "".join(f"<th>{_safe(name)}</th>" for name in table.column_names)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
        for row in table.to_dicts(0, _ROWS)
    )
    more = f" (the first {_ROWS} shown)" if table.num_rows > _ROWS else ""
    name = _safe(table.metadata.get("zhibiao.table", "table"))
    return (
        f"<div><p><b>{name}</b>: {table.num_rows} rows{more}</p>"
        f'<div style="overflow-x:auto"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></div>"
    )


def extraction(extraction: Extraction) -> str:
    """Give reports, problems and the first sentences, each value marked, as HTML."""
    marked = sentences(extraction)
    reports = "".join(f"<li>{_report(row)}</li>" for row in extraction.reports.to_dicts(0, _ROWS))
    problems = "".join(
        f"<li>{_safe(row['message'])}</li>" for row in extraction.problems.to_dicts(0, _ROWS)
    )
    body = "".join(_sentence(sentence) for sentence in marked[:_SENTENCES])
    more = len(marked) - _SENTENCES
    return (
        f"<div><p><b>{extraction.reports.num_rows} reports, "
        f"{extraction.observations.num_rows} observations, "
        f"{extraction.problems.num_rows} problems</b></p><ul>{reports}</ul>"
        + (f"<p>Problems</p><ul>{problems}</ul>" if problems else "")
        + body
        + (f"<p>… and {more} more sentences</p>" if more > 0 else "")
        + "</div>"
    )


def _report(row: dict[str, object]) -> str:
    told = (row["title"], row["region"], row["region_code"], row["report_year"], row["source"])
    return _safe(" · ".join(str(item) for item in told if item))


def _sentence(sentence: Sentence) -> str:
    text = "".join(
        _safe(text) if row is None else _mark(text, row["kind"], describe(row))
        for text, row in pieces(sentence)
    )
    read = "".join(
        f"<li>{_mark(row['text'], row['kind'], row['observation_id'])} {_safe(describe(row))}</li>"
        for row in sentence.observations
    )
    return f'<p style="margin-bottom:0">{text}</p><ul style="margin-top:0">{read}</ul>'


def _mark(text: str, kind: str, title: str) -> str:
    style = f"background:{_COLOURS[kind]}"
    return f'<mark style="{style}" title="{_safe(title)}">{_safe(text)}</mark>'


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return _safe("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _safe(text: object) -> str:
    return escape(show.escape(str(text)))
