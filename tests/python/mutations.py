"""Damage as it comes to files: cuts, flips, swaps, repeated blocks, inserted bytes; from a seed."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["mutated"]

Bytes = bytearray


def _cut(data: Bytes, chance: random.Random) -> Bytes:
    start, end = _two(data, chance)
    return data[start:end] if chance.random() < 0.5 else data[:start] + data[end:]


def _flip(data: Bytes, chance: random.Random) -> Bytes:
    for _ in range(chance.choice((1, 4, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _swap(data: Bytes, chance: random.Random) -> Bytes:
    size = chance.choice((1, 3, 30, 3000))
    first, second = _two(data, chance)
    a, b = data[first : first + size], data[second : second + size]
    if len(a) == len(b) and first + size <= second:
        data[first : first + size], data[second : second + size] = b, a
    return data


def _repeat(data: Bytes, chance: random.Random) -> Bytes:
    start = chance.randrange(len(data))
    block = data[start : start + chance.choice((3, 300, 3000))]
    return data[:start] + block * chance.choice((2, 3, 40)) + data[start:]


def _insert(data: Bytes, chance: random.Random) -> Bytes:
    at = chance.randrange(len(data))
    what = chance.choice(_ODD) or chance.randbytes(chance.choice((1, 2, 9)))
    return data[:at] + what * chance.choice((1, 1, 5)) + data[at:]


#: What has been seen in files, and what programs fall over.
_ODD = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\\r\\n", b"????", b"PK\x03\x04", b"%"),
    *(b"<U+00A0>", b"_x000D_", b"</p><p>", b"&#19968;", b"((((((((", "年".encode("gb18030")),
    *(
        b"99999999999999999999",
        b"0.000000000000000001",
        "９９９９９９９９９".encode(),
        "万亿".encode(),
    ),
    *(
        "一二三四五六七八九十".encode(),
        "分别".encode(),
        "其中：".encode(),
        "，".encode(),
        "　".encode(),
    ),
)

_WAYS: tuple[Callable[[Bytes, random.Random], Bytes], ...] = (_cut, _flip, _swap, _repeat, _insert)


def _two(data: Bytes, chance: random.Random) -> tuple[int, int]:
    first, second = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return first, second


def mutated(data: bytes, seed: int) -> bytes:
    """Give the bytes after one to four of these accidents; the same for the same seed."""
    chance = random.Random(seed)
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if result:
            result = chance.choice(_WAYS)(result, chance)
    return bytes(result)


# ---- read many, as a process of its own whose memory can be measured ----

#: What a reading may take whatever the size of its text: threads, a scan, the tables.
BASE = 24 << 20
#: Bytes of memory for each byte of a text.
FACTOR = 20
#: Seconds for a megabyte, or less.
SECONDS = 2.0


class Reading(NamedTuple):
    """What a reading took, beside what it may take, and what was wrong with it, if anything."""

    seconds: float
    #: For a megabyte; a shorter text counts as one.
    pace: float
    #: Bytes of memory for each byte of the text, above what any reading takes.
    hunger: float
    wrong: str | None


def _watched(path: Path, data: bytes) -> Reading:
    import time

    import zhibiao

    before = _peak(reset=True)
    began = time.perf_counter()
    found = zhibiao.extract(path, threads=1)
    seconds = time.perf_counter() - began
    grown = _peak() - before
    pace = seconds / max(1.0, len(data) / 1e6)
    hunger = max(0, grown - BASE) / max(1, len(data))
    panics = [row for row in found.problems.to_dicts() if row["reason"] == "panic"]
    wrong = None
    if pace > SECONDS:
        wrong = f"took {seconds:.1f} s"
    elif hunger > FACTOR:
        wrong = f"took {grown >> 20} MB"
    elif panics:
        wrong = str(panics[0]["message"])
    elif not found.reports.num_rows + found.problems.num_rows:
        wrong = "stands neither in reports nor in problems"
    return Reading(seconds, pace, hunger, wrong)


def _peak(*, reset: bool = False) -> int:
    """Give the most memory held since the last reset; 0 where the system does not tell it."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


def _sources(folders: list[Path]) -> list[Path]:
    return [
        path
        for folder in folders
        for ending in ("txt", "docx", "html", "pdf", "csv")
        for path in sorted(folder.rglob(f"*.{ending}"))
        if path.stat().st_size < 4 << 20
    ]


def main(count: int, place: Path, folders: list[Path]) -> None:
    """Read so many damaged files of these folders, and print what was wrong with each."""
    sources = _sources(folders)
    readings = []
    for seed in range(count):
        source = sources[seed % len(sources)]
        data = mutated(source.read_bytes(), seed)
        if seed % 50 == 0 and data:  # many texts in one file
            data *= max(1, (1 << 20) // len(data))
        path = place / f"mutated{source.suffix}"
        path.write_bytes(data)
        readings.append(reading := _watched(path, data))
        if reading.wrong is not None:
            print(f"{source} {seed} ({len(data)} bytes): {reading.wrong}", flush=True)
    print(
        f"read {count} of {len(sources)} files; at most {max(r.seconds for r in readings):.2f} s, "
        f"{max(r.pace for r in readings):.2f} s for 1 MB or less, and "
        f"{max(r.hunger for r in readings):.1f} bytes for each of a text above {BASE >> 20} MB",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), [Path(folder) for folder in sys.argv[3:]])
