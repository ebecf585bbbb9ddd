"""How long the loops of `zhibiao.stats` take, beside the best that Python does without them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from zhibiao import _core, stats
from zhibiao.stats._presets import preset_path, read_tsv

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = ("environment", "innovation", "employment", "growth")
REPLICATES = 499


def as_markdown(texts: list[str], runs: int) -> str:
    """Time them and give the table."""
    short = [row["word"] for name in LISTS[:1] for row in words_of(name)]
    known = sorted({row["word"] for name in LISTS for row in words_of(name)})
    # A long list of a paper has hundreds: these words and what is put together from two of them.
    long = [*known, *(a + b for a in known[:15] for b in known[15:30])]
    lines = [
        "| what | seconds | in Python alone | times as fast |",
        "| --- | ---: | ---: | ---: |",
    ]
    for words in (short, long):
        ours = best(runs, lambda words=words: _core.count_words(texts, words))
        theirs = best(runs, lambda words=words: by_expression(texts, words))
        what = f"`attention`, {len(words)} words over {len(texts)} texts (`re`)"
        lines.append(f"| {what} | {ours:.3f} | {theirs:.3f} | {theirs / ours:.1f} |")
    panel = stats.World().panel(0)
    seconds = best(runs, lambda: stats.bunching(panel, replicates=REPLICATES))
    what = f"`bunching`, {REPLICATES} refits of 3,000 cells, vectorised numpy"
    lines.append(f"| {what} | {seconds:.3f} | the same | |")
    return "\n".join(lines)


def words_of(name: str) -> list[dict[str, str]]:
    return [row for _, row in read_tsv(preset_path(name, "attention")[1], ("word",))]


def by_expression(texts: list[str], words: list[str]) -> list[int]:
    """The longest first, without white space: the plain way."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return [len(pattern.findall("".join(text.split()))) for text in texts]


def best(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
