//! Units and comparing words, looked up around a number.

use std::collections::HashMap;

use super::LexiconError;
use super::char_set::CharSet;
use super::table::Table;
use crate::mention::Comparator;

/// What sort of quantity a unit makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// 元, 美元
    Money,
    /// %, ‰
    Rate,
    /// 个百分点
    Points,
    /// 倍
    Times,
    /// 人, 名, 位
    People,
    /// 人次
    Visits,
    /// 个, 家, 项 and other counters
    Count,
    /// 亩, 吨, 公里
    Measure,
    /// 天
    Days,
    /// 小时, 个月
    Duration,
    /// 分
    Score,
    /// 年, 号, 届: what stands before is a date, an ordinal or a name.
    NotAQuantity,
}

/// A unit as written, without multipliers.
#[derive(Clone, Debug)]
pub struct Unit {
    pub text: String,
    /// `吨` for 斤
    pub base: String,
    /// How many base units one of it is, as printed: `0.0005`.
    pub factor: String,
    pub kind: UnitKind,
    /// The unit as the tables show it, where that is more than what was written:
    /// 微克/立方米 of 每立方米20微克.
    pub shown: Option<String>,
    /// Characters behind which it is another word: 个体户, 项目.
    pub not_before: String,
}

/// Where a comparing word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    /// Between number and unit, or behind the multiplier: 4000余人, 1.4万余人次.
    Inside,
    After,
}

/// 左右, 超过: a word that turns a figure into a bound.
#[derive(Debug)]
struct ComparingWord {
    text: String,
    place: Place,
    comparator: Comparator,
    /// Characters behind which it is part of another word: 节约, 最近.
    not_behind: String,
}

#[derive(Debug, Default)]
pub(super) struct Units {
    list: Vec<Unit>,
    by_first: HashMap<char, Vec<u16>>,
    comparators: Vec<ComparingWord>,
    /// What the comparing words before a number end with, and those behind it begin with.
    ends_before: CharSet,
    heads_after: CharSet,
}

impl Units {
    pub(super) fn add_units(&mut self, path: &str, tsv: &str) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let kind = match row.get("kind") {
                "money" => UnitKind::Money,
                "rate" => UnitKind::Rate,
                "points" => UnitKind::Points,
                "times" => UnitKind::Times,
                "people" => UnitKind::People,
                "visits" => UnitKind::Visits,
                "count" => UnitKind::Count,
                "measure" => UnitKind::Measure,
                "days" => UnitKind::Days,
                "duration" => UnitKind::Duration,
                "score" => UnitKind::Score,
                "none" => UnitKind::NotAQuantity,
                other => return Err(row.error(format!("expected a kind of unit, found `{other}`"))),
            };
            let unit = Unit {
                text: row.get("unit").to_owned(),
                base: row.get("base").to_owned(),
                factor: row.get("factor").to_owned(),
                kind,
                shown: Some(row.get("shown").to_owned()).filter(|s| !s.is_empty()),
                not_before: row.get("not_before").to_owned(),
            };
            let Some(first) = unit.text.chars().next() else {
                return Err(row.error("expected a unit, found an empty cell"));
            };
            self.list.push(unit);
            let list = self.by_first.entry(first).or_default();
            list.push(self.list.len() as u16 - 1);
            list.sort_by_key(|&i| std::cmp::Reverse(self.list[i as usize].text.len()));
        }
        Ok(())
    }

    pub(super) fn add_comparators(&mut self, path: &str, tsv: &str) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let place = match row.get("place") {
                "before" => Place::Before,
                "inside" => Place::Inside,
                "after" => Place::After,
                other => {
                    return Err(
                        row.error(format!("expected before, inside or after, found `{other}`"))
                    );
                }
            };
            let name = row.get("comparator");
            let Some(comparator) = Comparator::of_name(name) else {
                return Err(row.error(format!("expected a comparator, found `{name}`")));
            };
            self.comparators.push(ComparingWord {
                text: row.get("word").to_owned(),
                place,
                comparator,
                not_behind: row.get("not_behind").to_owned(),
            });
        }
        self.comparators.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        let at = |place: Place| {
            let there = self.comparators.iter().filter(move |word| word.place == place);
            there.map(|word| word.text.as_str())
        };
        self.ends_before = at(Place::Before).filter_map(|word| word.chars().next_back()).collect();
        self.heads_after = at(Place::After).filter_map(|word| word.chars().next()).collect();
        Ok(())
    }

    /// The longest unit at the head of `text` that is no part of another word.
    pub(super) fn unit(&self, text: &str) -> Option<&Unit> {
        let list = self.by_first.get(&text.chars().next()?)?;
        list.iter().map(|&i| &self.list[i as usize]).find(|u| {
            text.strip_prefix(u.text.as_str())
                .is_some_and(|rest| !rest.starts_with(|c| u.not_before.contains(c)))
        })
    }

    /// The longest comparing word at the end of `text`.
    pub(super) fn comparator_before(&self, text: &str) -> Option<(&str, Comparator)> {
        if !text.chars().next_back().is_some_and(|c| self.ends_before.may_hold(c)) {
            return None;
        }
        self.at(Place::Before, |word| {
            text.strip_suffix(word.text.as_str())
                .is_some_and(|rest| !rest.ends_with(|c| word.not_behind.contains(c)))
        })
    }

    /// The longest comparing word at the head of `text`.
    pub(super) fn comparator_after(&self, text: &str) -> Option<(&str, Comparator)> {
        if !text.chars().next().is_some_and(|c| self.heads_after.may_hold(c)) {
            return None;
        }
        self.at(Place::After, |word| text.starts_with(word.text.as_str()))
    }

    /// What an 余 or 多 inside a number makes of it.
    pub(super) fn comparator_inside(&self, c: char) -> Option<Comparator> {
        self.at(Place::Inside, |word| word.text.starts_with(c)).map(|(_, comparator)| comparator)
    }

    fn at(
        &self,
        place: Place,
        fits: impl Fn(&ComparingWord) -> bool,
    ) -> Option<(&str, Comparator)> {
        let word = self.comparators.iter().find(|word| word.place == place && fits(word))?;
        Some((word.text.as_str(), word.comparator))
    }
}
