"""Two copies of a report must tell the same headline facts.

Copies that hold the same text (a .docx and its .txt, GB18030 and UTF-8, the text with and without
the chrome around it) must agree altogether; copies from different sources (__NAME in the name of
the file) are transcriptions of their own, with words left out and digits lost, so that there only
a share agrees.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import tables
from check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from check import Quotes
    from tables import Key, Row

Facts = dict["Key", list["Row"]]

TITLE = re.compile(r"工\s*作\s*报\s*告|人民代表大会")
SALUTATION = re.compile(r"各\s*位\s*代\s*表")
#: The title stands at most so far before the first salutation,
BEFORE = 400
#: and the report ends at most so far behind the last one.
BEHIND = 2500
#: Behind these words the report goes on, or has an annex.
MORE = re.compile(r"附件|附[:：]|附\s*表|实事|测算|预期目标|清醒地看到|指导思想|总体要求")


def checks(index: list[Row], rows: list[Row], quotes: Quotes) -> list[Check]:
    """The copies that the list of the corpus knows."""
    told = _facts_by_source(rows)
    same = {
        ending: Check(f"copies: {ending} and .txt", is_exact=True)
        for ending in (".docx", ".gb18030.txt")
    }
    others = Check("copies: transcriptions of one report")
    for left, right in _copies(index):
        ending = next((end for end in same if end in (left + right)), "")
        check = same[ending] if _stem(left) == _stem(right) and ending else others
        if left in told and right in told:
            _compare(check, (left, right), (told[left], told[right]), (quotes, quotes))
    return [*same.values(), others]


def without_chrome(before: list[Row], after: list[Row], quotes: Quotes, cut: Quotes) -> Check:
    """The texts as they are and with the chrome cut off, told by the same file names."""
    check = Check("copies: as it is and with its chrome cut off", is_exact=True)
    whole, trimmed = _facts_by_source(before), _facts_by_source(after)
    for name in sorted(trimmed):
        pair = (name, f"{name}, cut")
        _compare(check, pair, (whole.get(name, {}), trimmed[name]), (quotes, cut), quiet=True)
    return check


def _compare(
    check: Check,
    names: tuple[str, str],
    facts: tuple[Facts, Facts],
    quotes: tuple[Quotes, Quotes],
    quiet: bool = False,
) -> None:
    """Ask of every fact of two copies whether both tell it; `quiet` notes what differs alone."""
    left, right = facts
    both, either = left.keys() & right.keys(), left.keys() | right.keys()
    if either and not (quiet and both == either):
        jaccard, f1 = len(both) / len(either), 2 * len(both) / (len(left) + len(right))
        check.notes.append(f"Jaccard {jaccard:.3f}  F1 {f1:.3f}  {' | '.join(names)}")
    for key in sorted(either, key=str):
        side = 0 if key in left else 1
        rows = facts[side].get(key, [])[:1]
        near = [row for row in _rows(facts[1 - side]) if _near(rows, row)][:1]
        failure = f"only in {names[side]}: {key}{quotes[side].lines(rows)}"
        check.ask(key in both, failure + quotes[1 - side].lines(near))


def _rows(facts: Facts) -> Iterable[Row]:
    return itertools.chain.from_iterable(facts.values())


def _near(rows: list[Row], row: Row) -> bool:
    """What the other copy makes of the same words, as far as the printed value tells."""
    return bool(rows) and (row["metric"], row["text"]) == (rows[0]["metric"], rows[0]["text"])


def _facts_by_source(rows: list[Row]) -> dict[str, Facts]:
    """Facts by folder and name of the file; the list names files in this way."""
    sources = defaultdict(list)
    for row in rows:
        sources["/".join(row["source"].split("/")[-2:])].append(row)
    return {source: tables.facts_of(told) for source, told in sources.items()}


def _stem(file: str) -> str:
    """The name of a text without its ending, whichever way its source is attached to it."""
    return re.sub(r"(\.gb18030)?\.\w+$", "", file.split("/")[-1]).replace("__", "_")


def _copies(index: list[Row]) -> list[tuple[str, str]]:
    """Pairs of files of one region and year; a report of the autumn is another report."""
    reports = defaultdict(list)
    for row in index:
        if row["expect"] == "report" and "__autumn" not in row["file"]:
            reports[row["level"], row["region"], row["year"]].append(row["file"])
    return [pair for files in reports.values() for pair in itertools.combinations(sorted(files), 2)]


def cut_chrome(folders: list[Path], out: Path) -> int:
    """Copy the texts from which something can be cut, under their own names."""
    n = 0
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            if path.parent.name == "raw":
                continue
            text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
            body = text[slice(*body_of(text))]
            if body != text:
                target = out / path.parent.name / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(body.encode())
                n += 1
    return n


def body_of(text: str) -> tuple[int, int]:
    """Where the title begins and the last exhortation ends; the whole where that cannot be told.

    Told without the program, so that it is no judge in its own cause: the last line with a word of
    the title before the first salutation, the last line that ends with an exclamation behind the
    last one.
    """
    salutations = [found.start() for found in SALUTATION.finditer(text)]
    if not salutations:
        return 0, len(text)
    first, last = salutations[0], salutations[-1]
    titles = [t.start() for t in TITLE.finditer(text[:first]) if first - t.start() < BEFORE]
    start = _title(text, titles) if titles else 0
    if last < len(text) / 2:
        return start, len(text)
    ends = [m.end() for m in re.finditer(r"[!！]\s*$", text[last : last + BEHIND], re.MULTILINE)]
    end = last + ends[-1] if ends else len(text)
    return start, len(text) if MORE.search(text[end:]) else end


def _title(text: str, titles: list[int]) -> int:
    """Go back from the last word of a title over the lines that belong to the title."""
    line = text.rfind("\n", 0, titles[-1]) + 1
    for start in reversed(titles[:-1]):
        above = text.rfind("\n", 0, start) + 1
        if line - above < 60:
            line = above
    return line
