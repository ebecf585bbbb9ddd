//! Cells of headline metrics that no report fills, so that a gap is a row with a reason.
//!
//! A complete panel has, for every region and every year from its first report to its last, a yearly
//! cell of each headline metric in the measure in which it is usually aimed at: growth of amounts, the
//! level of rates and of counts.

use std::collections::HashSet;

use super::Horizon;
use super::pairing::{Cell, Key, Side};
use super::reported::Reported;
use crate::lexicon::{Lexicon, Metric};
use crate::metric::{Aggregation, Measure};

/// Adds the missing cells; keeps the order of keys.
pub(super) fn complete<'a>(cells: &mut Vec<Cell<'a>>, reported: &'a Reported) {
    let annual = |cell: &&Cell<'a>| cell.key.horizon == Horizon::Annual;
    let filled: HashSet<_> = cells.iter().filter(annual).map(|cell| of(&cell.key)).collect();
    let headline = || Lexicon::builtin().metrics().iter().filter(|metric| metric.headline);
    for (entity, first, last) in reported.spans() {
        for year in first..=last {
            let missing = headline().map(|metric| key(entity, year, metric));
            cells.extend(missing.filter(|key| !filled.contains(&of(key))).map(empty));
        }
    }
    cells.sort_by_key(|cell| cell.key);
}

/// What is unique but for the unit: a cell in 美元 fills the place of one in 元.
const fn of<'a>(key: &Key<'a>) -> (&'a str, i16, &'a str, &'a str) {
    (key.entity, key.period_end, key.metric, key.measure)
}

fn key<'a>(entity: &'a str, year: i16, metric: &'static Metric) -> Key<'a> {
    let measure = usual_measure(metric);
    Key {
        entity,
        period_end: year,
        metric: &metric.id,
        measure: measure.name(),
        unit: if measure == Measure::Growth { "%" } else { &metric.unit },
        horizon: Horizon::Annual,
        period_start: year,
        aggregation: Aggregation::Annual,
    }
}

/// The measure in which a metric is usually aimed at.
fn usual_measure(metric: &Metric) -> Measure {
    if metric.is_index || metric.unit == "元" { Measure::Growth } else { Measure::Level }
}

fn empty(key: Key) -> Cell {
    Cell { key, target: Side::default(), actual: Side::default() }
}
