"""Reports of the sample corpus as tables, in every format that researchers have."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pandas
import polars
import pyarrow

import zhibiao

if TYPE_CHECKING:
    from pathlib import Path

REGION = "石桥县"  # in no table of divisions: it has to be told
YEARS = (2022, 2023, 2024)

#: What a value is, without the names of where it was found.
FACT = ("metric", "kind", "measure", "text", "start", "end", "value_low", "value_high", "unit")
FACT += ("period_start", "period_end", "region", "report_year", "rule")


def sample(year: int) -> str:
    return (zhibiao.sample / f"shiqiao_{year}.txt").read_text(encoding="utf-8")


def frame(**names: str) -> polars.DataFrame:
    """Three reports; ``names`` calls the columns otherwise."""
    columns = {
        "doc": [f"r{year}" for year in YEARS],
        "region": [REGION] * len(YEARS),
        "year": list(YEARS),
        "note": ["", "x", ""],
        "text": [sample(year) for year in YEARS],
    }
    return polars.DataFrame({names.get(name, name): column for name, column in columns.items()})


def facts(found: zhibiao.Extraction) -> list[list[tuple[Any, ...]]]:
    """What each report says, report by report."""
    by_report: dict[str, list[tuple[Any, ...]]] = {
        report: [] for report in found.reports.column("report_id")
    }
    for row in found.observations.to_dicts():
        by_report[row["report_id"]].append(tuple(row[name] for name in FACT))
    return list(by_report.values())


def own_files(folder: Path) -> list[list[tuple[Any, ...]]]:
    """What the same texts say as files of their own."""
    folder.mkdir()
    lines = ["file\tregion\tyear"]
    for year in YEARS:
        (folder / f"{year}.txt").write_bytes(sample(year).encode())
        lines.append(f"{year}.txt\t{REGION}\t{year}")
    (folder / "index.tsv").write_text("\n".join(lines), encoding="utf-8")
    return facts(zhibiao.extract(folder, index=folder / "index.tsv"))


def written(table: polars.DataFrame, ending: str) -> bytes:
    """The bytes of the table as a file with this ending."""
    out = io.BytesIO()
    match ending:
        case ".csv":
            table.write_csv(out)
        case ".tsv":
            table.write_csv(out, separator="\t")
        case ".xlsx":
            table.write_excel(out)
        case ".parquet":
            table.write_parquet(out)
        case ".arrow":
            table.write_ipc(out)
        case ".arrows":
            table.write_ipc_stream(out)
        case ".jsonl":
            table.write_ndjson(out)
        case ".dta":
            plain = pandas.DataFrame(table.to_dict(as_series=False))
            plain.to_stata(out, version=118, convert_strl=["text"], write_index=False)
        case _:
            raise AssertionError(ending)
    return out.getvalue()


ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet", ".arrow", ".arrows", ".jsonl", ".dta")


def packed(data: bytes, name: str, ending: str) -> bytes:
    match ending:
        case ".gz":
            return gzip.compress(data)
        case ".zst":
            packed: bytes = pyarrow.compress(data, codec="zstd", asbytes=True)
            return packed
        case ".zip":
            return zipped({name: data})
        case _:
            raise AssertionError(ending)


PACKED = (".gz", ".zst", ".zip")


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
