//! Why a side of a cell has a number, or has none.
//!
//! A missing number is never one thing: the report may be missing, or cut, or name the metric and no
//! figure, or not name it at all. `not_named` and `not_mentioned` are said only of a whole report in
//! which no written form of the metric stands anywhere.

use super::Horizon;
use super::pairing::{Cell, Key, Parts, Side};
use super::reported::{Reported, Told};
use crate::lexicon::divisions::divisions;
use crate::lexicon::is_aimed_at;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What the report of a year says of the target.
    TargetState {
        /// A number.
        Stated = "stated",
        /// A relation to something else: 与经济增长同步.
        Relational = "relational",
        /// The report names the metric and gives it no target.
        NamedWithoutNumber = "named_without_number",
        /// No form of the metric stands in the whole report.
        NotNamed = "not_named",
        /// Head or tail of the report are missing.
        Fragment = "fragment",
        ReportNotInCorpus = "report_not_in_corpus",
        /// The region did not stand in that year, or the metric was no target of its level then.
        OutsideUniverse = "outside_universe",
    }
}

vocabulary! {
    /// What later reports say of what was reached.
    ActualState {
        /// The year's figure.
        StatedAnnual = "stated_annual",
        /// Figures of a part of the year alone.
        PartOfYear = "part_of_year",
        /// A relation to something else.
        Relational = "relational",
        /// The next report says that the target was reached, without a number.
        ClaimedMet = "claimed_met",
        /// It says that the target was not reached, without a number.
        ClaimedMissed = "claimed_missed",
        /// It names the metric where it looks back, without the year's figure.
        NamedWithoutNumber = "named_without_number",
        /// It does not name the metric where it looks back.
        NotMentioned = "not_mentioned",
        /// Head or tail of the next report are missing.
        Fragment = "fragment",
        NextReportNotInCorpus = "next_report_not_in_corpus",
    }
}

/// The state of a cell's target; none where nothing is stated and no table of reports tells why, or
/// the cell is of several years, for which no report owes a target.
#[must_use]
pub fn target_state(cell: &Cell, reported: Option<&Reported>) -> Option<TargetState> {
    if let Some(stated) = stated(&cell.target) {
        return Some(if stated { TargetState::Stated } else { TargetState::Relational });
    }
    let reported = reported.filter(|_| cell.key.horizon == Horizon::Annual)?;
    let Key { entity, period_end: year, metric, .. } = cell.key;
    let reports = reported.of(entity, year);
    let names = |t: &Told| t.named_in_plan.contains(metric) || t.named_in_review.contains(metric);
    Some(if reports.is_empty() {
        if stands(entity, year) {
            TargetState::ReportNotInCorpus
        } else {
            TargetState::OutsideUniverse
        }
    } else if reports.iter().any(|told| told.fragment) {
        TargetState::Fragment
    } else if reports.iter().any(names) {
        TargetState::NamedWithoutNumber
    } else if !reports.iter().any(|told| aims_at(told, metric)) {
        TargetState::OutsideUniverse
    } else {
        TargetState::NotNamed
    })
}

/// The state of a cell's actual; none as for [`target_state`].
#[must_use]
pub fn actual_state(
    cell: &Cell,
    parts: &Parts,
    reported: Option<&Reported>,
) -> Option<ActualState> {
    if let Some(stated) = stated(&cell.actual) {
        return Some(if stated { ActualState::StatedAnnual } else { ActualState::Relational });
    }
    let Key { entity, period_start, period_end, metric, measure, .. } = cell.key;
    if period_start != period_end {
        return None;
    }
    if parts.contains(&(entity, period_end, metric, measure)) {
        return Some(ActualState::PartOfYear);
    }
    let next = reported?.of(entity, period_end + 1);
    let any = |says: fn(&Told, &str) -> bool| next.iter().any(|told| says(told, metric));
    Some(if next.is_empty() {
        ActualState::NextReportNotInCorpus
    } else if any(|told, metric| told.claimed_missed.contains(metric)) {
        ActualState::ClaimedMissed
    } else if any(|told, metric| told.claimed_met.contains(metric)) {
        ActualState::ClaimedMet
    } else if any(|told, _| told.fragment) {
        ActualState::Fragment
    } else if any(|told, metric| told.named_in_review.contains(metric)) {
        ActualState::NamedWithoutNumber
    } else {
        ActualState::NotMentioned
    })
}

/// Is the side stated by a number (true) or by a relation (false)?
fn stated(side: &Side) -> Option<bool> {
    side.chosen.map(|chosen| !chosen.without_number())
}

/// Did the unit stand when its report of `year` was due, or at the end of that year? One that is in
/// no table of divisions is taken to.
fn stands(entity: &str, year: i16) -> bool {
    let rows = entity.parse().map(|entity| divisions().history(entity)).unwrap_or_default();
    rows.is_empty() || rows.iter().any(|row| row.usable_in(year))
}

fn aims_at(told: &Told, metric: &str) -> bool {
    told.level.as_ref().is_none_or(|level| is_aimed_at(metric, level, told.year))
}
