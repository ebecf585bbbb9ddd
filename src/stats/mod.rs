//! Numeric kernels: loops that vectorised numpy or Python's expressions do several times slower.
//!
//! Everything else of the statistics is Python, in `python/zhibiao/stats/`.

mod attention;

pub use attention::{Counted, WordListError, count_words};
