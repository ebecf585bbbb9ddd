//! Mention in its clause → reading: what the quantity measures.

pub mod vocabulary;

pub use vocabulary::{Aggregation, Basis, Kind, Measure, Modality, Vintage};
