"""From files or a text to the four tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceNotFoundError

PathLike: TypeAlias = "str | os.PathLike[str]"

#: Called with sources read, all sources, bytes read, all bytes.
Progress: TypeAlias = Callable[[int, int, int, int], object]

__all__ = ["PathLike", "Progress", "extract", "read"]


def extract(
    source: PathLike | Iterable[PathLike],
    *,
    threads: int | None = None,
    progress: bool | Progress | None = None,
    lexicon: PathLike | None = None,
    index: PathLike | None = None,
) -> _core.Extraction:
    """Read every report of a file, a folder (with its subfolders) or a list of both.

    Args:
        source: Where the reports are.
        threads: How many threads to use; one a core if not given. The tables do not depend on it.
        progress: True for a bar with rate and time left (silent where there is no terminal or
            notebook), or a function that is called with sources read, all sources, bytes read and
            all bytes.
        lexicon: A TSV file of metrics that adds to the built-in ones or overrides them.
        index: A CSV or TSV file with the columns file, region (a name or a six-digit code) and
            year, which override what a text says of itself. ``file`` is a path, or the end of one.

    Returns:
        The tables ``reports``, ``observations``, ``sentences`` and ``problems``. A file that cannot
        be read, or is no report, is a row of ``problems``. Rows follow the names of the files.

    Raises:
        SourceNotFoundError: ``source`` is a single path that does not exist.
        ArgumentError: ``threads``, ``lexicon`` or ``index`` cannot be used.
        LexiconError: A line of ``lexicon`` cannot be read.
        KeyboardInterrupt: Ctrl-C; the run ends within a second.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.extract(zhibiao.sample, threads=2)
        >>> found.observations.column_names[:3]
        ['observation_id', 'report_id', 'source']

    """
    from zhibiao.progress import reporter

    if threads is not None and threads < 1:
        raise ArgumentError(f"threads is {threads}; expected a number from 1, or None")
    with reporter(progress) as report:
        return _core.extract(
            _paths(source),
            threads=threads or 0,
            progress=report,
            lexicon=_lexicon(lexicon),
            index=_index(index),
        )


def read(
    text: str,
    region: str | None = None,
    year: int | None = None,
    *,
    lexicon: PathLike | None = None,
) -> _core.Extraction:
    """Read one text, for trying things out.

    Args:
        text: A report, or a piece of one.
        region: The reporting region, by name or six-digit code, if the text does not tell it.
        year: The report year, if the text does not tell it.
        lexicon: As for `extract`.

    Returns:
        The same four tables as `extract`; in a notebook they show each value in its sentence.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.read("2024年，地区生产总值增长5.2%。", region="湖北省", year=2025)
        >>> found.observations.column("text")
        ['5.2%']

    """
    return _core.read(text, region=region, year=year, lexicon=_lexicon(lexicon))


def _paths(source: PathLike | Iterable[PathLike]) -> list[Path]:
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if not path.exists():
            raise SourceNotFoundError(
                f"{path}: there is no such file or folder; check the spelling and the working "
                f"directory ({Path.cwd()})"
            )
        return [path]
    return [Path(path) for path in source]


def _lexicon(path: PathLike | None) -> tuple[str, str] | None:
    if path is None:
        return None
    try:
        return str(path), Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ArgumentError(f"lexicon {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ArgumentError(f"lexicon {path} is not UTF-8; save it as UTF-8") from error


def _index(path: PathLike | None) -> list[tuple[str, str | None, int | None]]:
    if path is None:
        return []
    from zhibiao.index import read_index

    return read_index(Path(path))
