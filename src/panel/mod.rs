//! Rows → Arrow: four long tables, and the panel that pairs targets with actuals.
//!
//! - [`schema`] names, types and describes every column;
//! - [`long`] turns reports into the tables `reports`, `observations`, `sentences`
//!   and `problems`;
//! - [`kept`] names the columns of the user's own tables that stand behind those of the reports;
//! - [`copies`] finds copies of one report in the table of reports;
//! - [`wide`] pairs an observations table, wherever it comes from, into the panel;
//! - [`reported`] says what the table of reports tells of them;
//! - [`states`] says why a side has a number, or has none;
//! - [`conflicts`] lists statements that disagree with the one that the panel uses;
//! - [`corrections`] puts what a reader has corrected into the tables;
//! - [`judgement`] says whether a target was met, and whether its sides are comparable;
//! - [`views`] shows the panel in other shapes;
//! - [`divisions_table`] lists the units that regions are told from;
//! - [`given`] reads tables that other programs made;
//! - [`file`] writes and reads tables as files (feature `files`).

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, FieldRef, Schema, SchemaRef};
use arrow_select::concat::concat_batches;

use crate::vocabulary::vocabulary;

mod cast;
pub mod codebook;
mod column;
mod complete;
pub mod conflicts;
pub mod copies;
pub mod corrections;
mod divisions;
#[cfg(feature = "files")]
pub mod file;
pub mod given;
pub mod judgement;
pub mod kept;
pub mod long;
pub mod pairing;
pub mod reported;
pub mod schema;
pub mod states;
mod verdict;
pub mod views;
pub mod wide;

pub use conflicts::conflicts;
pub use divisions::divisions_table;
pub use given::PanelError;
pub use kept::{Kept, KeptError};
pub use long::{LongTables, Tables};
pub use wide::{Point, Settings, panel};

vocabulary! {
    /// How far ahead a cell of the panel looks.
    Horizon {
        /// A year's figure.
        Annual = "annual",
        /// The end of a later year: 到2025年.
        Plan = "plan",
        /// A figure over several years: 年均, 每年, 累计.
        Average = "average",
    }
}

/// A table: batches that share one schema.
#[derive(Clone, Debug)]
pub struct Table {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

impl Table {
    /// The number of rows over all batches.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The same rows in one batch, with plain texts in the place of dictionaries: what engines take
    /// that know none.
    ///
    /// # Errors
    /// The texts of a column are too long for one.
    pub fn plain(&self) -> Result<Self, ArrowError> {
        let plain = |field: &FieldRef| match field.data_type() {
            DataType::Dictionary(_, values) => {
                Arc::new(field.as_ref().clone().with_data_type((**values).clone()))
            }
            _ => Arc::clone(field),
        };
        let fields: Vec<FieldRef> = self.schema.fields().iter().map(plain).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, self.schema.metadata().clone()));
        let whole = concat_batches(&self.schema, &self.batches)?;
        let columns = whole.columns().iter().zip(schema.fields());
        let columns = columns.map(|(column, field)| arrow_cast::cast(column, field.data_type()));
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns.collect::<Result<_, _>>()?)?;
        Ok(Self { schema, batches: vec![batch] })
    }

    /// A value of the schema's metadata.
    #[must_use]
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.schema.metadata().get(key).map(AsRef::as_ref)
    }
}
