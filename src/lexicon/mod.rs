//! The word lists of every room, found in one pass over the text.

pub mod metrics;

pub use metrics::{Metric, MetricId};

/// The words that every room is handed, compiled once.
#[derive(Debug)]
pub struct Lexicon {
    metrics: Vec<Metric>,
    digest: String,
}

impl Lexicon {
    /// The lexicon that the package ships.
    #[must_use]
    pub fn builtin() -> &'static Self {
        todo!()
    }

    /// The built-in lexicon with metrics added or overridden from a user's TSV.
    ///
    /// # Errors
    /// Names `source` and the line of a row that cannot be read.
    pub fn with_metrics(source: &str, tsv: &str) -> Result<Self, LexiconError> {
        let _ = (source, tsv);
        todo!()
    }

    #[must_use]
    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics[id.0 as usize]
    }

    /// Every metric, in the order of the data file.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// A hash of all word lists: two runs with the same digest read alike.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// A line of a user's lexicon that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: {message}")]
pub struct LexiconError {
    pub path: String,
    pub line: usize,
    pub message: String,
}
