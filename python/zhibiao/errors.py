"""The exceptions of zhibiao, under one base.

A document that cannot be read is a row of the problems table and no exception. What is raised here
is a call that cannot be carried out; each message names the source and what to do.
"""

__all__ = [
    "ArgumentError",
    "LexiconError",
    "OutputError",
    "OutputExistsError",
    "SourceError",
    "SourceNotFoundError",
    "TableError",
    "ZhibiaoError",
]


class ZhibiaoError(Exception):
    """The base of every exception that zhibiao raises by itself."""


class ArgumentError(ZhibiaoError, ValueError):
    """An argument, or a file that it names, is not of the form that is asked for."""


class LexiconError(ZhibiaoError, ValueError):
    """A line of a user's lexicon cannot be read; the message names file and line."""


class SourceError(ZhibiaoError, OSError):
    """The one source that was asked for cannot be read."""


class SourceNotFoundError(SourceError, FileNotFoundError):
    """The one source that was asked for does not exist."""


class TableError(ZhibiaoError, ValueError):
    """A table lacks a column, holds the wrong type or cannot be read."""


class OutputError(ZhibiaoError, OSError):
    """A file cannot be written: the disk is full, or the folder may not be written to."""


class OutputExistsError(ZhibiaoError, FileExistsError):
    """A file would be overwritten, and that was not asked for."""
