//! The numeric kernels, over lists and arrays of Python.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::error;
use crate::stats;

/// How often each text holds the words, and how many characters it has without white space.
#[pyfunction]
pub(super) fn count_words(
    py: Python<'_>,
    texts: Vec<PyBackedStr>,
    words: Vec<PyBackedStr>,
) -> PyResult<(Vec<u32>, Vec<u32>)> {
    let counted = py.detach(|| {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        stats::count_words(&texts, &words)
    });
    let counted = counted.map_err(|refused| error::argument(refused.to_string()))?;
    Ok(counted.iter().map(|text| (text.words, text.characters)).unzip())
}
