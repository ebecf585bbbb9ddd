"""How many targets a report sets, and which metrics come and go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibiao.stats._cells import KEY, regions
from zhibiao.stats._frames import Column, build, give, names_of, need, numbers, take, words
from zhibiao.stats._groups import key_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao.stats._frames import Frame

__all__ = ["target_count"]

#: Columns that say who reports.
_WHO = ("entity_id", "region_code", "region", "level")


@dataclass
class _Report:
    """What the panel knows of one report."""

    row: int
    #: ``metric measure unit`` of each number, relation, and metric named without either.
    stated: set[str] = field(default_factory=set)
    relational: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    states: set[str | None] = field(default_factory=set)
    metrics: set[str] = field(default_factory=set)

    @property
    def state(self) -> str:
        """``whole``, ``fragment``, ``not_in_corpus`` or, where no state tells, ``unknown``."""
        if "fragment" in self.states:
            return "fragment"
        if self.states & {"stated", "relational", "named_without_number", "not_named"}:
            return "whole"
        return "not_in_corpus" if "report_not_in_corpus" in self.states else "unknown"


def target_count(
    panel: Any,
    metric: str | Sequence[str] | None = None,
    *,
    horizon: str = "annual",
) -> Any:
    """Count the targets with a number that each report sets.

    ``targets`` counts cells (a metric in one measure and unit), ``metrics`` different metrics. Both
    are missing, and not 0, where the report is a fragment or not in the corpus; what was found in
    a fragment is ``targets_found``. ``added`` and ``gone`` count the metrics that have a number
    this year and had none last year, and the reverse; they need two whole reports, in consecutive
    years.

    Args:
        panel: The panel.
        metric: Metrics to count; all that there are if not given. To compare reports, choose a
            list: the panel's metrics are those that zhibiao knows.
        horizon: ``annual``, ``plan`` or ``average``. A plan's targets stand in the row of the year
            that they are for.

    Returns:
        A row for each region and year: ``entity_id``, ``region_code``, ``region``, ``level`` (as
        far as the panel has them), ``year``, ``targets``, ``metrics``, ``targets_found``,
        ``relational`` (targets that are relations), ``named_without_number``, ``added``, ``gone``
        and ``report_state``: ``whole``, ``fragment``, ``not_in_corpus`` or ``unknown``.

    Raises:
        TableError: A column is missing.

    Examples:
        >>> import zhibiao
        >>> from zhibiao import stats
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> told = stats.target_count(found.panel(complete=True)).filter(region="石桥县")
        >>> told.filter(report_state="whole").select("year", "targets").rows()[:2]
        [(2022, 16), (2023, 18)]

    """
    frame = take(panel)
    need(frame, "region", "year", *KEY, "horizon", "target", "target_state")
    reports = _reports(frame, set(names_of(metric)), horizon)
    keys = sorted(reports, key=lambda key: (key[0], key[1]))
    who = [name for name in _WHO if name in frame.columns]
    told = {name: words(frame, name) for name in who}
    rows = [reports[key] for key in keys]
    columns = key_columns(who, [tuple(told[name][one.row] for name in who) for one in rows])
    columns["year"] = Column(int, [year for _, year in keys])
    whole = [one.state == "whole" for one in rows]
    counts: dict[str, list[int | None]] = {
        "targets": [
            len(one.stated) if is_whole else None for one, is_whole in zip(rows, whole, strict=True)
        ],
        "metrics": [
            len(one.metrics) if is_whole else None
            for one, is_whole in zip(rows, whole, strict=True)
        ],
        "targets_found": [*(len(one.stated) for one in rows)],
        "relational": [*(len(one.relational) for one in rows)],
        "named_without_number": [*(len(one.named) for one in rows)],
        "added": [_new(reports, key, 0) for key in keys],
        "gone": [_new(reports, key, 1) for key in keys],
    }
    columns |= {name: Column(int, values) for name, values in counts.items()}
    columns["report_state"] = Column(str, [one.state for one in rows])
    return give(build(frame, columns))


def _reports(frame: Frame, wanted: set[str], horizon: str) -> dict[tuple[str, int], _Report]:
    names = ("metric", "measure", "unit", "target_state", "horizon")
    told = zip(*(words(frame, name) for name in names), numbers(frame, "target"), strict=True)
    who = list(zip(regions(frame), frame["year"].to_list(), strict=True))
    reports: dict[tuple[str, int], _Report] = {}
    for row, (metric, measure, unit, state, far, number) in enumerate(told):
        if far != horizon:
            continue
        one = reports.setdefault((who[row][0], int(who[row][1])), _Report(row))
        one.states.add(state)
        if wanted and metric not in wanted:
            continue
        cell = f"{metric} {measure} {unit}"
        if number == number:
            one.stated.add(cell)
            one.metrics.add(str(metric))
        elif state == "relational":
            one.relational.add(cell)
        elif state == "named_without_number":
            one.named.add(cell)
    return reports


def _new(reports: dict[tuple[str, int], _Report], key: tuple[str, int], shift: int) -> int | None:
    """Count metrics of this year that last year has not; with a shift of 1 the reverse."""
    pair = [reports.get((key[0], key[1] - back)) for back in (shift, 1 - shift)]
    if any(one is None or one.state != "whole" for one in pair):
        return None
    this, other = (one.metrics for one in pair if one is not None)
    return len(this - other)
