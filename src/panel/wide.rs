//! The panel: one row for each cell of [`pairing`](super::pairing), as Arrow.

use super::column::Filler;
use super::copies::LeftOut;
use super::given::{Given, PanelError, Texts};
use super::judgement::{Interval, Met, comparable};
use super::pairing::{Cell, Side, Source, Statement, pair};
use super::schema::PANEL;
use super::{Horizon, Table};
use crate::lexicon::{Direction, direction};
use crate::mention::Comparator;
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

/// Pairs the observations of a table: targets of a year's report with the actuals
/// that later reports tell of that year.
///
/// `observations` is any table with the columns of the observations table: the
/// whole of it, a filtered part, several of them after one another. Rows without
/// a canonical metric, a region or a report year are passed over, and so are those of the reports
/// in `left_out` ([`copies::left_out`](super::copies::left_out)).
///
/// # Errors
/// Names a column that is missing or cannot be read.
pub fn panel(observations: &Table, left_out: &LeftOut, point: Point) -> Result<Table, PanelError> {
    let given = Given::new(observations)?;
    let cells = pair(&given, left_out)?;
    let digest = observations.metadata("zhibiao.lexicon").unwrap_or_default();
    let mut out = Filler::new(&PANEL, digest);
    let view = View { given: &given, cells: &cells, point };
    view.fill_key(&mut out);
    view.fill_target(&mut out);
    view.fill_actual(&mut out);
    view.fill_both(&mut out);
    out.end_batch();
    Ok(out.finish())
}

/// The cells, and the table that their other columns are read from.
struct View<'a> {
    given: &'a Given,
    cells: &'a [Cell<'a>],
    point: Point,
}

impl<'a> View<'a> {
    fn fill_key(&self, out: &mut Filler) {
        let cells = || self.cells.iter();
        let shared = |pick: Texts| cells().map(move |cell| self.shared(cell, pick));
        out.word("entity_id", shared(|b| &b.entity_id));
        out.word("region_code", shared(|b| &b.region_code));
        out.word("region", shared(|b| &b.region));
        out.word("level", shared(|b| &b.level));
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
        out.number("target", self.points(chosen()));
        out.number("target_low", chosen().map(|s| s?.low));
        out.number("target_high", chosen().map(|s| s?.high));
        out.word("target_comparator", word(|b| &b.comparator));
        out.word("target_modality", word(|b| &b.modality));
        out.number("target_stretch", self.points(stretch()));
        out.word("target_term", word(|b| &b.term));
        out.word("target_variant", word(|b| &b.variant));
        out.word("target_basis", word(|b| &b.basis));
        out.word("target_certainty", word(|b| &b.certainty));
        out.year("target_report_year", chosen().map(|s| Some(s?.report_year)));
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
    }

    fn fill_both(&self, out: &mut Filler) {
        let cells = || self.cells.iter();
        let ids = |side: &'a Side<'a>| side.all.iter().map(|statement| statement.id);
        out.word("actual_source", cells().map(|cell| cell.source().map(Source::name)));
        out.number("gap", cells().map(|cell| self.gap(cell)));
        out.flag_or_null("comparable", cells().map(|cell| self.comparable(cell)));
        out.word("direction", cells().map(|cell| direction_of(cell).name()));
        out.word("met", cells().map(|cell| met(cell, None).map(Met::name)));
        let rounded = |cell: &Cell| met(cell, Some(self.decimals(cell)?));
        out.word("met_rounded", cells().map(|cell| rounded(cell).map(Met::name)));
        out.flag_or_null("in_range", cells().map(|cell| self.in_range(cell)));
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

    fn comparable(&self, cell: &Cell) -> Option<bool> {
        let (target, actual) = (cell.target.chosen.as_ref()?, cell.actual.chosen.as_ref()?);
        let both = |pick: Texts| [self.text(Some(target), pick), self.text(Some(actual), pick)];
        comparable(both(|b| &b.variant), both(|b| &b.basis))
    }

    /// The decimals that a rate aimed at is printed with.
    fn decimals(&self, cell: &Cell) -> Option<u8> {
        let target = cell.target.chosen.as_ref().filter(|_| cell.key.unit == "%")?;
        u8::try_from(self.given.row(target.place).year(|b| &b.decimals)?).ok()
    }

    fn in_range(&self, cell: &Cell) -> Option<bool> {
        let target = cell.target.chosen.as_ref()?;
        let word = self.text(Some(target), |b| &b.comparator);
        let range = interval(target).filter(|_| word == Some(Comparator::Range.name()))?;
        let actual = interval(cell.actual.chosen.as_ref()?)?;
        Some(Met::of(range, actual, Direction::None) == Met::Yes)
    }

    fn text(&self, statement: Option<&Statement>, pick: Texts) -> Option<&'a str> {
        self.given.row(statement?.place).text(pick)
    }

    /// Of the target's report, else of the actual's.
    fn shared(&self, cell: &Cell, pick: Texts) -> Option<&'a str> {
        let first = cell.target.all.first().or_else(|| cell.actual.all.first());
        self.text(first, pick)
    }
}

fn direction_of(cell: &Cell) -> Direction {
    direction(cell.key.metric, cell.key.period_end)
}

fn interval(statement: &Statement) -> Option<Interval> {
    Interval::printed(statement.low, statement.high)
}

fn met(cell: &Cell, decimals: Option<u8>) -> Option<Met> {
    let target = interval(cell.target.chosen.as_ref()?)?;
    let actual = interval(cell.actual.chosen.as_ref()?)?;
    let actual = decimals.map_or(actual, |decimals| actual.rounded(decimals));
    Some(Met::of(target, actual, direction_of(cell)))
}

/// 5.6 - 5.5 is 0.1, not 0.09999999999999964: figures are printed with few digits.
fn tidy(difference: f64) -> f64 {
    let rounded = (difference * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}
