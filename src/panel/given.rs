//! Observations as others hand them over: any Arrow table with our columns.
//!
//! A frame that has been through pandas, a CSV file or a database keeps its
//! names but not its types: codes become numbers, dictionaries become views,
//! flags become words. [`Given`] casts the columns that pairing needs back.
//! Columns that it does not know are passed over.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int16Type, Int32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int16Array, Int32Array, RecordBatch, StringArray,
    new_null_array,
};
use arrow_schema::{ArrowError, DataType};

use super::Table;
use super::cast::retyped;

/// An observations table that cannot be paired.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    #[error(
        "the table has no column {name:?}; panel() needs the columns of the observations table, \
         so keep at least {needed}"
    )]
    MissingColumn { name: &'static str, needed: String },
    #[error("column {name:?} is {found}, which cannot be read as {expected}")]
    ColumnType { name: &'static str, found: DataType, expected: DataType, source: ArrowError },
    #[error("column {name:?} holds {value:?}; expected one of {expected}")]
    Value { name: &'static str, value: String, expected: String },
    #[error(
        "the reports table has no usable column {0:?}; hand over the table `reports` of an extraction"
    )]
    NoReports(&'static str),
    #[error("the table has no usable column {0:?}; hand over a panel, with all its columns")]
    NoPanel(String),
    #[error(
        "the panel has no yearly cell of {metric:?} in the measure {measure:?}; see its columns metric and measure"
    )]
    NoCells { metric: String, measure: String },
}

/// The columns without which nothing can be paired.
const NEEDED: [&str; 10] = [
    "observation_id",
    "report_year",
    "kind",
    "metric",
    "measure",
    "period_start",
    "period_end",
    "base_low",
    "base_high",
    "comparator",
];

/// A row of a [`Given`] table: batch, and row within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u32, u32);

/// One batch, with every column in the type that pairing expects.
pub struct Batch {
    pub observation_id: StringArray,
    pub report_id: StringArray,
    pub entity_id: StringArray,
    pub region_code: StringArray,
    pub region: StringArray,
    pub level: StringArray,
    pub report_year: Int16Array,
    pub start: Int32Array,
    pub kind: StringArray,
    pub metric: StringArray,
    pub term: StringArray,
    pub variant: StringArray,
    pub measure: StringArray,
    pub aggregation: StringArray,
    pub period_start: Int16Array,
    pub period_end: Int16Array,
    pub subperiod: StringArray,
    pub value_low: Float64Array,
    pub value_high: Float64Array,
    pub base_low: Float64Array,
    pub base_high: Float64Array,
    pub base_unit: StringArray,
    pub decimals: Int16Array,
    pub comparator: StringArray,
    pub comparator_word: StringArray,
    pub reference: StringArray,
    pub modality: StringArray,
    pub modality_word: StringArray,
    pub stretch: BooleanArray,
    pub baseline: BooleanArray,
    pub basis: StringArray,
    pub vintage: StringArray,
    pub certainty: StringArray,
    pub sentence_metrics: Int16Array,
}

/// An observations table in the types that pairing expects.
pub struct Given {
    batches: Vec<Batch>,
}

impl Given {
    /// # Errors
    /// Names the first column that is missing or of a type that cannot be read.
    pub fn new(table: &Table) -> Result<Self, PanelError> {
        for name in NEEDED {
            if table.schema.index_of(name).is_err() {
                return Err(PanelError::MissingColumn { name, needed: NEEDED.join(", ") });
            }
        }
        let batches = table.batches.iter().map(Batch::new).collect::<Result<_, _>>()?;
        Ok(Self { batches })
    }

    /// Every row, batch by batch.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.batches.iter().enumerate().flat_map(|(number, batch)| {
            let row = move |at| Row { batch, at, place: Place(number as u32, at as u32) };
            (0..batch.metric.len()).map(row)
        })
    }

    /// The row at a place.
    #[must_use]
    pub fn row(&self, place: Place) -> Row<'_> {
        Row { batch: &self.batches[place.0 as usize], at: place.1 as usize, place }
    }
}

/// A row of a [`Given`] table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    batch: &'a Batch,
    at: usize,
    pub place: Place,
}

/// A column of texts.
pub type Texts = fn(&Batch) -> &StringArray;

impl<'a> Row<'a> {
    /// The text of a column; an empty one counts as none, since CSV knows no other.
    #[must_use]
    pub fn text(&self, column: Texts) -> Option<&'a str> {
        let column = column(self.batch);
        column.is_valid(self.at).then(|| column.value(self.at)).filter(|text| !text.is_empty())
    }

    #[must_use]
    pub fn year(&self, column: fn(&Batch) -> &Int16Array) -> Option<i16> {
        let column = column(self.batch);
        column.is_valid(self.at).then(|| column.value(self.at))
    }

    /// A number; what is none (NaN, as pandas writes a missing one) counts as missing.
    #[must_use]
    pub fn number(&self, column: fn(&Batch) -> &Float64Array) -> Option<f64> {
        let column = column(self.batch);
        column.is_valid(self.at).then(|| column.value(self.at)).filter(|number| !number.is_nan())
    }

    /// A flag; a missing one is not set.
    #[must_use]
    pub fn flag(&self, column: fn(&Batch) -> &BooleanArray) -> bool {
        let column = column(self.batch);
        column.is_valid(self.at) && column.value(self.at)
    }

    /// Where the value begins in its text.
    #[must_use]
    pub fn start(&self) -> i32 {
        let column = &self.batch.start;
        if column.is_valid(self.at) { column.value(self.at) } else { 0 }
    }
}

impl Batch {
    fn new(batch: &RecordBatch) -> Result<Self, PanelError> {
        let utf8 = |name| Ok(typed(batch, name, &DataType::Utf8)?.as_string::<i32>().clone());
        let year =
            |name| Ok(typed(batch, name, &DataType::Int16)?.as_primitive::<Int16Type>().clone());
        let number = |name| {
            Ok(typed(batch, name, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
        };
        let flag = |name| Ok(typed(batch, name, &DataType::Boolean)?.as_boolean().clone());
        Ok(Self {
            observation_id: utf8("observation_id")?,
            report_id: utf8("report_id")?,
            entity_id: utf8("entity_id")?,
            region_code: utf8("region_code")?,
            region: utf8("region")?,
            level: utf8("level")?,
            report_year: year("report_year")?,
            start: typed(batch, "start", &DataType::Int32)?.as_primitive::<Int32Type>().clone(),
            kind: utf8("kind")?,
            metric: utf8("metric")?,
            term: utf8("term")?,
            variant: utf8("variant")?,
            measure: utf8("measure")?,
            aggregation: utf8("aggregation")?,
            period_start: year("period_start")?,
            period_end: year("period_end")?,
            subperiod: utf8("subperiod")?,
            value_low: number("value_low")?,
            value_high: number("value_high")?,
            base_low: number("base_low")?,
            base_high: number("base_high")?,
            base_unit: utf8("base_unit")?,
            decimals: year("decimals")?,
            comparator: utf8("comparator")?,
            comparator_word: utf8("comparator_word")?,
            reference: utf8("reference")?,
            modality: utf8("modality")?,
            modality_word: utf8("modality_word")?,
            stretch: flag("stretch")?,
            baseline: flag("baseline")?,
            basis: utf8("basis")?,
            vintage: utf8("vintage")?,
            certainty: utf8("certainty")?,
            sentence_metrics: year("sentence_metrics")?,
        })
    }
}

/// A column in the type expected; all null where the table lacks it.
fn typed(
    batch: &RecordBatch,
    name: &'static str,
    expected: &DataType,
) -> Result<ArrayRef, PanelError> {
    let Some(column) = batch.column_by_name(name) else {
        return Ok(new_null_array(expected, batch.num_rows()));
    };
    retyped(column, expected).map_err(|source| PanelError::ColumnType {
        name,
        found: column.data_type().clone(),
        expected: expected.clone(),
        source,
    })
}
