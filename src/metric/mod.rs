//! Mention in its clause → reading: what a quantity measures.
//!
//! [`read`] takes the quantities of a sentence from left to right. For each it
//! peels the predicate off the words before it ([`peel`]), takes the noun phrase
//! that is left, or the noun behind ([`subject`]), looks for a canonical metric in
//! it ([`canonical`]), and settles measure, time, kind and modality. Lists
//! (分别, 各, 均) are taken as a whole ([`list`]). It makes no rows.

use crate::lexicon::{Lexicon, MetricId, Scan};
use crate::mention::{Mention, Period, Subperiod, TimeExpression};
use crate::span::Span;

mod assign;
mod basis;
mod canonical;
mod carry;
mod clause;
pub mod doubt;
mod kind;
mod list;
mod measure;
mod named;
mod peel;
mod reach;
mod relation;
mod relational;
mod sentence;
mod settle;
mod stands;
mod subject;
mod time;
mod topic;
mod variant;
pub mod vocabulary;

pub use doubt::{Doubt, Doubts};
pub use measure::Measured;
pub use named::Named;
pub use sentence::read;
pub use time::Standing;
pub use vocabulary::{Aggregation, Basis, Kind, Measure, Modality, Vintage};

/// What every sentence of a report is read with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub lexicon: &'a Lexicon,
    /// The folded text.
    pub text: &'a str,
    pub scan: &'a Scan,
    pub year: i16,
    /// Names of the reporting region: 洪湖市, 洪湖.
    pub own_names: &'a [String],
    /// The report of the State Council: 全国 is the region itself.
    pub is_nation: bool,
    /// The report of a county: 县域 is the region itself.
    pub is_county: bool,
    /// What units above the region are called: 市 in a county's report, 省 in a city's.
    pub above: &'static [char],
    /// The byte where the sentence being read starts.
    pub sentence: usize,
    /// The expressions of time in it.
    pub times: &'a [TimeExpression],
}

/// What one value measures.
#[derive(Clone, Debug)]
pub struct Reading {
    pub mention: Mention,
    pub subject: String,
    /// The metric as written; empty for an open one.
    pub term: Span,
    pub metric: Option<MetricId>,
    /// The definition behind the term; none without a metric.
    pub variant: Option<&'static str>,
    pub measured: Measured,
    pub kind: Kind,
    pub modality: Option<Modality>,
    pub modality_word: Span,
    pub stretch: bool,
    pub baseline: bool,
    pub period: Period,
    pub aggregation: Aggregation,
    pub subperiod: Subperiod,
    pub basis: Basis,
    pub vintage: Option<Vintage>,
    /// Of a relational target, what it refers to.
    pub reference: Span,
    /// Why it may be wrong; empty for open metrics.
    pub doubts: Doubts,
    pub rule: &'static str,
}
