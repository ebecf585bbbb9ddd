"""What the READMEs show is what happens."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Code, and what it prints right below.
EXAMPLES = re.compile(r"```python\n(.*?)```\n+```\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, int]]:
    """Each README has the same ones."""
    return [(name, at) for name in ("README.md", "README.zh-CN.md") for at in range(2)]


@pytest.mark.parametrize(("name", "at"), examples())
def test_an_example_prints_what_stands_below_it(name: str, at: int) -> None:
    pytest.importorskip("polars")
    found = EXAMPLES.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(found) == 2
    code, expected = found[at]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue() == expected


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_what_the_readme_points_at_is_there(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_readmes_tell_the_figures_of_the_pages() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "readme.py"), "--check"],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
