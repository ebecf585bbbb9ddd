//! Readings → rows of the contract.
//!
//! One [`Observation`] is one statement of a statistic: how much of something
//! there was or shall be, in a stated period. The fields are those of the
//! codebook, one for one; [`crate::panel::schema`] names and types them.

mod build;
mod compare;

pub use build::observation;
pub use compare::compare;

use crate::layout::Part;
use crate::lexicon::MetricId;
use crate::mention::{Bounds, Comparator, Period, Subperiod};
use crate::metric::{Aggregation, Basis, Doubts, Kind, Measure, Modality, Vintage};
use crate::span::Span;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Does a row need a look?
    Certainty {
        /// Nothing speaks against it.
        Sure = "sure",
        /// Something in the text speaks against it: see its reasons.
        Check = "check",
    }
}

/// One row of the observations table, without the report's own columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Code points of the decoded text, end exclusive.
    pub span: Span,
    /// The decoded text of `span`.
    pub text: String,
    pub kind: Kind,
    /// A canonical metric, or none for an open one.
    pub metric: Option<MetricId>,
    /// The noun phrase that the value measures, in the report's words.
    pub subject: String,
    /// The metric as the report writes it; empty where `metric` is none.
    pub term: String,
    pub variant: Option<&'static str>,
    pub measure: Measure,
    pub aggregation: Aggregation,
    pub period: Period,
    pub subperiod: Subperiod,
    /// Signed, in `unit`, as printed.
    pub value: Bounds,
    pub comparator: Comparator,
    pub comparator_word: String,
    /// The unit as written, multipliers included: `亿元`, `万人次`.
    pub unit: String,
    /// The same bounds in `base_unit`.
    pub base: Bounds,
    pub base_unit: String,
    /// The figure as printed, without unit: `259.03`.
    pub value_text: String,
    pub decimals: u8,
    pub baseline: bool,
    pub modality: Option<Modality>,
    pub modality_word: String,
    pub stretch: bool,
    pub basis: Basis,
    pub vintage: Option<Vintage>,
    /// What a relational target refers to: 经济增长, 全国平均, 省下达.
    pub reference: String,
    /// Why the row may be wrong: `certainty` is `check` where there is a reason.
    pub doubts: Doubts,
    pub part: Part,
    /// Index into the report's sentences.
    pub sentence: u32,
    /// The rule that read it; further rules of its trace after a `+`.
    pub rule: String,
}

impl Observation {
    /// `check` where there is a reason for doubt.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        if self.doubts.is_empty() { Certainty::Sure } else { Certainty::Check }
    }

    /// Told as 预计: an estimate for the year just past.
    #[must_use]
    pub fn estimated(&self) -> bool {
        self.vintage == Some(Vintage::Expected)
    }
}
