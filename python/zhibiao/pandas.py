"""``import zhibiao.pandas`` gives every frame of pandas the accessor ``df.zhibiao``.

>>> import zhibiao.pandas
>>> import pandas
>>> frame = pandas.DataFrame({"地区": ["荆州市"], "正文": ["今天没有报告。"]})
>>> found = frame.zhibiao.extract(text="正文")
>>> found.problems.num_rows
1
"""

from __future__ import annotations

import pandas

from zhibiao.accessors import PandasAccessor

__all__ = ["PandasAccessor"]

pandas.api.extensions.register_dataframe_accessor("zhibiao")(PandasAccessor)
