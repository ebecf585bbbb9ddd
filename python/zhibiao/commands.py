"""What each command of ``zhibiao`` does; each gives its exit status."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zhibiao
from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceError, SourceNotFoundError
from zhibiao.reading import reading

if TYPE_CHECKING:
    import argparse

    from zhibiao._core import Extraction
    from zhibiao.reading import Tables

__all__ = ["codebook", "demo", "explain", "extract", "panel", "review", "show", "text"]

ALL_READ, NOTHING_READ, SOME_PROBLEMS, TO_REVIEW = 0, 1, 3, 4


def extract(options: argparse.Namespace) -> int:
    """Read reports and write their tables."""
    from zhibiao.write import extraction_paths, refuse_existing

    if options.out_dir is not None:
        return _shards(options)
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


def _shards(options: argparse.Namespace) -> int:
    """Read each source into a folder of its own."""
    from zhibiao.shards import STATS, extract_shards

    if options.corrections or options.fail_on_review:
        raise ArgumentError("--out-dir takes no --corrections; correct the tables of each shard")

    def tell(name: str, row: dict[str, Any]) -> None:
        told = f"{row['reports']} reports, {row['observations']} observations, "
        told += f"{row['problems']} problems, {row['seconds']:.1f} s"
        print(f"{name}: {told}", file=sys.stderr)

    figures = extract_shards(
        options.source,
        options.out_dir,
        tell=tell,
        threads=options.threads,
        progress=True,
        **_reading(options),
    )
    print(f"{len(figures)} shards → {Path(options.out_dir) / STATS}", file=sys.stderr)
    return _status_of(*(sum(row[of] for row in figures) for of in ("reports", "problems")))


def _reviewed(found: Extraction, options: argparse.Namespace, status: int) -> int:
    """Give the status, or that doubtful cells are left where this is asked for."""
    if not options.fail_on_review or status == NOTHING_READ:
        return status
    left = len(zhibiao.review(found, options.corrections))
    if left:
        print(f"zhibiao: {left} statements to review; see zhibiao review", file=sys.stderr)
    return TO_REVIEW if left else status


def review(options: argparse.Namespace) -> int:
    """Write the doubtful statements, to be confirmed or corrected."""
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
    return _status_of(found.reports.num_rows, found.problems.num_rows)


def _status_of(reports: int, problems: int) -> int:
    if not reports:
        return NOTHING_READ
    return SOME_PROBLEMS if problems else ALL_READ


def panel(options: argparse.Namespace) -> int:
    """Pair targets with actuals, and print or write the panel."""
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


def show(options: argparse.Namespace) -> int:
    """Print a report with its values marked, or one of its sentences."""
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


def explain(options: argparse.Namespace) -> int:
    """Print both sentences behind a cell."""
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


def text(options: argparse.Namespace) -> int:
    """Print the decoded text that offsets count in."""
    from zhibiao.lookup import text

    _, words = text(options.file, reading(**_tables(options)))
    sys.stdout.buffer.write(words.encode())  # not a line end changed
    return ALL_READ


def demo(_: argparse.Namespace) -> int:
    """Print the panel of the sample corpus."""
    from zhibiao import demo

    print("\n".join(demo.lines()))
    return ALL_READ


def codebook(_: argparse.Namespace) -> int:
    """Print every column of every table."""
    print(_core.codebook(), end="")
    return ALL_READ
