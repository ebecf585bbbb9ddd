"""Tables with a column of texts: every format, by content, with the facts of the texts alone."""

from __future__ import annotations

import builtins
import io
from typing import TYPE_CHECKING, Any

import pandas
import polars
import pytest
from in_tables import (
    ENDINGS,
    PACKED,
    REGION,
    YEARS,
    facts,
    frame,
    own_files,
    packed,
    sample,
    written,
)

import zhibiao
from zhibiao import _core, errors, stata
from zhibiao import frame as frames

if TYPE_CHECKING:
    from pathlib import Path

SHORT = (
    "湖北省2024年政府工作报告\n各位代表：\n"
    "2023年，全省地区生产总值增长6%。2024年，地区生产总值增长6%左右。\n"
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[Any, ...]]]:
    """What the texts say as files of their own."""
    told = own_files(tmp_path_factory.mktemp("alone") / "files")
    assert [len(report) > 20 for report in told] == [True] * len(YEARS)
    return told


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reasons(found: zhibiao.Extraction) -> dict[str, str]:
    return {row["source"].rsplit("/", 1)[-1]: row["reason"] for row in found.problems.to_dicts()}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["reports{}", "reports.txt", "reports"])
def test_every_format_says_what_the_texts_say(
    tmp_path: Path, alone: list[Any], ending: str, name: str
) -> None:
    path = save(tmp_path, name.format(ending), written(frame(), ending))
    found = zhibiao.extract(path)
    assert facts(found) == alone
    sources = [f"{path.as_posix()}#r{year}" for year in YEARS]
    assert found.reports.column("source") == sources
    assert found.problems.num_rows == 0


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("pack", PACKED)
def test_every_format_is_read_packed(
    tmp_path: Path, alone: list[Any], ending: str, pack: str
) -> None:
    data = packed(written(frame(), ending), f"reports{ending}", pack)
    path = save(tmp_path, f"reports{ending}{pack}", data)
    found = zhibiao.extract(path)
    assert facts(found) == alone
    inside = f"/reports{ending}" if pack == ".zip" else ""
    sources = [f"{path.as_posix()}{inside}#r{year}" for year in YEARS]
    assert found.reports.column("source") == sources


@pytest.mark.parametrize("pack", PACKED)
def test_what_is_packed_is_told_by_its_content(tmp_path: Path, alone: list[Any], pack: str) -> None:
    data = packed(written(frame(), ".parquet"), "thing", pack)
    assert facts(zhibiao.extract(save(tmp_path, "download.txt", data))) == alone


@pytest.mark.parametrize(
    ("region", "year", "text"),
    [
        ("province", "report_year", "full_text"),
        ("City", "YEAR", " Content "),
        ("地区", "年份", "正文"),
        ("county", "年度", "政府工作报告全文"),
    ],
)
def test_usual_names_of_columns_are_found(
    tmp_path: Path, alone: list[Any], region: str, year: str, text: str
) -> None:
    table = frame(region=region, year=year, text=text)
    assert facts(zhibiao.extract(save(tmp_path, "a.csv", written(table, ".csv")))) == alone


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".jsonl", ".arrows"])
def test_columns_are_named(tmp_path: Path, alone: list[Any], ending: str) -> None:
    table = frame(doc="A", region="B", year="C", text="D").with_columns(text=polars.lit("无"))
    path = save(tmp_path, f"a{ending}", written(table, ending))
    found = zhibiao.extract(path, text="D", region="B", year="C", id="A")
    assert facts(found) == alone
    assert [source.rpartition("#")[2] for source in found.reports.column("source")] == [
        f"r{year}" for year in YEARS
    ]


@pytest.mark.parametrize("role", ["text", "region", "year", "id"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".jsonl", ".dta"])
def test_a_wrong_column_name_is_told(tmp_path: Path, ending: str, role: str) -> None:
    path = save(tmp_path, f"a{ending}", written(frame(), ending))
    found = zhibiao.extract(path, **{role: "tetx"})  # type: ignore[arg-type]
    (problem,) = found.problems.to_dicts()
    assert found.reports.num_rows == 0
    assert problem["reason"] == "no_column"
    assert problem["message"].startswith(path.as_posix())
    assert f'"tetx" that {role} names (did you mean "text"?)' in problem["message"]
    names = ["doc", "region", "year", "note", "text"]
    names = sorted(names) if ending == ".jsonl" else names  # its objects have no order
    assert ", ".join(names) in problem["message"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".jsonl", ".dta"])
def test_a_table_without_texts_is_told(tmp_path: Path, ending: str) -> None:
    table = polars.DataFrame({"year": [2024], "gdp": [5.2]})
    if ending == ".dta":
        out = io.BytesIO()
        pandas.DataFrame(table.to_dict(as_series=False)).to_stata(out, write_index=False)
        data = out.getvalue()
    else:
        data = written(table, ending)
    (problem,) = zhibiao.extract(save(tmp_path, f"a{ending}", data)).problems.to_dicts()
    assert problem["reason"] == "no_column"
    assert ("gdp, year" if ending == ".jsonl" else "year, gdp") in problem["message"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_cells_cost_only_themselves(tmp_path: Path, alone: list[Any], ending: str) -> None:
    table = frame()
    empty = table.with_columns(doc="empty" + polars.col("doc"), text=polars.lit(""))
    path = save(tmp_path, f"a{ending}", written(polars.concat([empty[:1], table]), ending))
    found = zhibiao.extract(path)
    assert facts(found) == alone
    assert reasons(found) == {f"a{ending}#emptyr2022": "empty"}
    assert "row 1 has nothing" in found.problems.column("message")[0]


def test_an_id_that_stands_twice_names_two_rows(tmp_path: Path) -> None:
    table = frame().with_columns(doc=polars.lit("same"))
    path = save(tmp_path, "a.csv", written(table, ".csv"))
    found = zhibiao.extract(path)
    names = [name.removeprefix(path.as_posix()) for name in found.reports.column("source")]
    assert names == ["#same", "#same#2", "#same#3"]
    for year, name in zip(YEARS, names, strict=True):
        wanted = zhibiao.extract(f"{path}{name}").reports.column("report_year")
        assert wanted == [year]


def test_rows_without_an_id_are_numbered(tmp_path: Path) -> None:
    path = save(tmp_path, "a.csv", written(frame().drop("doc"), ".csv"))
    names = zhibiao.extract(path).reports.column("source")
    assert names == [f"{path.as_posix()}#{number}" for number in (1, 2, 3)]


def test_a_table_of_gb18030(tmp_path: Path, alone: list[Any]) -> None:
    table = written(frame(region="地区", year="年份", text="正文"), ".csv")
    found = zhibiao.extract(save(tmp_path, "a.csv", table.decode().encode("gb18030")))
    assert facts(found) == alone


def test_line_breaks_in_quotes_stay_in_the_text(tmp_path: Path) -> None:
    text = '各位代表:\r\n2023年,"石桥"生产总值增长6.2%。\n\n2024年,增长7%左右。\n'
    quoted = text.replace('"', '""')
    data = f'id,region,year,text\r\na,石桥县,2024,"{quoted}"\r\nb,石桥县,2024,"{quoted}"\r\n'
    path = save(tmp_path, "a.csv", data.encode())
    found = zhibiao.extract(path)
    assert found.reports.num_rows == 2
    assert _core.decode(path) == [text, text]
    rows = found.observations.to_dicts()
    assert {row["text"] for row in rows} == {"6.2%", "7%左右"}
    assert [text[row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows]


@pytest.mark.parametrize("threads", [1, 4])
def test_rows_keep_their_order(tmp_path: Path, threads: int) -> None:
    """Larger than what is read by one thread, and not in the order of the ids."""
    rows = [(f"{(at * 7919) % 1000:03}", YEARS[at % 3]) for at in range(300)]
    table = polars.DataFrame(
        {
            "id": [name for name, _ in rows],
            "region": ["石桥县"] * len(rows),
            "year": [year for _, year in rows],
            "text": [f"{sample(year)}\n{name}\n" for name, year in rows],
        }
    )
    path = save(tmp_path, "a.csv", written(table, ".csv"))
    assert path.stat().st_size > 1 << 20
    found = zhibiao.extract(path, threads=threads)
    told = [source.rpartition("#")[2] for source in found.reports.column("source")]
    assert told == [name for name, _ in rows]
    assert found.reports.column("report_year") == [year for _, year in rows]


def test_the_table_wins_over_the_title_and_a_difference_is_a_warning(tmp_path: Path) -> None:
    table = polars.DataFrame(
        {
            "where": ["湖南省", "湖北省", "湖北"],
            "when": [2025, 2024, 2024],
            "text": [SHORT] * 3,
        }
    )
    path = save(tmp_path, "a.parquet", written(table, ".parquet"))
    found = zhibiao.extract(path, region="where", year="when")
    rows = found.reports.to_dicts()
    assert [(row["region"], row["report_year"]) for row in rows] == [
        ("湖南省", 2025),
        ("湖北省", 2024),
        ("湖北省", 2024),
    ]
    assert rows[0]["warnings"] == [
        "the text tells the year 2024, the table 2025",
        "the text tells the region 湖北省, the table 湖南省",
    ]
    assert [row["warnings"] for row in rows[1:]] == [[], []]


def test_a_year_that_is_none_is_a_warning(tmp_path: Path) -> None:
    table = polars.DataFrame({"year": ["去年"], "text": [SHORT]})
    (row,) = zhibiao.extract(save(tmp_path, "a.csv", written(table, ".csv"))).reports.to_dicts()
    assert row["report_year"] == 2024
    assert any("去年" in warning for warning in row["warnings"])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_an_old_stata_file_is_read_in_its_encoding(
    tmp_path: Path, alone: list[Any], encoding: str
) -> None:
    # Stata 13 writes the bytes of the system; here they take the place of letters as long.
    region = REGION.encode(encoding)
    texts = {year: sample(year).encode(encoding) for year in YEARS}
    letters = {year: f"{year}-".ljust(len(text), "x") for year, text in texts.items()}
    table = pandas.DataFrame(frame().to_dict(as_series=False))
    table = table.assign(region="r" * len(region), text=[letters[year] for year in YEARS])
    out = io.BytesIO()
    table.to_stata(out, version=117, convert_strl=["text"], write_index=False)
    data = out.getvalue().replace(b"r" * len(region), region)
    for year in YEARS:
        assert data.count(letters[year].encode()) == 1
        data = data.replace(letters[year].encode(), texts[year])
    assert facts(zhibiao.extract(save(tmp_path, "a.dta", data))) == alone


def test_a_damaged_stata_file_is_a_problem(tmp_path: Path) -> None:
    path = save(tmp_path, "a.dta", written(frame(), ".dta")[:3000])
    (problem,) = zhibiao.extract(path).problems.to_dicts()
    assert problem["reason"] == "unsupported"
    assert "a.dta" in problem["message"]
    assert "save it again" in problem["message"]
    with pytest.raises(errors.TableError, match="Stata"):
        stata.read(b"<stata_dta>")


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_stata_without_pandas_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: str
) -> None:
    real = frames.import_module

    def absent(name: str) -> Any:
        if name == library:
            raise builtins.ImportError(name)
        return real(name)

    monkeypatch.setattr("zhibiao.frame.import_module", absent)
    path = save(tmp_path, "a.dta", written(frame(), ".dta"))
    (problem,) = zhibiao.extract(path).problems.to_dicts()
    assert f"{library} is not installed; run: pip install 'zhibiao[stata]'" in problem["message"]


def test_a_document_that_is_too_large_can_be_allowed(tmp_path: Path, alone: list[Any]) -> None:
    path = save(tmp_path, "a.csv", written(frame(), ".csv"))
    found = zhibiao.extract(path, max_bytes=1000)
    assert set(reasons(found).values()) == {"too_large"}
    assert found.problems.num_rows == len(YEARS)
    assert facts(zhibiao.extract(path, max_bytes=1 << 20)) == alone


@pytest.mark.parametrize("limit", ["max_bytes", "max_ratio", "max_total"])
def test_a_limit_that_is_none(tmp_path: Path, limit: str) -> None:
    with pytest.raises(errors.ArgumentError, match=limit):
        zhibiao.extract(tmp_path, **{limit: 0})  # type: ignore[arg-type]


def test_a_limit_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(errors.ArgumentError, match="max_bytes"):
        zhibiao.extract(tmp_path, max_bytes=1 << 40)
