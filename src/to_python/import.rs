//! Arrow enters by the PyCapsule interface: any object with `__arrow_c_stream__`.
//!
//! The one file with `unsafe`: a capsule is a bare pointer, and whether it points to
//! what its name says is a promise of the producer, which no type can check.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::error;
use crate::panel::Table;

/// The whole table that `object` streams.
pub(super) fn table(object: &Bound<'_, PyAny>) -> PyResult<Table> {
    let reader = reader(object)?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<_, _>>().map_err(error::arrow)?;
    Ok(Table { schema, batches })
}

/// The table that `object` streams, batch by batch.
pub(super) fn reader(object: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let Ok(export) = object.getattr("__arrow_c_stream__") else {
        let kind = object.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "expected a table with __arrow_c_stream__ (a zhibiao table, a polars or pandas frame, \
             a pyarrow table, a DuckDB result), found {kind}"
        )));
    };
    let capsule = export.call0()?.cast_into::<PyCapsule>()?;
    let pointer: NonNull<FFI_ArrowArrayStream> =
        capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast();
    // SAFETY: the capsule's name has been checked, and the interface promises that under this
    // name lies a valid `ArrowArrayStream`. `from_raw` moves it out and leaves a released stream
    // behind, as the interface asks of a consumer, so that the capsule's destructor frees nothing
    // twice. The capsule lives until the end of this function.
    let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.as_ptr()) };
    reader.map_err(error::arrow)
}
