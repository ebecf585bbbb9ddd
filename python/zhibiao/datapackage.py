"""What stands beside exported tables: a ``datapackage.json`` of their columns.

It follows the Data Package standard (https://datapackage.org), which R, Python and Julia read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from zhibiao import _core

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibiao._core import Table

__all__ = ["datapackage"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

#: Arrow types in the words of Table Schema.
_TYPES = {
    "utf8": "string",
    "dictionary<int32, utf8>": "string",
    "list<utf8>": "array",
    "bool": "boolean",
    "float64": "number",
    "date32": "date",
}

#: Rows are identified by these; of the panel and its conflicts no column of a key is ever missing
#: but ``entity_id`` of a unit without one, so that they declare none.
_PRIMARY_KEYS = {
    "reports": ["report_id"],
    "observations": ["observation_id"],
    "sentences": ["sentence_id"],
}

_ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<type>[^|]+) \| (?P<null>yes|no) \|")


def datapackage(tables: Mapping[str, Table]) -> str:
    """Describe exported tables, by the names of their files, as JSON.

    Args:
        tables: Each table under its file's name: ``{"panel.parquet": panel}``.

    Returns:
        A data package with version and lexicon digest, and of each column its type, description,
        unit and levels.

    """
    first = next(iter(tables.values())).metadata
    package = {
        "$schema": _PROFILE,
        "name": "zhibiao",
        "title": "Targets and actuals of Chinese government work reports",
        **_told(first),
        "resources": [_resource(path, table) for path, table in tables.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _told(metadata: Mapping[str, str]) -> dict[str, str]:
    """Give what all tables of a run tell of it: version, digest of the lexicon and more."""
    own = ("zhibiao.table", "zhibiao.description")
    return {
        name.removeprefix("zhibiao."): value
        for name, value in metadata.items()
        if name.startswith("zhibiao.") and name not in own
    }


def _resource(path: str, table: Table) -> dict[str, Any]:
    name, _, ending = path.partition(".")
    kind = table.metadata["zhibiao.table"]
    types = _types(kind)
    told = table.column_metadata
    schema: dict[str, Any] = {
        "fields": [_field(column, types, told.get(column, {})) for column in table.column_names],
        "missingValues": [""],
    }
    if kind in _PRIMARY_KEYS:
        schema["primaryKey"] = _PRIMARY_KEYS[kind]
    return {
        "name": name,
        "type": "table",
        "path": path,
        "format": ending,
        "encoding": "utf-8",
        "description": table.metadata["zhibiao.description"],
        "rows": table.num_rows,
        "schema": schema,
    }


def _types(kind: str) -> dict[str, tuple[str, bool]]:
    """Give of each column of a table its Arrow type and whether it may be null: the codebook's."""
    _, _, rest = _core.codebook().partition(f"\n## {kind}\n")
    section = rest.partition("\n## ")[0]
    rows = filter(None, map(_ROW.match, section.splitlines()))
    return {row["name"]: (row["type"], row["null"] == "yes") for row in rows}


def _field(
    name: str, types: Mapping[str, tuple[str, bool]], told: Mapping[str, str]
) -> dict[str, Any]:
    arrow, nullable = types.get(name, ("", True))  # a user's own column has no type here
    kind = "integer" if arrow.startswith("int") else _TYPES.get(arrow, "any")
    field: dict[str, Any] = {"name": name, "type": kind, "description": told.get("description", "")}
    if "unit" in told:
        field["unit"] = told["unit"]
    constraints: dict[str, Any] = {} if nullable else {"required": True}
    if "levels" in told:
        constraints["enum"] = told["levels"].split()
    if constraints:
        field["constraints"] = constraints
    return field
