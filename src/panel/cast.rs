//! Columns of a batch by name, in the type that is expected, whatever program stored them.

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};

/// A column in the type expected.
pub(super) fn retyped(column: &ArrayRef, expected: &DataType) -> Result<ArrayRef, ArrowError> {
    // A code that a frame holds as a float (130600.0) is a whole number first.
    let whole = column.data_type().is_floating() && expected == &DataType::Utf8;
    if whole { cast(&cast(column, &DataType::Int64)?, expected) } else { cast(column, expected) }
}

/// A column by name, in the type expected.
pub(super) fn column(
    batch: &RecordBatch,
    name: &str,
    expected: &DataType,
) -> Result<ArrayRef, ArrowError> {
    retyped(batch.column(batch.schema().index_of(name)?), expected)
}

/// A column of texts by name.
pub(super) fn strings(batch: &RecordBatch, name: &str) -> Result<StringArray, ArrowError> {
    Ok(column(batch, name, &DataType::Utf8)?.as_string::<i32>().clone())
}
