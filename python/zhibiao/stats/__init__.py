"""What papers compute on the panel: measures, tests and estimates.

Every function takes a frame of pandas, polars or pyarrow, or a table of zhibiao, and gives frames
of the same library (see `docs/statistics.md`). Needs ``pip install 'zhibiao[stats]'``.
"""

from zhibiao.stats._cells import IncompletePanelWarning
from zhibiao.stats._intervals import Estimate
from zhibiao.stats.allocation import allocation
from zhibiao.stats.amplification import amplification
from zhibiao.stats.amplification_summary import amplification_summary
from zhibiao.stats.attainment import attainment, attainment_share
from zhibiao.stats.attention import attention
from zhibiao.stats.audit import audit_sample
from zhibiao.stats.bunching import (
    Bunching,
    ConvergenceWarning,
    FewClustersWarning,
    PairingTest,
    bunching,
    bunching_pairing_test,
    bunching_table,
)
from zhibiao.stats.bunching.table import PLACEBOS
from zhibiao.stats.country import Country
from zhibiao.stats.coverage import coverage
from zhibiao.stats.density import DensityTest, HeapedWarning, density_test, frandsen_p
from zhibiao.stats.describe import describe
from zhibiao.stats.error_rates import error_rates
from zhibiao.stats.hardness import hardness
from zhibiao.stats.heaping import Heaping, heaping
from zhibiao.stats.misclassification import (
    corrected_share,
    misclassification,
    share_estimate,
)
from zhibiao.stats.performance_gap import performance_gap
from zhibiao.stats.revision import revision
from zhibiao.stats.shares import shares
from zhibiao.stats.simulate import World
from zhibiao.stats.target_count import target_count
from zhibiao.stats.testing import Adjust, adjust_p, family

__all__ = [
    "PLACEBOS",
    "Adjust",
    "Bunching",
    "ConvergenceWarning",
    "Country",
    "DensityTest",
    "Estimate",
    "FewClustersWarning",
    "HeapedWarning",
    "Heaping",
    "IncompletePanelWarning",
    "PairingTest",
    "World",
    "adjust_p",
    "allocation",
    "amplification",
    "amplification_summary",
    "attainment",
    "attainment_share",
    "attention",
    "audit_sample",
    "bunching",
    "bunching_pairing_test",
    "bunching_table",
    "corrected_share",
    "coverage",
    "density_test",
    "describe",
    "error_rates",
    "family",
    "frandsen_p",
    "hardness",
    "heaping",
    "misclassification",
    "performance_gap",
    "revision",
    "share_estimate",
    "shares",
    "target_count",
]
