"""Figures that stand in a known relation must keep to it.

Figures told again by a later report; a level, the growth aimed at and the level aimed at; levels of
two years and the growth between them; figures that are hardly possible. Only single whole years are
compared, and hardly ever bounds: 突破4000亿元 says too little. What is taken to agree is wide
enough for what reports do (rounding, revised statistics, constant prices) and narrow enough for
what a misreading does.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import tables
from check import Check
from printed import Report, agree, growth_of, is_annual, point, points, product, reports_of, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from check import Quotes
    from printed import Span
    from tables import Row

#: Told in current prices, so that level and growth belong together.
NOMINAL = frozenset(
    (
        *("fixed_asset_investment", "retail_sales", "trade_total", "exports"),
        *("budget_revenue", "fiscal_revenue_total"),
        *("income_all", "income_urban", "income_rural"),
    )
)
#: Growth of these is told in constant prices: the product falls short by the deflator.
REAL = frozenset(("gdp", "va_industry_above_scale"))
UNEMPLOYMENT = frozenset(("unemployment_registered", "unemployment_surveyed"))
#: A level told again may be revised by so much; rates by so many points.
REVISED, REVISED_POINTS = 0.03, 0.3
#: The product of level and growth may differ by so much from the level aimed at.
PRODUCT, PRODUCT_REAL = 0.01, 0.08
#: Growth may differ by so many points from that of the levels.
BAND = 6.0


def checks(rows: list[Row], quotes: Quotes) -> list[Check]:
    """Everything that is asked of the figures of canonical metrics."""
    reports = reports_of([row for row in rows if row.get("metric")])
    return [
        _contradicted(reports, quotes),
        _told_again(reports, quotes),
        *_products(reports, quotes),
        _nominal(reports, quotes),
        _possible(reports, quotes),
    ]


def _same_definition(one: Row, other: Row) -> bool:
    variants = {one.get("variant"), other.get("variant")}
    return len(variants) == 1 or bool(variants & {"unspecified", None})


def _revised(row: Row, span: Span, other: Span) -> float:
    return REVISED_POINTS if row["base_unit"] == "%" else REVISED * size(span, other)


def _contradicted(reports: list[Report], quotes: Quotes) -> Check:
    """A report tells one level of a year, however often."""
    check = Check("one report, one level of a metric and year")
    for report in reports:
        for kind in ("actual", "target"):
            for cell, rows in report.cells(kind, "level"):
                pairs = [
                    (a, b)
                    for (a, one), (b, other) in itertools.combinations(points(rows), 2)
                    if _same_definition(a, b) and not agree(one, other, _revised(a, one, other))
                ]
                told = quotes.lines(pairs[0]) if pairs else ""
                check.ask(not pairs, f"{kind} {cell}{told}")
    return check


def _pairs(reports: list[Report]) -> Iterator[tuple[Report, Report]]:
    for one, other in itertools.combinations(reports, 2):
        if one.entity == other.entity and one.year < other.year:
            yield one, other


def _told_again(reports: list[Report], quotes: Quotes) -> Check:
    """A later report that tells the level of a year gives that of the earlier one."""
    check = Check("levels told again by later reports")
    for report, later in _pairs(reports):
        for cell, rows in (*later.cells("actual", "level"), *later.cells("old", "level")):
            before = points(report.at("actual", "level", cell))
            for row, span in points(rows):
                known = [(other, told) for other, told in before if _same_definition(row, other)]
                if known:
                    holds = any(agree(span, told, _revised(row, span, told)) for _, told in known)
                    check.ask(holds, f"{cell}{quotes.lines([known[0][0], row])}")
    return check


def _products(reports: list[Report], quotes: Quotes) -> list[Check]:
    """Last year's level times one plus the growth aimed at is the level aimed at."""
    nominal = Check("level × (1 + growth aimed at) = level aimed at")
    real = Check("the same of metrics in constant prices")
    for report in reports:
        for cell, rows in report.cells("target", "level"):
            metric, start, end, unit = cell
            last = points(report.at("actual", "level", (metric, start - 1, end - 1, unit)))
            growth = points(report.at("target", "growth", (metric, start, end, "%")), bounds=True)
            aims = points(rows, bounds=True)
            if unit != "%" and last and growth and aims:
                check, slack = (real, PRODUCT_REAL) if metric in REAL else (nominal, PRODUCT)
                holds = any(
                    agree(product(level, rate), aim, slack * size(aim))
                    for (_, level), (_, rate), (_, aim) in itertools.product(last, growth, aims)
                )
                told = quotes.lines([last[0][0], growth[0][0], aims[0][0]])
                check.ask(holds, f"{cell}{told}")
    return [nominal, real]


def _nominal(reports: list[Report], quotes: Quotes) -> Check:
    """Levels of two years, from two reports, and the growth that the later one tells."""
    check = Check(f"growth and levels of two years, within {BAND:g} points")
    for before, report in _pairs(reports):
        if report.year != before.year + 1:
            continue
        for cell, rows in report.cells("actual", "level"):
            metric, start, end, unit = cell
            last = points(before.at("actual", "level", (metric, start - 1, end - 1, unit)))
            growth = [
                (row, span)
                for row, span in points(report.at("actual", "growth", (metric, start, end, "%")))
                # 可比口径 and 剔除 say that the levels do not belong together.
                if row["basis"] not in ("comparable", "adjusted")
            ]
            now = points(rows)
            if metric in NOMINAL and last and growth and now:
                holds = any(
                    agree(rate, growth_of(a, b), BAND)
                    for (_, a), (_, b), (_, rate) in itertools.product(last, now, growth)
                )
                told = quotes.lines([last[0][0], now[0][0], growth[0][0]])
                low, high = growth_of(last[0][1], now[0][1])
                check.ask(holds, f"{cell} levels give {low:.1f} to {high:.1f} %{told}")
    return check


def _possible(reports: list[Report], quotes: Quotes) -> Check:
    """Figures that a report hardly tells of a whole region and year."""
    check = Check("figures within what is possible")
    for report in reports:
        for row in report.rows:
            if row["metric"] in tables.HEADLINE and (span := point(row)):
                why = implausible(row, sum(span) / 2)
                check.ask(not why, f"{why}{quotes.line(row)}")
    return check


def implausible(row: Row, value: float) -> str:
    """Why the figure is hardly possible; empty where it is possible."""
    metric, measure, unit = row["metric"], row["measure"], row["base_unit"]
    if row["kind"] == "target" and measure == "growth" and is_annual(row):
        return "" if -40 < value < 60 else f"{metric}: growth of {value:g} % aimed at"
    if metric in UNEMPLOYMENT and measure == "level" and value > 15:
        return f"{metric}: {value:g} %"
    if metric == "cpi" and unit == "%" and measure in ("level", "growth") and is_annual(row):
        rate = value - 100 if measure == "level" and value > 60 else value
        return "" if -5 <= rate <= 30 else f"cpi: {value:g} %"
    if unit == "%" and measure in ("share", "level") and not 0 <= value <= 100:
        return f"{metric}: a {measure} of {value:g} %"
    return ""
