"""One document by its name: a file, a row of a table, a member of an archive.

The name is what the tables show as ``source``: ``a.txt``, ``a.csv#12``, ``a.zip/dir/b.csv#12``.
``start`` and ``end`` count in the text of that one document, so whoever asks for a text by the name
of a file that holds many is told their names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceNotFoundError
from zhibiao.messages import listed

if TYPE_CHECKING:
    from zhibiao.reading import Reading

__all__ = ["split", "text", "unknown"]

_MOST_NAMES = 8


def split(name: str) -> tuple[Path, str | None]:
    """Give the file that ``name`` leads to, and the document that is wanted of it, if one is."""
    # Names of files that are no text of any encoding cannot be cut.
    if Path(name).exists() or not _is_text(name):
        return Path(name), None
    file, rest = _core.locate(name)
    return file, (file.as_posix() + rest if rest else None)


def text(name: str, reading: Reading) -> tuple[str, str]:
    """Give the full name of the one document that ``name`` leads to, and its decoded text.

    Raises:
        SourceNotFoundError: There is no such file, or no such document in it.
        ArgumentError: There are many documents; the message names some.
        SourceError: It cannot be read.

    """
    file, only = split(name)
    names = held(file, only, reading)
    if not names:
        raise unknown(file, only or name, reading)
    if len(names) > 1:
        raise ArgumentError(
            f"{name} holds {len(names)} documents; name one of {listed(names, _MOST_NAMES)}"
        )
    return names[0], _core.decode(file, {**reading, "only": names[0]})[0]


def unknown(file: Path, name: str, reading: Reading) -> SourceNotFoundError:
    """Give the error that ``file`` holds no document of this name."""
    names = _core.names(file, {**reading, "only": None})
    return SourceNotFoundError(
        f"{name}: {file} holds no such document; it holds {listed(names, _MOST_NAMES)}"
    )


def _is_text(name: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def held(file: Path, only: str | None, reading: Reading) -> list[str]:
    """Give the names of the documents that are wanted: one, those within a member, or all."""
    names = _core.names(file, {**reading, "only": only})
    if only is None or names:
        return names
    # A member that is a table or an archive itself.
    every = _core.names(file, {**reading, "only": None})
    return [name for name in every if name.startswith((f"{only}#", f"{only}/"))]
