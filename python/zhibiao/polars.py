"""``import zhibiao.polars`` gives frames and expressions of polars the accessor ``zhibiao``.

>>> import zhibiao.polars
>>> import polars
>>> frame = polars.DataFrame({"地区": ["荆州市"], "正文": ["今天没有报告。"]})
>>> found = frame.zhibiao.extract(text="正文")
>>> found.problems.num_rows
1
>>> frame.select(polars.col("正文").zhibiao.observations().list.len()).item()
0
"""

from __future__ import annotations

import polars

from zhibiao.accessors import PolarsAccessor
from zhibiao.expressions import ExpressionAccessor

__all__ = ["ExpressionAccessor", "PolarsAccessor"]

polars.api.register_dataframe_namespace("zhibiao")(PolarsAccessor)
polars.api.register_expr_namespace("zhibiao")(ExpressionAccessor)
