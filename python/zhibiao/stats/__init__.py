"""What papers compute on the panel: measures, tests and estimates.

Every function takes a frame of pandas, polars or pyarrow, or a table of zhibiao, and gives frames
of the same library (see `docs/statistics.md`). Needs ``pip install 'zhibiao[stats]'``.

>>> import zhibiao
>>> from zhibiao import stats
>>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
>>> gdp = stats.attainment(found.panel(), "gdp")
>>> gdp["attainment"].drop_nulls().to_list()
['under', 'under', 'under', 'over', 'under', 'under']
"""

__all__: list[str] = []
