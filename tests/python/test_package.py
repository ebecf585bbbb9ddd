"""What the package promises of itself: quick to import, documented, typed."""

import ast
import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import zhibiao
from zhibiao import _core

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "pandas", "polars", "pyarrow", "duckdb", "tqdm", "matplotlib", "argparse", "csv"}


def test_import_is_light() -> None:
    code = "import sys; import zhibiao; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
    assert not HEAVY & set(done.stdout.decode().split())


def test_import_is_quick() -> None:
    code = (
        "import time, pathlib, typing, collections.abc; t = time.perf_counter(); import zhibiao; "
        "print(time.perf_counter() - t)"
    )
    times = [
        float(
            subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE).stdout
        )
        for _ in range(5)
    ]
    assert min(times) < 0.06


def test_the_codebook_is_up_to_date() -> None:
    written = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert written == _core.codebook(), "run: zhibiao codebook > docs/codebook.md"


def test_the_codebook_has_every_column(found: zhibiao.Extraction, panel: zhibiao.Table) -> None:
    page = _core.codebook()
    for table in (found.reports, found.observations, found.sentences, found.problems, panel):
        assert f"## {table.metadata['zhibiao.table']}\n" in page
        for name in table.column_names:
            assert f"| `{name}` |" in page


@pytest.mark.parametrize(
    "name",
    [
        "zhibiao",
        "zhibiao.actuals",
        "zhibiao.batch",
        "zhibiao.engines",
        "zhibiao.export",
        "zhibiao.expressions",
        "zhibiao.extraction",
        "zhibiao.hand",
        "zhibiao.pandas",
        "zhibiao.polars",
        "zhibiao.stata_names",
    ],
)
def test_examples_in_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed


def test_examples_in_stubs_are_true() -> None:
    stub = ast.parse((ROOT / "python" / "zhibiao" / "_core.pyi").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(stub) if isinstance(node, ast.FunctionDef)]
    texts = {node.name: ast.get_docstring(node) or "" for node in functions}
    examples = {name: text for name, text in texts.items() if ">>>" in text}
    assert examples
    for name, text in examples.items():
        test = doctest.DocTestParser().get_doctest(text, {}, name, "_core.pyi", 0)
        assert not doctest.DocTestRunner().run(test).failed


@pytest.mark.slow
def test_stubs_agree_with_the_module() -> None:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy.stubtest", "zhibiao._core"]
    command += ["--mypy-config-file", str(ROOT / "pyproject.toml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_public_names_exist_and_are_documented() -> None:
    for name in zhibiao.__all__:
        value = getattr(zhibiao, name)
        if callable(value):
            assert value.__doc__, name
