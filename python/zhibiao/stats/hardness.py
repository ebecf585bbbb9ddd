"""How hard a target is worded: classes by words, as a list tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibiao.errors import ArgumentError
from zhibiao.stats._cells import cells_of
from zhibiao.stats._frames import Column, Frame, add, give, need, numbers, words
from zhibiao.stats._presets import preset_path, read_tsv

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

__all__ = ["hardness"]


@dataclass(frozen=True)
class _Line:
    """A line of a preset: the class of cells with these values in these columns."""

    fields: tuple[str, ...]
    values: tuple[str, ...]
    name: str

    def fits(self, row: Mapping[str, str | None]) -> bool:
        pairs = zip(self.fields, self.values, strict=True)
        return all(row[field] == value for field, value in pairs)

    def __str__(self) -> str:
        pairs = zip(self.fields, self.values, strict=True)
        return " ".join(f"{field}={value}" for field, value in pairs) or "default"


def hardness(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    preset: str | os.PathLike[str] = "two_class",
    measure: str | None = "growth",
    horizon: str = "annual",
) -> Any:
    """Class targets by how firmly they are worded.

    The lines of the preset are tried from above, and the first that fits decides; the last one
    names the class of what no line fits. The lists are the project's own, and no paper's:

    - ``two_class``: ``hard`` is 确保, 必须 (modality ``ensure``), else a bound: 以上, 不低于, 以内
      (``ge``, ``le``); all else is ``soft``, bare figures too. 力争8%以上 is soft.
    - ``three_class``: as before, with ``plain`` for bare figures and for 力争8%以上 or 确保8%左右.

    Args:
        panel: The panel.
        metric: One metric or several; all that there are if not given.
        preset: ``"two_class"``, ``"three_class"`` or the path of a TSV file with the columns
            ``field``, ``value`` and ``class``: a column of the panel (``target_modality_word``,
            ``target_comparator_word``, ``target_modality``, ``target_comparator``, or several
            joined by +), what stands in it (likewise), and the class. Its last line has an empty
            field: the class of all others, which is empty for none.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.

    Returns:
        The cells with all columns of the panel and ``hardness``, ``hardness_preset`` and
        ``hardness_by``, the line that decided. Targets without a number, relations
        (与经济增长同步) too, have no class; ``target_state`` says why. Nothing is dropped.

    Raises:
        ArgumentError: There is no such preset, a line of it cannot be used, or no such cells.
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> text = "今年主要预期目标是：地区生产总值增长8%以上，固定资产投资增长10%左右。"
        >>> found = zhibiao.read(text, region="湖北省", year=2024)
        >>> told = stats.hardness(found.panel())
        >>> told.sort("target").select("hardness", "hardness_by").rows()
        [('hard', 'target_comparator=ge'), ('soft', 'target_comparator=approx')]

    """
    name, path = preset_path(preset, "hardness")
    lines = _lines(path)
    fields = list(dict.fromkeys(field for line in lines for field in line.fields))
    cells = cells_of(panel, metric, measure, horizon=horizon, columns=("target", *fields))
    decided = [
        None if target != target else next((line for line in lines if line.fits(row)), None)
        for target, row in zip(
            numbers(cells.frame, "target"), _rows(cells.frame, fields), strict=True
        )
    ]
    columns = {
        "hardness": Column(str, [line.name or None if line else None for line in decided]),
        "hardness_preset": Column(str, [name] * len(decided)),
        "hardness_by": Column(str, [str(line) if line else None for line in decided]),
    }
    return give(add(cells.frame, columns))


def _rows(frame: Frame, fields: list[str]) -> list[dict[str, str | None]]:
    need(frame, *fields)
    columns = [words(frame, field) for field in fields]
    if not columns:
        return [{} for _ in range(len(frame))]
    return [dict(zip(fields, row, strict=True)) for row in zip(*columns, strict=True)]


def _lines(path: Any) -> list[_Line]:
    lines: list[_Line] = []
    for number, row in read_tsv(path, ("field", "value", "class")):
        fields = tuple(row["field"].split("+")) if row["field"] else ()
        values = tuple(row["value"].split("+")) if row["value"] else ()
        if len(fields) != len(values):
            raise ArgumentError(f"{path}, line {number}: as many values as fields are expected")
        if lines and not lines[-1].fields:
            raise ArgumentError(f"{path}, line {number}: nothing can stand behind the default")
        lines.append(_Line(fields, values, row["class"]))
    if not lines or lines[-1].fields:
        raise ArgumentError(
            f"{path}: its last line has a field; end it with one that has none, "
            "which tells the class of all others"
        )
    return lines
