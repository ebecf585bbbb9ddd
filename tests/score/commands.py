"""The programs that a run calls: the command of the package, the peer, the given scorers."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEER = ROOT / "benches" / "peers" / "regex_pipeline.py"
ENDING = "parquet" if find_spec("pyarrow") else "jsonl"
#: Exit statuses of the command that leave tables behind: all read, some problems.
READ = (0, 3)


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
