"""The tables that the scorers of this folder share: metrics, observations and hand-made facts.

The scorers score.py, score_facts.py and score_reports.py are kept as they were given; what the
others take from them, the key of a fact and the way in which a table says "empty", goes through
here.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
import score_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: An observation, or a row of a hand-made table.
Row = dict[str, Any]
#: metric, kind, measure, first and last year, bounds in base units, comparator, base unit.
Key = tuple[str, str, str, int, int, "float | None", "float | None", str, str]

HERE = Path(__file__).resolve().parent
RELATIONAL: tuple[str, ...] = score.RELATIONAL

clean: Callable[[Any], Any] = score.clean
number: Callable[[Any], float | None] = score.number
lcs: Callable[[str, str], int] = score.lcs
prf: Callable[[int, int, int], dict[str, Any]] = score.prf
base_unit: Callable[[str | None], tuple[str, float]] = score.base_unit
_key: Callable[..., Key] = score_facts.key


def read_tsv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in rows]


def metric_ids(column: str, value: str) -> frozenset[str]:
    """The ids of the metrics with this value in a column of metrics.tsv."""
    return frozenset(row["id"] for row in read_tsv(HERE / "metrics.tsv") if row[column] == value)


HEADLINE = metric_ids("headline", "1")
#: Metrics that the given tables of observations do not know.
SMALL = metric_ids("scored", "0")


def read_rows(path: Path) -> list[Row]:
    """The rows of a table of any kind, empty cells as None."""
    rows: Iterable[Row]
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    else:
        lines_ = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines_ if line.strip()]
    return [{k: v if isinstance(v, list) else clean(v) for k, v in row.items()} for row in rows]


@cache
def read_observations(path: Path) -> list[Row]:
    """Read once in a run, since many look at them; nobody changes them."""
    rows = read_rows(path)
    for row in rows:
        row["start"], row["end"] = int(float(row["start"])), int(float(row["end"]))
    return rows


def true(value: object) -> bool:
    return str(value).lower() in ("true", "1")


def stem_of(source: str) -> str:
    name = re.sub(r"\.(gz|zst|zip)$", "", source.rsplit("/", 1)[-1])
    return name.rsplit(".", 1)[0] if "." in name else name


def by_stem(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the name of their text; of several files of a name the .txt nearest the top."""
    sources: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sources[str(row["source"])].append(row)
    best: dict[str, tuple[bool, bool, str]] = {}
    for source in sources:
        rank = (not source.endswith(".txt"), "/raw/" in source, source)
        stem = stem_of(source)
        best[stem] = min(best.get(stem, rank), rank)
    return defaultdict(list, {stem: sources[rank[2]] for stem, rank in best.items()})


def is_counted(row: Row) -> bool:
    """Not an old value, and not an actual without a number: the tables leave both out."""
    open_ = row.get("kind") == "actual" and row.get("comparator") in RELATIONAL
    return not open_ and not true(row.get("baseline"))


def key_of(row: Row) -> Key:
    """The fact that an observation tells, without its place."""
    start, end = (number(row.get(name)) or 0 for name in ("period_start", "period_end"))
    low, high = number(row.get("value_low")), number(row.get("value_high"))
    known = (row.get("metric"), row.get("kind"), row.get("measure"))
    return _key(*known, start, end, low, high, row.get("comparator"), row.get("unit"))


def facts_of(rows: Iterable[Row], metrics: frozenset[str] = HEADLINE) -> dict[Key, list[Row]]:
    """The distinct facts about some metrics for whole years, each with what tells it."""
    facts: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        whole = (row.get("subperiod") or "year") == "year"
        if row.get("metric") in metrics and whole and is_counted(row):
            facts[key_of(row)].append(row)
    return facts


def gold_key(row: Row) -> Key:
    years = row["period"].split("-")
    low, high = number(row["low"]), number(row["high"])
    known = (row["metric"], row["kind"], row["measure"])
    return _key(*known, years[0], years[-1], low, high, row["cmp"], row["unit"])
