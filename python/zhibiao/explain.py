"""The sentences behind a cell of the panel, side by side, with the rule that chose between them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape as html_escape
from typing import TYPE_CHECKING

from zhibiao.errors import ArgumentError
from zhibiao.marks import Row, Sentence, describe, pieces, sentences
from zhibiao.messages import listed
from zhibiao.show import Style, escape, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibiao._core import Extraction

__all__ = ["Explanation", "Statement", "explain"]


@dataclass(frozen=True)
class Statement:
    """One statement of one side of a cell."""

    observation: Row
    sentence: Sentence
    #: The panel uses it.
    chosen: bool
    #: It cannot be true beside the chosen one.
    disagrees: bool


@dataclass(frozen=True)
class Explanation:
    """A cell of the panel with every statement that fills it; prints as text, and as HTML."""

    #: The row of the panel.
    cell: Row
    #: The chosen statement first; empty where none fills the cell.
    target: list[Statement]
    actual: list[Statement]

    def lines(self, style: Style) -> Iterator[str]:
        """Give the explanation line by line, for a terminal."""
        cell = self.cell
        yield line(f"{cell['region']} {cell['year']} {cell['metric']} {_measure(cell)}")
        for side, statements in (("target", self.target), ("actual", self.actual)):
            yield line(f"  {side}: {_side(cell, side)}")
            for statement in statements:
                yield from _statement(statement, style)
        yield line("  " + _verdict(cell))

    def __str__(self) -> str:
        """Give the explanation as text."""
        return "\n".join(self.lines(Style(colour=False)))

    def _repr_html_(self) -> str:
        return f"<pre style='white-space:pre-wrap'>{html_escape(str(self))}</pre>"


def explain(
    found: Extraction,
    region: str,
    year: int,
    metric: str,
    *,
    measure: str = "growth",
    horizon: str = "annual",
) -> Explanation:
    """Show why a cell of the panel says what it says.

    Args:
        found: The extraction that the panel is made of.
        region: A name (洪湖市), the end of a full one (荆州市洪湖市), a code or an entity id.
        year: The year of the cell.
        metric: The canonical metric: ``gdp``.
        measure: ``level``, ``growth``, ``change`` or ``share``.
        horizon: ``annual``, ``plan`` or ``average``.

    Returns:
        The cell with all statements of its target and its actual, each in its sentence; it prints
        as text and shows in a notebook.

    Raises:
        ArgumentError: There is no such region, or no such cell; the message says what there is.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> cell = zhibiao.explain(found, "云台省", 2022, "gdp")
        >>> print(str(cell).splitlines()[0])
        云台省 2022 gdp growth %

    """
    rows = found.panel(complete=True).to_dicts()
    of_region = [row for row in rows if _is_called(row, region)]
    names = sorted({row["region"] or "" for row in of_region})
    if len({_unit(row) for row in of_region}) != 1:
        raise ArgumentError(_which(region, names, rows))
    wanted = {"year": year, "metric": metric, "measure": measure, "horizon": horizon}
    cells = [row for row in of_region if all(row[name] == wanted[name] for name in wanted)]
    if not cells:
        raise ArgumentError(_what_there_is(of_region, region, year, metric))
    # Of two currencies the one with more statements.
    cell = max(cells, key=lambda row: sum(len(row[f"{side}_observation_ids"]) for side in _SIDES))
    return _explained(found, cell)


_SIDES = ("target", "actual")


def _explained(found: Extraction, cell: Row) -> Explanation:
    at = {
        row["observation_id"]: (row, sentence)
        for sentence in sentences(found)
        for row in sentence.observations
    }
    differing = {row["other_observation_id"] for row in found.conflicts().to_dicts()}
    target, actual = (
        [
            Statement(*at[identity], chosen=number == 0, disagrees=identity in differing)
            for number, identity in enumerate(cell[f"{side}_observation_ids"])
        ]
        for side in _SIDES
    )
    return Explanation(cell, target, actual)


def _unit(row: Row) -> str:
    return str(row["entity_id"] or row["region"])


def _is_called(row: Row, region: str) -> bool:
    name = row["region"] or ""
    return region in (row["entity_id"], row["region_code"], name) or name.endswith(region)


def _which(region: str, names: list[str], rows: Iterable[Row]) -> str:
    if names:
        return f"{region} may be {', '.join(names)}; give more of the name, or the code"
    all_names = sorted({row["region"] for row in rows if row["region"]})
    return f"there is no report of {region}; there are {listed(all_names)}"


def _what_there_is(rows: Iterable[Row], region: str, year: int, metric: str) -> str:
    cells = [row for row in rows if row["metric"] == metric]
    if not cells:
        return f"no cell of {region} is of the metric {metric}; `zhibiao codebook` lists metrics"
    there = sorted({f"{row['year']} {row['measure']} {row['horizon']}" for row in cells})
    return f"{region} has no such cell of {metric} in {year}; there are {listed(there)}"


def _measure(cell: Row) -> str:
    far = "" if cell["horizon"] == "annual" else f" {cell['period_start']}-{cell['period_end']}"
    return f"{cell['measure']} {cell['unit'] or ''}{far}".strip()


def _side(cell: Row, side: str) -> str:
    value = cell[side]
    number = "no number" if value is None else f"{value:.12g}"
    told = [
        number,
        cell[f"{side}_comparator"] or "",
        f"({cell[f'{side}_state']})" if cell[f"{side}_state"] else "",
        f"chosen by {cell[f'{side}_rule']}" if cell[f"{side}_rule"] else "",
    ]
    return " ".join(word for word in told if word)


def _verdict(cell: Row) -> str:
    comparable = {True: "comparable", False: "not comparable", None: "comparability unknown"}
    told = [
        f"gap {cell['gap']:.12g}" if cell["gap"] is not None else "",
        f"met: {cell['met']}" if cell["met"] else "",
        comparable[cell["comparable"]] if cell["gap"] is not None else "",
        f"boundary: {', '.join(cell['boundary_change'])}" if cell["boundary_change"] else "",
    ]
    return "; ".join(word for word in told if word) or "nothing to compare"


def _statement(statement: Statement, style: Style) -> Iterator[str]:
    row = statement.observation
    sign = "▶" if statement.chosen else ("✗" if statement.disagrees else "·")
    marked = (
        style.value(escape(text), row["kind"])
        if of is not None and of["observation_id"] == row["observation_id"]
        else escape(text)
        for text, of in pieces(_alone(statement))
    )
    yield f"    {sign} {''.join(marked).strip()}".replace("\n", " ")
    place = f"{row['source']} {row['start']}:{row['end']} {row['observation_id']}"
    yield f"      {line(describe(row))} {style.quiet(line(place))}"


def _alone(statement: Statement) -> Sentence:
    return Sentence(statement.sentence.row, [statement.observation])
