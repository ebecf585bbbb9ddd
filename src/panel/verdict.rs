//! Were the targets of a panel met?
//!
//! Numbers are judged by [`judgement`](super::judgement). A target without a number
//! (与经济增长同步, 高于全国平均) is judged against the growth that it refers to, where a report of the
//! same panel tells it.

use std::collections::HashMap;

use super::Horizon;
use super::given::{Given, Texts};
use super::judgement::{Interval, Met};
use super::pairing::{Cell, Statement};
use super::wide::{direction_of, interval};
use crate::lexicon::{Cue, Direction, Lexicon, Phrases};
use crate::mention::Comparator;
use crate::metric::Measure;

/// The nation, as panels are keyed.
const NATION: &str = "100000";

/// Judges the cells of one panel.
pub(super) struct Verdicts<'a> {
    given: &'a Given,
    tolerance: f64,
    /// What was reached in growth, by region, year and metric.
    growth: HashMap<(&'a str, i16, &'a str), Interval>,
}

impl<'a> Verdicts<'a> {
    pub(super) fn new(given: &'a Given, cells: &'a [Cell<'a>], tolerance: f64) -> Self {
        let annual = cells.iter().filter(|cell| {
            cell.key.horizon == Horizon::Annual && cell.key.measure == Measure::Growth.name()
        });
        let told = annual.filter_map(|cell| {
            let key = (cell.key.entity, cell.key.period_end, cell.key.metric);
            Some((key, interval(cell.actual.chosen.as_ref()?)?))
        });
        Self { given, tolerance, growth: told.collect() }
    }

    /// Nothing is rounded; a tolerance counts only for 左右.
    pub(super) fn met(&self, cell: &Cell) -> Option<Met> {
        let target = cell.target.chosen.as_ref()?;
        let actual = interval(cell.actual.chosen.as_ref()?)?;
        let Some(aim) = interval(target) else { return self.met_relation(cell, target, actual) };
        let near = target.comparator == Some(Comparator::Approx) && cell.key.unit == "%";
        let aim = if near { aim.widened(self.tolerance) } else { aim };
        Some(Met::of(aim, actual, direction_of(cell)))
    }

    /// With the actual rounded to the decimals of the target; of rates alone.
    pub(super) fn met_rounded(&self, cell: &Cell) -> Option<Met> {
        let target = cell.target.chosen.as_ref().filter(|_| cell.key.unit == "%")?;
        let decimals = self.given.row(target.place).year(|b| &b.decimals)?;
        let actual = interval(cell.actual.chosen.as_ref()?)?.rounded(u8::try_from(decimals).ok()?);
        Some(Met::of(interval(target)?, actual, direction_of(cell)))
    }

    /// Does the actual lie inside a target told as a range?
    pub(super) fn in_range(cell: &Cell) -> Option<bool> {
        let target = cell.target.chosen.as_ref()?;
        let range = interval(target).filter(|_| target.comparator == Some(Comparator::Range))?;
        let actual = interval(cell.actual.chosen.as_ref()?)?;
        Some(Met::of(range, actual, Direction::None) == Met::Yes)
    }

    fn met_relation(&self, cell: &Cell, target: &Statement, actual: Interval) -> Option<Met> {
        let reference = self.reference(cell, self.text(target, |b| &b.reference)?)?;
        let word = self.text(target, |b| &b.comparator_word).unwrap_or_default();
        match target.comparator? {
            Comparator::Above if !Phrases::NotBelow.within(word) => {
                Some(Met::above(reference, actual))
            }
            Comparator::Above | Comparator::Sync => {
                Some(Met::of(reference.from_here_on(), actual, Direction::None))
            }
            _ => None, // 完成上级下达任务: the task is not told
        }
    }

    /// The growth that `words` refer to: 经济增长 is that of the region's output, 全国平均 the nation's of
    /// the same metric.
    fn reference(&self, cell: &Cell, words: &str) -> Option<Interval> {
        let lexicon = Lexicon::builtin();
        let scan = lexicon.scan(words);
        let hits = scan.inside(0, words.len());
        let form = hits.iter().find_map(|hit| hit.word.form);
        let metric = form.and_then(|form| lexicon.form(form).metrics.first());
        let metric = metric.map(|metric| lexicon.metric(*metric).id.as_str());
        let of_nation = hits.iter().any(|hit| hit.is(Cue::Nation));
        let region = if of_nation { NATION } else { cell.key.entity };
        let metric = metric.or(of_nation.then_some(cell.key.metric))?;
        self.growth.get(&(region, cell.key.period_end, metric)).copied()
    }

    fn text(&self, statement: &Statement, pick: Texts) -> Option<&'a str> {
        self.given.row(statement.place).text(pick)
    }
}
