"""Figures as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["save"]

#: Fields that would make two files of one figure differ.
_DATES: dict[str, dict[str, Any]] = {
    ".pdf": {"CreationDate": None},
    ".svg": {"Date": None},
    ".eps": {"CreationDate": None},
}


def save(figure: Figure | Axes, path: str | os.PathLike[str], *, dpi: int = 600) -> Path:
    """Write a figure as journals want it: its size kept, its letters letters.

    In PDF and EPS fonts are embedded as they are (type 42, no type 3), so that text can be searched
    and edited. Where a journal asks for TrueType, put a family of that kind, such as SimHei or
    WenQuanYi Micro Hei, into ``rcParams["font.family"]``: Noto CJK has PostScript outlines. In SVG
    letters are outlines, which look the same everywhere. Files carry no date: the same figure gives
    the same bytes. rcParams stay as they are.

    Args:
        figure: A figure, or axes of one.
        path: Where to; the ending tells the format: ``.pdf``, ``.svg``, ``.png`` and others.
        dpi: Dots per inch of pictures.

    Returns:
        The path.

    Raises:
        ArgumentError: The ending is of no format that matplotlib writes.

    Examples:
        >>> import tempfile
        >>> import zhibiao
        >>> import zhibiao.plot
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> axes = zhibiao.plot.over_time(found.panel(), "青湾市", language="en")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     zhibiao.plot.save(axes, f"{folder}/gdp.pdf").name
        'gdp.pdf'

    """
    inner: Any = figure.figure  # of axes their figure or the part of it, of a figure itself
    whole = inner.figure
    path = Path(path)
    known = whole.canvas.get_supported_filetypes()
    if path.suffix.lstrip(".").lower() not in known:
        raise ArgumentError(f"{path}: its ending is none of {', '.join(sorted(known))}")
    settings: Any = {
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "zhibiao",
        "savefig.bbox": None,
    }
    with mpl.rc_context(settings):
        whole.savefig(path, dpi=dpi, metadata=_DATES.get(path.suffix.lower()))
    return path
