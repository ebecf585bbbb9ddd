"""What may be written behind ``zhibiao``."""

from __future__ import annotations

import argparse

import zhibiao
from zhibiao import commands

__all__ = ["parser"]

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def _threads(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {text!r}")
    return int(text)


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if unit not in _UNITS or not (number.isdecimal() and int(number)):
        raise argparse.ArgumentTypeError(f"expected bytes, such as 500000 or 200M, found {text!r}")
    return int(number) * _UNITS[unit]


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command, whose options say which function runs."""
    command = argparse.ArgumentParser(
        prog="zhibiao",
        description="Chinese government work reports in, tables of targets and actuals out.",
        epilog="Exit status: 0 all read, 1 nothing read, 2 wrong usage, 3 some problems, "
        "4 cells to review (--fail-on-review), 130 interrupted.",
    )
    version = f"zhibiao {zhibiao.__version__}, lexicon {zhibiao.lexicon_digest()}"
    command.add_argument("--version", action="version", version=version)
    kinds = command.add_subparsers(required=True, metavar="COMMAND")

    extract = kinds.add_parser("extract", help="reports → tables in files")
    _add_sources(extract, "a report, a table or an archive of reports, or a folder of them")
    out = extract.add_mutually_exclusive_group(required=True)
    out.add_argument("-o", "--output", metavar="OUT",
                     help="out.parquet, or out/; .parquet, .arrow, .csv and .jsonl")  # fmt: skip
    out.add_argument("--out-dir", metavar="DIR",
                     help="a folder of tables for each source, and stats.csv; what is done is "
                     "not read again")  # fmt: skip
    extract.add_argument("--overwrite", action="store_true", help="replace files that are there")
    extract.add_argument("--keep", action="append", metavar="COLUMN",
                         help="a further column for the reports; may be repeated")  # fmt: skip
    extract.add_argument("--resume", action="store_true",
                         help="read in parts that are kept in OUT.parts until all is read; the "
                         "same command goes on after an interruption")  # fmt: skip
    _add_corrections(extract)
    extract.set_defaults(run=commands.extract)

    panel = kinds.add_parser("panel", help="targets beside actuals, by region, year and metric")
    _add_sources(panel, "reports, a folder, or one file of observations (.parquet, .arrow …)")
    meaning = "panel.parquet, .arrow, .csv, .jsonl or .dta (Stata), or out/ for panel, conflicts "
    meaning += "and their description; printed if not given"
    _add_output(panel, meaning, required=False)
    panel.add_argument("--point", choices=("low", "mid", "high"), default="low",
                       help="which number stands for a range (default: low)")  # fmt: skip
    panel.add_argument("--tolerance", type=float, default=0.0, metavar="POINTS",
                       help="how far an actual may lie off a target 左右 (default: 0)")  # fmt: skip
    panel.add_argument("--complete", action="store_true",
                       help="rows for headline metrics that no report tells, too")  # fmt: skip
    panel.add_argument("--rows", type=_threads, default=40, help="rows to print (default: 40)")
    _add_corrections(panel)
    panel.set_defaults(run=commands.panel)

    review = kinds.add_parser("review", help="doubtful cells → a file of corrections to fill in")
    _add_sources(review, "reports, or a folder of them")
    _add_output(review, "review.csv", required=True)
    _add_corrections(review)
    review.set_defaults(run=commands.review)

    show = kinds.add_parser("show", help="a report with its values marked and explained")
    show.add_argument("file", help="a document by its name: a.txt, a.csv#12, a.zip/b.txt")
    show.add_argument("--at", metavar="OFFSET|ID", help="only the sentence at this place")
    show.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    _add_knowledge(show)
    _add_tables(show)
    show.set_defaults(run=commands.show)

    explain = kinds.add_parser("explain", help="both sentences behind a cell of the panel")
    _add_sources(explain, "reports, or a folder of them")
    explain.add_argument("--of", dest="region_name", metavar="REGION", required=True,
                         help="a name, the end of a full name, or a six-digit code")  # fmt: skip
    explain.add_argument("--in", dest="in_year", metavar="YEAR", type=int, required=True)
    explain.add_argument("--metric", required=True, help="such as gdp; see zhibiao codebook")
    explain.add_argument("--measure", default="growth", help="default: growth")
    explain.add_argument("--horizon", default="annual", help="default: annual")
    explain.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    explain.set_defaults(run=commands.explain)

    text = kinds.add_parser("text", help="the decoded text that start and end count in")
    text.add_argument("file", help="a document by its name: a.txt, a.csv#12, a.zip/b.txt")
    _add_tables(text)
    text.set_defaults(run=commands.text)

    kinds.add_parser("demo", help="the panel of the sample corpus").set_defaults(run=commands.demo)
    kinds.add_parser("codebook", help="every column, in Markdown").set_defaults(
        run=commands.codebook
    )
    return command


def _add_sources(parser: argparse.ArgumentParser, meaning: str) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=meaning)
    parser.add_argument("--threads", type=_threads, metavar="N", help="default: one a core")
    _add_knowledge(parser)
    _add_tables(parser)


def _add_corrections(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corrections", metavar="CSV",
                        help="columns report, start, end, field, old, new, who, why; applied once "
                        "all is read, stale ones are problems")  # fmt: skip
    parser.add_argument("--fail-on-review", action="store_true",
                        help="end with status 4 where doubtful cells are left that no line of "
                        "--corrections corrects or confirms")  # fmt: skip


def _add_tables(parser: argparse.ArgumentParser) -> None:
    columns = parser.add_argument_group("tables", "columns, which are found by their usual names")
    for name, meaning in [
        ("--text", "the texts"),
        ("--region", "names or codes of regions; the table wins over the text"),
        ("--year", "report years; the table wins over the text"),
        ("--id", "what the rows are called by; numbered if there is none"),
    ]:
        columns.add_argument(name, metavar="COLUMN", help=meaning)
    limits = parser.add_argument_group("limits", "bytes may be written as 500000, 200M or 2G")
    for name, kind, meaning in [
        ("--max-bytes", _size, "the most bytes of one document (default: 64M)"),
        ("--max-ratio", _threads, "how many times its size a file may unpack to (default: 200)"),
        ("--max-total", _size, "the most bytes that a file may unpack to (default: 8G)"),
    ]:
        limits.add_argument(name, metavar="N", type=kind, help=meaning)


def _add_knowledge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lexicon", metavar="TSV", help="metrics that add to the built-in ones")
    parser.add_argument("--index", metavar="CSV", help="columns file, region, year; they override")


def _add_output(parser: argparse.ArgumentParser, meaning: str, *, required: bool) -> None:
    # A string, since a closing slash says that a folder is meant.
    parser.add_argument("-o", "--output", metavar="OUT", required=required, help=meaning)
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
