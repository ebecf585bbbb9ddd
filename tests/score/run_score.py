#!/usr/bin/env python3
"""Extract a corpus and compare the tables with those made by hand.

usage: run_score.py [--corpus DIR] [--show N] [--keep DIR] [--page FILE]

DIR holds corpus/ (seeds, reports with INDEX.tsv) and gold/ (spans, facts); without --corpus it is
the variable ZHIBIAO_CORPUS, and without that ../shared beside this repository. Each scorer's own
lines are printed first, then a table of all figures; --show N lists the first N errors of each
comparison, --keep leaves the extracted tables in a folder, --page renews the table of a Markdown
file between its marks. Where there is no corpus, only the sample is scored; the exit status is 0
all the same.
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


#: The table of a page stands between these.
MARKS = ("<!-- figures -->", "<!-- end of figures -->")


@dataclass
class Figure:
    """A line of the closing table; regions and exact spans have one value, their share."""

    what: str
    f1: float
    of: str
    recall: float | None = None
    precision: float | None = None

    def cells(self) -> list[str]:
        """Recall, precision, F1."""
        if self.recall is None or self.precision is None:
            return ["", "", f"{self.f1:.3f}"]
        return [f"{value:.3f}" for value in (self.recall, self.precision, self.f1)]


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # in step with what the command prints
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("ZHIBIAO_CORPUS") or ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=Path(default))
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--page", type=Path)
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
    if options.page:
        write_page(options.page, figures)


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
    same = {**os.environ, "PYTHONHASHSEED": "0"}  # its rows hang on the order of its sets
    words = [sys.executable, str(PEER), str(out), *map(str, texts)]
    subprocess.run(words, check=True, env=same)
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
    pattern = r"^(\w+) +recall (\S+) +precision (\S+) +F1 (\S+) +\((.*)\)"
    return [
        Figure(f"{what}: {name}", float(f1), of, float(recall), float(precision))
        for name, recall, precision, f1, of in re.findall(pattern, printed, re.MULTILINE)
    ]


def print_table(figures: list[Figure]) -> None:
    print("\n== all figures: recall, precision, F1 or share")
    for figure in figures:
        recall, precision, f1 = figure.cells()
        print(f"{recall:5}  {precision:5}  {f1:5}  {figure.what}  {figure.of}".rstrip())


def write_page(page: Path, figures: list[Figure]) -> None:
    """Renew the table between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    table = "\n".join(
        [
            "| compared | recall | precision | F1 or share | rows |",
            "| --- | ---: | ---: | ---: | --- |",
            *(f"| {' | '.join([f.what, *f.cells(), f.of])} |" for f in figures),
        ]
    )
    page.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")
    print(f"written: {page}")


if __name__ == "__main__":
    main()
