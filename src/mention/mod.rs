//! Clause → quantities as written: number, unit, comparing words.
//!
//! A [`Mention`] is a quantity as it stands on the page. It does not say what is
//! measured, by whom or when; numbers that are no quantity at all (dates,
//! ordinals, names, thresholds) are told apart in [`exclusion`].

use crate::span::Span;
use crate::vocabulary::vocabulary;

mod decimal;
mod exclusion;
mod finder;
pub mod numeral;
mod period;

pub use decimal::Decimal;
pub use finder::find;
pub use period::{Frame, Role, TimeExpression, time_expressions};

use crate::lexicon::UnitKind;

vocabulary! {
    /// How the printed figure bounds the value; the words are in `lexicon/comparators.tsv`.
    Comparator {
        Eq = "eq",
        Approx = "approx",
        Ge = "ge",
        Le = "le",
        Range = "range",
        /// 与经济增长同步: a target without a number of its own.
        Sync = "sync",
        /// 高于经济增速: likewise.
        Above = "above",
        /// 完成上级下达任务: likewise.
        Assigned = "assigned",
    }
}

vocabulary! {
    /// The part of the year that a figure is about; `year` for the whole.
    Subperiod {
        Year = "year",
        Q1 = "q1", Q2 = "q2", Q3 = "q3", Q4 = "q4",
        H1 = "h1", H2 = "h2",
        /// 前三季度
        Q1Q3 = "q1_q3",
        M1M2 = "m1_m2", M1M4 = "m1_m4", M1M5 = "m1_m5", M1M7 = "m1_m7", M1M8 = "m1_m8",
        M1M10 = "m1_m10", M1M11 = "m1_m11",
        /// 3月份: one month.
        M1 = "m1", M2 = "m2", M3 = "m3", M4 = "m4", M5 = "m5", M6 = "m6",
        M7 = "m7", M8 = "m8", M9 = "m9", M10 = "m10", M11 = "m11", M12 = "m12",
    }
}

/// The years that a value is about, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub start: i16,
    pub end: i16,
}

/// The printed bounds of a value; a missing bound is open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// The unit of a mention, multipliers included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenUnit {
    /// `亿元`, `万人次`
    pub text: String,
    /// `元`, `人次`; empty for a bare multiplier.
    pub base: String,
    /// How many base units one of it is.
    pub factor: Decimal,
    pub kind: UnitKind,
}

/// A quantity as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the folded text: the value with its unit and comparing words.
    pub span: Span,
    /// The figure as printed; of a range, both ends.
    pub figure: Span,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub comparator: Comparator,
    /// The comparing words; empty where there are none.
    pub comparator_word: Span,
    pub unit: WrittenUnit,
    /// The words themselves say that it is a growth: 零增长, 翻一番.
    pub is_growth: bool,
}
