"""A null by re-pairing: actuals beside the targets of other regions of the same year and level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhibiao.errors import ArgumentError
from zhibiao.stats.bunching.cells import Observed, observe
from zhibiao.stats.bunching.estimate import Options, enough, quantities
from zhibiao.stats.bunching.grid import Grid, grid_of
from zhibiao.stats.bunching.models import model_of
from zhibiao.stats.bunching.public import TARGETS, options_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhibiao.stats.bunching.grid import Floats, Ints
    from zhibiao.stats.bunching.models import Method, Side

__all__ = ["PairingTest", "bunching_pairing_test", "pairing_test"]


@dataclass(frozen=True)
class PairingTest:
    """The excess beside what it is when nobody knows their own target."""

    metric: str
    #: In the window, as a share of the cells.
    excess: float
    #: The same of each re-pairing.
    null: Floats
    #: Of an excess as large as the one found.
    p_value: float
    n: int
    #: Cells whose year and level has no other region, and others that were left out, by reason.
    left_out: dict[str, int]

    def __str__(self) -> str:
        low, middle, high = np.quantile(self.null, [0.025, 0.5, 0.975])
        return (
            f"bunching of {self.metric}: excess {self.excess:.4f}; re-paired {middle:.4f} "
            f"({low:.4f} to {high:.4f}) in {len(self.null)} draws; p = {self.p_value:.4f}, "
            f"n = {self.n}"
        )


def bunching_pairing_test(
    panel: Any,
    *,
    metric: str = "gdp",
    method: Method = "poisson",
    window: tuple[float, float] = (0.0, 0.2),
    missing: float = 1.0,
    side: Side = "below",
    reach: float = 4.0,
    degree: int | None = None,
    targets: Collection[str] = TARGETS,
    actual: str = "actual",
    replicates: int = 499,
    seed: int = 0,
) -> PairingTest:
    """Test an excess against actuals that are re-paired with the targets of other regions.

    Within each year and level every region is given the actual of another one, by a random cycle
    through all of them. That keeps what heaps (targets on round numbers, rounded actuals) and what
    moves all of a year, and breaks what ties an actual to its own target. The model is refitted to
    each re-pairing; compared is the excess in units of its Poisson error, excess · √n / √(the
    counterfactual share of the window), since re-paired gaps are wider. The p-value is
    (1 + number of re-pairings with at least the value found) / (1 + replicates).

    It is exact where actuals do not hang on targets at all, and a check elsewhere.

    Args:
        panel: The panel.
        metric: The metric; its yearly growth is looked at.
        method: As of `bunching`, and so are the next ones.
        window: First and last gap of the excess, in percentage points.
        missing: How far mass may be missing beside it.
        side: Where.
        reach: Gaps looked at.
        degree: Of the polynomial.
        targets: Which ``target_comparator`` count.
        actual: The column of what was reached.
        replicates: How many re-pairings.
        seed: Results are the same for the same seed.

    Returns:
        The excess, those of the re-pairings, and the p-value. Cells are those of `bunching` whose
        year and level has another region.

    Raises:
        ArgumentError: An argument cannot be, or no cell is left.
        TableError: A column of the panel is missing.

    Examples:
        >>> from zhibiao import stats
        >>> invented = stats.World(regions=100, years=10, shifted=0.3).panel(seed=1)
        >>> stats.bunching_pairing_test(invented, replicates=99).p_value
        0.01

    """
    options = options_of(
        method, (window, missing, side, reach), degree=degree, replicates=replicates, seed=seed
    )
    return pairing_test(observe(panel, metric, targets, actual=actual), options, metric)


def pairing_test(observed: Observed, options: Options, metric: str = "") -> PairingTest:
    """Re-pair cells that are there already; see `bunching_pairing_test`.

    Raises:
        ArgumentError: No cell can be re-paired.

    """
    data, alone = _with_others(observed)
    grid = grid_of(data, options.window)
    counts = grid.counts(data.region)
    enough(grid, counts)
    model = model_of(options.method, grid, counts, options.degree, options.side)
    cycles = (_cycled(data, options.seed, number) for number in range(options.replicates))
    drawn = np.stack([_recounted(grid, data, actual) for actual in cycles])
    found, null = (quantities(grid, one, model(one)) for one in (counts, drawn))
    larger = int((_in_errors(null, drawn) >= _in_errors(found, counts)).sum())
    left_out = data.left_out | ({"without another region": alone} if alone else {})
    p_value = (1 + larger) / (1 + options.replicates)
    return PairingTest(metric, float(found[0, 0]), null[:, 0], p_value, len(grid.cell), left_out)


def _with_others(data: Observed) -> tuple[Observed, int]:
    """Keep the cells whose year and level has another one.

    Raises:
        ArgumentError: None has.

    """
    kept = np.flatnonzero(np.bincount(data.stratum)[data.stratum] > 1)
    if not len(kept):
        raise ArgumentError(
            "no year and level has two regions, so that nothing can be re-paired; give a panel of "
            "several regions"
        )
    return data.rows(kept), len(data) - len(kept)


def _cycled(data: Observed, seed: int, number: int) -> Ints:
    """Give each cell the actual of another one of its year and level."""
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(9, number)))
    order = np.lexsort((random.random(len(data)), data.stratum))
    first = np.flatnonzero(np.diff(data.stratum[order], prepend=-1))
    last = np.append(first[1:], len(order)) - 1
    after = np.arange(1, len(order) + 1)
    after[last] = first
    actual = np.empty_like(data.actual)
    actual[order] = data.actual[order[after]]
    return actual


def _recounted(grid: Grid, data: Observed, actual: Ints) -> Floats:
    """Count other actuals beside the same targets: group by gap."""
    reach = grid.window.reach
    gap = actual - data.target
    group = np.searchsorted(grid.digit, data.target % 10)
    inside = np.abs(gap) <= reach
    cell = (group * grid.shape[1] + gap + reach)[inside]
    return np.bincount(cell, minlength=grid.fitted.size).reshape(grid.shape).astype(np.float64)


def _in_errors(found: Floats, counts: Floats) -> Floats:
    """Give the excess in units of its Poisson error: that of what was expected."""
    n = counts.sum(axis=(1, 2))
    return np.asarray(found[:, 0] * n / np.sqrt(found[:, 4] * n))
