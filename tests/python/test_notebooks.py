"""Notebooks run from top to bottom, show what they showed, and run on a corpus of one's own."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from zhibiao import stats

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
SAMPLE = 'CORPUS = None  # or "reports/"'

each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_there_is_one_for_each_question() -> None:
    assert [path.stem[:2] for path in PATHS] == ["1_", "2_", "3_", "4_"]


@each_notebook
def test_the_corpus_is_named_in_one_cell(path: Path) -> None:
    code = [cell for cell in cells_of(path) if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in code]
    assert sources.count(SAMPLE) == 1
    assert not any("CORPUS =" in source for source in sources if source != SAMPLE)


@each_notebook
def test_outputs_are_kept_and_tell_nothing_of_the_machine(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not any(cell["metadata"] for cell in notebook["cells"])
    outputs = [output for cell in code for output in cell["outputs"]]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert {output.get("name", "stdout") for output in outputs} == {"stdout"}  # no warnings
    told = json.dumps([shown(cell) for cell in code])
    assert not any(word in told for word in ("/home", "/tmp", "/work", "site-packages", "0x"))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@each_notebook
def test_it_runs_and_shows_what_it_showed(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    run = nbformat.read(path, as_version=4)
    execute(run)
    assert [shown(cell) for cell in run.cells] == [shown(cell) for cell in cells_of(path)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts whose names tell nothing."""
    folder = tmp_path_factory.mktemp("reports")
    world = stats.World(rounded=0.1, shifted=0.2)
    frame: Any = stats.Country(cities=100, years=5, world=world).reports(seed=5)
    for name, text in pl.DataFrame(frame).iter_rows():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@each_notebook
def test_it_runs_on_a_folder_of_ones_own(path: Path, reports: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    run = nbformat.read(path, as_version=4)
    for cell in run.cells:
        if cell.source == SAMPLE:
            cell.source = f"CORPUS = {str(reports)!r}"
    execute(run)
    told = json.dumps([shown(cell) for cell in run.cells])
    assert f"{len(list(reports.iterdir()))} reports" in told


def execute(notebook: Any) -> None:
    nbclient = pytest.importorskip("nbclient")
    resources = {"metadata": {"path": FOLDER}}
    nbclient.NotebookClient(notebook, timeout=300, resources=resources).execute()


def cells_of(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def shown(cell: dict[str, Any]) -> str:
    """What a cell shows, as text; of figures only that there is one."""
    told = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        text = "a figure" if "image/png" in data else output.get("text") or data.get("text/plain")
        told.append("".join(text or ""))
    return "".join(told)
