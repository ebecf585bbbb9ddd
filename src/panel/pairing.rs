//! Which target meets which actual, and which statement speaks for a cell.
//!
//! A cell is one entity, metric, measure, unit and period. Its target comes from
//! the report of that year; for a period that ends later, from the earliest report
//! that sets it. Its actual comes from the report of the year after; where that
//! is missing, from the earliest later report that states it. A figure of a part of
//! the year never stands for the year, and an old value that only serves to state a
//! new one ([`baseline`](super::schema::OBSERVATIONS)) never counts.
//!
//! Several statements of one side are kept, and one is chosen. The first that these put before all
//! others leads:
//!
//! 1. a number before a relation to something else (与经济增长同步);
//! 2. a row without reasons for doubt before one with them (`certainty`);
//! 3. the sentence that names more metrics, since that of the main targets (主要预期目标), and of what
//!    was reached in all, names many;
//! 4. the earlier place in the text: a whole comes before its parts (其中).
//!
//! Of those that agree with it, each to its last printed digit, the most exact one is chosen: a bare
//! figure, a range, 左右, a bound (突破4000亿元，达4601.5亿元).
//!
//! The second value of a pair (力争9%) is set apart before, as the stretch value. Of two reports of one
//! year the first sets the year's target, and what the later one says of it is its revision; of longer
//! periods the later one counts, since a new government plans anew.
//!
//! An index (居民消费价格指数103%) is the rate that it stands for (3%).
//! What this does not do: judge whether definitions agree, or tell why a cell is empty.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Horizon;
use super::given::{Given, PanelError, Place, Row};
use super::reported::Reported;
use crate::lexicon::Lexicon;
use crate::mention::Comparator;
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
    pub stretch: bool,
    pub comparator: Option<Comparator>,
    /// The place of its report among those of the region and year.
    order: u32,
    /// Half a unit of the last digit that is printed.
    half: f64,
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
    /// What a later report of the same year says of a target.
    pub revision: Option<Statement<'a>>,
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

/// Entity, year, metric and measure of which a part of the year is told.
pub type Parts<'a> = HashSet<(&'a str, i16, &'a str, &'a str)>;

/// All cells, and what is told of parts of years.
#[derive(Clone, Debug, Default)]
pub struct Paired<'a> {
    /// Sorted by key.
    pub cells: Vec<Cell<'a>>,
    pub parts: Parts<'a>,
}

/// Every cell that the statements of a table fill; not those of reports that do not count.
///
/// # Errors
/// Names a word that is not in the vocabulary of its column.
pub fn pair<'a>(given: &'a Given, reported: Option<&Reported>) -> Result<Paired<'a>, PanelError> {
    let (mut targets, mut actuals) = (Pools::new(), Pools::new());
    let mut parts = Parts::new();
    let id = |row: &Row<'a>| row.text(|b| &b.report_id).unwrap_or_default();
    for row in given.rows().filter(|row| reported.is_none_or(|r| r.counts(id(row)))) {
        parts.extend(part(&row));
        let order = reported.map_or(0, |reported| reported.order(id(&row)));
        let Some((key, statement)) = read(&row, order)? else { continue };
        let pools = if statement.kind == Kind::Target { &mut targets } else { &mut actuals };
        pools.entry(key).or_default().push(statement);
    }
    let keys: BTreeSet<Key> = targets.keys().chain(actuals.keys()).copied().collect();
    let cell = |key: Key<'a>| Cell {
        key,
        target: target_side(key.horizon, pool(&targets, &key)),
        actual: actual_side(pool(&actuals, &reached_key(key))),
    };
    Ok(Paired { cells: keys.into_iter().map(cell).collect(), parts })
}

/// An actual of a part of a year.
fn part<'a>(row: &Row<'a>) -> Option<(&'a str, i16, &'a str, &'a str)> {
    let is_part = row.text(|b| &b.subperiod).is_some_and(|part| part != "year");
    let is_actual = row.text(|b| &b.kind) == Some(Kind::Actual.name());
    let year = row.year(|b| &b.period_end).filter(|_| is_part && is_actual)?;
    Some((entity(row)?, year, row.text(|b| &b.metric)?, row.text(|b| &b.measure)?))
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

fn target_side(horizon: Horizon, pool: Vec<Statement>) -> Side {
    let pool = earliest(pool);
    let of_report = |order: Option<u32>| -> Vec<Statement> {
        pool.iter().filter(|statement| Some(statement.order) == order).copied().collect()
    };
    let orders = || pool.iter().map(|statement| statement.order);
    let (first, last) = (orders().min(), orders().max());
    if horizon != Horizon::Annual {
        return chosen_target(of_report(last));
    }
    let revision = chosen_target(of_report(last.filter(|_| first != last))).chosen;
    Side { revision, ..chosen_target(of_report(first)) }
}

/// The side that the statements of one report make.
fn chosen_target(pool: Vec<Statement>) -> Side {
    let (mut stretch, mut all): (Vec<_>, Vec<_>) =
        pool.into_iter().partition(|statement| statement.stretch);
    put_chosen_first(&mut stretch);
    put_chosen_first(&mut all);
    let (chosen, second) = (all.first().copied(), stretch.first().copied());
    Side { chosen, stretch: second, all: [all, stretch].concat(), revision: None }
}

fn actual_side(pool: Vec<Statement>) -> Side {
    let mut all = earliest(pool);
    put_chosen_first(&mut all);
    Side { chosen: all.first().copied(), all, ..Side::default() }
}

/// The statements of the earliest report year.
fn earliest(mut pool: Vec<Statement>) -> Vec<Statement> {
    let first = pool.iter().map(|statement| statement.report_year).min();
    pool.retain(|statement| Some(statement.report_year) == first);
    pool
}

vocabulary! {
    /// What told the chosen statement of a side apart from another.
    Rule {
        /// There is no other.
        Only = "only",
        /// It has a number, and the other is a relation to something else.
        Number = "number",
        /// Nothing speaks against its reading.
        Certainty = "certainty",
        /// The two agree, and it is more exact: a bare figure before a range, 左右 and a bound.
        Exactness = "exactness",
        /// Its sentence names more metrics, as that of the main targets does.
        MainSentence = "main_sentence",
        /// It stands in the earlier report of the year, or earlier in the text.
        Place = "place",
    }
}

impl Rule {
    /// The first rule that tells the chosen one apart from another.
    #[must_use]
    pub fn between(chosen: &Statement, other: &Statement) -> Self {
        let told = [
            (Self::Place, chosen.order != other.order),
            (Self::Number, chosen.without_number() != other.without_number()),
            (Self::Certainty, chosen.doubtful != other.doubtful),
            (Self::Exactness, chosen.agrees(other) && chosen.exactness() != other.exactness()),
            (Self::MainSentence, chosen.sentence_metrics != other.sentence_metrics),
        ];
        told.into_iter().find_map(|(rule, differs)| differs.then_some(rule)).unwrap_or(Self::Place)
    }

    /// The rule by which the chosen statement of a side comes before the next one.
    #[must_use]
    pub fn of(side: &Side) -> Option<Self> {
        let chosen = side.chosen?;
        let next = side.all.iter().skip(1).find(|other| !other.stretch);
        Some(next.map_or(Self::Only, |next| Self::between(&chosen, next)))
    }
}

type Rank<'a> = (u32, bool, bool, i32, i32, &'a str);

fn rank<'a>(of: &Statement<'a>) -> Rank<'a> {
    let metrics = -i32::from(of.sentence_metrics);
    (of.order, of.without_number(), of.doubtful, metrics, of.start, of.id)
}

/// Sorts by rank, and puts the most exact of those that agree with the first before it.
fn put_chosen_first(all: &mut [Statement]) {
    all.sort_by_key(rank);
    let Some(leader) = all.first().copied() else { return };
    let told_alike = |other: &Statement| {
        (other.order, other.without_number(), other.doubtful)
            == (leader.order, leader.without_number(), leader.doubtful)
    };
    let agreeing = all.iter().enumerate().filter(|(_, s)| told_alike(s) && leader.agrees(s));
    let chosen = agreeing.min_by_key(|(at, s)| (s.exactness(), *at)).map_or(0, |(at, _)| at);
    all[..=chosen].rotate_right(1);
}

impl Statement<'_> {
    /// Can both be true, the finer one rounded to the last digit of the coarser one?
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        if self.without_number() || other.without_number() {
            return true;
        }
        let half = self.half.max(other.half) * (1.0 + 1e-9);
        let low = |s: &Self| s.low.unwrap_or(f64::NEG_INFINITY);
        let high = |s: &Self| s.high.unwrap_or(f64::INFINITY);
        low(self) <= high(other) + half && low(other) <= high(self) + half
    }

    /// A relation to something else, such as 与经济增长同步.
    #[must_use]
    pub fn without_number(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    fn exactness(&self) -> i32 {
        match self.comparator {
            Some(Comparator::Eq) => 0,
            Some(Comparator::Range) => 1,
            Some(Comparator::Approx) => 2,
            _ => 3,
        }
    }
}

/// A row as a statement under its key; none where it can stand in no panel.
fn read<'a>(row: &Row<'a>, order: u32) -> Result<Option<(Key<'a>, Statement<'a>)>, PanelError> {
    let whole_year = row.text(|b| &b.subperiod).is_none_or(|part| part == "year");
    if !whole_year || row.flag(|b| &b.baseline) {
        return Ok(None);
    }
    let Some(report_year) = row.year(|b| &b.report_year) else { return Ok(None) };
    let kind = word("kind", row.text(|b| &b.kind), Kind::ALL, Kind::name)?;
    let Some(key) = key(row, kind, report_year)? else { return Ok(None) };
    let rate =
        |index: f64| if is_index(row) && index > LOWEST_INDEX { index - 100.0 } else { index };
    let statement = Statement {
        place: row.place,
        id: row.text(|b| &b.observation_id).unwrap_or_default(),
        report_year,
        low: row.number(|b| &b.base_low).map(rate),
        high: row.number(|b| &b.base_high).map(rate),
        order,
        half: half_of_last_digit(row),
        kind,
        stretch: row.flag(|b| &b.stretch),
        comparator: row.text(|b| &b.comparator).and_then(Comparator::of_name),
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
    let measure = if is_index(row) { Measure::Growth } else { measure };
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

/// A rate of change of prices is never as high as this in %, and an index never as low.
const LOWEST_INDEX: f64 = 50.0;

/// A level in % of a metric that is told as an index or as a rate: 居民消费价格指数103%.
fn is_index(row: &Row) -> bool {
    let lexicon = Lexicon::builtin();
    let metric = row.text(|b| &b.metric).and_then(|id| lexicon.find_metric(id));
    metric.is_some_and(|metric| lexicon.metric(metric).is_index)
        && row.text(|b| &b.measure) == Some(Measure::Level.name())
        && row.text(|b| &b.base_unit) == Some("%")
}

/// Half a unit of the last printed digit, in base units: 4012.3亿元 is right to 500万元.
fn half_of_last_digit(row: &Row) -> f64 {
    let printed = row.number(|b| &b.value_low).or_else(|| row.number(|b| &b.value_high));
    let base = row.number(|b| &b.base_low).or_else(|| row.number(|b| &b.base_high));
    let (Some(printed), Some(base)) = (printed, base) else { return 0.0 };
    let scale = if printed == 0.0 { 1.0 } else { (base / printed).abs() };
    let decimals = row.year(|b| &b.decimals).unwrap_or(0);
    0.5 * scale * 10f64.powi(-i32::from(decimals))
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
