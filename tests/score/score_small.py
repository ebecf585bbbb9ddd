#!/usr/bin/env python3
"""Compare the facts of the metrics that the given tables leave out with hand-made ones.

usage: score_small.py FACTS.tsv PREDICTIONS [--show N]

FACTS.tsv is written like those of score_facts.py, for the metrics with scored = 0 in metrics.tsv;
a fact is right as it is there. Prints recall, precision and F1 of each metric and of all.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matching
import tables


def run(facts: Path, predictions: Path, show: int = 0) -> str:
    """Print the figures; the lines of the totals are returned."""
    texts = matching.match(facts, tables.read_observations(predictions), tables.SMALL)
    show_errors(texts, show)
    metrics = matching.count(texts, lambda _, key: key[0])
    for metric, n in sorted(metrics.items(), key=lambda item: -item[1].gold):
        counts = f"gold {n.gold:4d}  predicted {n.predicted:4d}  right {n.right:4d}"
        print(f"  {metric:36s} {counts}")
    line = matching.total(texts).line("facts")
    print(line)
    return line


def show_errors(texts: list[matching.Text], limit: int) -> None:
    missed = [
        f"{text.doc}: missed {key}  «{text.gold[key]}»"
        for text in texts
        for key in sorted(text.gold.keys() - text.right, key=str)
    ]
    spurious = [
        f"{text.doc}: spurious {key}  «{text.got[key][0].get('text') or ''}»"
        for text in texts
        for key in sorted(text.wrong, key=str)
    ]
    for line in sorted(missed + spurious)[:limit]:
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    run(options.facts, options.predictions, options.show)


if __name__ == "__main__":
    main()
