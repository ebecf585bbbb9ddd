"""Tables → Stata (.dta, format 118: Stata 14 and later).

Words with levels become labelled integers, and the reason why a number is missing becomes its
extended missing value. pandas writes the file but for these, which are put into their places in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao import _core
from zhibiao.errors import ArgumentError, TableError
from zhibiao.frame import library, plain_arrow
from zhibiao.stata_names import LONGEST_NAME, stata_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["KEY", "MISSING", "prepared"]

#: What identifies a row of the panel: ``isid`` holds on these.
KEY = (
    "entity_num",
    "year",
    "metric",
    "measure",
    "unit",
    "horizon",
    "aggregation",
    "period_start",
)

#: Extended missing values of ``target`` and ``actual`` by their states; a letter means the same on
#: both sides. A plain ``.`` has no state.
MISSING = {
    "not_named": "a",
    "not_mentioned": "a",
    "report_not_in_corpus": "c",
    "next_report_not_in_corpus": "c",
    "fragment": "f",
    "claimed_met": "m",
    "named_without_number": "n",
    "outside_universe": "o",
    "part_of_year": "p",
    "relational": "r",
    "claimed_missed": "x",
}

_MEANING = {
    "a": "absent from the report",
    "c": "report not in corpus",
    "f": "report is a fragment",
    "m": "claimed met, no number",
    "n": "named without number",
    "o": "outside universe",
    "p": "part of the year only",
    "r": "relational, no number",
    "x": "claimed missed, no number",
}

_LONGEST_LABEL = 80
_LONGEST_TEXT = 2045  # bytes
_MOST_BYTES = 4  # of a character
_HEAD = 1024  # bytes: more than header and map of a file

_SIDES = ("target", "actual")
#: How Stata numbers `.a` in the labels of values.
_FIRST_EXTENDED = 2147483622
_EXTENDED = {_FIRST_EXTENDED - ord("a") + ord(letter): told for letter, told in _MEANING.items()}


def prepared(table: Any) -> Callable[[Path], None]:
    """Give what writes a table of zhibiao, or any frame, as a Stata file, in place.

    Raises:
        ImportError: pandas or pyarrow is not installed; the message says what to do.
        TableError: The rows of a panel are not identified by its key.

    """
    for name in ("pandas", "pyarrow"):
        library(name, "stata")
    frame = _frame(table)
    told = _described(table, frame)
    labels = {name: _label(name, told.get(name, {})) for name in frame}
    words: dict[str, dict[int, str]] = {}
    reasons: dict[str, Any] = {}
    for side in _SIDES:
        if {side, f"{side}_state"} <= set(frame):
            reasons[side] = _reasons(frame[side], frame[f"{side}_state"])
            words[side] = _EXTENDED
    for name in set(frame) - set(reasons):
        levels = told.get(name, {}).get("levels", "").split()
        frame[name], words[name] = _column(name, frame[name], levels)
    if _is_panel(frame):
        frame = _with_entity_number(frame, labels)
        _check_key(frame)
    frame = _reasons_first(frame, reasons)
    names = stata_names(frame)
    frame.columns = list(names.values())
    options = {
        "data_label": _file_label(table),
        "value_labels": {names[old]: levels for old, levels in words.items() if levels},
        "variable_labels": {names[old]: label for old, label in labels.items()},
    }
    return lambda path: _write(frame, path, options, list(reasons.values()))


def _write(frame: Any, path: Path, options: dict[str, Any], reasons: list[Any]) -> None:
    long = [name for name in frame if _is_long(frame[name])]
    frame.to_stata(
        path, byteorder="<", convert_strl=long, version=118, write_index=False, **options
    )
    _put_reasons(path, reasons)


def _reasons_first(frame: Any, reasons: Iterable[str]) -> Any:
    """Put the columns whose missing values have reasons in front, where their place is known."""
    first = list(reasons)
    return frame[[*first, *(name for name in frame if name not in first)]]


def _put_reasons(path: Path, reasons: list[Any]) -> None:
    """Write extended missing values over the plain ones of the first columns, all of doubles."""
    rows = len(reasons[0]) if reasons else 0
    if not rows:
        return
    numpy = library("numpy", "stata")
    with path.open("r+b") as file:
        head = file.read(_HEAD)
        places = numpy.frombuffer(head, "<u8", 14, head.index(b"<map>") + len(b"<map>"))
        start, end = int(places[9]) + len(b"<data>"), int(places[10]) - len(b"</data>")
        shape = (rows, (end - start) // rows)
        data = numpy.memmap(file, "u1", "r+", start, shape)
        for number, letters in enumerate(reasons):
            column = data[:, 8 * number : 8 * (number + 1)]
            for letter in set(letters) - {""}:
                # `.` is 0x7FE0000000000000, and each letter after it one more in the sixth byte.
                missing = numpy.array(0x7FE0 << 48 | _order(letter) << 40, "<u8")
                column[letters == letter] = missing.reshape(1).view("u1")
        data.flush()


def _order(letter: str) -> int:
    return ord(letter) - ord("a") + 1


def _is_long(values: Any) -> bool:
    """Tell a column with a text that is too long for a plain string of Stata."""
    if library("pandas", "stata").api.types.is_numeric_dtype(values):
        return False
    texts = values.dropna().astype(str)
    if not len(texts) or int(texts.str.len().max()) * _MOST_BYTES <= _LONGEST_TEXT:
        return False
    return any(len(text.encode()) > _LONGEST_TEXT for text in texts)


def _is_panel(frame: Any) -> bool:
    return {"entity_id", "region", *KEY[1:]} <= set(frame)


def _described(table: Any, frame: Any) -> dict[str, dict[str, str]]:
    """Give what the columns mean; a panel that went through another library has lost it."""
    told = getattr(table, "column_metadata", None)
    if told is None and _is_panel(frame):
        told = _core.panel(_core.read("")).column_metadata
    return told or {}


def _frame(table: Any) -> Any:
    """Give a new pandas frame of plain columns, without an index."""
    pandas = library("pandas", "stata")
    if isinstance(table, pandas.DataFrame):
        return table.reset_index(drop=True)
    if not hasattr(table, "__arrow_c_stream__"):
        raise ArgumentError(
            f"{type(table).__name__} is no table; give a table of zhibiao or a pandas, polars or "
            "pyarrow frame"
        )
    arrow = library("pyarrow", "stata")
    nullable = {
        arrow.bool_(): pandas.BooleanDtype(),
        arrow.int8(): pandas.Int8Dtype(),
        arrow.int16(): pandas.Int16Dtype(),
        arrow.int32(): pandas.Int32Dtype(),
    }
    return plain_arrow(table).to_pandas(types_mapper=nullable.get)


def _column(name: str, values: Any, levels: list[str]) -> tuple[Any, dict[int, str]]:
    """Give a column as Stata holds it, with the labels of its values."""
    types = library("pandas", "stata").api.types
    if levels:
        codes = {level: number for number, level in enumerate(levels, start=1)}
        coded = values.astype(object).map(codes).astype("Int8")
        return coded, {number: level for level, number in codes.items()}
    present = values.dropna()
    is_object = len(present) and values.dtype == object
    if types.is_bool_dtype(values) or (is_object and present.map(type).eq(bool).all()):
        return values.astype("boolean").astype("Int8"), _FLAGS
    if types.is_numeric_dtype(values):
        return values, {}
    text = values.astype(object).map(_text)
    if name == "unit":  # part of the key, which must not be empty
        text = text.replace("", "none")
    return text, {}


_FLAGS = {0: "no", 1: "yes"}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return " ".join(map(str, value))
    return "" if value is None or value != value else str(value)


def _reasons(values: Any, states: Any) -> Any:
    """Give the letter of each missing number, and nothing where there is a number or no state."""
    letters = states.astype(object).map(MISSING)
    return letters.where(values.isna() & letters.notna(), "").to_numpy(dtype=object)


def _with_entity_number(frame: Any, labels: dict[str, str]) -> Any:
    """Put the entity's number in front; units without an id count down from -1 by their names."""
    ids = frame["entity_id"]
    nameless = sorted(set(frame["region"][ids == ""]))
    below = {name: -number for number, name in enumerate(nameless, start=1)}
    numbers = [
        int(identity) if identity else below[region]
        for identity, region in zip(ids, frame["region"], strict=True)
    ]
    labels["entity_num"] = "entity_id as a number; negative for units without one"
    frame.insert(0, "entity_num", library("numpy", "stata").array(numbers, dtype="int32"))
    return frame


def _check_key(frame: Any) -> None:
    twice = frame[frame.duplicated(list(KEY), keep=False)]
    if len(twice):
        first = ", ".join(f"{name} {twice.iloc[0][name]}" for name in KEY)
        raise TableError(
            f"{len(twice)} rows of the panel share their key ({first}); leave out what was "
            "appended, or write another format"
        )


def _label(name: str, told: dict[str, str]) -> str:
    text = told.get("description", "")
    if len(name) > LONGEST_NAME:
        text = f"{name}: {text}" if text else name
    unit = told.get("unit", "")
    if unit and not unit.startswith("see") and len(text) + len(unit) + 3 <= _LONGEST_LABEL:
        text = f"{text} ({unit})"
    return text[:_LONGEST_LABEL]


def _file_label(table: Any) -> str:
    told = getattr(table, "metadata", {})
    version, lexicon = told.get("zhibiao.version", ""), told.get("zhibiao.lexicon", "")
    return f"zhibiao {version} lexicon {lexicon}".strip()[:_LONGEST_LABEL] if version else ""
