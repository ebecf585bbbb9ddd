//! Definitions behind a metric's term, as dated data.
//!
//! 农民人均纯收入 and 农村居民人均可支配收入 are one metric and two definitions; so are
//! investment with and without rural households, trade in dollars and in yuan, and
//! above-scale industry before and after 2011. The table is `variants.tsv`.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::table::Table;
use crate::mention::Period;

/// The name of a variant where none of a metric's definitions is told.
pub const UNSPECIFIED: &str = "unspecified";

/// A definition of a metric, with what tells it.
#[derive(Debug)]
pub struct Variant {
    metric: &'static str,
    /// `net_income`
    pub name: &'static str,
    /// One of these stands in the term or before it; none where the words do not tell.
    forms: Vec<&'static str>,
    /// The base unit of a level; empty where it does not tell.
    pub unit: &'static str,
    years: RangeInclusive<i16>,
}

static VARIANTS: LazyLock<Vec<Variant>> = LazyLock::new(|| {
    let text: &'static str = include_str!("variants.tsv");
    let table = Table::parse("variants.tsv", text).expect("a built-in list");
    let rows = table.rows().map(|row| Variant {
        metric: row.get("metric"),
        name: row.get("variant"),
        forms: row.get("forms").split('|').filter(|f| !f.is_empty()).collect(),
        unit: row.get("unit"),
        years: row.years(),
    });
    rows.collect()
});

/// The definitions of a metric, the one that tells most first.
pub fn variants(metric: &str) -> impl Iterator<Item = &'static Variant> {
    VARIANTS.iter().filter(move |v| v.metric == metric)
}

impl Variant {
    /// Is the figure of this definition, by the words of its term, the base unit of its
    /// level (empty for a rate) and its years?
    #[must_use]
    pub fn holds(&self, words: &str, unit: &str, period: Period) -> bool {
        let told = self.forms.is_empty() || self.forms.iter().any(|f| words.contains(f));
        let in_unit = self.unit.is_empty() || self.unit == unit;
        told && in_unit && self.years.contains(&period.start) && self.years.contains(&period.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_variant_is_of_a_metric_and_told_by_something() {
        for variant in VARIANTS.iter() {
            assert!(Lexicon::builtin().find_metric(variant.metric).is_some(), "{variant:?}");
            let dated = variant.years != (i16::MIN..=i16::MAX);
            assert!(!variant.forms.is_empty() || !variant.unit.is_empty() || dated, "{variant:?}");
        }
    }
}
