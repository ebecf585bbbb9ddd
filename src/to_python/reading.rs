//! How to read sources, as Python says it.

use std::sync::Arc;

use arrow_array::RecordBatchReader;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::{error, import};
use crate::corpus::{Columns, Limits, Reading, Stata};

/// The members of a dictionary, of which each may be `None`.
#[derive(FromPyObject, Default)]
#[pyo3(from_item_all)]
pub(super) struct Wanted {
    text: Option<String>,
    region: Option<String>,
    year: Option<String>,
    id: Option<String>,
    keep: Option<Vec<String>>,
    max_bytes: Option<u64>,
    max_ratio: Option<u64>,
    max_total: Option<u64>,
    only: Option<String>,
}

impl Wanted {
    pub(super) fn reading(self) -> PyResult<Reading> {
        let usual = Limits::default();
        let limits = Limits {
            document_bytes: self.max_bytes.unwrap_or(usual.document_bytes),
            ratio: self.max_ratio.unwrap_or(usual.ratio),
            total_bytes: self.max_total.unwrap_or(usual.total_bytes),
        };
        if limits.document_bytes > Limits::MOST_DOCUMENT_BYTES {
            let most = Limits::MOST_DOCUMENT_BYTES;
            return Err(error::argument(format!("max_bytes may be {most} at most")));
        }
        let Self { text, region, year, id, keep, .. } = self;
        let columns = Columns { text, region, year, id, keep: keep.unwrap_or_default() };
        Ok(Reading { columns, limits, only: self.only, stata: Some(Stata(Arc::new(open_stata))) })
    }
}

/// Stata files are read by pandas; `zhibiao.stata` knows how.
fn open_stata(bytes: &[u8]) -> Result<Box<dyn RecordBatchReader + Send>, String> {
    Python::attach(|py| {
        let frame = py
            .import("zhibiao.stata")
            .and_then(|stata| stata.call_method1("read", (PyBytes::new(py, bytes),)))?;
        Ok(Box::new(import::reader(&frame)?) as Box<dyn RecordBatchReader + Send>)
    })
    .map_err(|error: PyErr| Python::attach(|py| error.value(py).to_string()))
}
