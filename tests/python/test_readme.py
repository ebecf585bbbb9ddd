"""What the READMEs show is what happens."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCES = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_example_prints_what_stands_below_it(name: str) -> None:
    pytest.importorskip("polars")
    fences = FENCES.findall((ROOT / name).read_text(encoding="utf-8"))
    at = next(at for at, (language, _) in enumerate(fences) if language == "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(fences[at][1], {})
    assert printed.getvalue() == fences[at + 1][1]


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
