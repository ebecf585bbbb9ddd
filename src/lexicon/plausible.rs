//! Between which values a metric can be: `plausible.tsv`.
//!
//! What lies outside was mostly read wrongly, or printed wrongly (固定资产投资增长213%).

use std::sync::LazyLock;

use super::table::Table;
use crate::metric::Measure;

struct Range {
    /// Empty for any metric.
    metric: &'static str,
    measure: &'static str,
    low: f64,
    high: f64,
}

static RANGES: LazyLock<Vec<Range>> = LazyLock::new(|| {
    let text: &'static str = include_str!("plausible.tsv");
    let table = Table::parse("plausible.tsv", text).expect("a built-in list");
    let rows = table.rows().map(|row| Range {
        metric: row.get("metric"),
        measure: row.get("measure"),
        low: row.get("low").parse().expect("a number"),
        high: row.get("high").parse().expect("a number"),
    });
    rows.collect()
});

/// The values that a metric can have in a year, by what is told of it.
///
/// ```
/// use zhibiao::lexicon::plausible;
/// use zhibiao::metric::Measure;
/// assert_eq!(plausible("gdp", Measure::Growth), Some((-10.0, 30.0)));
/// assert_eq!(plausible("gdp", Measure::Level), None);
/// ```
#[must_use]
pub fn plausible(metric: &str, measure: Measure) -> Option<(f64, f64)> {
    let of = |name: &str| RANGES.iter().find(|r| r.metric == name && r.measure == measure.name());
    of(metric).or_else(|| of("")).map(|range| (range.low, range.high))
}
