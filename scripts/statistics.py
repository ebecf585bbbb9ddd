"""How often do intervals of `bunching` cover the truth, and how often is a shift found?

Draws invented worlds with known truth (`zhibiao.stats.World`), estimates, and writes the shares
between the markers of docs/statistics.md. Seeds are 0, 1, 2 …; `make stats` is

    python scripts/statistics.py --seeds 1000
"""

from __future__ import annotations

import os

# Each process has a core, and threads of BLAS would fight for them; read when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
import warnings
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from zhibiao.stats import FewClustersWarning, World, frandsen_p
from zhibiao.stats.bunching.estimate import Options, estimate
from zhibiao.stats.bunching.grid import Window
from zhibiao.stats.bunching.pairing import pairing_test

PAGE = Path(__file__).parent.parent / "docs" / "statistics.md"
START, END = "<!-- simulation -->", "<!-- end -->"
#: The defaults of `bunching`, with fewer replicates.
DEFAULT = Options(Window((0, 2), (-10, -1), 40), replicates=199)
WITHOUT = replace(DEFAULT, window=replace(DEFAULT.window, missing=None))
METHODS = ("poisson", "histogram", "chetty")
ROUNDED = (0.0, 0.05, 0.15)
ALL = World(rounded=0.15)
OTHERS = [
    ("shortfalls reach far (skewed)", replace(ALL, gaps="skewed"), DEFAULT),
    ("heavy tails", replace(ALL, gaps="heavy"), DEFAULT),
    (
        "gaps with a standard deviation of 0.8",
        replace(ALL, region_sd=0.3, year_sd=0.3, sd=0.7),
        DEFAULT,
    ),
    ("the gap falls by 0.4 with a target higher by 1", replace(ALL, slope=-0.4), DEFAULT),
    ("regions differ in how often they round", replace(ALL, rounding="by_region"), DEFAULT),
    ("200 regions × 10 years", replace(ALL, years=10), DEFAULT),
    ("60 regions × 15 years", replace(ALL, regions=60), DEFAULT),
    ("a fifth of all shortfalls stay untold", replace(ALL, untold=0.2), DEFAULT),
    ("two fifths of all shortfalls stay untold", replace(ALL, untold=0.4), DEFAULT),
    ("30 % of actuals rounded", World(rounded=0.3), DEFAULT),
    (
        "window: the gap 0 alone",
        ALL,
        replace(DEFAULT, window=replace(DEFAULT.window, excess=(0, 0))),
    ),
    ("no side left out (`missing=0`)", ALL, WITHOUT),
    ("no side left out, 15 % shifted, 5 % rounded", World(shifted=0.15), WITHOUT),
    ("regions and years drawn", ALL, replace(DEFAULT, cluster="region_year")),
]


@dataclass(frozen=True)
class Told:
    """What the seeds of a case say."""

    seeds: int
    n: float
    truth: float
    mean: float
    sd: float
    error: float
    of_truth: float
    above: float

    def __str__(self) -> str:
        return (
            f"{self.n:.0f} | {100 * self.truth:.2f} | {100 * self.mean:.2f} | "
            f"{100 * self.sd:.2f} | {100 * self.error:.2f} | **{100 * self.of_truth:.1f}** | "
            f"{100 * self.above:.1f} |"
        )


def one(work: tuple[World, Options, int]) -> tuple[float, ...]:
    """Draw a world and estimate."""
    world, options, seed = work
    data = world.draw(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FewClustersWarning)
        found = estimate(data, replace(options, seed=seed)).excess
    truth = data.left_out["moved"] / found.n
    covered = found.low <= truth <= found.high
    return found.n, truth, found.value, found.error, covered, found.low > 0


def case(pool: Executor, world: World, options: Options, seeds: int) -> Told:
    """Estimate in as many worlds as there are seeds."""
    work = [(world, options, seed) for seed in range(seeds)]
    n, truth, value, error, covered, above = np.array(list(pool.map(one, work, chunksize=10))).T
    return Told(
        seeds,
        n.mean(),
        truth.mean(),
        value.mean(),
        value.std(ddof=1),
        error.mean(),
        covered.mean(),
        above.mean(),
    )


def others(work: tuple[World, int]) -> tuple[float, float]:
    """Give the p-values of the test by re-pairing, and of the density test."""
    world, seed = work
    data = world.draw(seed)
    gap = data.actual - data.target
    below, at, above = (int((gap == tenth).sum()) for tenth in (-1, 0, 1))
    paired = pairing_test(data, replace(DEFAULT, seed=seed))
    return paired.p_value, frandsen_p(below=below, at=at, above=above, k=0.02)


HEAD = "| cells | true excess | mean estimate | its SD | mean SE | interval covers truth | found |"
RULE = "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


def table(seeds: int, jobs: int | None) -> str:
    """Give the text between the markers."""
    lines = [
        f"Made by `make stats` (`python scripts/statistics.py --seeds {seeds}`): {seeds} seeds a "
        f"row, {DEFAULT.replicates} replicates each.",
        "All but counts are in %; *found* is the share of intervals that lie above 0 (without a "
        "shift 2.5 is right).",
        "",
        f"| method | actuals rounded, % {HEAD}",
        f"| --- | ---: {RULE}",
    ]
    with ProcessPoolExecutor(jobs) as pool:
        for method in METHODS:
            for rounded in ROUNDED:
                world, options = World(rounded=rounded), replace(DEFAULT, method=method)
                lines.append(
                    f"| `{method}` | {100 * rounded:.0f} | {case(pool, world, options, seeds)}"
                )
        lines += ["", "With a shift, and 5 % of actuals rounded:", ""]
        lines += [f"| method | shifted, % {HEAD}", f"| --- | ---: {RULE}"]
        for method in METHODS[:2]:
            for shifted in (0.05, 0.1, 0.15):
                world, options = World(shifted=shifted), replace(DEFAULT, method=method)
                lines.append(
                    f"| `{method}` | {100 * shifted:.0f} | {case(pool, world, options, seeds)}"
                )
        lines += [
            "",
            "Other worlds and choices, default method, 15 % of actuals rounded:",
            "",
            f"| world {HEAD}",
            f"| --- {RULE}",
        ]
        lines += [
            f"| {name} | {case(pool, world, options, seeds)}" for name, world, options in OTHERS
        ]
        lines += tests(pool, max(seeds // 2, 1))
    return "\n".join(lines)


def tests(pool: Executor, seeds: int) -> list[str]:
    """Give the table of how often the tests reject."""
    lines = [
        "",
        f"How often the other two tests reject at 5 % ({seeds} seeds a row):",
        "",
        "| actuals rounded, % | shifted, % | re-pairing | density test, k = 0.02 |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for rounded, shifted in [(0.0, 0.0), (0.05, 0.0), (0.15, 0.0), (0.05, 0.15)]:
        work = [(World(rounded=rounded, shifted=shifted), seed) for seed in range(seeds)]
        found = 100 * (np.array(list(pool.map(others, work, chunksize=10))) <= 0.05).mean(axis=0)
        lines.append(
            f"| {100 * rounded:.0f} | {100 * shifted:.0f} | {found[0]:.1f} | {found[1]:.1f} |"
        )
    return lines


def main() -> None:
    """Write the page, or print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="worlds for each row")
    parser.add_argument("--print", action="store_true", help="print, and leave the page as it is")
    parser.add_argument("--jobs", type=int, help="processes; as many as cores if not told")
    asked = parser.parse_args()
    began = time.monotonic()
    text = table(asked.seeds, asked.jobs)
    if asked.print:
        print(text)
    else:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(START, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
