"""Columns of the user's own that come along, and what a table says against its texts."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

import pandas
import polars
import pyarrow
import pytest
from in_tables import ENDINGS, PACKED, REGION, YEARS, facts, frame, packed, sample, written, zipped

import zhibiao
from zhibiao import errors, resume
from zhibiao.cli import main

if TYPE_CHECKING:
    from pathlib import Path

URLS = ["https://example.org/2022?a=1&b=2", None, " 甲，“乙” "]
KEEP = ["url", "publish_date"]
#: The columns that reports have by themselves.
FIXED = zhibiao.extract(frame()).reports.column_names


def table() -> polars.DataFrame:
    """Three reports, of which one tells no url."""
    dates = [f"{year}-01-15" for year in YEARS]
    return frame().with_columns(publish_date=polars.Series(dates), url=polars.Series(URLS))


def kept(found: zhibiao.Extraction, *names: str) -> list[tuple[Any, ...]]:
    assert found.problems.to_dicts() == []
    return list(zip(*(found.reports.column(name) for name in names or KEEP), strict=True))


def expected() -> list[tuple[str | None, str]]:
    return [(url, f"{year}-01-15") for url, year in zip(URLS, YEARS, strict=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the reports in a table, and one as a file of its own."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_bytes(written(table(), ".csv"))
    (tmp_path / "in" / "b.txt").write_text(sample(2023), encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_carries_them(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(written(table().with_columns(polars.col("url").fill_null("")), ending))
    found = zhibiao.extract(path, keep=KEEP)
    assert found.reports.column_names == [*FIXED, *KEEP]
    assert kept(found) == expected()
    plain = zhibiao.extract(path)
    assert plain.reports.column_names == FIXED
    assert facts(found) == facts(plain), "no value depends on them"


@pytest.mark.parametrize("pack", PACKED)
@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl", ".xlsx"])
def test_they_come_out_of_archives(tmp_path: Path, ending: str, pack: str) -> None:
    path = tmp_path / f"a{ending}{pack}"
    path.write_bytes(packed(written(table(), ending), f"a{ending}", pack))
    assert kept(zhibiao.extract(path, keep=KEEP)) == expected()


def test_reports_of_other_sources_have_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    members = {"a.csv": written(table(), ".csv"), "b.txt": sample(2023).encode()}
    path.write_bytes(zipped(members))
    assert kept(zhibiao.extract(path, keep=KEEP)) == [*expected(), (None, None)]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_frames_carry_them(library: str) -> None:
    given: Any = table()
    if library == "pandas":
        given = pandas.DataFrame(given.to_dict(as_series=False))
    elif library == "pyarrow":
        given = given.to_arrow()
    assert kept(zhibiao.extract(given, keep=KEEP)) == expected()


def test_any_type_is_printed(tmp_path: Path) -> None:
    day, noon = datetime.date(2024, 1, 15), datetime.datetime(2024, 1, 15, 12)
    columns = {
        "day": [day],
        "midnight": [datetime.datetime(2024, 1, 15)],
        "noon": [noon],
        "number": [7],
        "share": [0.5],
        "flag": [True],
        "list": [["a", "b"]],
        "nothing": pyarrow.nulls(1),
        "text": [sample(2024)],
        "year": [2024],
        "region": [REGION],
    }
    keep = list(columns)[:-3]
    told = ("2024-01-15", "2024-01-15", "2024-01-15T12:00:00", "7", "0.5", "true", "[a, b]", None)
    assert kept(zhibiao.extract(pyarrow.table(columns), keep=keep), *keep) == [told]
    plain = pandas.DataFrame({**columns, "nothing": [None], "list": ["[a, b]"]})
    out = io.BytesIO()
    plain.assign(day=pandas.to_datetime(plain["day"])).to_excel(out, index=False)
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    assert kept(zhibiao.extract(tmp_path / "a.xlsx", keep=keep), *keep) == [told]


def test_columns_that_are_read_may_be_kept_too() -> None:
    found = zhibiao.extract(table(), keep=("year", "doc", "text"))
    wanted = [(str(year), f"r{year}", sample(year)) for year in YEARS]
    assert kept(found, "year", "doc", "text") == wanted


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".arrow", ".jsonl", ".dta"])
def test_a_column_that_a_table_lacks_is_told(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(written(table().with_columns(polars.col("url").fill_null("")), ending))
    found = zhibiao.extract(path, keep=["url", "publishdate"])
    assert found.reports.num_rows == 0
    assert found.reports.column_names == [*FIXED, "url", "publishdate"]
    (problem,) = found.problems.to_dicts()
    assert problem["reason"] == "no_column"
    assert problem["message"].startswith(path.as_posix())
    assert '"publishdate" that keep names (did you mean "publish_date"?)' in problem["message"]


def test_a_table_that_lacks_one_costs_only_itself(folder: Path) -> None:
    (folder / "c.csv").write_bytes(written(frame(), ".csv"))
    found = zhibiao.extract(folder, keep="url")
    assert found.reports.column("url") == [*URLS, None]
    assert [row["source"] for row in found.problems.to_dicts()] == [
        f"{(folder / 'c.csv').as_posix()}"
    ]


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        (["url", "source"], 'keep names "source", which is a column of the reports already'),
        (["Report_Year"], 'keep names "Report_Year", which is a column of the reports already'),
        (["url", "url"], 'keep names "url" twice'),
        ([""], "keep has a name that is empty"),
    ],
)
def test_a_name_that_cannot_be(folder: Path, keep: list[str], message: str) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        zhibiao.extract(folder, keep=keep)
    with pytest.raises(errors.ArgumentError, match=message):
        zhibiao.extract(table(), keep=keep)


def test_what_is_no_name(folder: Path) -> None:
    with pytest.raises(TypeError, match="keep holds names of columns, found int"):
        zhibiao.extract(folder, keep=[1])  # type: ignore[list-item]


def test_an_index_carries_them(folder: Path) -> None:
    index = folder.parent / "index.csv"
    lines = [
        "file,URL,region,year",
        f"b.txt,甲,{REGION},2023",
        "a.csv#r2023,乙,,",
        "a.csv#r2024,,,",
    ]
    index.write_text("\n".join(lines), encoding="utf-8")
    found = zhibiao.extract(folder, index=index, keep=KEEP)
    dates = [f"{year}-01-15" for year in YEARS]
    assert kept(found) == list(zip([URLS[0], "乙", URLS[2], "甲"], [*dates, None], strict=True))


def test_an_index_may_hold_nothing_else(folder: Path) -> None:
    index = folder.parent / "index.csv"
    index.write_text("file,url\nb.txt,甲\n", encoding="utf-8")
    found = zhibiao.extract(folder / "b.txt", index=index, keep=["url"])
    assert kept(found, "url") == [("甲",)]
    with pytest.raises(errors.ArgumentError, match="expected the columns file, region and year"):
        zhibiao.extract(folder / "b.txt", index=index)


def test_threads_cannot_be_seen(tmp_path: Path) -> None:
    # More rows than one thread takes at a time, and more bytes than one reads alone.
    many = polars.concat([table()] * 200).with_columns(
        doc=polars.int_range(600).cast(polars.String),
        url="u" + polars.int_range(600).cast(polars.String),
    )
    path = tmp_path / "a.csv"
    path.write_bytes(written(many, ".csv"))
    assert path.stat().st_size > 1 << 20
    runs = [zhibiao.extract(path, keep=KEEP, threads=threads) for threads in (1, 3)]
    urls = [f"u{number}" for number in range(600)]
    assert [run.reports.column("url") for run in runs] == [urls, urls]
    assert runs[0].reports.column("source") == [f"{path.as_posix()}#{n}" for n in range(600)]


def test_a_row_by_its_name(folder: Path) -> None:
    found = zhibiao.extract(f"{folder / 'a.csv'}#r2024", keep=KEEP)
    assert kept(found) == expected()[2:]


def test_the_panel_passes_over_them(folder: Path, tmp_path: Path) -> None:
    plain, with_url = zhibiao.extract(folder), zhibiao.extract(folder, keep=KEEP)
    wanted = zhibiao.panel(plain, complete=True).to_dicts()
    assert zhibiao.panel(with_url, complete=True).to_dicts() == wanted
    for ending in ("parquet", "csv", "jsonl"):
        paths = with_url.write(tmp_path / ending / f"out.{ending}")
        tables = {name: zhibiao.read_table(path) for name, path in paths.items()}
        again = zhibiao.panel(tables["observations"], complete=True, reports=tables["reports"])
        assert again.column("met") == zhibiao.panel(plain, complete=True).column("met")
        assert tables["reports"].column("url")[0] == URLS[0]


@pytest.mark.parametrize("more", [[], ["--resume"]])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_command(folder: Path, tmp_path: Path, ending: str, more: list[str]) -> None:
    out = tmp_path / f"out.{ending}"
    keep = ["--keep", "url", "--keep", "publish_date"]
    assert main(["extract", str(folder), "-o", str(out), *keep, *more]) == 0
    reports = zhibiao.read_table(tmp_path / f"out.reports.{ending}")
    assert reports.column_names == [*FIXED, *KEEP]
    assert reports.column("url")[::3] == [URLS[0], None]


def test_parts_leave_no_trace(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resume, "_MOST_SOURCES", 1)
    for name, more in [("once", []), ("parts", ["--resume"])]:
        out = str(tmp_path / name / "out.arrow")
        assert main(["extract", str(folder), "-o", out, "--keep", "url", *more]) == 0
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("once", "parts")
    ]
    assert files[0] == files[1]
    assert len(files[0]) == 4


def test_parts_of_another_keep_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = resume.parts_folder(tmp_path / "out.arrow")
    for keep in (["url"], ["url"]):  # begun, and gone on with
        found = resume.extract_in_parts([folder], parts, options={"keep": keep})
        assert found.reports.column("url") == [*URLS, None]
    arguments = ["extract", str(folder), "-o", str(tmp_path / "out.arrow"), "--resume"]
    assert main([*arguments, "--keep", "publish_date"]) == 2
    assert "keeps a run with another option" in capsys.readouterr().err


def test_a_name_that_cannot_be_leaves_no_folder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["extract", str(folder), "-o", str(tmp_path / "out.arrow"), "--resume"]
    assert main([*arguments, "--keep", "source"]) == 2
    assert 'keep names "source"' in capsys.readouterr().err
    assert not resume.parts_folder(tmp_path / "out.arrow").exists()
    assert main([*arguments, "--keep", "url"]) == 0


REPORT = (
    "湖北省2024年政府工作报告\n各位代表：\n"
    "2023年，全省地区生产总值增长6%。2024年，地区生产总值增长6%左右。\n"
)
YEAR_DIFFERS = "the text tells the year 2024, the {} 2022"
REGION_DIFFERS = "the text tells the region 湖北省, the {} 湖北省武汉市"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_wins_over_the_text_and_says_so(tmp_path: Path, ending: str) -> None:
    rows = polars.DataFrame(
        {"地": ["武汉市", "湖北"], "年": [2022, 2024], "text": [REPORT, REPORT]}
    )
    names = {"地": "place", "年": "when"}  # Stata takes no others in old files
    path = tmp_path / f"a{ending}"
    path.write_bytes(written(rows.rename(names), ending))
    found = zhibiao.extract(path, region="place", year="when")
    differs, agrees = found.reports.to_dicts()
    assert (differs["region"], differs["region_code"]) == ("湖北省武汉市", "420100")
    assert differs["report_year"] == 2022
    told = [YEAR_DIFFERS.format("table"), REGION_DIFFERS.format("table")]
    assert [warning for warning in differs["warnings"] if "the text tells" in warning] == told
    assert (agrees["region"], agrees["report_year"]) == ("湖北省", 2024)
    assert not [warning for warning in agrees["warnings"] if "the text tells" in warning]
    years = {row["report_year"] for row in found.observations.to_dicts()}
    assert years == {2022, 2024}, "observations are of the region and year that won"


def test_an_index_wins_over_text_and_table_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    rows = polars.DataFrame({"region": ["湖北省"], "year": [2023], "text": [REPORT]})
    (tmp_path / "b.csv").write_bytes(written(rows, ".csv"))
    index = tmp_path / "index.csv"
    index.write_text("file,region,year\na.txt,武汉市,2022\nb.csv#1,武汉市,2022\n", encoding="utf-8")
    found = zhibiao.extract([tmp_path / "a.txt", tmp_path / "b.csv"], index=index)
    for report in found.reports.to_dicts():
        assert (report["region"], report["report_year"]) == ("湖北省武汉市", 2022)
        told = {warning for warning in report["warnings"] if "the text tells" in warning}
        assert told == {YEAR_DIFFERS.format("user"), REGION_DIFFERS.format("user")}
    assert set(found.observations.column("report_year")) == {2022}
