"""Notebooks run from top to bottom."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_it_runs_and_shows_what_it_showed(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    kept = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(run, timeout=300, resources={"metadata": {"path": FOLDER}}).execute()
    assert [plain(cell) for cell in run.cells] == [plain(cell) for cell in kept.cells]


def plain(cell: dict) -> list[str]:
    """What a cell shows, as text."""
    outputs = cell.get("outputs", [])
    return [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
