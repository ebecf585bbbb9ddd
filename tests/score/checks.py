#!/usr/bin/env python3
"""Ask whether an extraction agrees with itself, where no table was made by hand.

usage: checks.py cut SEEDS REPORTS OUT      copy the texts without what stands around the report
       checks.py check INDEX.tsv OBSERVATIONS [--cut OBSERVATIONS_OF_OUT] [--show N]

Copies of a report must tell the same headline facts (check_copies.py); figures that stand in a
known relation must keep to it (check_figures.py). A failure is a place to look, not an error in
itself: sources differ, statistics are revised, and reports misprint. --show N prints the first N
failures of each check with the sentences that they come from. OBSERVATIONS is .parquet or .jsonl.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import check_copies
import check_figures
import tables
from check import Check, Quotes


def run(index: Path, observations: Path, cut: Path | None) -> list[Check]:
    """Every check over an extraction; `cut` is that of the texts without chrome."""
    rows = tables.read_observations(observations)
    quotes = Quotes(observations)
    checks = check_copies.checks(tables.read_tsv(index), rows, quotes)
    if cut:
        trimmed = tables.read_observations(cut)
        checks.append(check_copies.without_chrome(rows, trimmed, quotes, Quotes(cut)))
    return checks + check_figures.checks(rows, quotes)


def show(checks: list[Check], limit: int) -> None:
    """Print what is told of each check, then its first failures."""
    for check in checks:
        print(f"\n-- {check.name}: {check.checked} checked, {check.failed} failed")
        for note in check.notes:
            print(f"   {note}")
        for failure in check.failures[:limit]:
            print(f"   {failure}")


def print_table(checks: list[Check]) -> None:
    print("\n== consistency: checked, failed, share that agrees")
    for check in checks:
        print(f"{check.checked:6} {check.failed:6}  {check.agreeing:.3f}  {check.name}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    cut = commands.add_parser("cut")
    for name in ("seeds", "reports", "out"):
        cut.add_argument(name, type=Path)
    check = commands.add_parser("check")
    check.add_argument("index", type=Path)
    check.add_argument("observations", type=Path)
    check.add_argument("--cut", type=Path)
    check.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if options.command == "cut":
        n = check_copies.cut_chrome([options.seeds, options.reports], options.out)
        print(n, "files")
        return
    found = run(options.index, options.observations, options.cut)
    show(found, options.show)
    print_table(found)


if __name__ == "__main__":
    main()
