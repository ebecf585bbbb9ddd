//! zhibiao (指标) reads Chinese government work reports (政府工作报告) and gives
//! tables of targets and actuals, each value with the place it stands in.
//!
//! A text passes through the rooms of this crate in alphabetical order:
//!
//! 1. [`corpus`]: files and bytes become decoded text;
//! 2. [`document`]: decoded text becomes a report's body, with region and year;
//! 3. [`layout`]: the body becomes parts, sentences and clauses;
//! 4. [`lexicon`]: the words that every later room is handed, found in one pass;
//! 5. [`mention`]: quantities as written: number, unit, comparator, period;
//! 6. [`metric`]: what a quantity measures: subject, metric, measure, kind;
//! 7. [`observation`]: the rows of the contract;
//! 8. [`panel`]: Arrow tables, long and paired;
//! 9. [`stats`]: numeric kernels, no text but to count its words;
//! 10. `to_python` (feature `python`): the Python module.
//!
//! [`pipeline`] strings them together for one text and for many.

pub mod corpus;
pub mod document;
pub mod layout;
pub mod lexicon;
pub mod mention;
pub mod metric;
pub mod observation;
pub mod panel;
pub mod pipeline;
pub mod span;
pub mod stats;
#[cfg(feature = "python")]
mod to_python;
mod vocabulary;
