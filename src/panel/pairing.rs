//! Which target meets which actual, and which statement speaks for a cell.
//!
//! A cell is one entity, metric, measure, unit and period. Its target comes from
//! the report of that year; for a period that ends later, from the earliest report
//! that sets it. Its actual comes from the report of the year after; where that
//! is missing, from the earliest later report that states it. A figure of a part of
//! the year never stands for the year, and an old value that only serves to state a
//! new one ([`baseline`](super::schema::OBSERVATIONS)) never counts.
//!
//! Several statements of one side are kept, and one is chosen, by the first of
//! these that tells two apart:
//!
//! 1. a number before a relation to something else (与经济增长同步);
//! 2. a row without reasons for doubt before one with them (`certainty`);
//! 3. of a target: the sentence that names more metrics, since the sentence of the
//!    main targets (主要预期目标) names many; of an actual, exactness (below) first;
//! 4. exactness: a bare figure, a range, 左右, a bound;
//! 5. the earlier place in the text.
//!
//! The second value of a pair (力争9%) is set apart before, as the stretch value.
//! What this does not do: judge whether definitions agree, or tell why a cell is empty.

use std::collections::BTreeMap;

use super::Horizon;
use super::copies::LeftOut;
use super::given::{Given, PanelError, Place, Row};
use crate::metric::{Aggregation, Kind, Measure};
use crate::observation::Certainty;
use crate::vocabulary::vocabulary;

/// A row that may stand in a panel.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    pub place: Place,
    pub id: &'a str,
    pub report_year: i16,
    pub low: Option<f64>,
    pub high: Option<f64>,
    kind: Kind,
    stretch: bool,
    comparator: &'a str,
    sentence_metrics: i16,
    /// Something speaks against its reading.
    doubtful: bool,
    start: i32,
}

/// What the two sides of a cell have in common; cells are sorted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key<'a> {
    pub entity: &'a str,
    pub period_end: i16,
    pub metric: &'a str,
    pub measure: &'a str,
    pub unit: &'a str,
    pub horizon: Horizon,
    pub period_start: i16,
    pub aggregation: Aggregation,
}

/// One side of a cell: the statement that speaks for it, and all of them.
#[derive(Clone, Debug, Default)]
pub struct Side<'a> {
    pub chosen: Option<Statement<'a>>,
    pub stretch: Option<Statement<'a>>,
    /// The chosen one first.
    pub all: Vec<Statement<'a>>,
}

vocabulary! {
    /// Which report states an actual.
    Source {
        /// The report of the year after.
        Next = "next_report",
        Later = "later_report",
        /// The one that set the target: a plan's year is over by then.
        Same = "same_report",
    }
}

/// A row of the panel.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    pub key: Key<'a>,
    pub target: Side<'a>,
    pub actual: Side<'a>,
}

impl Cell<'_> {
    /// Which report states the actual.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        let told = self.actual.chosen?.report_year;
        let set = self.target.chosen.map(|target| target.report_year);
        Some(if set == Some(told) {
            Source::Same
        } else if told == self.key.period_end + 1 {
            Source::Next
        } else {
            Source::Later
        })
    }
}

type Pools<'a> = BTreeMap<Key<'a>, Vec<Statement<'a>>>;

/// Every cell that the statements of a table fill, sorted by key; not those of the reports in
/// `left_out`.
///
/// # Errors
/// Names a word that is not in the vocabulary of its column.
pub fn pair<'a>(given: &'a Given, left_out: &LeftOut) -> Result<Vec<Cell<'a>>, PanelError> {
    let (mut targets, mut actuals) = (Pools::new(), Pools::new());
    let counts = |row: &Row| row.text(|b| &b.report_id).is_none_or(|id| !left_out.contains(id));
    for row in given.rows().filter(counts) {
        let Some((key, statement)) = read(&row)? else { continue };
        let pools = if statement.kind == Kind::Target { &mut targets } else { &mut actuals };
        pools.entry(key).or_default().push(statement);
    }
    let mut keys: Vec<Key> = targets.keys().chain(actuals.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    Ok(keys
        .into_iter()
        .map(|key| Cell {
            key,
            target: target_side(pool(&targets, &key)),
            actual: actual_side(pool(&actuals, &reached_key(key))),
        })
        .collect())
}

/// The key under which the actual of a cell is told: a plan for one year is
/// reached, or not, by that year's figure.
fn reached_key(key: Key) -> Key {
    if key.horizon == Horizon::Plan && key.period_start == key.period_end {
        return Key { horizon: Horizon::Annual, aggregation: Aggregation::Annual, ..key };
    }
    key
}

fn pool<'a>(pools: &Pools<'a>, key: &Key<'a>) -> Vec<Statement<'a>> {
    pools.get(key).cloned().unwrap_or_default()
}

fn target_side(pool: Vec<Statement>) -> Side {
    let (mut stretch, mut all): (Vec<_>, Vec<_>) =
        earliest(pool).into_iter().partition(|statement| statement.stretch);
    stretch.sort_by_key(target_rank);
    all.sort_by_key(target_rank);
    let side = Side { chosen: all.first().copied(), stretch: stretch.first().copied(), all };
    Side { all: [side.all, stretch].concat(), ..side }
}

fn actual_side(pool: Vec<Statement>) -> Side {
    let mut all = earliest(pool);
    all.sort_by_key(actual_rank);
    Side { chosen: all.first().copied(), stretch: None, all }
}

/// The statements of the earliest report year.
fn earliest(mut pool: Vec<Statement>) -> Vec<Statement> {
    let first = pool.iter().map(|statement| statement.report_year).min();
    pool.retain(|statement| Some(statement.report_year) == first);
    pool
}

type Rank<'a> = (bool, bool, i32, i32, i32, &'a str);

fn target_rank<'a>(of: &Statement<'a>) -> Rank<'a> {
    let metrics = -i32::from(of.sentence_metrics);
    (of.without_number(), of.doubtful, metrics, of.exactness(), of.start, of.id)
}

fn actual_rank<'a>(of: &Statement<'a>) -> Rank<'a> {
    let metrics = -i32::from(of.sentence_metrics);
    (of.without_number(), of.doubtful, of.exactness(), metrics, of.start, of.id)
}

impl Statement<'_> {
    fn without_number(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    fn exactness(&self) -> i32 {
        match self.comparator {
            "eq" => 0,
            "range" => 1,
            "approx" => 2,
            _ => 3,
        }
    }
}

/// A row as a statement under its key; none where it can stand in no panel.
fn read<'a>(row: &Row<'a>) -> Result<Option<(Key<'a>, Statement<'a>)>, PanelError> {
    let whole_year = row.text(|b| &b.subperiod).is_none_or(|part| part == "year");
    if !whole_year || row.flag(|b| &b.baseline) {
        return Ok(None);
    }
    let Some(report_year) = row.year(|b| &b.report_year) else { return Ok(None) };
    let kind = word("kind", row.text(|b| &b.kind), Kind::ALL, Kind::name)?;
    let Some(key) = key(row, kind, report_year)? else { return Ok(None) };
    let statement = Statement {
        place: row.place,
        id: row.text(|b| &b.observation_id).unwrap_or_default(),
        report_year,
        low: row.number(|b| &b.base_low),
        high: row.number(|b| &b.base_high),
        kind,
        stretch: row.flag(|b| &b.stretch),
        comparator: row.text(|b| &b.comparator).unwrap_or_default(),
        sentence_metrics: row.year(|b| &b.sentence_metrics).unwrap_or(0),
        doubtful: row.text(|b| &b.certainty) == Some(Certainty::Check.name()),
        start: row.start(),
    };
    Ok(Some((key, statement)))
}

/// The cell of a row; none without metric, region or period, or of a year that its
/// report cannot speak of.
fn key<'a>(row: &Row<'a>, kind: Kind, report_year: i16) -> Result<Option<Key<'a>>, PanelError> {
    let (Some(metric), Some(entity), Some(period_start), Some(period_end)) = (
        row.text(|b| &b.metric),
        entity(row),
        row.year(|b| &b.period_start),
        row.year(|b| &b.period_end),
    ) else {
        return Ok(None);
    };
    // A target lies in its report's year or ahead of it; an actual lies behind.
    if (kind == Kind::Target) != (period_end >= report_year) {
        return Ok(None);
    }
    let measure = word("measure", row.text(|b| &b.measure), Measure::ALL, Measure::name)?;
    let told = match row.text(|b| &b.aggregation) {
        None => Aggregation::Annual,
        told => word("aggregation", told, Aggregation::ALL, Aggregation::name)?,
    };
    let (horizon, aggregation) = horizon(told, period_start, period_end, period_end > report_year);
    // A growth target without a number (与经济增长同步) is printed without its %.
    let unit = match measure {
        Measure::Growth => "%",
        _ => row.text(|b| &b.base_unit).unwrap_or_default(),
    };
    let measure = measure.name();
    Ok(Some(Key { entity, period_end, metric, measure, unit, horizon, period_start, aggregation }))
}

/// How far ahead a figure looks. `later`: its period ends after the report's year.
fn horizon(told: Aggregation, start: i16, end: i16, later: bool) -> (Horizon, Aggregation) {
    match (start == end, told) {
        (true, _) if later => (Horizon::Plan, Aggregation::End),
        (true, _) => (Horizon::Annual, Aggregation::Annual),
        (false, Aggregation::End) => (Horizon::Plan, Aggregation::End),
        (false, told) => (Horizon::Average, told),
    }
}

/// By entity; where a table has none, by code; a 新区 without code, by name.
fn entity<'a>(row: &Row<'a>) -> Option<&'a str> {
    row.text(|b| &b.entity_id)
        .or_else(|| row.text(|b| &b.region_code))
        .or_else(|| row.text(|b| &b.region))
}

/// A word of a closed vocabulary.
fn word<T: Copy>(
    name: &'static str,
    value: Option<&str>,
    all: &[T],
    print: fn(T) -> &'static str,
) -> Result<T, PanelError> {
    all.iter().copied().find(|word| Some(print(*word)) == value).ok_or_else(|| PanelError::Value {
        name,
        value: value.unwrap_or_default().to_owned(),
        expected: all.iter().map(|word| print(*word)).collect::<Vec<_>>().join(", "),
    })
}
