"""Ctrl-C ends a run within a second and leaves no half-written file."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import zhibiao


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Give a folder of some gigabytes that takes no room: links to one text."""
    folder = tmp_path / "many"
    folder.mkdir()
    text = b"\n".join(path.read_bytes() for path in sorted(zhibiao.sample.glob("*.txt")))
    (tmp_path / "one.txt").write_bytes(text * 5)
    for number in range(4000):
        (folder / f"{number}.txt").symlink_to(tmp_path / "one.txt")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="signals and links of POSIX")
def test_the_command_ends(tmp_path: Path, many: Path) -> None:
    command = [sys.executable, "-m", "zhibiao", "extract", many, "-o", tmp_path / "out.parquet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    time.sleep(1.5)
    assert process.poll() is None, "the run is over too soon to be interrupted"
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    _, told = process.communicate(timeout=20)
    assert time.monotonic() - sent < 1
    assert process.returncode == 130
    assert told == b"zhibiao: interrupted\n"
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals and links of POSIX")
def test_the_function_raises(many: Path) -> None:
    code = f"""
import zhibiao
try:
    zhibiao.extract({str(many)!r})
except KeyboardInterrupt:
    print("stopped")
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=20)
    assert told == b"stopped\n"
