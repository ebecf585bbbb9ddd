"""Ray with two workers: the rows are those of one machine."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from in_engines import by_one_machine, sorted_rows, texts

from zhibiao.engines import map_batches

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.engine, pytest.mark.filterwarnings("ignore")]  # Ray warns of itself
ray = pytest.importorskip("ray")
data = pytest.importorskip("ray.data")


@pytest.fixture(scope="module")
def started() -> Iterator[None]:
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield
    ray.shutdown()


def rows(dataset: Any) -> list[dict[str, Any]]:
    return list(dataset.take_all())


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("table", ["observations", "reports", "problems"])
def test_rows_are_those_of_one_machine(table: str) -> None:
    dataset = data.from_arrow(texts()).repartition(6)
    read = map_batches(id="id", table=table)
    told = rows(dataset.map_batches(read, batch_format="pyarrow", batch_size=7))
    assert sorted_rows(told, table) == sorted_rows(by_one_machine(table), table)


@pytest.mark.usefixtures("started")
def test_a_worker_that_is_killed_costs_no_row(tmp_path: Path) -> None:
    mark = str(tmp_path / "killed")
    read = map_batches(id="id")

    def killed_once(batch: Any) -> Any:
        told = read(batch)
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return told
        return os.kill(os.getpid(), signal.SIGKILL)

    dataset = data.from_arrow(texts()).repartition(6)
    told = rows(dataset.map_batches(killed_once, batch_format="pyarrow", batch_size=7))
    assert Path(mark).exists()
    whole = by_one_machine("observations")
    assert sorted_rows(told, "observations") == sorted_rows(whole, "observations")
