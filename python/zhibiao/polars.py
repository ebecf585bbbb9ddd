"""``import zhibiao.polars`` gives every frame of polars the accessor ``df.zhibiao``.

>>> import zhibiao.polars
>>> import polars
>>> frame = polars.DataFrame({"地区": ["荆州市"], "正文": ["今天没有报告。"]})
>>> found = frame.zhibiao.extract(text="正文")
>>> found.problems.num_rows
1
"""

from __future__ import annotations

import polars

from zhibiao.accessors import PolarsAccessor

__all__ = ["PolarsAccessor"]

polars.api.register_dataframe_namespace("zhibiao")(PolarsAccessor)
