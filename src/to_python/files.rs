//! Tables as files.

use std::path::PathBuf;

use pyo3::prelude::*;

use super::table::Table;
use super::{error, import};
use crate::panel::file::{self, TableFormat};

fn format_of(path: &std::path::Path, format: Option<&str>) -> PyResult<TableFormat> {
    let known = match format {
        Some(name) => TableFormat::of_name(name),
        None => TableFormat::of(path),
    };
    known.ok_or_else(|| {
        error::argument(format!(
            "{}: the ending chooses the format; use .parquet, .arrow, .csv or .jsonl",
            path.display()
        ))
    })
}

/// Writes any Arrow table into a file.
#[pyfunction]
#[pyo3(signature = (table, path, format=None))]
pub(super) fn write_table(
    table: &Bound<'_, PyAny>,
    path: PathBuf,
    format: Option<&str>,
) -> PyResult<()> {
    let format = format_of(&path, format)?;
    let given = match table.cast::<Table>() {
        Ok(table) => table.get().0.clone(),
        Err(_) => import::table(table)?,
    };
    Ok(table.py().detach(|| file::write(&given, &path, format))?)
}

/// Reads a table from a file.
#[pyfunction]
#[pyo3(signature = (path, format=None))]
pub(super) fn read_table(py: Python<'_>, path: PathBuf, format: Option<&str>) -> PyResult<Table> {
    let format = format_of(&path, format)?;
    Ok(Table::new(py.detach(|| file::read(&path, format))?))
}
