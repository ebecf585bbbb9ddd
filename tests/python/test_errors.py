"""A call that cannot be carried out says why and what to do; a bad document is a row."""

import builtins
from pathlib import Path
from typing import Any

import pytest

import zhibiao
from zhibiao import errors


def test_a_single_path_that_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere.*spelling") as caught:
        zhibiao.extract("nowhere")
    assert isinstance(caught.value, zhibiao.ZhibiaoError)


def test_a_missing_path_among_others_is_a_problem(reports: Path) -> None:
    found = zhibiao.extract([reports, reports / "nowhere.txt"])
    assert found.reports.num_rows == 2
    problems = found.problems.to_dicts()
    assert {Path(row["source"]).name: row["reason"] for row in problems} == {
        "nowhere.txt": "missing",
        "picture.txt": "binary",
    }
    assert all(row["message"].startswith(row["source"]) for row in problems)


def test_a_text_that_is_no_report_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "novel.txt"
    path.write_text("从前有座山，山里有座庙。" * 50, encoding="utf-8")
    [row] = zhibiao.extract(path).problems.to_dicts()
    assert row["reason"] == "not_a_report"
    assert row["message"].startswith(path.as_posix())


def test_an_empty_list_gives_empty_tables() -> None:
    found = zhibiao.extract([])
    assert [found.reports.num_rows, found.problems.num_rows] == [0, 0]
    assert zhibiao.panel(found.observations).num_rows == 0
    assert found.observations.to_polars().shape == (0, len(found.observations.column_names))


def test_a_string_is_no_text_for_extract() -> None:
    with pytest.raises(errors.SourceNotFoundError):
        zhibiao.extract("2024年，地区生产总值增长5.2%。")


@pytest.mark.parametrize("threads", [0, -1])
def test_threads_that_are_none(threads: int) -> None:
    with pytest.raises(ValueError, match="threads"):
        zhibiao.extract(zhibiao.sample, threads=threads)


def test_a_lexicon_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(errors.ArgumentError, match=r"mine\.tsv"):
        zhibiao.extract(zhibiao.sample, lexicon=tmp_path / "mine.tsv")


def test_a_lexicon_with_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("id\tforms\nnot an id\tbad\n", encoding="utf-8")
    with pytest.raises(errors.LexiconError, match=r"mine\.tsv, line 2"):
        zhibiao.extract(zhibiao.sample, lexicon=path)


def test_a_panel_of_something_else() -> None:
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        zhibiao.panel([1, 2])  # type: ignore[arg-type]


def test_a_panel_without_a_column(found: zhibiao.Extraction) -> None:
    with pytest.raises(errors.TableError, match="base_low"):
        zhibiao.panel(found.observations.to_polars().drop("base_low"))


def test_a_panel_with_a_column_of_another_type(found: zhibiao.Extraction) -> None:
    import polars

    frame = found.observations.to_polars().with_columns(base_low=polars.lit([1.0]))
    with pytest.raises(errors.TableError, match=r"base_low.*List"):
        zhibiao.panel(frame)


def test_an_unknown_point(found: zhibiao.Extraction) -> None:
    with pytest.raises(ValueError, match="low, mid or high"):
        zhibiao.panel(found.observations, "middle")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("library", "extra"), [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "arrow")]
)
def test_a_library_that_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, found: zhibiao.Extraction, library: str, extra: str
) -> None:
    def absent(name: str, *_: Any) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("zhibiao.frame.import_module", absent)
    method = {"pyarrow": "to_arrow"}.get(library, f"to_{library}")
    with pytest.raises(ImportError, match=rf"pip install 'zhibiao\[{extra}\]'"):
        getattr(found.reports, method)()


def test_a_callback_that_fails_ends_the_run() -> None:
    def fail(*_: int) -> None:
        raise builtins.RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        zhibiao.extract(zhibiao.sample, progress=fail)


def test_progress_counts_to_the_end() -> None:
    calls: list[tuple[int, ...]] = []
    zhibiao.extract(zhibiao.sample, progress=lambda *counts: calls.append(counts))
    sources = sorted(zhibiao.sample.glob("*.txt"))
    size = sum(path.stat().st_size for path in sources)
    assert calls[-1] == (len(sources), len(sources), size, size)


def test_every_exception_has_one_base() -> None:
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.ZhibiaoError)
