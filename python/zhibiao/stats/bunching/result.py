"""What `bunching` gives: estimates, heaping, and the histogram for a figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibiao.stats._frames import Column, Frame, build, give
from zhibiao.stats.heaping import Heaping, heaping_frame

if TYPE_CHECKING:
    from zhibiao.stats._intervals import Estimate
    from zhibiao.stats.bunching.cells import Cutoff
    from zhibiao.stats.bunching.estimate import Estimates, Options

__all__ = ["Bunching"]

_METHODS = {
    "poisson": "Poisson counts over actual × target",
    "histogram": "Poisson counts of the gap, multiplicative round numbers",
    "chetty": "classical polynomial on the gap",
}


@dataclass(frozen=True)
class Bunching:
    """Excess mass at the target, or at a placebo.

    ``options`` say how it was estimated, lengths in tenths of a percentage point; ``left_out``
    counts the cells of the metric that were left out, by reason; ``heaping`` is of ``target``,
    ``actual`` and ``gap``. Shares are of all cells within reach, which are ``excess.n``.
    """

    metric: str
    cutoff: Cutoff
    estimates: Estimates = field(repr=False)
    options: Options
    left_out: dict[str, int]
    heaping: dict[str, Heaping]
    like: Frame = field(repr=False, compare=False)

    @property
    def excess(self) -> Estimate:
        """Excess mass in the window, as a share of all cells within reach."""
        return self.estimates.excess

    @property
    def at_cutoff(self) -> Estimate:
        """Excess mass of the gap 0 alone, as a share of all cells within reach."""
        return self.estimates.at_cutoff

    @property
    def missing(self) -> Estimate:
        """Mass that is missing beside the window; NaN where no side was left out."""
        return self.estimates.missing

    @property
    def ratio(self) -> Estimate:
        """Excess in units of the counterfactual mass of one bin."""
        return self.estimates.ratio

    @property
    def expected(self) -> Estimate:
        """What the counterfactual has in the window, as a share of the same cells."""
        return self.estimates.expected

    @property
    def p_value(self) -> float:
        """Of no excess in the window, two-sided."""
        return self.estimates.p_value

    @property
    def degree(self) -> int:
        """Of the polynomial."""
        return self.estimates.degree

    def histogram(self) -> Any:
        """Give the histogram with its counterfactual, in the library that the panel came in.

        Returns:
            A row for each bin of the distance from the cutoff: ``gap`` (percentage points),
            ``observed`` and ``counterfactual`` (numbers of cells), and ``part``: ``excess``,
            ``missing`` or ``outside``.

        """
        found, window = self.estimates, self.options.window
        part = [
            "excess" if inside else "missing" if lost else "outside"
            for inside, lost in zip(
                window.excess_at(found.bins), window.missing_at(found.bins), strict=True
            )
        ]
        columns = {
            "gap": Column(float, [tenth / 10 for tenth in found.bins.tolist()]),
            "observed": Column(float, found.observed),
            "counterfactual": Column(float, found.counterfactual),
            "part": Column(str, part),
        }
        return give(build(self.like, columns))

    def heaping_frame(self) -> Any:
        """Give the heaping of targets, actuals and gaps, a row for each and kind of number."""
        return heaping_frame(self.like, self.heaping)

    def __str__(self) -> str:
        options, window = self.options, self.options.window
        asked = f"{100 * options.level:g}% interval"
        lines = [
            f"bunching of {self.metric} at {_at(self.cutoff)}: {_METHODS[options.method]}",
            f"  window {_span(window.excess)}, missing {_span(window.missing)}, "
            f"reach {window.reach / 10:g}, polynomial of degree {self.degree}",
            f"  {self.excess.n} cells in {self.excess.clusters} clusters ({options.cluster}), "
            f"{options.replicates} replicates, seed {options.seed}",
            f"  {'':24}{'estimate':>9}  {asked}",
            _line("excess, share of cells", self.excess),
            _line("  at gap 0 alone", self.at_cutoff),
            _line("missing, share of cells", self.missing),
            _line("expected in the window", self.expected),
            _line("excess, in bins (b)", self.ratio),
            f"  {'p of no excess':24}{self.p_value:9.4f}",
            "  heaping (expected):",
            *(f"    {name:7} {one}" for name, one in self.heaping.items()),
        ]
        if self.left_out:
            told = ", ".join(f"{count} {reason}" for reason, count in self.left_out.items())
            lines.append(f"  left out: {told}")
        return "\n".join(lines)


def _at(cutoff: Cutoff) -> str:
    if isinstance(cutoff, str):
        return f"the {cutoff.replace('_', ' ')}"
    return f"the target {cutoff:+g}"


def _span(bounds: tuple[int, int] | None) -> str:
    return "none" if bounds is None else f"{bounds[0] / 10:g} to {bounds[1] / 10:g}"


def _line(name: str, one: Estimate) -> str:
    if one.value != one.value:
        return f"  {name:24}{'–':>9}"
    return f"  {name:24}{one.value:9.4f}  {one.low:.4f} to {one.high:.4f}"
