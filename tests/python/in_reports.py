"""Whole reports in invented words, and what is read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zhibiao

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["found", "report", "two"]


def report(region: str, year: int, review: str, plan: str, note: str = "") -> str:
    """Give a whole report in invented words."""
    fields = [
        "教育",
        "医疗",
        "文化",
        "体育",
        "养老",
        "交通",
        "水利",
        "农业",
        "林业",
        "商贸",
        "科技",
    ]
    done = "\n".join(
        f"{field}工作扎实推进，{field}服务更加便利，人人满意{field}。" for field in fields
    )
    to_do = "\n".join(f"抓好{field}，补齐{field}短板，让{field}惠及更多群众。" for field in fields)
    return (
        f"{year}年{region}政府工作报告\n{note}各位代表：\n现在，我代表{region}人民政府向大会报告工作，"
        f"请予审议。\n一、{year - 1}年工作回顾\n过去一年，{review}\n{done}\n"
        f"二、{year}年工作安排\n今年经济社会发展的主要预期目标是：{plan}\n{to_do}\n谢谢大家！\n"
    )


def found(folder: Path, *reports: str) -> zhibiao.Extraction:
    for number, text in enumerate(reports):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    result = zhibiao.extract(folder)
    assert result.reports.num_rows == len(reports), result.problems.to_dicts()
    return result


def two(folder: Path, year: int, plan: str, review: str) -> zhibiao.Extraction:
    """Give a report with this plan, and the next one with this review of it."""
    return found(
        folder,
        report("荆州市", year, "生产总值增长5%。", plan),
        report("荆州市", year + 1, review, "生产总值增长6%。"),
    )
