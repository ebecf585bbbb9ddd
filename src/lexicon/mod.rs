//! The word lists of every room, found in one pass over the text.
//!
//! The lists are the tab-separated files of this folder; a reader of Chinese who
//! writes no Rust can mend them. [`Lexicon::scan`] finds all their words at once.
//! What the words do in a sentence is the business of later rooms.

use std::sync::LazyLock;

use xxhash_rust::xxh3::Xxh3;

pub(crate) mod char_set;
mod directions;
pub mod divisions;
mod figures;
mod metrics;
mod periods;
mod phrases;
mod plausible;
pub(crate) mod table;
mod territory;
mod units;
mod universe;
mod variants;
mod words;

pub use directions::{Direction, direction};
pub use figures::WordFigure;
pub use metrics::{COLUMNS, Elision, Form, Metric, MetricId, NamedShare, OverYears};
pub use periods::PeriodWord;
pub use phrases::Phrases;
pub use plausible::plausible;
pub use territory::{BoundaryChange, boundary_changes};
pub use units::{Unit, UnitKind};
pub use universe::is_aimed_at;
pub use variants::{UNSPECIFIED, Variant, variants};
pub use words::{Cue, Cues, Hit, Scan, Word};

use crate::mention::Comparator;
use figures::WordFigures;
use metrics::Metrics;
use periods::PeriodWords;
use units::Units;
use words::{WordList, Words};

/// Index of a written form in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormId(u16);

/// Index of a word for a period in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodWordId(u16);

/// Index of a figure told in words in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordFigureId(u16);

/// The lists that the package ships: name and text.
const LISTS: &[(&str, &str)] = &[
    ("metrics.tsv", include_str!("metrics.tsv")),
    ("joint_forms.tsv", include_str!("joint_forms.tsv")),
    ("elisions.tsv", include_str!("elisions.tsv")),
    ("wholes.tsv", include_str!("wholes.tsv")),
    ("cues.tsv", include_str!("cues.tsv")),
    ("units.tsv", include_str!("units.tsv")),
    ("comparators.tsv", include_str!("comparators.tsv")),
    ("parts.tsv", include_str!("parts.tsv")),
    ("periods.tsv", include_str!("periods.tsv")),
    ("phrases.tsv", include_str!("phrases.tsv")),
    ("word_figures.tsv", include_str!("word_figures.tsv")),
    ("variants.tsv", include_str!("variants.tsv")),
    ("directions.tsv", include_str!("directions.tsv")),
    ("splits.tsv", include_str!("splits.tsv")),
    ("universe.tsv", include_str!("universe.tsv")),
    ("plausible.tsv", include_str!("plausible.tsv")),
];

/// The words that every room is handed, compiled once.
#[derive(Debug)]
pub struct Lexicon {
    metrics: Metrics,
    units: Units,
    word_figures: WordFigures,
    periods: PeriodWords,
    words: Words,
    digest: String,
}

impl Lexicon {
    /// The lexicon that the package ships.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::build(None).expect("a test reads every built-in list"));
        &BUILTIN
    }

    /// The built-in lexicon with metrics added or overridden from a user's TSV,
    /// whose columns are [`COLUMNS`].
    ///
    /// # Errors
    /// Names `source` and the line of a row that cannot be read.
    ///
    /// # Example
    /// ```
    /// use zhibiao::lexicon::Lexicon;
    /// let tsv = "id\tunit\tforms\ntea_output\t吨\t茶叶{,总}产量\n";
    /// let lexicon = Lexicon::with_metrics("tea.tsv", tsv)?;
    /// assert!(lexicon.metrics().iter().any(|m| m.id == "tea_output"));
    /// let error = Lexicon::with_metrics("tea.tsv", "id\tforms\nTea\t茶叶\n").unwrap_err();
    /// assert!(error.to_string().starts_with("tea.tsv, line 2: "));
    /// # Ok::<(), zhibiao::lexicon::LexiconError>(())
    /// ```
    pub fn with_metrics(source: &str, tsv: &str) -> Result<Self, LexiconError> {
        Self::build(Some((source, tsv)))
    }

    fn build(user: Option<(&str, &str)>) -> Result<Self, LexiconError> {
        let mut words = WordList::default();
        let mut metrics = Metrics::default();
        let mut units = Units::default();
        let mut word_figures = WordFigures::default();
        let mut periods = PeriodWords::default();
        let mut digest = Xxh3::new();
        let list =
            |name: &str| LISTS.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| *text);
        words.add_cues("cues.tsv", list("cues.tsv"))?;
        metrics.add("metrics.tsv", list("metrics.tsv"), &mut words)?;
        metrics.add_joint("joint_forms.tsv", list("joint_forms.tsv"), &mut words)?;
        metrics.add_elisions("elisions.tsv", list("elisions.tsv"))?;
        metrics.add_named_shares("wholes.tsv", list("wholes.tsv"))?;
        units.add_units("units.tsv", list("units.tsv"))?;
        units.add_comparators("comparators.tsv", list("comparators.tsv"))?;
        word_figures.add("word_figures.tsv", list("word_figures.tsv"), &mut words)?;
        periods.add("periods.tsv", list("periods.tsv"), &mut words)?;
        for (_, text) in LISTS {
            digest.update(text.as_bytes());
        }
        if let Some((source, tsv)) = user {
            metrics.add(source, tsv, &mut words)?;
            digest.update(tsv.as_bytes());
        }
        let digest = format!("{:032x}", digest.digest128());
        Ok(Self { metrics, units, word_figures, periods, words: words.build(), digest })
    }

    /// All words of a folded text.
    #[must_use]
    pub fn scan(&self, text: &str) -> Scan {
        self.words.scan(text)
    }

    #[must_use]
    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics.list[id.0 as usize]
    }

    /// The metric of an id: `gdp`.
    #[must_use]
    pub fn find_metric(&self, id: &str) -> Option<MetricId> {
        self.metrics.find(id)
    }

    /// Every metric, in the order of the data file.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics.list
    }

    /// Is `text` to the letter a word of this class?
    #[must_use]
    pub fn has_cue(&self, text: &str, cue: Cue) -> bool {
        self.words.exact(text).is_some_and(|word| word.cues.has(cue))
    }

    /// The form that `text` is, if it is one to the letter.
    #[must_use]
    pub fn form_id_of(&self, text: &str) -> Option<FormId> {
        self.words.exact(text)?.form
    }

    #[must_use]
    pub fn form(&self, id: FormId) -> &Form {
        &self.metrics.forms[id.0 as usize]
    }

    #[must_use]
    pub fn elisions(&self) -> &[Elision] {
        &self.metrics.elisions
    }

    #[must_use]
    pub fn named_shares(&self) -> &[NamedShare] {
        &self.metrics.named_shares
    }

    /// The longest unit at the head of `text`.
    #[must_use]
    pub fn unit(&self, text: &str) -> Option<&Unit> {
        self.units.unit(text)
    }

    /// The longest comparing word at the end of `text`: 超过, 不低于.
    #[must_use]
    pub fn comparator_before(&self, text: &str) -> Option<(&str, Comparator)> {
        self.units.comparator_before(text)
    }

    /// The longest comparing word at the head of `text`: 左右, 以上.
    #[must_use]
    pub fn comparator_after(&self, text: &str) -> Option<(&str, Comparator)> {
        self.units.comparator_after(text)
    }

    /// What an 余 or 多 inside a number makes of it.
    #[must_use]
    pub fn comparator_inside(&self, c: char) -> Option<Comparator> {
        self.units.comparator_inside(c)
    }

    #[must_use]
    pub fn period_word(&self, id: PeriodWordId) -> PeriodWord {
        self.periods.list[id.0 as usize]
    }

    #[must_use]
    pub fn word_figure(&self, id: WordFigureId) -> &WordFigure {
        &self.word_figures.list[id.0 as usize]
    }

    /// A hash of all word lists: two runs with the same digest read alike.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// A line of a lexicon that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: {message}")]
pub struct LexiconError {
    pub path: String,
    pub line: usize,
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_list() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.metrics().len() > 80);
        assert_eq!(lexicon.unit("亩以上").map(|u| u.base.as_str()), Some("亩"));
    }

    #[test]
    fn names_the_line_of_a_bad_row() {
        for (tsv, expected) in [
            ("", "x.tsv, line 1: expected a first line"),
            ("name\n", "x.tsv, line 1: expected a column `id`"),
            ("id\tunit\tcolour\n", "x.tsv, line 1: expected columns"),
            (
                "id\tunit\n\n# note\nnew_metric\t\n",
                "x.tsv, line 4: the new metric `new_metric` needs a unit",
            ),
            ("id\tunit\theadline\nm\t元\tyes\n", "x.tsv, line 2: expected headline to be 0 or 1"),
            ("id\tunit\tforms\nm\t元\ta{b\n", "x.tsv, line 2: expected a form with closed braces"),
            ("id\tunit\nm\t元\t5\n", "x.tsv, line 2: expected 2 cells, found 3"),
        ] {
            let error = Lexicon::with_metrics("x.tsv", tsv).expect_err(tsv).to_string();
            assert!(error.starts_with(expected), "{tsv:?}: {error}");
        }
    }
}
