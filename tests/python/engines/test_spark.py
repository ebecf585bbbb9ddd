"""Spark with two workers, as processes of their own: the rows are those of one machine."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from in_engines import by_one_machine, sorted_rows, texts

from zhibiao.engines import map_in_arrow, spark_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.engine, pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")]
sql = pytest.importorskip("pyspark.sql")
if not shutil.which("java"):
    pytest.skip("Spark needs Java", allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # the workers' Python has zhibiao too
        session = started()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def started() -> Any:
    return (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .config("spark.executor.memory", "512m")
        .getOrCreate()
    )


def reports(spark: Any) -> Any:
    return spark.createDataFrame(texts().to_pylist(), "id string, text string").repartition(4)


@pytest.mark.parametrize("table", ["observations", "reports", "problems"])
def test_rows_are_those_of_one_machine(spark: Any, table: str) -> None:
    options = {"id": "id", "table": table}
    told = reports(spark).mapInArrow(map_in_arrow(**options), spark_schema(**options))
    rows = [row.asDict() for row in told.collect()]
    assert sorted_rows(rows, table) == sorted_rows(by_one_machine(table), table)


def test_a_worker_that_is_killed_costs_no_row(spark: Any, tmp_path: Path) -> None:
    mark = str(tmp_path / "killed")
    read = map_in_arrow(id="id")

    def killed_once(batches: Any) -> Any:
        for number, batch in enumerate(read(batches)):
            yield batch
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            assert number == 0
            os.kill(os.getpid(), signal.SIGKILL)

    told = reports(spark).mapInArrow(killed_once, spark_schema(id="id"))
    rows = [row.asDict() for row in told.collect()]
    assert Path(mark).exists()
    whole = by_one_machine("observations")
    assert sorted_rows(rows, "observations") == sorted_rows(whole, "observations")
