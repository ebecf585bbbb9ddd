//! The panel: one row for each cell of [`pairing`](super::pairing), as Arrow.

use super::column::Filler;
use super::complete::complete;
use super::given::{Given, PanelError, Texts};
use super::judgement::{Interval, Met, comparable};
use super::pairing::{Cell, Paired, Parts, Rule, Side, Source, Statement, pair};
use super::reported::Reported;
use super::schema::PANEL;
use super::states::{ActualState, TargetState, actual_state, target_state};
use super::verdict::Verdicts;
use super::{Horizon, Table};
use crate::lexicon::divisions::divisions;
use crate::lexicon::{BoundaryChange, Direction, boundary_changes, direction};
use crate::metric::Aggregation;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Which number stands for a range; a bound stands for itself (不超过3% is 3).
    Point { Low = "low", Mid = "mid", High = "high" }
}

impl Point {
    fn of(self, statement: &Statement) -> Option<f64> {
        let Statement { low, high, .. } = *statement;
        match self {
            Self::Low => low.or(high),
            Self::High => high.or(low),
            Self::Mid => low.zip(high).map(|(low, high)| f64::midpoint(low, high)).or(low).or(high),
        }
    }
}

/// How a panel is made.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub point: Point,
    /// How far from a target in % that is told as 左右 the actual may be, in percentage points, to count
    /// as having met it; 0 asks for the figure itself.
    pub tolerance: f64,
    /// Whether the headline metrics that no report tells have rows too.
    pub complete: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { point: Point::Low, tolerance: 0.0, complete: false }
    }
}

/// Pairs the observations of a table: targets of a year's report with the actuals
/// that later reports tell of that year.
///
/// `observations` is any table with the columns of the observations table: the
/// whole of it, a filtered part, several of them after one another. Rows without
/// a canonical metric, a region or a report year are passed over. `reports` is the table of their
/// reports: without it copies are not left out, nobody knows which of two reports of a year came
/// first, and cells without a number have no state.
///
/// # Errors
/// Names a column that is missing or cannot be read.
pub fn panel(
    observations: &Table,
    reports: Option<&Table>,
    settings: Settings,
) -> Result<Table, PanelError> {
    let given = Given::new(observations)?;
    let reported = reports.map(Reported::new).transpose()?;
    let Paired { mut cells, parts } = pair(&given, reported.as_ref())?;
    if let Some(reported) = reported.as_ref().filter(|_| settings.complete) {
        complete(&mut cells, reported);
    }
    let digest = observations.metadata("zhibiao.lexicon").unwrap_or_default();
    let mut out = Filler::new(&PANEL, digest);
    let view = View {
        given: &given,
        cells: &cells,
        parts: &parts,
        reported: reported.as_ref(),
        point: settings.point,
        verdicts: Verdicts::new(&given, &cells, settings.tolerance),
    };
    view.fill_key(&mut out);
    view.fill_target(&mut out);
    view.fill_actual(&mut out);
    view.fill_both(&mut out);
    out.end_batch();
    Ok(out.finish())
}

/// The cells, and the tables that their other columns are read from.
struct View<'a> {
    given: &'a Given,
    cells: &'a [Cell<'a>],
    parts: &'a Parts<'a>,
    reported: Option<&'a Reported>,
    point: Point,
    verdicts: Verdicts<'a>,
}

impl<'a> View<'a> {
    fn fill_key(&self, out: &mut Filler) {
        let cells = || self.cells.iter();
        let units: Vec<Unit> = cells().map(|cell| self.unit(cell)).collect();
        let parents: Vec<Option<String>> =
            units.iter().zip(self.cells).map(|(unit, cell)| parent(unit, cell)).collect();
        out.word("entity_id", units.iter().map(|unit| unit.entity_id));
        out.word("region_code", units.iter().map(|unit| unit.region_code));
        out.word("parent_code", parents.iter().map(Option::as_deref));
        out.word("region", units.iter().map(|unit| unit.region));
        out.word("level", units.iter().map(|unit| unit.level));
        out.year("year", cells().map(|cell| cell.key.period_end));
        out.word("metric", cells().map(|cell| cell.key.metric));
        out.word("measure", cells().map(|cell| cell.key.measure));
        out.word("unit", cells().map(|c| (!c.key.unit.is_empty()).then_some(c.key.unit)));
        out.word("horizon", cells().map(|cell| Horizon::name(cell.key.horizon)));
        out.word("aggregation", cells().map(|cell| Aggregation::name(cell.key.aggregation)));
        out.year("period_start", cells().map(|cell| cell.key.period_start));
        out.year("period_end", cells().map(|cell| cell.key.period_end));
    }

    fn fill_target(&self, out: &mut Filler) {
        let chosen = || self.cells.iter().map(|cell| cell.target.chosen.as_ref());
        let word = |pick: Texts| chosen().map(move |s| self.text(s, pick));
        let stretch = || self.cells.iter().map(|cell| cell.target.stretch.as_ref());
        let revision = || self.cells.iter().map(|cell| cell.target.revision.as_ref());
        out.number("target", self.points(chosen()));
        out.number("target_low", chosen().map(|s| s?.low));
        out.number("target_high", chosen().map(|s| s?.high));
        out.word("target_comparator", word(|b| &b.comparator));
        out.word("target_comparator_word", word(|b| &b.comparator_word));
        out.word("target_modality", word(|b| &b.modality));
        out.word("target_modality_word", word(|b| &b.modality_word));
        out.word("target_reference", word(|b| &b.reference));
        out.number("target_stretch", self.points(stretch()));
        out.number("target_revision", self.points(revision()));
        out.word("target_term", word(|b| &b.term));
        out.word("target_variant", word(|b| &b.variant));
        out.word("target_basis", word(|b| &b.basis));
        out.word("target_certainty", word(|b| &b.certainty));
        out.year("target_report_year", chosen().map(|s| Some(s?.report_year)));
        let state = |cell| target_state(cell, self.reported).map(TargetState::name);
        out.word("target_state", self.cells.iter().map(state));
        let rule = |cell: &Cell| Rule::of(&cell.target).map(Rule::name);
        out.word("target_rule", self.cells.iter().map(rule));
    }

    fn fill_actual(&self, out: &mut Filler) {
        let chosen = || self.cells.iter().map(|cell| cell.actual.chosen.as_ref());
        let word = |pick: Texts| chosen().map(move |s| self.text(s, pick));
        out.number("actual", self.points(chosen()));
        out.number("actual_low", chosen().map(|s| s?.low));
        out.number("actual_high", chosen().map(|s| s?.high));
        out.word("actual_comparator", word(|b| &b.comparator));
        out.word("actual_term", word(|b| &b.term));
        out.word("actual_variant", word(|b| &b.variant));
        out.word("actual_basis", word(|b| &b.basis));
        out.word("actual_vintage", word(|b| &b.vintage));
        out.word("actual_certainty", word(|b| &b.certainty));
        out.year("actual_report_year", chosen().map(|s| Some(s?.report_year)));
        out.word("actual_source", self.cells.iter().map(|cell| cell.source().map(Source::name)));
        let state = |cell| actual_state(cell, self.parts, self.reported).map(ActualState::name);
        out.word("actual_state", self.cells.iter().map(state));
        let rule = |cell: &Cell| Rule::of(&cell.actual).map(Rule::name);
        out.word("actual_rule", self.cells.iter().map(rule));
    }

    fn fill_both(&self, out: &mut Filler) {
        let cells = || self.cells.iter();
        let ids = |side: &'a Side<'a>| side.all.iter().map(|statement| statement.id);
        out.number("gap", cells().map(|cell| self.gap(cell)));
        let changes: Vec<Vec<BoundaryChange>> = cells().map(|cell| Self::changes(cell)).collect();
        out.list("boundary_change", changes.iter().map(|of| of.iter().map(|change| change.name())));
        let compared = cells().zip(&changes).map(|(cell, changes)| self.comparable(cell, changes));
        out.flag_or_null("comparable", compared);
        out.word("direction", cells().map(|cell| direction_of(cell).name()));
        out.word("met", cells().map(|cell| self.verdicts.met(cell).map(Met::name)));
        out.word("met_rounded", cells().map(|cell| self.verdicts.met_rounded(cell).map(Met::name)));
        out.flag_or_null("in_range", cells().map(|cell| Verdicts::in_range(cell)));
        out.list("target_observation_ids", cells().map(|cell| ids(&cell.target)));
        out.list("actual_observation_ids", cells().map(|cell| ids(&cell.actual)));
    }

    fn points<'s>(
        &self,
        statements: impl Iterator<Item = Option<&'s Statement<'s>>>,
    ) -> impl Iterator<Item = Option<f64>> {
        let point = self.point;
        statements.map(move |statement| point.of(statement?))
    }

    fn gap(&self, cell: &Cell) -> Option<f64> {
        let target = self.point.of(cell.target.chosen.as_ref()?)?;
        let actual = self.point.of(cell.actual.chosen.as_ref()?)?;
        Some(tidy(actual - target))
    }

    /// False where the sides name two definitions or bases, or the land changed between them.
    fn comparable(&self, cell: &Cell, changes: &[BoundaryChange]) -> Option<bool> {
        let (target, actual) = (cell.target.chosen.as_ref()?, cell.actual.chosen.as_ref()?);
        if changes.iter().any(|change| change.is_of_land()) {
            return Some(false);
        }
        let both = |pick: Texts| [self.text(Some(target), pick), self.text(Some(actual), pick)];
        comparable(both(|b| &b.variant), both(|b| &b.basis))
    }

    /// What happened to the unit from the year of the target's report to the end of the period.
    fn changes(cell: &Cell) -> Vec<BoundaryChange> {
        let set = cell.target.chosen.map_or(cell.key.period_end, |target| target.report_year);
        let Ok(entity) = cell.key.entity.parse() else { return Vec::new() };
        let mut changes: Vec<_> =
            (set..=cell.key.period_end).flat_map(|year| boundary_changes(entity, year)).collect();
        changes.sort_unstable();
        changes.dedup();
        changes
    }

    fn text(&self, statement: Option<&Statement>, pick: Texts) -> Option<&'a str> {
        self.given.row(statement?.place).text(pick)
    }

    /// As told by the target's report, else by the actual's, else by the nearest one.
    fn unit(&self, cell: &Cell) -> Unit<'a> {
        let first = cell.target.all.first().or_else(|| cell.actual.all.first());
        if let Some(first) = first {
            let text = |pick: Texts| self.text(Some(first), pick);
            return Unit {
                entity_id: text(|b| &b.entity_id),
                region_code: text(|b| &b.region_code),
                region: text(|b| &b.region),
                level: text(|b| &b.level),
            };
        }
        let near = |reported: &'a Reported| reported.near(cell.key.entity, cell.key.period_end);
        self.reported.and_then(near).map_or_else(Unit::default, |told| Unit {
            entity_id: told.entity_id.as_deref(),
            region_code: told.region_code.as_deref(),
            region: told.region.as_deref(),
            level: told.level.as_deref(),
        })
    }
}

/// The region of a cell.
#[derive(Clone, Copy, Default)]
struct Unit<'a> {
    entity_id: Option<&'a str>,
    region_code: Option<&'a str>,
    region: Option<&'a str>,
    level: Option<&'a str>,
}

/// The true parent in the year of the cell, which the code's prefix does not tell.
fn parent(unit: &Unit, cell: &Cell) -> Option<String> {
    let year = cell.target.chosen.map_or(cell.key.period_end, |target| target.report_year);
    let unit = divisions().near(unit.region_code?.parse().ok()?, year)?;
    divisions().parent(unit, year).map(|parent| format!("{:06}", parent.code))
}

pub(super) fn direction_of(cell: &Cell) -> Direction {
    direction(cell.key.metric, cell.key.period_end)
}

pub(super) fn interval(statement: &Statement) -> Option<Interval> {
    Interval::printed(statement.low, statement.high)
}

/// 5.6 - 5.5 is 0.1, not 0.09999999999999964: figures are printed with few digits.
fn tidy(difference: f64) -> f64 {
    let rounded = (difference * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}
