"""Figures for papers: targets and actuals, gaps, amplification, coverage.

Every function takes a panel or what a function of `zhibiao.stats` gave, draws on ``ax`` or on a new
figure of a journal's column width, and gives the axes (see `docs/statistics.md`). Nothing is shown
and no setting of matplotlib changes. Needs ``pip install 'zhibiao[plot]'``.
"""

from zhibiao.plot import _needed  # noqa: F401
from zhibiao.plot._language import Language
from zhibiao.plot._save import save
from zhibiao.plot._style import Width
from zhibiao.plot.amplification import amplification
from zhibiao.plot.coverage import coverage
from zhibiao.plot.histogram import gap_histogram
from zhibiao.plot.over_time import over_time
from zhibiao.plot.scatter import scatter

__all__ = [
    "Language",
    "Width",
    "amplification",
    "coverage",
    "gap_histogram",
    "over_time",
    "save",
    "scatter",
]
