#!/usr/bin/env python3
"""How fast is the whole extraction, and how fast a regex pipeline on the same texts?

usage: bench.py [--corpus DIR] [--megabytes N] [--runs N] [--page FILE | --no-page]

The text is every .txt of DIR/corpus/reports whose name does not hold `ljtyduyu`, repeated until
there are N MB of UTF-8 (200), with one digit of each text changed in each repetition, one file for
each text. DIR is the variable ZHIBIAO_CORPUS or ../shared beside this repository; without it the
sample corpus is repeated. The best of the runs (3) counts. The figures are printed and written to
docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kernels

import zhibiao

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / "benches" / "peers" / "regex_pipeline.py"
PAGE = ROOT / "docs" / "performance.md"
#: As many as its table of names has.
PEER_METRICS = 20
DIGITS = re.compile(r"[0-9]")


@dataclass
class Timing:
    """One line of the table."""

    what: str
    megabytes: float
    seconds: float
    rows: int

    @property
    def speed(self) -> float:
        return self.megabytes / self.seconds


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    options = arguments()
    texts, kind = originals(options.corpus)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        megabytes, first = write(texts, folder, options.megabytes)
        print(f"{megabytes:.1f} MB of UTF-8 in {len(list(folder.rglob('*.txt')))} files, {kind}")
        timings = [extraction(folder, threads, megabytes, options.runs) for threads in (1, 2)]
        timings.append(one_by_one(texts, options.runs))
        timings.append(peer(first, Path(scratch) / "peer.jsonl"))
    table = as_markdown(timings)
    print(table)
    loops = kernels.as_markdown(list(texts.values()), options.runs)
    print(loops)
    if not options.no_page:
        options.page.write_text(page(table, loops, megabytes, kind), encoding="utf-8")
        print(f"written: {options.page}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("ZHIBIAO_CORPUS") or ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=Path(default))
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--no-page", action="store_true")
    return parser.parse_args()


def originals(corpus: Path) -> tuple[dict[str, str], str]:
    """Name and text of each report, and what they are."""
    reports = (corpus if corpus.is_absolute() else ROOT / corpus) / "corpus" / "reports"
    if reports.is_dir():
        paths = [p for p in sorted(reports.rglob("*.txt")) if "ljtyduyu" not in p.name]
        return {p.name: p.read_bytes().decode("utf-8-sig") for p in paths}, "real reports, repeated"
    print(f"No corpus at {reports}; the sample is repeated instead (ZHIBIAO_CORPUS names one).")
    paths = sorted(zhibiao.sample.glob("*.txt"))
    texts = {p.name: p.read_bytes() for p in paths}
    return {name: _decode(data) for name, data in texts.items()}, "the sample corpus, repeated"


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def changed(text: str, repetition: int) -> str:
    """The text with one digit changed, another one in each repetition."""
    places = [match.start() for match in DIGITS.finditer(text)]
    if not places:
        return text
    at = places[repetition * 7919 % len(places)]  # a prime, so that places are far apart
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def write(texts: dict[str, str], folder: Path, megabytes: float) -> tuple[float, list[Path]]:
    """Repeat the texts as files; also returns the files of the first repetition."""
    written, repetition, first = 0, 0, []
    while written < megabytes * 1e6:
        into = folder / f"{repetition:04}"
        into.mkdir()
        for name, text in texts.items():
            data = changed(text, repetition).encode()
            (into / name).write_bytes(data)
            written += len(data)
        first = first or sorted(into.iterdir())
        repetition += 1
    return written / 1e6, first


def best(runs: int, work: Callable[[], int]) -> tuple[float, int]:
    """The shortest time of some runs, and what the work returned."""
    times, rows = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        rows = work()
        times.append(time.perf_counter() - start)
    return min(times), rows


def extraction(folder: Path, threads: int, megabytes: float, runs: int) -> Timing:
    seconds, rows = best(
        runs, lambda: zhibiao.extract(folder, threads=threads).observations.num_rows
    )
    name = f"`zhibiao.extract`, {threads} thread{'s' if threads > 1 else ''}, files to tables"
    return Timing(name, megabytes, seconds, rows)


def one_by_one(texts: dict[str, str], runs: int) -> Timing:
    """Texts in memory, one call for each; one that holds no report raises an error."""

    def work() -> int:
        rows = 0
        for text in texts.values():
            try:
                rows += zhibiao.read(text).observations.num_rows
            except zhibiao.ZhibiaoError:
                continue
        return rows

    seconds, rows = best(runs, work)
    megabytes = sum(len(text.encode()) for text in texts.values()) / 1e6
    return Timing("`zhibiao.read`, one text in memory at a time", megabytes, seconds, rows)


def peer(texts: list[Path], out: Path) -> Timing:
    """The peer tells its own time, without reading files and starting up."""
    command = [sys.executable, str(PEER), str(out), *map(str, texts)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows, speed = re.search(r"(\d+) rows, .* ([\d.]+) MB/s", printed).groups()
    megabytes = sum(text.stat().st_size for text in texts) / 1e6
    name = "regex pipeline in Python (`benches/peers/regex_pipeline.py`), 1 thread"
    return Timing(name, megabytes, megabytes / float(speed), int(rows))


def as_markdown(timings: list[Timing]) -> str:
    base = timings[-1].speed
    lines = [
        "| what | MB | seconds | MB/s | rows | times the peer |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {t.what} | {t.megabytes:.1f} | {t.seconds:.2f} | {t.speed:.1f} | {t.rows:,} "
        f"| {t.speed / base:.1f} |"
        for t in timings
    ]
    return "\n".join(lines)


def page(table: str, loops: str, megabytes: float, kind: str) -> str:
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return f"""# How fast it is

Written by `make bench` on {today}; do not edit by hand.

{table}

Text: {megabytes:.0f} MB of UTF-8, {kind}, with one digit of each text changed in each
repetition. MB/s are millions of bytes of UTF-8 a second, the best of the runs, from opening the
files to finished Arrow tables. The regex pipeline reads one repetition, its time without opening
files; it knows {PEER_METRICS} metrics and no places in the original text.

## Statistics

{loops}

What vectorised numpy does as fast is left to it: the refits of `bunching` are products of matrices,
for all replicates together.

Machine: {machine()}.
"""


def machine() -> str:
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False)
    return ", ".join(
        [
            _processor(),
            f"{os.cpu_count()} cores",
            platform.platform(terse=True),
            f"Python {platform.python_version()}",
            " ".join(rustc.stdout.split()[:2]) or "rustc unknown",
            f"zhibiao {zhibiao.__version__}",
        ]
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = re.search(r"model name\s*: (.*)", cpuinfo.read_text())
        if named:
            return named[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
