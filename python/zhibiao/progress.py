"""A progress bar with rate and time left; silent where nobody watches."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibiao.extraction import Progress

__all__ = ["Bar", "reporter"]

_WIDTH = 24


class Bar:
    """One line on a terminal that is written over as the run goes on."""

    def __init__(self, out: TextIO) -> None:
        """Begin to count the time; nothing is drawn yet."""
        self._out = out
        self._began = time.monotonic()

    def __call__(self, sources: int, all_sources: int, done: int, everything: int) -> None:
        """Draw the bar for so many sources and bytes."""
        if not all_sources:
            return
        seconds = max(time.monotonic() - self._began, 1e-6)
        share = done / everything if everything else sources / all_sources
        left = f"{_time(seconds / share - seconds)} left" if share else "…"
        filled = round(share * _WIDTH)
        self._out.write(
            f"\r{'█' * filled}{'░' * (_WIDTH - filled)} {sources}/{all_sources} files, "
            f"{done / seconds / 1e6:.1f} MB/s, {left}\x1b[K"
        )
        self._out.flush()

    def close(self) -> None:
        """Remove the line."""
        self._out.write("\r\x1b[K")
        self._out.flush()


@contextmanager
def reporter(progress: bool | Progress | None) -> Iterator[Progress | None]:
    """Give what a run shall call: the caller's own function, a bar, or nothing."""
    if callable(progress):
        yield progress
        return
    bar = _bar() if progress else None
    try:
        yield bar
    finally:
        if bar is not None:
            bar.close()


def _bar() -> Bar | _Notebook | None:
    if "ipykernel" in sys.modules:
        try:
            return _Notebook()
        except ImportError:
            return None
    return Bar(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else None


class _Notebook:
    """tqdm's bar, which knows how to show itself in a notebook."""

    def __init__(self) -> None:
        from tqdm.auto import tqdm

        self._bar = tqdm(unit="B", unit_scale=True)

    def __call__(self, sources: int, all_sources: int, done: int, everything: int) -> None:
        self._bar.total = everything
        self._bar.set_postfix_str(f"{sources}/{all_sources} files", refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
