"""Each comparison of an extraction with a hand-made table, and the figures that it gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import score_certainty
import score_comparability
import score_panel
import score_small
from commands import ENDING, scorer
from figures import Figure, f1_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HELD_BACK = "held back"


def own(folder: str, gold: Path) -> dict[str, Path]:
    """Our own tables in a folder, by what is said of them: own, looked at … held back last."""
    files = sorted((gold / folder).glob("*.tsv"), key=lambda f: ("held" in f.stem, f.stem))
    return {f"own, {file.stem.replace('_', ' ')}": file for file in files}


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


def own_kinds(gold: Path, headline: Mapping[str, Path], tables: Path, show: int) -> list[Figure]:
    """What has tables of our own alone: small metrics, comparability, certainty."""
    figures = []
    for name, table in own("small", gold).items():
        figures += small(name, table, tables, 0 if HELD_BACK in name else show)
    for split in ("looked at", HELD_BACK):
        files = sorted((gold / "comparability").glob(f"{split.replace(' ', '_')}*.tsv"))
        if files:
            limit = 0 if split == HELD_BACK else show
            figures += comparability(f"own, {split}", files, tables, limit)
    for name, table in headline.items():
        figures += certainty(name, table, tables, 0 if HELD_BACK in name else show)
    return figures


def small(what: str, gold: Path, tables: Path, show: int) -> list[Figure]:
    print(f"\n== facts of further metrics, {what}: {gold}")
    return f1_lines(f"further metrics, {what}", score_small.run(gold, tables, show))


def comparability(what: str, files: list[Path], tables: Path, show: int) -> list[Figure]:
    """Of each field the share among unusual values; without one, nothing."""
    print(f"\n== what makes figures comparable, {what}")
    result = score_comparability.run(files, tables, show)
    found = 1 - len(result.missing) / result.rows if result.rows else 0.0
    counts = f"{result.rows - len(result.missing)} of {result.rows}"
    figures = [Figure(f"comparability, {what}: found", found, counts)]
    for name in score_comparability.USUAL:
        share = result.unusual[name] if name != "metric" else result.all[name]
        if share.rows:
            of = f"{share.right} of {share.rows}"
            if name != "metric":
                of += f"; of all {result.all[name]}"
            figures.append(Figure(f"comparability, {what}: {name}", share.share, of))
    return figures


def certainty(what: str, table: Path, tables: Path, show: int) -> list[Figure]:
    """Both shares so that more is better: wrong facts marked, right ones left alone."""
    print(f"\n== certainty, {what}")
    shares = score_certainty.run([table], tables, show)
    if not shares:
        return []
    wrong, right = shares
    sure = score_certainty.Marked("", [(n - marked, n) for marked, n in right.reports])
    return [
        Figure(f"certainty, {what}: wrong facts marked", wrong.share, wrong.counts),
        Figure(f"certainty, {what}: right facts left sure", sure.share, sure.counts),
    ]


def panel(what: str, table: Path, folders: list[Path], show: int) -> list[Figure]:
    """The yearly cells of the panel: right values of those shown, cells filled of those implied."""
    print(f"\n== cells of the panel, {what}: {table}")
    result = score_panel.run(table, folders, show)
    right = f"{result.right} of {result.shown}"
    filled = f"{result.filled} of {result.implied}"
    return [
        Figure(f"panel, {what}: values right of those shown", result.share_right, right),
        Figure(f"panel, {what}: cells filled of those implied", result.share_filled, filled),
    ]
