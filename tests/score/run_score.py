#!/usr/bin/env python3
"""Extract a corpus and compare the tables with those made by hand.

usage: run_score.py [--corpus DIR] [--show N] [--keep DIR]

DIR holds corpus/ (seeds, reports with INDEX.tsv) and gold/ (spans, facts); without --corpus it is
the variable ZHIBIAO_CORPUS, and without that ../shared beside this repository. Each scorer's own
lines are printed first, then a table of all figures; --show N lists the first N errors of each
comparison, --keep leaves the extracted tables in a folder. Where there is no corpus, only the
sample is scored; the exit status is 0 all the same.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "python" / "zhibiao" / "sample"
PEER = ROOT / "benches" / "peers" / "regex_pipeline.py"
OWN_GOLD = ROOT / "tests" / "gold"
ENDING = "parquet" if find_spec("pyarrow") else "jsonl"
#: Exit statuses of the command that leave tables behind: all read, some problems.
READ = (0, 3)


@dataclass
class Figure:
    """A line of the closing table."""

    what: str
    value: float
    of: str


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # in step with what the command prints
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("ZHIBIAO_CORPUS") or ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=Path(default))
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    corpus = options.corpus if options.corpus.is_absolute() else ROOT / options.corpus
    with tempfile.TemporaryDirectory() as scratch:
        out = (options.keep or Path(scratch)).resolve()
        out.mkdir(parents=True, exist_ok=True)
        figures = score_sample(out, options.show)
        if (corpus / "corpus").is_dir():
            figures += score_corpus(corpus, out, options.show)
        else:
            print(f"\nNo corpus at {corpus}: only the sample was scored.")
            print("Name a folder that holds corpus/ and gold/ by ZHIBIAO_CORPUS.")
    print_table(figures)


def score_sample(out: Path, show: int) -> list[Figure]:
    """The sample corpus of the package, which is there always."""
    tables = extract(out / "sample", [SAMPLE], "--index", SAMPLE / "index.tsv")
    return facts("sample", OWN_GOLD / "sample_facts.tsv", tables, show)


def score_corpus(corpus: Path, out: Path, show: int) -> list[Figure]:
    """Everything that can be said of the corpus, the peer's figures beside ours."""
    reports, gold = corpus / "corpus" / "reports", corpus / "gold"
    index = reports / "INDEX.tsv"
    tables = extract(out / "named", [corpus / "corpus" / "seeds", reports])
    figures = spans("given", gold / "spans", tables, show)
    if (OWN_GOLD / "spans").is_dir():
        figures += spans("own", OWN_GOLD / "spans", tables, show)
    by_hand = [("given", gold / "facts" / "facts.tsv")]
    by_hand += [("own, looked at", OWN_GOLD / "facts" / "looked_at.tsv")]
    by_hand += [("own, held back", OWN_GOLD / "facts" / "held_back.tsv")]
    for name, table in by_hand:
        # Held back means that the single errors are not looked at.
        figures += facts(name, table, tables, 0 if "held" in name else show)
    peer = run_peer(reports, out / "peer.jsonl")
    for name, table in by_hand:
        figures += facts(f"{name}, peer", table, peer, 0)
    figures += regions("names as they are", index, out / "named", show)
    hidden = out / "hidden-names"
    scorer("score_reports.py", "hide", reports, hidden)
    extract(out / "hidden", [hidden])
    return figures + regions("names hidden", index, out / "hidden", show)


def extract(stem: Path, sources: list[Path], *options: str | Path) -> Path:
    """Run the command; the tables stand beside `stem`, the observations are returned."""
    command = Path(sys.executable).with_name("zhibiao")
    out = stem.with_suffix(f".{ENDING}")
    words = [command, "extract", *sources, "-o", out, "--overwrite", *options]
    try:
        done = subprocess.run([str(word) for word in words], check=False)
    except FileNotFoundError:
        sys.exit(f"zhibiao is not installed in {command.parent}; run `make score`")
    if done.returncode not in READ:
        sys.exit(f"zhibiao extract ended with status {done.returncode}")
    return out


def run_peer(reports: Path, out: Path) -> Path:
    texts = [text for text in sorted(reports.rglob("*.txt")) if text.parent.name != "raw"]
    print(f"\n== peer: {PEER.name}")
    subprocess.run([sys.executable, str(PEER), str(out), *map(str, texts)], check=True)
    return out


def scorer(name: str, *arguments: object) -> str:
    """What a scorer prints; it is shown as well."""
    words = [sys.executable, str(HERE / name), *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        words, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    )
    print(done.stdout, end="")
    return done.stdout


def spans(what: str, gold: Path, tables: Path, show: int) -> list[Figure]:
    print(f"\n== observations with their places, {what} tables: {gold}")
    printed = scorer("score.py", gold, tables, "--show", show)
    exact = re.search(r"^fields +span (\S+)", printed, re.MULTILINE)
    span = [Figure(f"spans, {what}: exact of those found", float(exact[1]), "")] if exact else []
    return [*f1_lines(f"spans, {what}", printed), *span]


def facts(what: str, gold: Path, tables: Path, show: int) -> list[Figure]:
    print(f"\n== headline facts, {what}: {gold}")
    return f1_lines(f"facts, {what}", scorer("score_facts.py", gold, tables, "--show", show))


def regions(what: str, index: Path, stem: Path, show: int) -> list[Figure]:
    print(f"\n== region and year, {what}")
    reports = stem.with_suffix(f".reports.{ENDING}")
    printed = scorer("score_reports.py", "score", index, reports, "--show", show or 20)
    right = re.search(r"region and year (\S+).*?(\d+ of \d+)\)", printed)
    return [Figure(f"region and year, {what}", float(right[1]), right[2])] if right else []


def f1_lines(what: str, printed: str) -> list[Figure]:
    pattern = r"^(\w+) +recall \S+ +precision \S+ +F1 (\S+) +\((.*)\)"
    found = re.findall(pattern, printed, re.MULTILINE)
    return [Figure(f"{what}: {name} F1", float(f1), of) for name, f1, of in found]


def print_table(figures: list[Figure]) -> None:
    print("\n== all figures")
    for figure in figures:
        print(f"{figure.value:7.4f}  {figure.what}  {figure.of}".rstrip())


if __name__ == "__main__":
    main()
