"""Stata files (.dta), which pandas reads; the core asks for them here.

Before Stata 14 a file did not say its encoding, and pandas takes it for Western; what was written
in China is GB18030. Labels of values stand for the numbers, as Stata shows them.
"""

from __future__ import annotations

import io
from typing import Any

from zhibiao.errors import TableError
from zhibiao.frame import library

__all__ = ["read"]

#: Releases before 118 are of Stata 13 and older.
_OLD_RELEASES = (b"<stata_dta><header><release>117",)


def read(data: bytes) -> Any:
    """Read a Stata file of any release.

    Args:
        data: The bytes of the file.

    Returns:
        A ``pandas.DataFrame``, which has ``__arrow_c_stream__``.

    Raises:
        ImportError: pandas or pyarrow is not installed; the message says how to install them.
        TableError: The file is damaged.

    """
    pandas = library("pandas", "stata")
    library("pyarrow", "stata")  # by which pandas hands its frames over
    try:
        frame = _frame(pandas, data)
    except Exception as error:  # pandas raises whatever it stumbles over
        raise TableError(f"{error}; open it in Stata and save it again") from error
    return _decoded(frame) if _is_old(data) else frame


def _frame(pandas: Any, data: bytes) -> Any:
    plain = {"convert_dates": False, "preserve_dtypes": False}
    try:
        return pandas.read_stata(io.BytesIO(data), **plain)
    except ValueError:  # two values with one label
        return pandas.read_stata(io.BytesIO(data), convert_categoricals=False, **plain)


def _is_old(data: bytes) -> bool:
    return not data.startswith(b"<") or data.startswith(_OLD_RELEASES)


def _decoded(frame: Any) -> Any:
    texts = frame.select_dtypes(["object", "string", "category"])
    decoded = {name: texts[name].astype(object).map(_text) for name in texts}
    return frame.assign(**decoded).rename(columns=_text)


def _text(value: Any) -> Any:
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        data = value.encode("latin-1")
    except UnicodeEncodeError:
        return value
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value
