"""The command ``zhibiao``.

Exit statuses: 0 everything was read, 1 nothing was read, 2 wrong usage, 3 some sources had
problems, 130 interrupted, 141 whoever read the output has gone.
"""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import zhibiao
from zhibiao import _core
from zhibiao.errors import ZhibiaoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibiao._core import Extraction

__all__ = ["main"]

ALL_READ, NOTHING_READ, WRONG_USAGE, SOME_PROBLEMS = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141


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
        # Python flushes stdout at exit; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (ZhibiaoError, OSError) as error:
        print(f"zhibiao: {error}", file=sys.stderr)
        return WRONG_USAGE
    return status


def _extract(options: argparse.Namespace) -> int:
    from zhibiao.write import extraction_paths, refuse_existing

    paths = extraction_paths(options.output)
    if not options.overwrite:
        refuse_existing(paths.values())  # before the work, and again when writing
    found = _read(options)
    found.write(options.output, overwrite=options.overwrite)
    print(
        f"{found.reports.num_rows} reports, {found.observations.num_rows} observations, "
        f"{found.problems.num_rows} problems → {paths['observations']}",
        file=sys.stderr,
    )
    return _status(found)


def _read(options: argparse.Namespace) -> Extraction:
    found = zhibiao.extract(
        options.source,
        threads=options.threads,
        progress=True,
        lexicon=options.lexicon,
        index=options.index,
    )
    _tell_problems(found)
    return found


def _tell_problems(found: Extraction, most: int = 10) -> None:
    from zhibiao.show import escape

    for row in found.problems.to_dicts(0, most):
        print(f"zhibiao: {escape(row['message'])}", file=sys.stderr)
    if found.problems.num_rows > most:
        more = found.problems.num_rows - most
        print(f"zhibiao: … and {more} more, all in the problems table", file=sys.stderr)


def _status(found: Extraction) -> int:
    if not found.reports.num_rows:
        return NOTHING_READ
    return SOME_PROBLEMS if found.problems.num_rows else ALL_READ


def _panel(options: argparse.Namespace) -> int:
    from zhibiao import grid
    from zhibiao.write import FORMATS, extraction_paths, refuse_existing, write_tables

    if options.output and not options.overwrite:
        refuse_existing([Path(options.output)])
    status = ALL_READ
    if len(options.source) == 1 and Path(options.source[0]).suffix.lower() in FORMATS:
        observations = Path(options.source[0])
        beside = extraction_paths(observations)["reports"]
        reports = _core.read_table(beside) if beside.exists() else None
        panel = zhibiao.panel(_core.read_table(observations), options.point, reports=reports)
    else:
        found = _read(options)
        panel, status = zhibiao.panel(found, options.point), _status(found)
    if options.output:
        write_tables([(options.output, panel)], options.overwrite)
    else:
        print("\n".join(grid.lines(panel.to_dicts(0, options.rows), grid.PANEL_COLUMNS)))
        if panel.num_rows > options.rows:
            print(f"… {panel.num_rows - options.rows} more rows; see --rows and -o")
    return status


def _show(options: argparse.Namespace) -> int:
    from zhibiao.show import Style, render

    colour = options.color == "always" or (
        options.color == "auto" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    )
    text = "".join(_core.decode(Path(options.file)))
    found = zhibiao.extract(options.file, lexicon=options.lexicon, index=options.index)
    for line in render(text, found, style=Style(colour), at=options.at):
        print(line)
    return _status(found)


def _text(options: argparse.Namespace) -> int:
    for text in _core.decode(Path(options.file)):
        sys.stdout.buffer.write(text.encode())  # not a line end changed
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zhibiao",
        description="Chinese government work reports in, tables of targets and actuals out.",
        epilog="Exit status: 0 all read, 1 nothing read, 2 wrong usage, 3 some problems, "
        "130 interrupted.",
    )
    version = f"zhibiao {zhibiao.__version__}, lexicon {zhibiao.lexicon_digest()}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="reports → tables in files")
    _add_sources(extract, "a report, or a folder of them")
    _add_output(extract, "out.parquet, or out/; .parquet, .arrow, .csv and .jsonl", required=True)
    extract.set_defaults(run=_extract)

    panel = commands.add_parser("panel", help="targets beside actuals, by region, year and metric")
    _add_sources(panel, "reports, a folder, or one file of observations (.parquet, .arrow …)")
    _add_output(panel, "a file for the panel; printed if not given", required=False)
    panel.add_argument("--point", choices=("low", "mid", "high"), default="low",
                       help="which number stands for a range (default: low)")  # fmt: skip
    panel.add_argument("--rows", type=_threads, default=40, help="rows to print (default: 40)")
    panel.set_defaults(run=_panel)

    show = commands.add_parser("show", help="a report with its values marked and explained")
    show.add_argument("file")
    show.add_argument("--at", metavar="OFFSET|ID", help="only the sentence at this place")
    show.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    _add_knowledge(show)
    show.set_defaults(run=_show)

    text = commands.add_parser("text", help="the decoded text that start and end count in")
    text.add_argument("file")
    text.set_defaults(run=_text)

    commands.add_parser("demo", help="the panel of the sample corpus").set_defaults(run=_demo)
    commands.add_parser("codebook", help="every column, in Markdown").set_defaults(run=_codebook)
    return parser


def _add_sources(parser: argparse.ArgumentParser, meaning: str) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=meaning)
    parser.add_argument("--threads", type=_threads, metavar="N", help="default: one a core")
    _add_knowledge(parser)


def _add_knowledge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lexicon", metavar="TSV", help="metrics that add to the built-in ones")
    parser.add_argument("--index", metavar="CSV", help="columns file, region, year; they override")


def _add_output(parser: argparse.ArgumentParser, meaning: str, *, required: bool) -> None:
    # A string, since a closing slash says that a folder is meant.
    parser.add_argument("-o", "--output", metavar="OUT", required=required, help=meaning)
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
