"""Floors under the figures, and what they were measured on.

floors.tsv has a row for each figure: its floor, and why the floor stands where it stands. Above the
rows stand sha256 sums of the tables and texts that the figures were measured on, since on others a
figure says nothing about whether the program fell.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from check import Check
    from figures import Figure

FLOORS = HERE / "floors.tsv"
HEAD = "figure\tfloor\treason"
#: A floor stands so far below what was measured.
BELOW = 0.002
MEASURED = "measured"
#: Figures of the sample are there without the corpus.
ALWAYS = "facts, sample: "
RENEW = (
    "make score SCORE=--renew-floors (and to lower a floor: SCORE='--renew-floors --lower \"why\"')"
)


@dataclass
class Floor:
    value: float
    reason: str


def values(figures: Iterable[Figure], checks: Iterable[Check]) -> dict[str, float]:
    """What floors can stand under: F1 or share, precision of growth targets, equal copies."""
    found = {}
    for figure in figures:
        if ", peer" in figure.what:
            continue
        found[figure.what] = figure.f1
        if figure.what.endswith(": growth_targets") and figure.precision is not None:
            found[f"{figure.what}, precision"] = figure.precision
        if figure.what.startswith("further metrics") and figure.recall is not None:
            found[f"{figure.what}, recall"] = figure.recall
            found[f"{figure.what}, precision"] = figure.precision or 0.0
    for check in checks:
        if check.is_exact:
            found[check.name] = check.agreeing
    return found


def fingerprints(own: Path, corpus: Path) -> dict[str, str]:
    """A sum for each part of what the figures are measured on."""
    return {
        "tables of this repository": digest(own, (".tsv", ".jsonl")),
        "given tables": digest(corpus / "gold", (".tsv", ".jsonl")),
        "texts of the corpus": digest(corpus / "corpus", ("",)),
    }


def digest(folder: Path, endings: tuple[str, ...]) -> str:
    """The sum of the files of a folder, with their names, in the order of their paths."""
    whole = hashlib.sha256()
    files = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name.endswith(endings)
    }
    for name, path in sorted(files.items()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{name}\t{content}\n".encode())
    return whole.hexdigest()


def read(path: Path) -> tuple[dict[str, str], dict[str, Floor]]:
    """The sums and the floors; a file that is not there holds none."""
    sums, floors = {}, {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        if line.startswith("# "):
            part, _, known = line[2:].partition(": ")
            sums[part] = known
        elif line != HEAD:
            figure, floor, reason = line.split("\t")
            floors[figure] = Floor(float(floor), reason)
    return sums, floors


def write(path: Path, sums: Mapping[str, str], floors: Mapping[str, Floor]) -> None:
    lines = [f"# {part}: {known}" for part, known in sums.items()]
    rows = [f"{name}\t{floor.value:.3f}\t{floor.reason}" for name, floor in floors.items()]
    path.write_text("\n".join([*lines, HEAD, *rows]) + "\n", encoding="utf-8")


def judge(measured: Mapping[str, float], sums: Mapping[str, str], path: Path = FLOORS) -> int:
    """Print what stands below its floor; the exit status. Without sums the sample alone."""
    known, floors = read(path)
    if not sums:
        floors = {name: floor for name, floor in floors.items() if name.startswith(ALWAYS)}
        print("\n== gate: NO CORPUS, so that only the floors of the sample are judged")
    complaints = [
        f"the {part} are not those that the floors were measured on; renew them: {RENEW}"
        for part in sums
        if sums[part] != known.get(part)
    ]
    for name, floor in floors.items():
        if name not in measured:
            complaints.append(f"{name}: has a floor of {floor.value:.3f}, but was not measured")
        elif measured[name] < floor.value:
            fell = f"{measured[name]:.4f} is below the floor of {floor.value:.3f}"
            complaints.append(f"{name}: {fell} ({floor.reason})")
    for complaint in complaints:
        print(f"gate: {complaint}")
    unknown = [name for name in measured if name not in floors] if sums else []
    for name in unknown:
        print(f"gate: {name}: no floor yet; {RENEW}")
    print(f"gate: {'closed' if complaints else 'open'}, {len(floors)} floors")
    return 1 if complaints else 0


def renew(
    measured: Mapping[str, float], sums: Mapping[str, str], why: str, path: Path = FLOORS
) -> int:
    """Raise floors to what was measured, lower them only for a reason; the exit status."""
    if not sums:
        print("gate: floors are renewed with the corpus alone")
        return 1
    _, before = read(path)
    floors, kept = {}, []
    for name, value in measured.items():
        floor = Floor(floor_of(value), MEASURED)
        old = before.get(name)
        if old and old.value >= floor.value:
            # A figure between the floor and what would be set anew has not fallen.
            floor = old
            if value < old.value and why:
                floor = Floor(floor_of(value), why)
            elif value < old.value:
                kept.append(f"{name}: {value:.4f} is below the floor of {old.value:.3f}")
        floors[name] = floor
    for name in before.keys() - measured.keys():
        if not why:
            floors[name] = before[name]
            kept.append(f"{name}: has a floor, but was not measured")
    write(path, sums, floors)
    for line in kept:
        print(f"gate: floor kept, lower it by --lower REASON: {line}")
    print(f"gate: written {path.name}, {len(floors)} floors")
    return 1 if kept else 0


def floor_of(value: float) -> float:
    """Rounded down to three digits, and a little below."""
    return max(0.0, round(math.floor(value * 1000 + 1e-9) / 1000 - BELOW, 3))
