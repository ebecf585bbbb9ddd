//! Clause → quantities as written.

use crate::vocabulary::vocabulary;

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
        Month = "month",
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
