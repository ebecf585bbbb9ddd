"""Whether actuals bunch just above their targets.

`cells` takes a panel to integer tenths, `grid` counts, `models` give the counterfactual (`poisson`
solves for it), `bootstrap` draws regions, `estimate` puts them together; `public` is what users
call, `table` many of them at once, `pairing` the null by re-pairing.
"""

from zhibiao.stats.bunching.bootstrap import FewClustersWarning
from zhibiao.stats.bunching.pairing import PairingTest, bunching_pairing_test
from zhibiao.stats.bunching.poisson import ConvergenceWarning
from zhibiao.stats.bunching.public import bunching
from zhibiao.stats.bunching.result import Bunching
from zhibiao.stats.bunching.table import bunching_table

__all__ = [
    "Bunching",
    "ConvergenceWarning",
    "FewClustersWarning",
    "PairingTest",
    "bunching",
    "bunching_pairing_test",
    "bunching_table",
]
