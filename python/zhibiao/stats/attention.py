"""How often a report names what: words of a list per 10,000 characters."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np

from zhibiao import _core
from zhibiao.errors import ArgumentError
from zhibiao.lookup import split
from zhibiao.reading import reading
from zhibiao.stats._frames import Column, Frame, add, build, give, need, pick, take, words
from zhibiao.stats._presets import preset_path, read_tsv

__all__ = ["attention"]

#: A list of words: the name or path of a file, or the words themselves.
WordList: TypeAlias = "str | os.PathLike[str] | Iterable[str]"

#: Of a report's row, what stands beside its counts.
_OF_REPORTS = (
    *("report_id", "source", "entity_id", "region_code", "region", "level", "report_year"),
    *("fragment", "inconsistent", "duplicate_of"),
)
_SPACE = re.compile(r"\s+")


def attention(
    source: Any,
    words: WordList | Mapping[str, WordList],
    *,
    text: str | None = None,
) -> Any:
    """Count the words of a list in each report, per 10,000 characters.

    ``per_10000`` = 10,000 * count / characters. White space is taken out first, so that a word
    which a line break cuts is found; ``characters`` is what remains, with punctuation. Words do not
    overlap: from the left, the longest that fits counts, and counting goes on behind it (of
    创新驱动 and 创新, 创新驱动发展 holds one). Each list is counted by itself. A text without
    characters has no ``per_10000``.

    Args:
        source: An extraction, whose files are read again; a frame with a column of texts; or pairs
            of an id and a text.
        words: The name of a list of the package (``environment``, ``innovation``, ``employment``,
            ``growth``: small lists of the project's own), the path of a TSV file with the column
            ``word``, or the words; or several lists by name: ``{"环境": ["环保", "污染"], …}``.
        text: The column of texts of a frame, ``text`` if not given; of an extraction the one that
            ``zhibiao.extract`` was told, if it was.

    Returns:
        A row for each text and list: of an extraction ``report_id``, ``source``, ``entity_id``,
        ``region_code``, ``region``, ``level``, ``report_year`` and what speaks against counting it
        (``fragment``, ``inconsistent``, ``duplicate_of``), of a frame all other columns, of pairs
        ``id``; then ``words`` (the list's name; ``words`` where it has none), ``count``,
        ``characters`` and ``per_10000``.

    Raises:
        ArgumentError: A list is empty or cannot be read, ``source`` is none of these, or the
            extraction was made of a frame, which is not kept: give the frame itself.
        TableError: The frame has no such column.
        SourceNotFoundError: A file of the extraction is not there any more.

    Examples:
        >>> from zhibiao import stats
        >>> texts = [("a", "创新驱动发展，科技创新。"), ("b", "稳就业。")]
        >>> told = stats.attention(texts, ["创新", "创新驱动"])
        >>> told.select("id", "count", "characters").rows()
        [('a', 2, 12), ('b', 0, 4)]

    """
    lists = _lists(words)
    frame, texts = _texts(source, text)
    counted = [_core.count_words(texts, own) for own in lists.values()]
    counts = np.concatenate([np.array(words, dtype=np.int64) for words, _ in counted])
    long = np.concatenate([np.array(told, dtype=np.int64) for _, told in counted])
    rate = np.full(long.size, np.nan)
    np.divide(10_000 * counts, long, out=rate, where=long > 0)
    columns = {
        "words": Column(str, [name for name in lists for _ in texts]),
        "count": Column(int, counts.tolist()),
        "characters": Column(int, long.tolist()),
        "per_10000": Column(float, rate),
    }
    return give(add(pick(frame, np.tile(np.arange(len(texts)), len(lists))), columns))


def _lists(words: WordList | Mapping[str, WordList]) -> dict[str, list[str]]:
    if isinstance(words, Mapping):
        lists = {name: _list(own)[1] for name, own in words.items()}
    else:
        lists = dict([_list(words)])
    for name, own in lists.items():
        if not own:
            raise ArgumentError(f"the list {name} has no words; give one at least")
    if not lists:
        raise ArgumentError("no list of words is given; give one at least")
    return lists


def _list(words: WordList) -> tuple[str, list[str]]:
    if isinstance(words, (str, os.PathLike)):
        name, path = preset_path(words, "attention")
        told = [row["word"] for _, row in read_tsv(path, ("word",))]
    else:
        name, told = "words", list(words)
    if not all(isinstance(word, str) for word in told):
        raise ArgumentError(f"the list {name} holds something that is no word; give texts alone")
    return name, [dense for word in told if (dense := _SPACE.sub("", word))]


def _texts(source: Any, text: str | None) -> tuple[Frame, list[str]]:
    """Give what stands beside the counts, and the texts."""
    if isinstance(source, _core.Extraction):
        reports = take(source.reports)
        return reports.select(*_OF_REPORTS), _of_files(words(reports, "source"), text)
    if hasattr(source, "columns") or hasattr(source, "__arrow_c_stream__"):
        frame = take(source, "source")
        column = text or "text"
        need(frame, column, what="source")
        return frame.drop(column), [one or "" for one in words(frame, column)]
    try:
        pairs = [(str(name), str(one)) for name, one in source]
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            f"source is a {type(source).__name__}; expected an extraction, a frame with a column "
            "of texts, or pairs of an id and a text"
        ) from error
    beside = build(None, {"id": Column(str, [name for name, _ in pairs])})
    return beside, [one for _, one in pairs]


def _of_files(sources: list[str | None], text: str | None) -> list[str]:
    """Read the files of an extraction again, each of them once."""
    wanted = reading(text=text)
    files: dict[os.PathLike[str], dict[str, str]] = {}
    texts: list[str] = []
    for source in sources:
        name = source or ""
        if name.startswith("<frame>"):
            raise ArgumentError(
                f"{name} came from a frame, whose texts are not kept; give the frame itself, "
                "and the name of its column as text="
            )
        file, only = split(name)
        if file not in files:
            names, told = _core.names(file, wanted), _core.decode(file, wanted)
            files[file] = dict(zip(names, told, strict=True))
        texts.append(files[file][only or name])
    return texts
