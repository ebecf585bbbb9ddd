#!/usr/bin/env python3
"""Extract a corpus and compare the tables with those made by hand.

usage: run_score.py [--corpus DIR] [--show N] [--keep DIR] [--page FILE]
       run_score.py --gate | --renew-floors [--lower REASON] [--corpus DIR]

DIR holds corpus/ (seeds, reports with INDEX.tsv) and gold/ (spans, facts); without --corpus it is
the variable ZHIBIAO_CORPUS, and without that ../shared beside this repository. Each scorer's own
lines are printed first, then a table of all figures; --show N lists the first N errors of each
comparison, --keep leaves the extracted tables in a folder, --page renews the tables of a Markdown
file between their marks. Where there is no corpus, only the sample is scored; the exit status is 0
all the same.

--gate ends with status 1 where a figure stands below its floor in floors.tsv, or where the floors
were measured on other tables or texts; --renew-floors raises them to the present figures, and with
--lower also lowers those that are not reached, for the reason given.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import breakdown
import check_copies
import checks
import compared
import gate
import page
from commands import ROOT, extract, run_peer, scorer
from figures import Figure, print_table

if TYPE_CHECKING:
    from check import Check

SAMPLE = ROOT / "python" / "zhibiao" / "sample"
OWN_GOLD = ROOT / "tests" / "gold"


@dataclass
class Scored:
    """What a run found: the figures, the consistency checks, and the facts in detail."""

    figures: list[Figure] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    groups: list[breakdown.Group] = field(default_factory=list)


def main() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # in step with what the command prints
    options = parse()
    corpus = options.corpus if options.corpus.is_absolute() else ROOT / options.corpus
    there = (corpus / "corpus").is_dir()
    floors_only = options.gate or options.renew_floors
    with tempfile.TemporaryDirectory() as scratch:
        out = (options.keep or Path(scratch)).resolve()
        out.mkdir(parents=True, exist_ok=True)
        scored = Scored(score_sample(out, options.show))
        if there:
            score_corpus(scored, corpus, out, options.show, with_peer=not floors_only)
        else:
            print(f"\nNo corpus at {corpus}: only the sample was scored.")
            print("Name a folder that holds corpus/ and gold/ by ZHIBIAO_CORPUS.")
    print_table(scored.figures)
    if scored.checks:
        checks.print_table(scored.checks)
    if options.page:
        page.renew(options.page, scored.figures, scored.checks, scored.groups)
    if floors_only:
        measured = gate.values(scored.figures, scored.checks)
        marks = gate.fingerprints(OWN_GOLD, corpus) if there else {}
        renew = options.renew_floors
        sys.exit(
            gate.renew(measured, marks, options.lower) if renew else gate.judge(measured, marks)
        )


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("ZHIBIAO_CORPUS") or ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=Path(default))
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--renew-floors", action="store_true")
    parser.add_argument("--lower", metavar="REASON", default="")
    return parser.parse_args()


def score_sample(out: Path, show: int) -> list[Figure]:
    """The sample corpus of the package, which is there always."""
    tables = extract(out / "sample", [SAMPLE], "--index", SAMPLE / "index.tsv")
    return compared.facts("sample", OWN_GOLD / "sample_facts.tsv", tables, show)


def score_corpus(scored: Scored, corpus: Path, out: Path, show: int, with_peer: bool) -> None:
    """Everything that can be said of the corpus, the peer's figures beside ours."""
    seeds, reports, gold = corpus / "corpus/seeds", corpus / "corpus/reports", corpus / "gold"
    index = reports / "INDEX.tsv"
    tables = extract(out / "named", [seeds, reports])
    scored.figures += compared.spans("given", gold / "spans", tables, show)
    if (OWN_GOLD / "spans").is_dir():
        scored.figures += compared.spans("own", OWN_GOLD / "spans", tables, show)
    by_hand = {"given": gold / "facts" / "facts.tsv", **compared.own("facts", OWN_GOLD)}
    for name, table in by_hand.items():
        scored.figures += compared.facts(name, table, tables, shown(name, show))
    scored.figures += compared.own_kinds(OWN_GOLD, by_hand, tables, show)
    for name, table in by_hand.items():
        scored.figures += compared.panel(name, table, [seeds, reports], shown(name, show))
    scored.checks = check(index, [seeds, reports], tables, out, show)
    if with_peer:
        peer = run_peer(reports, out / "peer.jsonl")
        for name, table in by_hand.items():
            scored.figures += compared.facts(f"{name}, peer", table, peer, 0)
        scored.groups = breakdown.groups(by_hand, index, tables, peer)
    scored.figures += compared.regions("names as they are", index, out / "named", show)
    hidden = out / "hidden-names"
    scorer("score_reports.py", "hide", reports, hidden)
    extract(out / "hidden", [hidden])
    scored.figures += compared.regions("names hidden", index, out / "hidden", show)


def shown(name: str, show: int) -> int:
    """Held back means that the single errors are not looked at."""
    return 0 if compared.HELD_BACK in name else show


def check(index: Path, sources: list[Path], tables: Path, out: Path, show: int) -> list[Check]:
    """Ask whether the extraction agrees with itself."""
    print("\n== consistency of the extraction with itself")
    cut = out / "without-chrome"
    check_copies.cut_chrome(sources, cut)
    found = checks.run(index, tables, extract(out / "cut", [cut]))
    checks.show(found, show)
    return found


if __name__ == "__main__":
    main()
