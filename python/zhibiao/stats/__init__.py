"""What papers compute on the panel: measures, tests and estimates.

Every function takes a frame of pandas, polars or pyarrow, or a table of zhibiao, and gives frames
of the same library (see `docs/statistics.md`). Needs ``pip install 'zhibiao[stats]'``.
"""

from zhibiao.stats._cells import IncompletePanelWarning
from zhibiao.stats.allocation import allocation
from zhibiao.stats.amplification import amplification
from zhibiao.stats.amplification_summary import amplification_summary
from zhibiao.stats.attainment import attainment, attainment_share
from zhibiao.stats.coverage import coverage
from zhibiao.stats.describe import describe
from zhibiao.stats.hardness import hardness
from zhibiao.stats.performance_gap import performance_gap
from zhibiao.stats.revision import revision
from zhibiao.stats.shares import shares
from zhibiao.stats.target_count import target_count
from zhibiao.stats.testing import Adjust, adjust_p, family

__all__ = [
    "Adjust",
    "IncompletePanelWarning",
    "adjust_p",
    "allocation",
    "amplification",
    "amplification_summary",
    "attainment",
    "attainment_share",
    "coverage",
    "describe",
    "family",
    "hardness",
    "performance_gap",
    "revision",
    "shares",
    "target_count",
]
