"""Many metrics and cutoffs at once: a row for each, with p-values for their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao.stats._frames import Column, build, give, names_of, take
from zhibiao.stats.bunching.public import bunching
from zhibiao.stats.testing import Adjust, adjust_p, family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao.stats._intervals import Estimate
    from zhibiao.stats.bunching.cells import Cutoff
    from zhibiao.stats.bunching.result import Bunching

__all__ = ["PLACEBOS", "bunching_table"]

#: The real target, and the cutoffs at which nothing should be found.
PLACEBOS: tuple[Cutoff, ...] = ("target", "last_target", "parent_target", -0.5, 0.5)


def bunching_table(
    panel: Any,
    metrics: str | Sequence[str] = "gdp",
    *,
    cutoffs: Sequence[Cutoff] = ("target",),
    adjust: Adjust | None = "holm",
    **options: Any,
) -> Any:
    """Estimate bunching of several metrics, or at several cutoffs, in one table.

    Args:
        panel: The panel.
        metrics: One metric or several.
        cutoffs: Where windows begin, as of `bunching`; ``stats.PLACEBOS`` are the target, last
            year's target, the parent's, and the target moved by half a point either way.
        adjust: ``"holm"``, ``"bh"`` or None: how p-values account for the number of rows.
        **options: All else that `bunching` takes.

    Returns:
        A frame of the library that the panel came in, with a row for each metric and cutoff:
        ``metric``, ``cutoff``, ``n``, ``clusters``, ``excess`` with ``excess_low``, ``excess_high``
        and ``excess_error``, ``ratio``, ``missing``, ``p_value``, ``p_adjusted``, ``family`` (what
        was tested together), and the shares of targets and actuals on integers and halves.

    Raises:
        ArgumentError: Of one of them no cell is left, or an argument cannot be.
        TableError: A column of the panel is missing.

    Examples:
        >>> from zhibiao import stats
        >>> invented = stats.World(regions=100, years=10, shifted=0.3).panel(seed=1)
        >>> table = stats.bunching_table(invented, cutoffs=["target", 0.5], replicates=99)
        >>> [p < 0.05 for p in table["p_adjusted"].to_list()]
        [True, False]

    """
    asked = [(metric, cutoff) for metric in names_of(metrics) for cutoff in cutoffs]
    found = [bunching(panel, metric=metric, cutoff=cutoff, **options) for metric, cutoff in asked]
    columns = {
        "metric": Column(str, [one.metric for one in found]),
        "cutoff": Column(str, [str(one.cutoff) for one in found]),
        "n": Column(int, [one.excess.n for one in found]),
        "clusters": Column(int, [one.excess.clusters for one in found]),
        **_interval("excess", [one.excess for one in found]),
        "ratio": Column(float, [one.ratio.value for one in found]),
        "missing": Column(float, [one.missing.value for one in found]),
        **_tested(found, adjust),
        **_heaping(found),
    }
    return give(build(take(panel), columns))


def _interval(name: str, found: list[Estimate]) -> dict[str, Column]:
    return {
        name: Column(float, [one.value for one in found]),
        f"{name}_low": Column(float, [one.low for one in found]),
        f"{name}_high": Column(float, [one.high for one in found]),
        f"{name}_error": Column(float, [one.error for one in found]),
    }


def _tested(found: list[Bunching], adjust: Adjust | None) -> dict[str, Column]:
    p_values = [one.p_value for one in found]
    columns = {"p_value": Column(float, p_values)}
    if adjust is not None:
        names = [f"{one.metric} at {one.cutoff}" for one in found]
        told = family("the excess is 0", names)
        columns["p_adjusted"] = Column(float, adjust_p(p_values, adjust))
        columns["family"] = Column(str, [f"{told} ({adjust})"] * len(found))
    return columns


def _heaping(found: list[Bunching]) -> dict[str, Column]:
    return {
        f"{of}_on_{on}": Column(float, [getattr(one.heaping[of], on) for one in found])
        for of in ("target", "actual")
        for on in ("integer", "half")
    }
