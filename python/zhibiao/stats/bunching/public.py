"""`bunching`: excess mass of actuals at their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao.errors import ArgumentError
from zhibiao.stats._frames import take
from zhibiao.stats._intervals import asked_level
from zhibiao.stats.bunching.bootstrap import Cluster
from zhibiao.stats.bunching.cells import Cutoff, Finer, observe, one_of
from zhibiao.stats.bunching.estimate import Options, estimate
from zhibiao.stats.bunching.grid import Window
from zhibiao.stats.bunching.models import Method, Side
from zhibiao.stats.bunching.result import Bunching
from zhibiao.stats.heaping import heaping

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["TARGETS", "bunching", "options_of", "window_of"]

#: Comparators of targets that are a point which can be met: 7%, 7%左右, 7%以上.
TARGETS = ("eq", "approx", "ge")


def bunching(
    panel: Any,
    *,
    metric: str = "gdp",
    cutoff: Cutoff = "target",
    method: Method = "poisson",
    window: tuple[float, float] = (0.0, 0.2),
    missing: float = 1.0,
    side: Side = "below",
    reach: float = 4.0,
    degree: int | None = None,
    targets: Collection[str] = TARGETS,
    actual: str = "actual",
    finer: Finer = "leave_out",
    cluster: Cluster = "region",
    replicates: int = 499,
    seed: int = 0,
    level: float = 0.95,
) -> Bunching:
    """Estimate how much more often actuals lie just at their targets than they would by themselves.

    In integer tenths of a percentage point, with t the target, a the actual and g = a - t, the
    default model of the counts is N(t, a) ~ Poisson,

        log E N(t, a) = level of t + polynomial in g + [a integer] + [a half],

    fitted to the cells with abs(g) <= ``reach`` that lie neither in the excess ``window`` nor in
    the range that mass may be ``missing`` from. What it tells for the window is the counterfactual;
    the excess is what was observed there less that, as a share of all cells within reach. Without
    the roundness of the actual, targets on integers and rounded actuals by themselves would make
    an excess at 0. Shortfalls that stay untold make one too: ``missing`` is then far above
    ``excess``, and a yearbook has to be joined. `docs/statistics.md` derives the model with its
    assumptions, and shows how often intervals cover the truth.

    Intervals are estimate ± t(G - 1) · standard error, from a bootstrap of whole clusters (G of
    them) in which cells are counted and models fitted anew; with two ways of clustering variances
    add up, less that of their crossings.

    Args:
        panel: The panel.
        metric: The metric; its yearly growth is looked at.
        cutoff: Where the window begins: ``"target"``; or, as placebos, ``"last_target"`` and
            ``"parent_target"`` (of the same panel), or a number of percentage points by which the
            target is moved, such as 0.5. With a placebo ``"poisson"`` keeps the windows of the real
            target out of the fit, and cells whose two windows overlap are left out; the other
            methods take the placebo for the target.
        method: ``"poisson"``; ``"histogram"`` (Poisson counts of the gap alone with effects of gaps
            on integers and halves); ``"chetty"`` (the polynomial of Chetty et al. 2011 through the
            histogram of the gap, the counterfactual raised on ``side`` until totals agree, without
            round numbers: it finds false excess, and is here to be compared with).
        window: First and last gap of the excess, from the cutoff, in percentage points; gap 0 is
            also told by itself.
        missing: How far mass may be missing beside the window, in percentage points. These cells
            are left out of the fit, and tell ``missing`` of the result. With 0 mass is taken to
            come from all cells in proportion.
        side: Where mass is missing: ``"below"`` the target, or ``"above"`` (ceilings).
        reach: Gaps looked at, in percentage points.
        degree: Of the polynomial; if not given 4 (7 for ``"chetty"``), which is enough for gaps
            that are skewed or have heavy tails. Try another one beside it.
        targets: Which ``target_comparator`` count as a point that can be met.
        actual: The column of what was reached; ``"yearbook_actual"`` of `zhibiao.join_actuals`. Of
            other columns than ``actual`` every number counts as told exactly.
        finer: What becomes of actuals finer than a tenth: ``"leave_out"``, or ``"down"`` to the
            tenth below, which keeps those below their target below it.
        cluster: ``"region"`` or ``"region_year"`` (both ways).
        replicates: Draws of the bootstrap.
        seed: Results are the same for the same seed.
        level: Of the intervals.

    Returns:
        Estimates, heaping, and the histogram for a figure; ``print`` shows them as a small table.
        Cells without a number on both sides, with an actual that is told as 左右, 以上 or a range,
        with ``comparable`` false, or finer than a tenth are left out and counted in ``left_out``.

    Raises:
        ArgumentError: An argument cannot be, fewer than 60 cells outside of the windows are left,
            or a single cluster.
        TableError: A column of the panel is missing.

    Warns:
        FewClustersWarning: There are fewer than 40 regions, or years where they are drawn too.

    Examples:
        >>> from zhibiao import stats
        >>> invented = stats.World(regions=100, years=10, shifted=0.3).panel(seed=1)
        >>> found = stats.bunching(invented, replicates=99)
        >>> found.excess.low > 0
        True

    """
    options = options_of(
        method,
        (window, missing, side, reach),
        degree=degree,
        cluster=cluster,
        replicates=replicates,
        seed=seed,
        level=level,
    )
    first, last = options.window.excess
    apart = last - first + 1
    data = observe(panel, metric, targets, cutoff, actual=actual, finer=finer, apart=apart)
    targets_told = data.target
    if method != "poisson":
        data = data.about_cutoff()
    found = estimate(data, options)
    told = {"target": targets_told, "actual": data.actual, "gap": data.actual - data.target}
    heaps = {name: heaping(tenths / 10) for name, tenths in told.items()}
    return Bunching(metric, cutoff, found, options, data.left_out, heaps, take(panel).head(0))


def tenths_of(points: float) -> int:
    """Give percentage points in tenths.

    Raises:
        ArgumentError: They are finer.

    """
    tenths = round(10 * points)
    if abs(10 * points - tenths) > 1e-6:
        raise ArgumentError(f"{points} is finer than a tenth of a percentage point; round it")
    return tenths


def options_of(
    method: Method,
    lengths: tuple[tuple[float, float], float, Side, float],
    *,
    degree: int | None = None,
    cluster: Cluster = "region",
    replicates: int = 499,
    seed: int = 0,
    level: float = 0.95,
) -> Options:
    """Check what was asked for, and give it in tenths.

    Args:
        method: As of `bunching`, and so are the others.
        lengths: Its window, missing, side and reach.
        degree: Of the polynomial.
        cluster: What is drawn.
        replicates: How often.
        seed: Of the draws.
        level: Of the intervals.

    Raises:
        ArgumentError: Something cannot be; the message says what.

    """
    window = window_of(*lengths)
    for name, value, known in (("method", method, Method), ("cluster", cluster, Cluster)):
        one_of(name, value, known)
    if degree is not None and not 1 <= degree <= 12:
        raise ArgumentError(f"degree is {degree}; expected 1 to 12")
    if replicates < 2:
        raise ArgumentError(f"replicates is {replicates}; a standard error needs 2, better 499")
    side = lengths[2]
    return Options(window, method, degree, side, cluster, replicates, seed, asked_level(level))


def window_of(bounds: tuple[float, float], missing: float, side: Side, reach: float) -> Window:
    """Give the window in tenths.

    Raises:
        ArgumentError: It does not fit into reach, or something is finer than a tenth.

    """
    one_of("side", side, Side)
    low, high, lost, far = (tenths_of(one) for one in (*bounds, missing, reach))
    if low > high or lost < 0 or far < max(-low, high) + lost + 5:
        raise ArgumentError(
            f"window {bounds}, missing {missing}, reach {reach}: the window has to run upwards, "
            "and reach to go half a point beyond it and what is missing"
        )
    beside = (low - lost, low - 1) if side == "below" else (high + 1, high + lost)
    return Window((low, high), beside if lost else None, far)
