"""Chinese government work reports (政府工作报告) in, Arrow tables of targets and actuals out.

>>> import zhibiao
>>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
>>> found.reports.num_rows
9
>>> panel = zhibiao.panel(found)
>>> gdp = [row for row in panel.to_dicts() if row["metric"] == "gdp" and row["measure"] == "growth"]
>>> gdp[0]["region"]
'云台省'

Every table goes to pandas, polars, pyarrow or DuckDB by the Arrow PyCapsule interface:
``table.to_pandas()``, ``polars.DataFrame(table)``, ``duckdb.sql("from table")``.
"""

from pathlib import Path

from zhibiao._core import (
    Extraction,
    Scan,
    Table,
    conflicts,
    divisions,
    lexicon_digest,
    mark_copies,
    panel,
    read_table,
    version,
)
from zhibiao.actuals import join_actuals
from zhibiao.batch import extract_batch
from zhibiao.errors import ZhibiaoError
from zhibiao.explain import explain
from zhibiao.export import export
from zhibiao.extraction import extract, read, scan
from zhibiao.hand import hand_layout
from zhibiao.review import review

__all__ = [
    "Extraction",
    "Scan",
    "Table",
    "ZhibiaoError",
    "__version__",
    "conflicts",
    "divisions",
    "explain",
    "export",
    "extract",
    "extract_batch",
    "hand_layout",
    "join_actuals",
    "lexicon_digest",
    "mark_copies",
    "panel",
    "read",
    "read_table",
    "review",
    "sample",
    "scan",
]

__version__: str = version()

#: Folder of the sample corpus: reports of invented regions over consecutive years. No table of
#: divisions knows these, so ``sample / "index.tsv"`` tells them to ``extract(…, index=…)``.
sample: Path = Path(__file__).parent / "sample"
