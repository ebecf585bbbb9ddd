"""``df.zhibiao`` is there once it was asked for, and gives frames of the same library."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pandas
import polars
import pytest

import zhibiao
import zhibiao.pandas
import zhibiao.polars

LIBRARIES = [("pandas", pandas), ("polars", polars)]


@pytest.mark.parametrize(("name", "library"), LIBRARIES)
def test_frames_come_out_as_they_went_in(
    found: zhibiao.Extraction, name: str, library: Any
) -> None:
    reports, observations = (
        getattr(table, f"to_{name}")() for table in (found.reports, found.observations)
    )
    panel = observations.zhibiao.panel("high", reports=reports, complete=True)
    assert type(panel) is library.DataFrame
    wanted = getattr(found.panel("high", complete=True), f"to_{name}")()
    assert panel.equals(wanted)
    conflicts = observations.zhibiao.conflicts(reports=reports)
    assert conflicts.equals(getattr(found.conflicts(), f"to_{name}")())


@pytest.mark.parametrize(("name", "library"), LIBRARIES)
def test_texts_of_a_frame_are_read(name: str, library: Any) -> None:
    words = (zhibiao.sample / "shiqiao_2023.txt").read_text(encoding="utf-8")
    frame = library.DataFrame({"县": ["石桥县"], "年份": [2023], "全文本": [words]})
    found = frame.zhibiao.extract(text="全文本", year="年份")
    assert found.reports.column("region") == ["石桥县"]
    assert found.reports.column("report_year") == [2023]


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_nothing_is_registered_unasked(name: str) -> None:
    code = (
        f"import {name}, zhibiao; assert not hasattr({name}.DataFrame, 'zhibiao'); "
        f"import zhibiao.{name}; assert hasattr({name}.DataFrame, 'zhibiao')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("missing", "extra", "call"),
    [
        ("narwhals", "actuals", lambda found, path: zhibiao.join_actuals(found, 1, source="年鉴")),
        ("pandas", "stata", lambda found, path: zhibiao.export(found.panel(), path / "a.dta")),
        ("pandas", "pandas", lambda found, path: zhibiao.hand_layout(found)),
    ],
)
def test_what_is_not_installed_is_named(
    found: zhibiao.Extraction,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    missing: str,
    extra: str,
    call: Any,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=rf"{missing} is not installed.*zhibiao\[{extra}\]"):
        call(found, tmp_path)
    assert not list(tmp_path.iterdir())
