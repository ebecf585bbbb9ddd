//! Cells as Python objects, for looking at a few rows without a frame library.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int8Type, Int16Type, Int32Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::panel::Table;

pub(super) fn dicts<'py>(
    py: Python<'py>,
    table: &Table,
    rows: Range<usize>,
) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let all =
        table.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
    all.skip(rows.start)
        .take(rows.end.saturating_sub(rows.start))
        .map(|(batch, row)| {
            let dict = PyDict::new(py);
            for (field, column) in table.schema.fields().iter().zip(batch.columns()) {
                dict.set_item(field.name(), cell(py, column, row)?)?;
            }
            Ok(dict)
        })
        .collect()
}

pub(super) fn column<'py>(
    py: Python<'py>,
    table: &Table,
    name: &str,
) -> PyResult<Bound<'py, PyList>> {
    let at = table.schema.index_of(name).map_err(|_| PyKeyError::new_err(name.to_owned()))?;
    let list = PyList::empty(py);
    for batch in &table.batches {
        for row in 0..batch.num_rows() {
            list.append(cell(py, batch.column(at), row)?)?;
        }
    }
    Ok(list)
}

fn cell<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_bound_py_any(py),
        DataType::Dictionary(..) => {
            let words = column.as_dictionary::<Int32Type>();
            let word = words.keys().value(row) as usize;
            words.values().as_string::<i32>().value(word).into_bound_py_any(py)
        }
        DataType::Int8 => column.as_primitive::<Int8Type>().value(row).into_bound_py_any(py),
        DataType::Int16 => column.as_primitive::<Int16Type>().value(row).into_bound_py_any(py),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into_bound_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
        DataType::Boolean => column.as_boolean().value(row).into_bound_py_any(py),
        DataType::Date32 => date(py, column.as_primitive::<Date32Type>().value(row)),
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            let list = PyList::empty(py);
            for item in 0..items.len() {
                list.append(cell(py, &items, item)?)?;
            }
            Ok(list.into_any())
        }
        // A file of another program may hold other types; show them as Arrow prints them.
        _ => arrow_cast::display::array_value_to_string(column, row)
            .unwrap_or_default()
            .into_bound_py_any(py),
    }
}

fn date(py: Python<'_>, days: i32) -> PyResult<Bound<'_, PyAny>> {
    const DAYS_BEFORE_1970: i32 = 719_163; // Python counts from 0001-01-01
    let date = py.import("datetime")?.getattr("date")?;
    date.call_method1("fromordinal", (days + DAYS_BEFORE_1970,))
}
