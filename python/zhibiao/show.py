"""A report in the terminal: values coloured by kind, and beneath each sentence what was read.

A report is untrusted text: control characters, which could drive the terminal, are shown as signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibiao.errors import ArgumentError
from zhibiao.marks import Sentence, describe, pieces, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibiao._core import Extraction

__all__ = ["Style", "escape", "line", "render"]

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
# C1 controls, and the marks that turn the direction of text around.
_HIDDEN = (
    *range(0x80, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
_ESCAPES = (
    _PICTURES
    | {code: f"\\u{code:04x}" for code in _HIDDEN}
    | {ord("\n"): "\n", ord("\t"): "\t", ord("\r"): ""}
)


def escape(text: str) -> str:
    """Make every control character visible, except line feeds and tabs."""
    return text.translate(_ESCAPES)


def line(text: object) -> str:
    """Make text of one line: what a report or a file's name holds begins none of its own."""
    return escape(str(text)).replace("\n", "␊").replace("\t", "␉")


@dataclass(frozen=True)
class Style:
    """How values are marked: by colour, or by brackets where there is none."""

    colour: bool

    def value(self, text: str, kind: str) -> str:
        """Mark a value: an actual green, a target yellow."""
        if not self.colour:
            return f"⟦{text}⟧"
        return f"\x1b[1;{'32' if kind == 'actual' else '33'}m{text}\x1b[0m"

    def quiet(self, text: str) -> str:
        """Set text back."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text


def render(
    text: str, extraction: Extraction, *, style: Style, at: str | None = None
) -> Iterator[str]:
    """Give the lines of a report with what was read from it.

    Args:
        text: The decoded text that ``extraction`` was read from.
        extraction: The tables.
        style: How to mark values.
        at: Show only the sentence at this offset (code points), or of this observation id.

    Raises:
        ArgumentError: Nothing was read at ``at``.

    """
    marked = sorted(sentences(extraction), key=lambda sentence: sentence.row["start"])
    if at is not None:
        for sentence in _sentences_at(marked, at):
            yield from _sentence(sentence, style)
        return
    yield from _head(extraction, style)
    done = 0
    for sentence in marked:
        if sentence.row["start"] >= done:
            yield style.quiet(escape(text[done : sentence.row["start"]]).strip("\n"))
            done = sentence.row["end"]
        yield from _sentence(sentence, style)
    yield style.quiet(escape(text[done:]).strip("\n"))


def _head(extraction: Extraction, style: Style) -> Iterator[str]:
    for row in extraction.reports.to_dicts():
        told = (row["title"], row["region"], row["region_code"], row["level"], row["report_year"])
        yield style.quiet(line(" · ".join(str(item) for item in told if item)))
        yield from (f"! {line(warning)}" for warning in row["warnings"])
    for row in extraction.problems.to_dicts():
        yield f"! {line(row['message'])}"


def _sentence(sentence: Sentence, style: Style) -> Iterator[str]:
    marked = (
        escape(text) if row is None else style.value(escape(text), row["kind"])
        for text, row in pieces(sentence)
    )
    yield "".join(marked).strip("\n")
    for row in sentence.observations:
        value = style.value(line(row["text"]), row["kind"])
        place = f"{row['start']}:{row['end']} {row['observation_id']}"
        yield f"    └ {value} {line(describe(row))} {style.quiet(place)}"


def _sentences_at(marked: Iterable[Sentence], at: str) -> list[Sentence]:
    def holds(sentence: Sentence) -> bool:
        if at.isdecimal() and sentence.row["start"] <= int(at) < sentence.row["end"]:
            return True
        return any(row["observation_id"] == at for row in sentence.observations)

    found = [sentence for sentence in marked if holds(sentence)]
    if not found:
        raise ArgumentError(f"nothing was read at {at}; give an offset inside a sentence, or an id")
    return found
