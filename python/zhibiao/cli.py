"""The command ``zhibiao``.

Exit statuses: 0 everything was read, 1 nothing was read, 2 wrong usage, 3 some sources had
problems, 4 doubtful cells are left (with --fail-on-review), 130 interrupted, 141 whoever read the
output has gone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zhibiao
from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceError, SourceNotFoundError, ZhibiaoError
from zhibiao.reading import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao._core import Extraction
    from zhibiao.reading import Tables

__all__ = ["main"]

ALL_READ, NOTHING_READ, WRONG_USAGE, SOME_PROBLEMS, TO_REVIEW = 0, 1, 2, 3, 4
INTERRUPTED, PIPE_CLOSED = 130, 141

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a Windows console may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("zhibiao: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _empty_stdout()
        return PIPE_CLOSED
    except (ZhibiaoError, OSError) as error:
        from zhibiao.show import line

        print(f"zhibiao: {line(error)}", file=sys.stderr)
        _empty_stdout()
        return WRONG_USAGE
    return status


def _empty_stdout() -> None:
    """Print what waits, or drop it where nothing can be printed: Python tries again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _extract(options: argparse.Namespace) -> int:
    from zhibiao.write import extraction_paths, refuse_existing

    paths = extraction_paths(options.output)
    if not options.overwrite:
        refuse_existing(paths.values())  # before the work, and again when writing
    if options.resume:
        found = _go_on(options)
    else:
        found = _read(options)
        found.write(options.output, overwrite=options.overwrite)
    print(
        f"{found.reports.num_rows} reports, {found.observations.num_rows} observations, "
        f"{found.problems.num_rows} problems → {paths['observations']}",
        file=sys.stderr,
    )
    return _reviewed(found, options, _status(found))


def _reviewed(found: Extraction, options: argparse.Namespace, status: int) -> int:
    """Give the status, or that doubtful cells are left where this is asked for."""
    if not options.fail_on_review or status == NOTHING_READ:
        return status
    left = len(zhibiao.review(found, options.corrections))
    if left:
        print(f"zhibiao: {left} statements to review; see zhibiao review", file=sys.stderr)
    return TO_REVIEW if left else status


def _review(options: argparse.Namespace) -> int:
    from zhibiao.review import to_csv
    from zhibiao.write import refuse_existing, write_files

    output = Path(options.output)
    if not options.overwrite:
        refuse_existing([output])
    found = _read(options)
    lines = zhibiao.review(found, options.corrections)
    table = to_csv(lines).encode()
    write_files([(output, lambda part: part.write_bytes(table))], options.overwrite)
    print(f"{len(lines)} statements to review → {output}", file=sys.stderr)
    status = _status(found)
    return TO_REVIEW if lines and options.fail_on_review and status != NOTHING_READ else status


def _read(options: argparse.Namespace) -> Extraction:
    found = zhibiao.extract(
        options.source,
        threads=options.threads,
        progress=True,
        corrections=getattr(options, "corrections", None),
        **_reading(options),
    )
    _tell_problems(found)
    return found


def _go_on(options: argparse.Namespace) -> Extraction:
    """Read in parts that are kept until the tables are written."""
    from zhibiao.resume import extract_in_parts, parts_folder

    folder = parts_folder(options.output)
    try:
        found = extract_in_parts(
            options.source,
            folder,
            threads=options.threads,
            progress=True,
            options=_reading(options),
        )
        if options.corrections:
            from zhibiao.corrections import correct
            from zhibiao.extraction import lexicon_text

            found = correct(found, options.corrections, lexicon=lexicon_text(options.lexicon))
        found.write(options.output, overwrite=options.overwrite)
    except KeyboardInterrupt:
        print(f"zhibiao: {folder} keeps what was read; the same command goes on", file=sys.stderr)
        raise
    shutil.rmtree(folder)
    _tell_problems(found)
    return found


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    """Give the options that decide what is read, and how."""
    keep = getattr(options, "keep", None)  # only reports show it
    return {"lexicon": options.lexicon, "index": options.index, "keep": keep, **_tables(options)}


def _tables(options: argparse.Namespace) -> Tables:
    return {
        "text": options.text,
        "region": options.region,
        "year": options.year,
        "id": options.id,
        "max_bytes": options.max_bytes,
        "max_ratio": options.max_ratio,
        "max_total": options.max_total,
    }


def _tell_problems(found: Extraction, most: int = 10) -> None:
    from zhibiao.show import line

    for row in found.problems.to_dicts(0, most):
        print(f"zhibiao: {line(row['message'])}", file=sys.stderr)
    if found.problems.num_rows > most:
        more = found.problems.num_rows - most
        print(f"zhibiao: … and {more} more, all in the problems table", file=sys.stderr)


def _status(found: Extraction) -> int:
    if not found.reports.num_rows:
        return NOTHING_READ
    return SOME_PROBLEMS if found.problems.num_rows else ALL_READ


def _panel(options: argparse.Namespace) -> int:
    from zhibiao import grid
    from zhibiao.export import export, panel_paths
    from zhibiao.write import extraction_paths, is_folder, refuse_existing

    if options.output and not options.overwrite:
        refuse_existing(panel_paths(options.output))
    status = ALL_READ
    found: Any  # an extraction, or the table of observations
    if len(options.source) == 1 and _holds_observations(Path(options.source[0])):
        if options.corrections or options.fail_on_review:
            raise ArgumentError(
                "--corrections and --fail-on-review need reports; give them to zhibiao extract"
            )
        observations = Path(options.source[0])
        beside = extraction_paths(observations)["reports"]
        reports = _core.read_table(beside) if beside.exists() else None
        found = _core.read_table(observations)
        panel = zhibiao.panel(found, options.point, reports=reports, **_pairing(options))
    else:
        found, reports = _read(options), None
        panel = zhibiao.panel(found, options.point, **_pairing(options))
        status = _reviewed(found, options, _status(found))
    if options.output:
        conflicts = zhibiao.conflicts(found, reports=reports) if is_folder(options.output) else None
        export(panel, options.output, conflicts=conflicts, overwrite=options.overwrite)
    else:
        print("\n".join(grid.lines(panel.to_dicts(0, options.rows), grid.PANEL_COLUMNS)))
        if panel.num_rows > options.rows:
            print(f"… {panel.num_rows - options.rows} more rows; see --rows and -o")
    return status


def _pairing(options: argparse.Namespace) -> dict[str, Any]:
    return {"tolerance": options.tolerance, "complete": options.complete}


def _holds_observations(path: Path) -> bool:
    """Tell a table of observations from a table of reports by the column of its values."""
    from zhibiao.write import FORMATS

    if path.suffix.lower() not in FORMATS or not path.is_file():
        return False
    with path.open("rb") as file:
        names = file.read(1 << 16)
        if names.startswith(b"PAR1"):  # its names stand at the end, behind which is their length
            file.seek(-8, os.SEEK_END)
            length = int.from_bytes(file.read(4), "little")
            file.seek(-min(length + 8, path.stat().st_size), os.SEEK_END)
            names = file.read(length)
    return b"base_low" in names


def _show(options: argparse.Namespace) -> int:
    from zhibiao.lookup import text
    from zhibiao.show import Style, render

    name, words = options.file, ""
    if options.at is None or options.at.isdecimal():  # else an id, which has but one place
        try:
            name, words = text(options.file, reading(**_tables(options)))
        except SourceNotFoundError:
            raise
        except SourceError:
            pass  # the extraction tells it as a problem
    found = zhibiao.extract(name, lexicon=options.lexicon, index=options.index, **_tables(options))
    for line in render(words, found, style=Style(_in_colour(options)), at=options.at):
        print(line)
    return _status(found)


def _explain(options: argparse.Namespace) -> int:
    from zhibiao.show import Style

    found = _read(options)
    explanation = zhibiao.explain(
        found,
        options.region_name,
        options.in_year,
        options.metric,
        measure=options.measure,
        horizon=options.horizon,
    )
    for told in explanation.lines(Style(_in_colour(options))):
        print(told)
    return _status(found)


def _in_colour(options: argparse.Namespace) -> bool:
    auto = options.color == "auto" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return options.color == "always" or auto


def _text(options: argparse.Namespace) -> int:
    from zhibiao.lookup import text

    _, words = text(options.file, reading(**_tables(options)))
    sys.stdout.buffer.write(words.encode())  # not a line end changed
    return ALL_READ


def _demo(_: argparse.Namespace) -> int:
    from zhibiao import demo

    print("\n".join(demo.lines()))
    return ALL_READ


def _codebook(_: argparse.Namespace) -> int:
    print(_core.codebook(), end="")
    return ALL_READ


def _threads(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {text!r}")
    return int(text)


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if unit not in _UNITS or not (number.isdecimal() and int(number)):
        raise argparse.ArgumentTypeError(f"expected bytes, such as 500000 or 200M, found {text!r}")
    return int(number) * _UNITS[unit]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zhibiao",
        description="Chinese government work reports in, tables of targets and actuals out.",
        epilog="Exit status: 0 all read, 1 nothing read, 2 wrong usage, 3 some problems, "
        "4 cells to review (--fail-on-review), 130 interrupted.",
    )
    version = f"zhibiao {zhibiao.__version__}, lexicon {zhibiao.lexicon_digest()}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="reports → tables in files")
    _add_sources(extract, "a report, a table or an archive of reports, or a folder of them")
    _add_output(extract, "out.parquet, or out/; .parquet, .arrow, .csv and .jsonl", required=True)
    extract.add_argument("--keep", action="append", metavar="COLUMN",
                         help="a further column for the reports; may be repeated")  # fmt: skip
    extract.add_argument("--resume", action="store_true",
                         help="read in parts that are kept in OUT.parts until all is read; the "
                         "same command goes on after an interruption")  # fmt: skip
    _add_corrections(extract)
    extract.set_defaults(run=_extract)

    panel = commands.add_parser("panel", help="targets beside actuals, by region, year and metric")
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
    panel.set_defaults(run=_panel)

    review = commands.add_parser("review", help="doubtful cells → a file of corrections to fill in")
    _add_sources(review, "reports, or a folder of them")
    _add_output(review, "review.csv", required=True)
    _add_corrections(review)
    review.set_defaults(run=_review)

    show = commands.add_parser("show", help="a report with its values marked and explained")
    show.add_argument("file", help="a document by its name: a.txt, a.csv#12, a.zip/b.txt")
    show.add_argument("--at", metavar="OFFSET|ID", help="only the sentence at this place")
    show.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    _add_knowledge(show)
    _add_tables(show)
    show.set_defaults(run=_show)

    explain = commands.add_parser("explain", help="both sentences behind a cell of the panel")
    _add_sources(explain, "reports, or a folder of them")
    explain.add_argument("--of", dest="region_name", metavar="REGION", required=True,
                         help="a name, the end of a full name, or a six-digit code")  # fmt: skip
    explain.add_argument("--in", dest="in_year", metavar="YEAR", type=int, required=True)
    explain.add_argument("--metric", required=True, help="such as gdp; see zhibiao codebook")
    explain.add_argument("--measure", default="growth", help="default: growth")
    explain.add_argument("--horizon", default="annual", help="default: annual")
    explain.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    explain.set_defaults(run=_explain)

    text = commands.add_parser("text", help="the decoded text that start and end count in")
    text.add_argument("file", help="a document by its name: a.txt, a.csv#12, a.zip/b.txt")
    _add_tables(text)
    text.set_defaults(run=_text)

    commands.add_parser("demo", help="the panel of the sample corpus").set_defaults(run=_demo)
    commands.add_parser("codebook", help="every column, in Markdown").set_defaults(run=_codebook)
    return parser


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
