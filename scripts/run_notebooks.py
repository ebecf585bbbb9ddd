"""Run the notebooks and keep what they show: `make notebooks`.

`make notebooks NOTEBOOKS=4_panel_regression` runs one of them.

Whatever tells where and when they were run is left out, so that a run that shows the same changes
nothing but figures. `tests/python/test_notebooks.py` compares a fresh run with what was kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"


def main() -> None:
    paths = sorted(FOLDER.glob("*.ipynb"))
    wanted = set(sys.argv[1:])
    unknown = wanted - {path.stem for path in paths}
    if unknown:
        sys.exit(f"no notebook {', '.join(sorted(unknown))}; there is {[p.stem for p in paths]}")
    for path in paths:
        if not wanted or path.stem in wanted:
            notebook = nbformat.read(path, as_version=4)
            NotebookClient(
                notebook,
                timeout=300,
                resources={"metadata": {"path": FOLDER}},
                coalesce_streams=True,
                record_timing=False,
            ).execute()
            keep(notebook)
            nbformat.write(notebook, path)


def keep(notebook: Any) -> None:
    """Leave what the cells show, and drop what hangs on the machine."""
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            output.pop("metadata", None)
            if output["output_type"] in ("display_data", "execute_result"):
                output["metadata"] = {}
                if "image/png" in output["data"]:
                    output["data"].pop("text/plain", None)


if __name__ == "__main__":
    main()
