"""``pl.col("text").zhibiao``: reading inside of an expression of polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars

from zhibiao.batch import extract_batch

if TYPE_CHECKING:
    from zhibiao.write import TableName

__all__ = ["ExpressionAccessor"]


class ExpressionAccessor:
    """What stands behind ``pl.col("text").zhibiao``."""

    def __init__(self, expression: polars.Expr) -> None:
        """Hold the expression, a column of texts."""
        self._expression = expression

    def observations(self, **options: Any) -> polars.Expr:
        """Give for each text the list of its observations, as structs.

        Args:
            options: ``threads`` and ``lexicon``, as for `zhibiao.extract_batch`. Whoever has
                columns of regions and years takes ``df.zhibiao.extract(…)``, which minds them.

        Examples:
            >>> import polars
            >>> import zhibiao
            >>> import zhibiao.polars
            >>> words = (zhibiao.sample / "shiqiao_2023.txt").read_text(encoding="utf-8")
            >>> frame = polars.DataFrame({"url": ["a", "b"], "text": [words, None]})
            >>> told = frame.with_columns(told=polars.col("text").zhibiao.observations())
            >>> told.select("url", polars.col("told").list.len() > 0).rows()
            [('a', True), ('b', False)]
            >>> rows = told.select("url", "told").explode("told").unnest("told")
            >>> rows["kind"].unique().sort().to_list()  # a row for each observation
            ['actual', 'target']

        """
        return self._table("observations", options)

    def reports(self, **options: Any) -> polars.Expr:
        """Give for each text the list of its reports: one, none, or several; likewise."""
        return self._table("reports", options)

    def _table(self, table: TableName, options: dict[str, Any]) -> polars.Expr:
        rows = _rows(polars.Series("text", [], polars.String), table, options)
        listed = polars.List(polars.Struct(rows.drop("row").schema))
        return self._expression.map_batches(
            lambda texts: _listed(texts, table, options, listed),
            return_dtype=listed,
            is_elementwise=True,
        )


def _rows(texts: polars.Series, table: TableName, options: dict[str, Any]) -> polars.DataFrame:
    """Give the rows of the table, and in ``row`` the place of the text of each."""
    frame = polars.DataFrame({"id": range(len(texts)), "text": texts.cast(polars.String)})
    told = polars.DataFrame(extract_batch(frame, id="id", text="text", table=table, **options))
    row = polars.col("source").str.extract(r"^<frame>#(\d+)").cast(polars.UInt32)
    return told.with_columns(row=row)


def _listed(
    texts: polars.Series, table: TableName, options: dict[str, Any], listed: polars.List
) -> polars.Series:
    told = _rows(texts, table, options)
    columns = polars.struct(polars.exclude("row")).alias("told")
    grouped = told.group_by("row", maintain_order=True).agg(columns)
    places = polars.DataFrame({"row": range(len(texts))}, schema={"row": polars.UInt32})
    joined = places.join(grouped, on="row", how="left", maintain_order="left")
    empty = polars.lit([], dtype=listed)
    return joined.select(polars.col("told").fill_null(empty).alias(texts.name)).to_series()
