"""The same report in two forms gives the same facts: every pair that the shared corpus has."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from in_formats import SHARED, Fact, compare, headline_facts, make, plain, reports

import zhibiao

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not here")


def facts_of(folder: Path) -> dict[str, set[Fact]]:
    """Two reports of one file are told apart by the one that says more."""
    return headline_facts(zhibiao.extract(folder))


def as_files(folder: Path, form: Callable[[str], bytes], ending: str) -> dict[str, set[Fact]]:
    folder.mkdir()
    for at, (file, _, _) in enumerate(reports()):
        (folder / f"r{at:03}{ending}").write_bytes(form(plain(file)))
    return facts_of(folder)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Fact]]:
    """The facts of every text of the index, as UTF-8; the names tell nothing."""
    return as_files(tmp_path_factory.mktemp("pairs") / "txt", str.encode, ".txt")


def page(text: str) -> bytes:
    """Put a text into an invented page."""
    made: str = make.page(text.strip(), site="报告文库")
    return made.encode()


FORMS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "GB18030": (lambda text: text.encode("gb18030"), ".txt"),
    "UTF-16": (lambda text: text.encode("utf-16"), ".txt"),
    "HTML": (page, ".html"),
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_text_in_another_form(kind: str, texts: dict[str, set[Fact]], tmp_path: Path) -> None:
    form, ending = FORMS[kind]
    compare(kind, texts, as_files(tmp_path / "form", form, ending)).check()


def test_every_word_file_with_its_text(tmp_path: Path) -> None:
    pairs = {}
    words = {file.stem: file for file in (SHARED / "raw").glob("*.docx")}
    for file, region, year in reports("province"):
        name = f"{region}_{year}"
        if name in words and name not in pairs:
            pairs[name] = file
    assert len(pairs) >= 15, "the corpus has a Word file for each of these provinces"
    for folder, files in (("docx", words), ("txt", pairs)):
        (tmp_path / folder).mkdir()
        for name in pairs:
            shutil.copy(files[name], tmp_path / folder / f"{name}.{folder}")
    compare("docx", facts_of(tmp_path / "txt"), facts_of(tmp_path / "docx")).check()


# A PDF keeps no paragraphs: they are put together again by the length of the lines.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "few", "floor"),
    [("docx", 12, 0.99), ("pdf", 12, 0.99), ("doc", 4, 0.99), ("rtf", 4, 0.99)],
)
def test_what_libreoffice_writes(ending: str, few: int, floor: float, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    files = [file for file, _, _ in reports()]
    plain_folder, folder = tmp_path / "txt", tmp_path / ending
    plain_folder.mkdir()
    for at in range(few):
        name = f"r{at:02}.txt"
        text = plain(files[at * len(files) // few])
        (plain_folder / name).write_text(text, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--infilter=Text (encoded):UTF8"]
    command += ["--convert-to", ending, "--outdir", str(folder)]
    command += [str(file) for file in sorted(plain_folder.iterdir())]
    subprocess.run(command, check=True, capture_output=True)
    compare(f"LibreOffice {ending}", facts_of(plain_folder), facts_of(folder)).check(floor)
