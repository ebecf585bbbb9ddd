"""The errors that nobody sees in a panel: each is a column, a state or a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from in_reports import found, report, two

import zhibiao

Row = dict[str, Any]


def cell(result: zhibiao.Extraction, metric: str, year: int, **wanted: object) -> Row:
    rows = [
        row
        for row in result.panel(complete=True).to_dicts()
        if row["metric"] == metric and row["year"] == year and row["horizon"] == "annual"
        if all(row[name] == value for name, value in wanted.items())
    ]
    assert len(rows) == 1, rows
    return rows[0]


def test_a_county_that_became_a_district_is_one_row(tmp_path: Any) -> None:
    result = found(
        tmp_path,
        report("徐水县", 2015, "地区生产总值增长7%。", "地区生产总值增长8%。"),
        report("徐水区", 2016, "地区生产总值增长7.5%。", "地区生产总值增长8%。"),
    )
    row = cell(result, "gdp", 2015)
    assert (row["target"], row["actual"], row["region_code"]) == (8.0, 7.5, "130625")
    assert row["boundary_change"] == ["rename"]
    assert row["comparable"] is not False, "the land is the same"


def test_an_area_that_became_a_district_is_one_row(tmp_path: Any) -> None:
    result = found(
        tmp_path,
        report("深圳市坪山新区", 2016, "生产总值增长9%。", "生产总值增长10%。"),
        report("深圳市坪山区", 2017, "生产总值增长12%。", "生产总值增长10%。"),
    )
    row = cell(result, "gdp", 2016)
    assert (row["target"], row["actual"]) == (10.0, 12.0)


def test_land_that_changed_makes_the_sides_incomparable(tmp_path: Any) -> None:
    result = found(
        tmp_path,
        report("合肥市", 2011, "地区生产总值增长17%。", "地区生产总值增长15%。"),
        report("合肥市", 2012, "地区生产总值增长15.4%。", "地区生产总值增长14%。"),
    )
    row = cell(result, "gdp", 2011)
    assert (row["boundary_change"], row["comparable"]) == (["transfer"], False)


def test_the_parent_is_the_true_one(tmp_path: Any) -> None:
    result = found(tmp_path, report("仙桃市", 2024, "生产总值增长6%。", "生产总值增长7%。"))
    assert cell(result, "gdp", 2024)["parent_code"] == "420000", "directly under the province"


def test_of_two_reports_of_a_year_the_first_sets_the_target(tmp_path: Any) -> None:
    spring = report(
        "荆州市",
        2021,
        "生产总值增长3%。",
        "生产总值增长8%。",
        "（2021年1月20日）\n",
    )
    autumn = (
        report(
            "荆州市",
            2021,
            "五年来，新建学校30所。",
            "今年生产总值增长9%，今后五年生产总值年均增长7.5%。",
            "（2021年11月8日）\n",
        )
        .replace("扎实推进", "成效明显")
        .replace("更加便利", "越来越好")
        .replace("抓好", "做实")
    )
    row = cell(found(tmp_path, autumn, spring), "gdp", 2021)
    assert (row["target"], row["target_revision"]) == (8.0, 9.0)


def test_part_of_a_year_never_stands_for_it(tmp_path: Any) -> None:
    result = two(tmp_path, 2023, "生产总值增长7%。", "前三季度，生产总值增长5.5%。")
    row = cell(result, "gdp", 2023)
    assert (row["actual"], row["actual_state"]) == (None, "part_of_year")


def test_an_index_and_a_rate_are_one_cell(tmp_path: Any) -> None:
    result = two(tmp_path, 2023, "居民消费价格指数控制在103%左右。", "居民消费价格上涨2.8%。")
    row = cell(result, "cpi", 2023)
    assert (row["measure"], row["target"], row["actual"], row["gap"]) == ("growth", 3.0, 2.8, -0.2)


def test_two_currencies_are_two_cells(tmp_path: Any) -> None:
    result = two(tmp_path, 2023, "进出口总额达到20亿美元。", "进出口总额130亿元。")
    assert cell(result, "trade_total", 2023, unit="美元")["actual"] is None
    assert cell(result, "trade_total", 2023, unit="元", measure="level")["target"] is None


def test_another_definition_is_not_comparable(tmp_path: Any) -> None:
    result = two(tmp_path, 2014, "农民人均纯收入增长10%。", "农村居民人均可支配收入增长11%。")
    row = cell(result, "income_rural", 2014)
    assert (row["gap"], row["comparable"]) == (1.0, False)


def test_a_mean_of_five_years_is_no_figure_of_the_year(tmp_path: Any) -> None:
    result = found(
        tmp_path,
        report("荆州市", 2020, "生产总值增长7%。", "生产总值增长7.5%。"),
        report("荆州市", 2021, "生产总值增长1%，“十三五”期间年均增长6.5%。", "生产总值增长8%。"),
    )
    assert cell(result, "gdp", 2020)["actual"] == 1.0
    means = [r for r in result.panel().to_dicts() if r["aggregation"] == "average"]
    assert [(r["period_start"], r["period_end"], r["actual"]) for r in means] == [(2016, 2020, 6.5)]


def test_above_a_ceiling_is_missed(tmp_path: Any) -> None:
    result = two(tmp_path, 2019, "城镇登记失业率控制在4%以内。", "城镇登记失业率4.2%。")
    row = cell(result, "unemployment_registered", 2019)
    assert (row["direction"], row["gap"], row["met"]) == ("ceiling", 0.2, "no")


@pytest.mark.parametrize(
    ("plan", "review", "met"),
    [
        ("城镇居民收入与经济增长同步。", "生产总值增长6%，城镇居民人均可支配收入增长6.5%。", "yes"),
        ("城镇居民收入与经济增长同步。", "生产总值增长6%，城镇居民人均可支配收入增长5.5%。", "no"),
        ("城镇居民收入增长快于经济增长。", "生产总值增长6%，城镇居民人均可支配收入增长6%。", "no"),
    ],
)
def test_a_relation_is_judged_by_what_it_refers_to(
    tmp_path: Any, plan: str, review: str, met: str
) -> None:
    result = two(tmp_path, 2023, plan, review)
    row = cell(result, "income_urban", 2023)
    assert (row["target"], row["target_state"], row["met"]) == (None, "relational", met)


def test_a_tolerance_counts_only_where_it_is_asked_for(tmp_path: Any) -> None:
    result = two(
        tmp_path,
        2023,
        "生产总值增长7%左右，出口总额增长5%。",
        "生产总值增长6.8%，出口总额增长4.9%。",
    )
    annual = {
        tolerance: {
            r["metric"]: r["met"]
            for r in result.panel(tolerance=tolerance).to_dicts()
            if r["year"] == 2023
        }
        for tolerance in (0.0, 0.3)
    }
    assert (annual[0.0]["gdp"], annual[0.0]["exports"]) == ("no", "no")
    assert (annual[0.3]["gdp"], annual[0.3]["exports"]) == ("yes", "no"), "5% is no 左右"


def test_a_whole_comes_before_its_parts(tmp_path: Any) -> None:
    review = (
        "接待游客超1900万人次，其中过夜游客达250万人次。地区生产总值突破4000亿元，达4601.5亿元。"
    )
    result = found(tmp_path, report("荆州市", 2025, review, "生产总值增长6%。"))
    assert cell(result, "tourist_visits", 2024)["actual"] == 19_000_000
    assert cell(result, "gdp", 2024, measure="level")["actual"] == 460_150_000_000


def test_states_of_what_has_no_number(tmp_path: Any) -> None:
    result = found(
        tmp_path,
        report("荆州市", 2022, "生产总值增长5%。", "生产总值增长7%，着力稳定粮食产量。"),
        report("荆州市", 2023, "固定资产投资未达到预期目标。", "固定资产投资增长9%。"),
        report("荆州市", 2025, "生产总值增长5%。", "生产总值增长7%。"),
    )
    states = {
        (row["metric"], row["year"]): (row["target_state"], row["actual_state"])
        for row in result.panel(complete=True).to_dicts()
        if row["horizon"] == "annual"
    }
    assert states["gdp", 2022] == ("stated", "not_mentioned")
    assert states["grain_output", 2022] == ("named_without_number", "not_mentioned")
    assert states["fixed_asset_investment", 2022] == ("not_named", "claimed_missed")
    assert states["fixed_asset_investment", 2023] == ("stated", "next_report_not_in_corpus")
    assert states["gdp", 2024] == ("report_not_in_corpus", "stated_annual")
    assert states["deficit_ratio", 2022] == ("outside_universe", "not_mentioned")


def test_without_reports_only_what_is_stated_has_a_state(tmp_path: Any) -> None:
    result = found(tmp_path, report("荆州市", 2022, "生产总值增长5%。", "生产总值增长7%。"))
    rows = zhibiao.panel(result.observations).to_dicts()
    assert {row["target_state"] for row in rows} == {None, "stated"}
    with pytest.raises(zhibiao.ZhibiaoError, match="needs the table of reports"):
        zhibiao.panel(result.observations, complete=True)


def test_conflicts_name_both_statements_and_the_rule(tmp_path: Any) -> None:
    review = "生产总值增长5%，进出口总额增长8%，其中县域进出口总额增长12%。"
    more = "全年进出口总额增长9%。"
    result = found(tmp_path, report("荆州市", 2025, review + more, "生产总值增长6%。"))
    rows = [row for row in result.conflicts().to_dicts() if row["metric"] == "trade_total"]
    assert [(row["chosen_low"], row["other_low"], row["rule"]) for row in rows] == [
        (8.0, 9.0, "main_sentence")
    ]
