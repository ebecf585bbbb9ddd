//! Batches of an Arrow table, wherever they come from.
//!
//! Texts are looked at as views: a dictionary of long texts is not written out
//! for every row. Other columns may have any type that can be printed.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader, StringArray, StringViewArray};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, Schema};

use super::columns::{self, Found};
use super::{Cell, Fault, Halt, Row, Rows, damaged};

/// Reads every batch.
pub(super) fn read(
    rows: &mut Rows,
    reader: &mut dyn RecordBatchReader,
    format: &'static str,
) -> Result<(), Halt> {
    let found = find(rows, &reader.schema())?;
    for batch in reader {
        let batch = batch.map_err(|error| rows.intake.stopped(damaged(format, &error)))?;
        take(rows, &batch, &found).map_err(|halt| match halt {
            Stop::Halt(halt) => halt,
            Stop::Arrow(error) => rows.intake.stopped(damaged(format, &error)).into(),
        })?;
    }
    Ok(())
}

/// The columns of a schema, of which the text must be a text.
pub(super) fn find(rows: &Rows, schema: &Schema) -> Result<Found, Fault> {
    let names: Vec<&String> = schema.fields().iter().map(|field| field.name()).collect();
    let found = columns::find(&names, rows.columns())?;
    let field = schema.field(found.text);
    if is_text(field.data_type()) {
        return Ok(found);
    }
    let (column, found) = (field.name().clone(), field.data_type().to_string());
    Err(Fault::TextType { column, found })
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// Why a batch was not read to its end.
enum Stop {
    Halt(Halt),
    Arrow(ArrowError),
}

impl From<ArrowError> for Stop {
    fn from(error: ArrowError) -> Self {
        Self::Arrow(error)
    }
}

/// Reads the rows of a batch.
fn take(rows: &mut Rows, batch: &RecordBatch, found: &Found) -> Result<(), Stop> {
    let column = |at: usize| Printed::of(batch.column(at));
    let text = column(found.text)?;
    let id = found.id.map(column).transpose()?;
    let year = found.year.map(column).transpose()?;
    let region = found.region.iter().map(|at| column(*at)).collect::<Result<Vec<_>, _>>()?;
    let kept = found.keep.iter().map(|at| column(*at)).collect::<Result<Vec<_>, _>>()?;
    let before = rows.count;
    for at in 0..batch.num_rows() {
        let value = |column: &Printed| column.get(at).map(str::to_owned);
        let cell = text.get(at);
        let long = |cell: Option<&str>| cell.map_or(0, str::len) as u64;
        let bytes = long(cell) + kept.iter().map(|column| long(column.get(at))).sum::<u64>();
        // A dictionary makes many texts of few bytes.
        rows.intake.budget.spend(bytes).map_err(|fault| Stop::Halt(fault.into()))?;
        let row = Row {
            number: before + at as u64 + 1,
            id: id.as_ref().and_then(value),
            region: columns::region(region.iter().map(value)),
            year: year.as_ref().and_then(value),
            text: cell.map(Cell::Text),
            kept: kept.iter().map(value).collect(),
        };
        rows.take(row).map_err(Stop::Halt)?;
    }
    Ok(())
}

/// A column as text.
struct Printed(StringViewArray);

impl Printed {
    fn of(column: &ArrayRef) -> Result<Self, ArrowError> {
        let views = match column.data_type() {
            DataType::Timestamp(..) => Ok(times(column)?),
            _ => cast(column, &DataType::Utf8View),
        };
        // By way of Utf8 where there is no straight way.
        let views = views.or_else(|_| cast(&printed(column)?, &DataType::Utf8View))?;
        Ok(Self(views.as_string_view().clone()))
    }

    fn get(&self, at: usize) -> Option<&str> {
        self.0.is_valid(at).then(|| self.0.value(at))
    }
}

/// Times as text; one at midnight is a day, which frames have no other type for.
fn times(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let day = |time: &str| match time.split_once("T00:00:00") {
        Some((day, rest)) if !rest.starts_with('.') => day.to_owned(),
        _ => time.to_owned(),
    };
    let times = cast(column, &DataType::Utf8)?;
    let times = times.as_string::<i32>().iter().map(|time| time.map(day));
    Ok(Arc::new(times.collect::<StringViewArray>()))
}

/// Any column as text, lists and records too.
fn printed(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    cast(column, &DataType::Utf8).or_else(|_| {
        let options = FormatOptions::default();
        let shown = ArrayFormatter::try_new(column, &options)?;
        let cell = |at| column.is_valid(at).then(|| shown.value(at).to_string());
        Ok(Arc::new((0..column.len()).map(cell).collect::<StringArray>()) as ArrayRef)
    })
}
