"""The table of divisions: keys for data of one's own."""

from __future__ import annotations

import zhibiao


def test_a_year_has_each_code_once_with_its_true_parent() -> None:
    rows = {row["region_code"]: row for row in zhibiao.divisions(2024).to_dicts()}
    assert len(rows) == zhibiao.divisions(2024).num_rows
    assert rows["429004"]["parent_code"] == "420000", "仙桃市 stands right below its province"
    assert (rows["100000"]["level"], rows["100000"]["parent_code"]) == ("nation", None)
    parents = {row["parent_code"] for row in rows.values()} - {None}
    assert parents <= rows.keys()
    levels = [row["level"] for row in rows.values()]
    assert (levels.count("province"), levels.count("nation")) == (34, 1)


def test_one_government_keeps_its_entity_under_new_names_and_codes() -> None:
    rows = zhibiao.divisions().to_dicts()
    xushui = [row for row in rows if row["short_name"] == "徐水"]
    assert {row["name"] for row in xushui} == {"徐水县", "徐水区"}
    assert len({row["entity_id"] for row in xushui}) == 1
    xiangyang = {row["name"]: row for row in rows if row["region_code"] == "420600"}
    assert xiangyang["襄樊市"]["valid_to"] + 1 == xiangyang["襄阳市"]["valid_from"]
    assert xiangyang["襄阳市"]["valid_to"] is None
