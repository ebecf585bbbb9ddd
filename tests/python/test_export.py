"""What leaves for Stata, R and others is read back: names, labels, states, keys."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow.csv
import pytest
from pandas.io.stata import StataReader

import zhibiao
from zhibiao import cli, errors, stata_out
from zhibiao._core import codebook
from zhibiao.hand import HAND_COLUMNS
from zhibiao.stata_names import stata_names

ROOT = Path(__file__).parents[2]
KEY = ["entity_num", "year", "metric", "measure", "unit", "horizon", "aggregation", "period_start"]


@pytest.fixture(scope="module")
def whole(found: zhibiao.Extraction) -> zhibiao.Table:
    return found.panel(complete=True)


def read_stata(path: Path) -> tuple[pandas.DataFrame, dict[str, dict[int, str]], dict[str, str]]:
    with StataReader(path, convert_categoricals=False, convert_missing=True) as reader:
        frame = reader.read()
        return frame, reader.value_labels(), reader.variable_labels()


@pytest.fixture(scope="module")
def stata(whole: zhibiao.Table, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("stata") / "panel.dta"
    assert zhibiao.export(whole, path) == [path]
    return read_stata(path)


def test_isid_holds_in_stata(whole: zhibiao.Table, stata: Any) -> None:
    frame = stata[0]
    assert len(frame) == whole.num_rows
    assert not frame.duplicated(KEY).any()
    for name in KEY:  # isid also refuses what is missing
        assert not any(value in ("", None) or "Missing" in type(value).__name__
                       for value in frame[name]), name  # fmt: skip
    assert frame["entity_num"].dtype == "int32"


def test_one_number_is_one_region(whole: zhibiao.Table, stata: Any) -> None:
    pairs = set(zip(stata[0]["entity_num"], whole.column("region"), strict=True))
    assert len(pairs) == len({number for number, _ in pairs}) == len({name for _, name in pairs})


def test_an_entity_keeps_its_number_and_its_string(tmp_path: Path) -> None:
    found = zhibiao.read("今年生产总值增长6%左右。", region="荆州市", year=2024)
    zhibiao.export(found.panel(), tmp_path / "panel.dta")
    row = read_stata(tmp_path / "panel.dta")[0].iloc[0]
    assert (row["entity_num"], row["entity_id"]) == (422400, "422400")


def test_missing_numbers_tell_their_state(whole: zhibiao.Table, stata: Any) -> None:
    frame, words, _ = stata
    told = set()
    for side in ("target", "actual"):
        states = whole.column(f"{side}_state")
        for value, number, state in zip(frame[side], whole.column(side), states, strict=True):
            letter = stata_out.MISSING.get(state, "")
            assert value == number if number is not None else str(value) == f".{letter}"
            told.add(state if number is None else "a number")
        assert words[side][2147483622] == "absent from the report"
    assert {"not_named", "relational", "report_not_in_corpus", "not_mentioned"} < told


def test_every_state_without_a_number_has_a_letter(whole: zhibiao.Table) -> None:
    told = whole.column_metadata
    states = {s for side in ("target", "actual") for s in told[f"{side}_state"]["levels"].split()}
    assert states - {"stated", "stated_annual"} == set(stata_out.MISSING)
    assert set(stata_out.MISSING.values()) == set(stata_out._MEANING)


def test_words_are_labelled_numbers(whole: zhibiao.Table, stata: Any) -> None:
    frame, words, _ = stata
    for name, told in whole.column_metadata.items():
        if "levels" in told:
            assert list(words[name].values()) == told["levels"].split(), name
            labels = [words[name].get(code) for code in frame[name].where(frame[name].map(is_int))]
            assert labels == whole.column(name), name
    assert words["comparable"] == {0: "no", 1: "yes"}


def is_int(value: object) -> bool:
    return "Missing" not in type(value).__name__


def test_names_and_labels_fit(whole: zhibiao.Table, stata: Any) -> None:
    frame, _, labels = stata
    assert set(frame) == {*whole.column_names, "entity_num"}
    for name in frame:
        assert len(name) <= 32
        assert 0 < len(labels[name]) <= 80, name
    assert labels["gap"] == "actual - target; null where one of them is missing"


def test_lists_are_joined_and_nulls_are_empty(whole: zhibiao.Table, stata: Any) -> None:
    for name in ("target_observation_ids", "actual_observation_ids", "boundary_change"):
        assert list(stata[0][name]) == [" ".join(ids) for ids in whole.column(name)]
    assert list(stata[0]["target_term"]) == [term or "" for term in whole.column("target_term")]


def test_a_panel_that_was_filtered_elsewhere_keeps_its_labels(
    tmp_path: Path, whole: zhibiao.Table
) -> None:
    frame = whole.to_pandas().query("metric == 'gdp'")
    zhibiao.export(frame, tmp_path / "pandas.dta")
    zhibiao.export(whole.to_polars().filter(polars.col("metric") == "gdp"), tmp_path / "polars.dta")
    first, second = (read_stata(tmp_path / f"{name}.dta") for name in ("pandas", "polars"))
    assert first[1]["met"] == second[1]["met"] == {1: "yes", 2: "no", 3: "undetermined"}
    assert first[2] == second[2]
    assert len(first[0]) == len(second[0]) == len(frame)


def test_an_empty_panel_goes_to_stata(tmp_path: Path) -> None:
    zhibiao.export(zhibiao.read("没有").panel(), tmp_path / "panel.dta")
    assert len(read_stata(tmp_path / "panel.dta")[0]) == 0


def test_a_panel_with_rows_twice_is_refused(tmp_path: Path, whole: zhibiao.Table) -> None:
    frame = whole.to_pandas()
    with pytest.raises(errors.TableError, match="share their key"):
        zhibiao.export(pandas.concat([frame, frame.tail(1)]), tmp_path / "panel.dta")
    assert not list(tmp_path.iterdir())


def test_wide_tables_have_long_names(tmp_path: Path, found: zhibiao.Extraction) -> None:
    long = "a_user_s_own_column_of_which_the_name_is_long"
    frame = pandas.DataFrame({long: [1.0], f"{long}_too": [2.0], "in": ["a"], "正文": ["长" * 900]})
    zhibiao.export(frame, tmp_path / "wide.dta")
    read, _, labels = read_stata(tmp_path / "wide.dta")
    assert list(read) == ["a_user_s_own_column_of_which_1", "a_user_s_own_column_of_which_2",
                          "v_in_1", "正文"]  # fmt: skip
    assert labels["a_user_s_own_column_of_which_2"] == f"{long}_too"
    assert read["正文"][0] == "长" * 900, "longer than a plain string of Stata may be"


def test_the_page_lists_every_name_and_state_that_changes() -> None:
    page = (ROOT / "docs" / "panel.md").read_text(encoding="utf-8")
    metrics = re.findall(r"^\| `(\w+)` \|.*\| (?:yes|no) \| \w+ \|$", codebook(), re.MULTILINE)
    assert "gdp" in metrics
    names = [f"{metric}_{side}" for metric in metrics for side in ("target", "actual")]
    short = {old: new for old, new in stata_names(names).items() if old != new}
    listed = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|$", page, re.MULTILINE))
    assert {old: new for old, new in listed.items() if len(old) > 32} == short
    for state, letter in stata_out.MISSING.items():
        assert re.search(rf"^\| `\.{letter}` \|.*`{state}`", page, re.MULTILINE), state


def test_nothing_is_overwritten_unasked(tmp_path: Path, whole: zhibiao.Table) -> None:
    for name in ("panel.dta", "panel.csv"):
        zhibiao.export(whole, tmp_path / name)
        with pytest.raises(FileExistsError):
            zhibiao.export(whole, tmp_path / name)
        zhibiao.export(whole, tmp_path / name, overwrite=True)
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_no_table(tmp_path: Path, whole: zhibiao.Table) -> None:
    with pytest.raises(errors.ArgumentError, match="no table"):
        zhibiao.export([1], tmp_path / "a.dta")
    with pytest.raises(errors.ArgumentError, match="describe"):
        zhibiao.export(whole.to_pandas(), tmp_path)
    with pytest.raises(errors.ArgumentError, match="give a folder"):
        zhibiao.export(whole, tmp_path / "a.csv", conflicts=whole)


def test_csv_for_r(tmp_path: Path, whole: zhibiao.Table) -> None:
    zhibiao.export(whole, tmp_path / "panel.csv")
    data = (tmp_path / "panel.csv").read_bytes()
    data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode().splitlines()))
    assert list(rows[0]) == whole.column_names
    for row, told in zip(rows, whole.to_dicts(), strict=True):
        assert row["comparable"] == {None: "", True: "true", False: "false"}[told["comparable"]]
        assert row["target_observation_ids"] == "; ".join(told["target_observation_ids"])
        assert (float(row["target"]) if row["target"] else None) == told["target"]
    assert pyarrow.csv.read_csv(tmp_path / "panel.csv").num_rows == whole.num_rows


def test_a_folder_explains_itself(tmp_path: Path, found: zhibiao.Extraction) -> None:
    whole, conflicts = found.panel(complete=True), found.conflicts()
    paths = zhibiao.export(whole, f"{tmp_path / 'out'}/", conflicts=conflicts)
    names = {"panel.parquet", "conflicts.parquet", "datapackage.json", "codebook.md"}
    assert {path.name for path in paths} == names == {p.name for p in (tmp_path / "out").iterdir()}
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == zhibiao.__version__
    assert package["lexicon"] == zhibiao.lexicon_digest()
    assert [resource["path"] for resource in package["resources"]] == [
        "panel.parquet",
        "conflicts.parquet",
    ]
    for resource, table in zip(package["resources"], (whole, conflicts), strict=True):
        assert set(resource) >= {"name", "path", "schema"}
        assert zhibiao.read_table(tmp_path / "out" / resource["path"]).num_rows == resource["rows"]
        assert [field["name"] for field in resource["schema"]["fields"]] == table.column_names
        for field in resource["schema"]["fields"]:
            assert field["description"] == table.column_metadata[field["name"]]["description"]
            check_field(field, table.column(field["name"]))
    with pytest.raises(FileExistsError):
        zhibiao.export(whole, tmp_path / "out")


TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list}


def check_field(field: dict[str, Any], values: list[Any]) -> None:
    """What the description says is true of every row."""
    rules = field.get("constraints", {})
    for value in values:
        assert value is not None or "required" not in rules, field
        assert value is None or type(value) is TYPES[field["type"]], field
        assert value is None or value in rules.get("enum", [value]), field


def test_every_table_can_be_described(found: zhibiao.Extraction, tmp_path: Path) -> None:
    for name in ("reports", "observations", "sentences", "problems"):
        zhibiao.export(getattr(found, name), f"{tmp_path / name}/")
        package = json.loads((tmp_path / name / "datapackage.json").read_text(encoding="utf-8"))
        types = {field["type"] for field in package["resources"][0]["schema"]["fields"]}
        assert "any" not in types


def test_the_command_writes_folders_and_stata(tmp_path: Path, found: zhibiao.Extraction) -> None:
    found.write(tmp_path / "o.parquet")
    source = str(tmp_path / "o.parquet")
    assert cli.main(["panel", source, "-o", f"{tmp_path / 'out'}/"]) == 0
    assert (tmp_path / "out" / "conflicts.parquet").exists()
    assert cli.main(["panel", source, "-o", str(tmp_path / "out")]) == 2, "files are there"
    assert cli.main(["panel", source, "-o", str(tmp_path / "p.dta")]) == 0
    assert len(read_stata(tmp_path / "p.dta")[0]) == found.panel().num_rows


@pytest.mark.parametrize(
    ("region", "text", "wanted"),
    [
        ("荆州市", "力争经济增长6%左右。", ("荆州市", 6.0, "力争 左右", 420000, "湖北省", 421000)),
        ("湖北省", "生产总值增长6%以上。", ("", 6.0, "以上", 420000, "湖北省", None)),
        ("洪湖市", "生产总值增长5%-6%。", ("荆州市洪湖市", 5.0, "", 420000, "湖北省", 421083)),
        ("广东省深圳市大鹏新区", "经济增长5%。",
         ("深圳市大鹏新区", 5.0, "", 440000, "广东省", None)),
        ("北京市朝阳区", "生产总值增长5%。", ("朝阳区", 5.0, "", 110000, "北京市", 110105)),
        ("呼和浩特市", "生产总值增长5%。", ("呼和浩特市", 5.0, "", 150000, "内蒙古自治区", 150100)),
        ("中华人民共和国", "经济增长5%左右。", ("", 5.0, "左右", 100000, "中华人民共和国", None)),
    ],
)  # fmt: skip
def test_the_layout_of_hand_collected_tables(region: str, text: str, wanted: Any) -> None:
    found = zhibiao.read(f"今年的主要预期目标是：{text}", region=region, year=2024)
    frame = zhibiao.hand_layout(found)
    assert list(frame) == list(HAND_COLUMNS)
    row = frame.astype(object).where(frame.notna(), None).iloc[0].to_dict()
    assert row.pop("nv") == f"今年的主要预期目标是：{text}"
    assert row.pop("year") == 2024
    names = ("city", "rate", "rate_sub", "prov_code", "province", "city_code")
    assert tuple(row[name] for name in names) == wanted


def test_a_relation_has_words_for_a_rate() -> None:
    text = "今年城镇居民人均可支配收入与经济增长同步。"
    frame = zhibiao.hand_layout(zhibiao.read(text, region="荆州市", year=2024), "income_urban")
    assert pandas.isna(frame["rate"][0])
    assert frame["rate_sub"][0] == "与经济增长同步"


def test_the_hand_layout_of_the_sample_goes_to_stata(
    tmp_path: Path, found: zhibiao.Extraction
) -> None:
    frame = zhibiao.hand_layout(found)
    assert len(frame) == len(frame.drop_duplicates(["province", "city", "year"])) > 3
    zhibiao.export(frame, tmp_path / "hand.dta")
    read = read_stata(tmp_path / "hand.dta")[0]
    assert list(read["rate"]) == list(frame["rate"])
    assert list(read["nv"]) == list(frame["nv"])


def test_targets_in_two_units_must_be_chosen() -> None:
    text = "今年进出口总额达到20亿元，进出口总额达到3亿美元。"
    found = zhibiao.read(text, region="荆州市", year=2024)
    with pytest.raises(errors.ArgumentError, match="unit="):
        zhibiao.hand_layout(found, "trade_total", "level")
    assert list(zhibiao.hand_layout(found, "trade_total", "level", unit="美元")["rate"]) == [3e8]
