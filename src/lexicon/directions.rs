//! Which way a metric is meant to go, by year: `directions.tsv`.
//!
//! A target of growth is a floor, one of unemployment a ceiling, one of consumer prices a band.
//! That changes with policy, so every row has the years for which it holds.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::table::Table;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// On which side of its target a metric is meant to be.
    Direction {
        /// At the target or above it: growth, incomes, jobs.
        Floor = "floor",
        /// At the target or below it: unemployment, PM2.5, energy intensity.
        Ceiling = "ceiling",
        /// Near the target: consumer prices.
        Band = "band",
        /// Neither side is better.
        None = "none",
    }
}

struct Row {
    metric: &'static str,
    years: RangeInclusive<i16>,
    direction: Direction,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let text: &'static str = include_str!("directions.tsv");
    let table = Table::parse("directions.tsv", text).expect("a built-in list");
    let rows = table.rows().map(|row| Row {
        metric: row.get("metric"),
        years: row.years(),
        direction: *Direction::ALL
            .iter()
            .find(|d| d.name() == row.get("direction"))
            .expect("a word of the vocabulary"),
    });
    rows.collect()
});

/// The direction of a metric in a year; [`Direction::None`] for a metric that is not listed.
///
/// ```
/// use zhibiao::lexicon::{Direction, direction};
/// assert_eq!(direction("gdp", 2024), Direction::Floor);
/// assert_eq!(direction("unemployment_surveyed", 2024), Direction::Ceiling);
/// assert_eq!(direction("population_growth_rate", 2004), Direction::Ceiling);
/// assert_eq!(direction("population_growth_rate", 2024), Direction::None);
/// ```
#[must_use]
pub fn direction(metric: &str, year: i16) -> Direction {
    ROWS.iter()
        .find(|row| row.metric == metric && row.years.contains(&year))
        .map_or(Direction::None, |row| row.direction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_metric_has_one_direction_in_a_year() {
        for metric in Lexicon::builtin().metrics() {
            for year in [1980, 2004, 2015, 2016, 2026] {
                let of = ROWS.iter().filter(|r| r.metric == metric.id && r.years.contains(&year));
                assert_eq!(of.count(), 1, "{} in {year}", metric.id);
            }
        }
        assert!(ROWS.iter().all(|r| Lexicon::builtin().metrics().iter().any(|m| m.id == r.metric)));
    }
}
