"""What papers compute on the panel: measures, tests and estimates.

Every function takes a frame of pandas, polars or pyarrow, or a table of zhibiao, and gives frames
of the same library (see `docs/statistics.md`). Needs ``pip install 'zhibiao[stats]'``.
"""

from zhibiao.stats.attainment import attainment, attainment_share
from zhibiao.stats.shares import shares
from zhibiao.stats.testing import Adjust, adjust_p, family

__all__ = [
    "Adjust",
    "adjust_p",
    "attainment",
    "attainment_share",
    "family",
    "shares",
]
