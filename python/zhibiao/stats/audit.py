"""A sheet of cells with their sentences, to be checked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats._cells import KEY, Cells, cells_of
from zhibiao.stats._frames import Column, build, give, lists, names_of, numbers, pick, words
from zhibiao.stats._groups import groups, key_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from zhibiao._core import Extraction
    from zhibiao.stats._groups import Key, Rows
    from zhibiao.stats.coverage import Side

__all__ = ["SIDES", "TO_FILL", "audit_sample"]

SIDES: tuple[Side, ...] = ("target", "actual")
#: Columns that a reader fills.
TO_FILL = ("correct_target", "correct_actual", "note")
_NEEDED = ("target", "actual", "target_observation_ids", "actual_observation_ids")


def audit_sample(
    panel: Any,
    n: int,
    *,
    found: Extraction,
    by: str | Sequence[str] = ("level", "metric"),
    metric: str | Sequence[str] | None = None,
    measure: str | None = "growth",
    horizon: str = "annual",
    seed: int = 0,
) -> Any:
    """Draw cells to be checked against their sentences, from each stratum some.

    The cells with a number on either side are put into strata by ``by``. A stratum gets its share
    of ``n`` by its size, and one cell at least; within it cells are drawn without replacement, all
    with the same chance. ``weight`` = cells of the stratum / cells drawn from it, so that weighted
    shares are those of all cells. What the panel misses is not in the sheet: it finds wrong
    numbers, and no numbers that were not read.

    Args:
        panel: The panel that ``found`` gave.
        n: How many cells; all of them if there are fewer.
        found: The extraction, which holds the sentences.
        by: The columns that make strata; ``()`` for none.
        metric: One metric or several; all that there are if not given.
        measure: ``level``, ``growth``, ``change`` or ``share``; None for all.
        horizon: ``annual``, ``plan`` or ``average``.
        seed: The same seed draws the same cells, in whatever order the panel is.

    Returns:
        A row for each cell drawn: region, year, metric, measure and unit; for ``target`` and
        ``actual`` each the number, ``target_text`` (as printed), ``target_sentence``,
        ``target_source`` (the file) and ``target_report`` (its id); ``met``; the columns of ``by``;
        ``stratum``, ``stratum_cells``, ``stratum_drawn`` and ``weight``; and, empty, ``note`` and
        ``correct_target`` and ``correct_actual``, which a reader fills with yes or no: see
        `error_rates`. Write it as CSV or Excel by its library.

    Raises:
        ArgumentError: There are no such cells, or more strata than ``n``.
        TableError: A column is missing, or ``found`` does not hold the panel's statements.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> sheet = stats.audit_sample(found.panel(), 5, found=found, by=(), seed=1)
        >>> sheet.select("stratum_cells", "stratum_drawn", "weight").row(0)
        (145, 5, 29.0)

    """
    cells = cells_of(panel, metric, measure, horizon=horizon, columns=_NEEDED)
    told = [~np.isnan(numbers(cells.frame, side)) for side in SIDES]
    keys = [(cells.region[row], cells.year[row], cells.what[row]) for row in range(len(cells))]
    rows = np.flatnonzero(told[0] | told[1]).tolist()
    rows.sort(key=lambda row: tuple(map(str, keys[row])))
    if not rows or n < 1:
        raise ArgumentError(f"n is {n}, and {len(rows)} cells have a number; expected 1 or more")
    names = names_of(by)
    strata = groups(pick(cells.frame, rows), names)
    sizes = [len(stratum) for _, stratum in strata]
    drawn = _drawn(sizes, n)
    draw = np.random.default_rng(seed)
    chosen = [
        np.array(rows)[np.sort(draw.choice(stratum, count, replace=False))]
        for (_, stratum), count in zip(strata, drawn, strict=True)
    ]
    return give(build(cells.frame, _sheet(cells, found, names, strata, chosen)))


def _drawn(sizes: list[int], n: int) -> list[int]:
    """Give each stratum its share of n, by the largest remainders, and one at least."""
    if n >= sum(sizes):
        return sizes
    if n < len(sizes):
        raise ArgumentError(
            f"n is {n}, and there are {len(sizes)} strata; draw one from each at least, "
            "or make fewer by by="
        )
    one = {at for at, size in enumerate(sizes) if n * size < sum(sizes)}
    while True:  # those whose share is less than one cell get one, and the others the rest
        left = n - len(one)
        total = sum(size for at, size in enumerate(sizes) if at not in one)
        more = {at for at, size in enumerate(sizes) if at not in one and left * size < total}
        if not more:
            break
        one |= more
    exact = [1.0 if at in one else left * size / total for at, size in enumerate(sizes)]
    drawn = [int(share) for share in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda at: (drawn[at] - exact[at], at))
    for at in by_remainder[: n - sum(drawn)]:
        drawn[at] += 1
    return drawn


def _sheet(
    cells: Cells,
    found: Extraction,
    names: list[str],
    strata: list[tuple[Key, Rows]],
    chosen: list[NDArray[np.int64]],
) -> dict[str, Column]:
    rows = [int(row) for one in chosen for row in one]
    who: list[str] = ["entity_id", "region_code", "region"]
    who = [name for name in who if name in cells.frame.columns]
    told = {name: words(cells.frame, name) for name in (*who, "met")}
    columns: dict[str, Column] = {
        name: Column(str, [told[name][row] for row in rows]) for name in who
    }
    columns["year"] = Column(int, [cells.year[row] for row in rows])
    for at, name in enumerate(KEY):
        columns[name] = Column(str, [cells.what[row][at] for row in rows])
    for side in SIDES:
        columns |= _side(cells, found, side, rows)
    columns["met"] = Column(str, [told["met"][row] for row in rows])
    drawn = _strata(names, strata, chosen)
    columns |= {name: column for name, column in drawn.items() if name not in columns}
    return columns | {name: Column(str, [None] * len(rows)) for name in TO_FILL}


def _strata(
    names: list[str], strata: list[tuple[Key, Rows]], chosen: list[NDArray[np.int64]]
) -> dict[str, Column]:
    """Give what stratum each cell was drawn from, and what it stands for."""
    each = [
        (key, len(all_of), len(one))
        for (key, all_of), one in zip(strata, chosen, strict=True)
        for _ in one
    ]
    return {
        **key_columns(names, [key for key, _, _ in each]),
        "stratum": Column(str, [" ".join(map(str, key)) or "all" for key, _, _ in each]),
        "stratum_cells": Column(int, [size for _, size, _ in each]),
        "stratum_drawn": Column(int, [count for _, _, count in each]),
        "weight": Column(float, [size / count for _, size, count in each]),
    }


def _side(cells: Cells, found: Extraction, side: Side, rows: list[int]) -> dict[str, Column]:
    """Give what the extraction knows of the statement that one side of each cell shows."""
    observations = {row["observation_id"]: row for row in found.observations.to_dicts()}
    sentences = dict(
        zip(found.sentences.column("sentence_id"), found.sentences.column("text"), strict=True)
    )
    ids = lists(cells.frame, f"{side}_observation_ids")
    shown = [ids[row][0] if ids[row] else None for row in rows]
    if unknown := [one for one in shown if one is not None and one not in observations]:
        raise TableError(
            f"found holds no observation {unknown[0]}; give the extraction that the panel is of"
        )
    of = [observations[one] if one else None for one in shown]
    number = numbers(cells.frame, side)
    sentence = [" ".join(sentences[one["sentence_id"]].split()) if one else None for one in of]
    return {
        side: Column(float, [number[row] for row in rows]),
        f"{side}_text": Column(str, [one["text"] if one else None for one in of]),
        f"{side}_sentence": Column(str, sentence),
        f"{side}_source": Column(str, [one["source"] if one else None for one in of]),
        f"{side}_report": Column(str, [one["report_id"] if one else None for one in of]),
    }
