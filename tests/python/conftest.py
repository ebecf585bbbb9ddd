"""What many tests look at: the sample corpus, read once."""

from pathlib import Path

import pytest

import zhibiao

INDEX = zhibiao.sample / "index.tsv"


@pytest.fixture(scope="session")
def found() -> zhibiao.Extraction:
    return zhibiao.extract(zhibiao.sample, index=INDEX)


@pytest.fixture(scope="session")
def panel(found: zhibiao.Extraction) -> zhibiao.Table:
    return zhibiao.panel(found.observations)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Give a folder with two reports and a file that is none."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in sorted(zhibiao.sample.glob("*.txt"))[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    return folder
