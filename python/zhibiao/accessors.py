"""``df.zhibiao``: what zhibiao does, on frames of pandas and polars.

Registered by ``import zhibiao.pandas`` and ``import zhibiao.polars``, and by nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao._core import conflicts, panel
from zhibiao.extraction import extract

if TYPE_CHECKING:
    from zhibiao._core import Extraction, Table

__all__ = ["Accessor", "PandasAccessor", "PolarsAccessor"]


class Accessor:
    """What stands behind ``df.zhibiao``; frames come out as they went in."""

    def __init__(self, frame: Any) -> None:
        """Hold the frame."""
        self._frame = frame

    def extract(self, text: str | None = None, **options: Any) -> Extraction:
        """Read the texts of the frame, one report a row.

        Args:
            text: The column of texts; found by a usual name if not given.
            options: As for `zhibiao.extract`: ``region``, ``year``, ``id``, ``index`` …

        """
        return extract(self._frame, text=text, **options)

    def panel(self, point: Any = "low", **options: Any) -> Any:
        """Pair targets with actuals, of a frame of observations; see `zhibiao.panel`.

        Args:
            point: Which number stands for a range: ``"low"``, ``"mid"`` or ``"high"``.
            options: As for `zhibiao.panel`: ``tolerance``, ``complete`` and ``reports``, which may
                be a frame.

        """
        return self._given(panel(self._frame, point, **options))

    def conflicts(self, **options: Any) -> Any:
        """List the statements that the panel does not use; see `zhibiao.conflicts`."""
        return self._given(conflicts(self._frame, **options))

    def _given(self, table: Table) -> Any:
        raise NotImplementedError


class PandasAccessor(Accessor):
    """``df.zhibiao`` of pandas."""

    def _given(self, table: Table) -> Any:
        return table.to_pandas()


class PolarsAccessor(Accessor):
    """``df.zhibiao`` of polars."""

    def _given(self, table: Table) -> Any:
        return table.to_polars()
