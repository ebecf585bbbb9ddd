"""Whatever text or bytes are given, rows point into them, and nothing but our errors is raised."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated

import zhibiao
from zhibiao import _core, errors

#: The same examples in every run; `--hypothesis-seed` and more examples find others.
usual = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

PIECES = (
    *("政府工作报告\n", "各位代表：\n", "一、", "2024年，", "今年", "到2025年", "“十四五”期间"),
    *(
        "上年",
        "地区生产总值",
        "固定资产投资",
        "城镇和农村居民人均收入",
        "森林覆盖率",
        "全市",
        "其中",
    ),
    *("增长", "分别增长", "达到", "不低于", "左右", "力争", "翻一番", "由", "提高到", "与", "同步"),
    *("5.2%", "６％", "8%-9%", "218.6亿元", "一万二千", "1．4万余", "0", "99999999999999999999"),
    *("、", "，", "。", "；", "\n", "\r\n", "\u3000", "\ufeff", "\u202e", "\x1b[31m", "<b>", "\\n"),
    *("-", "—", "𠀀", "e\u0301", "???", "（", "”", "&nbsp;"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)
SAMPLE = [path.read_bytes() for path in sorted(zhibiao.sample.glob("*.txt"))]


def check(found: zhibiao.Extraction, text: str) -> None:
    sentences = {row["sentence_id"]: row for row in found.sentences.to_dicts()}
    reports = set(found.reports.column("report_id"))
    for row in sentences.values():
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert text[row["start"] : row["end"]] == row["text"]
    for row in found.observations.to_dicts():
        assert text[row["start"] : row["end"]] == row["text"] != ""
        sentence = sentences[row["sentence_id"]]
        assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]
        assert row["period_start"] <= row["period_end"]
        assert row["report_id"] in reports
    assert found.reports.num_rows + found.problems.num_rows >= 1
    assert "panic" not in found.problems.column("reason")


@usual
@given(text=texts, region=st.none() | st.text(max_size=8), year=st.none() | st.integers())
def test_any_text(text: str, region: str | None, year: int | None) -> None:
    try:
        found = zhibiao.read(text, region=region, year=year)
    except errors.ZhibiaoError:
        assert year is not None
        assert not 1949 <= year <= 2100
        return
    check(found, text)
    zhibiao.panel(found)
    assert "<script" not in found._repr_html_()


def test_half_a_character_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="surrogate pair at 2"):
        zhibiao.read("增长\ud800")


def packed(data: bytes) -> list[bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data)
    return [data, gzip.compress(data, 1), out.getvalue()]


def encoded(text: str) -> list[bytes]:
    codings = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
    return [text.encode(coding) for coding in codings]


damaged = st.builds(
    mutated,
    st.sampled_from(SAMPLE).map(lambda data: data[:3000]),
    st.integers(min_value=0, max_value=1 << 32),
)
files = st.one_of(
    st.binary(max_size=300),
    texts.flatmap(lambda text: st.sampled_from(encoded(text))),
    damaged.flatmap(lambda data: st.sampled_from(packed(data))),
    damaged.flatmap(lambda data: st.sampled_from(packed(data))).flatmap(
        lambda data: st.builds(mutated, st.just(data), st.integers(min_value=0, max_value=99))
    ),
)


@usual
@given(data=files, ending=st.sampled_from(["txt", "csv", "jsonl", "docx", "html", "zip", "gz"]))
def test_any_bytes(data: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ending}"
        path.write_bytes(data)
        found = zhibiao.extract(path, threads=1)
        for row in (*found.reports.to_dicts(), *found.problems.to_dicts()):
            assert row["source"].startswith(path.as_posix())
        for row in found.problems.to_dicts():
            assert row["reason"] != "panic", row
            assert row["message"].startswith(row["source"])
        try:
            decoded = _core.decode(path)
        except errors.ZhibiaoError as error:
            told = str(error)
            assert told.startswith(path.as_posix())
            assert not found.reports.num_rows
            return
        if len(decoded) == 1:
            check(found, decoded[0])
