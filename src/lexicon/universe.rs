//! Where and when a metric is a target at all: `universe.tsv`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::table::Table;

struct Row {
    /// Empty for every level.
    levels: Vec<&'static str>,
    years: RangeInclusive<i16>,
}

static ROWS: LazyLock<BTreeMap<&'static str, Row>> = LazyLock::new(|| {
    let text: &'static str = include_str!("universe.tsv");
    let table = Table::parse("universe.tsv", text).expect("a built-in list");
    let rows = table.rows().map(|row| {
        let levels = row.get("levels").split_whitespace().collect();
        (row.get("metric"), Row { levels, years: row.years() })
    });
    rows.collect()
});

/// Could a government of this level aim at the metric in a year?
///
/// ```
/// use zhibiao::lexicon::is_aimed_at;
/// assert!(is_aimed_at("gdp", "county", 1995));
/// assert!(!is_aimed_at("deficit_ratio", "county", 2020));
/// assert!(!is_aimed_at("unemployment_surveyed", "province", 2010));
/// ```
#[must_use]
pub fn is_aimed_at(metric: &str, level: &str, year: i16) -> bool {
    ROWS.get(metric).is_none_or(|row| {
        let of_level = row.levels.is_empty() || row.levels.contains(&level);
        of_level && row.years.contains(&year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Level;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_row_is_of_a_metric_and_of_levels() {
        for (metric, row) in ROWS.iter() {
            assert!(Lexicon::builtin().find_metric(metric).is_some(), "{metric}");
            assert!(row.levels.iter().all(|l| Level::of_name(l).is_some()));
            assert!(!row.years.is_empty(), "{metric}");
        }
    }
}
