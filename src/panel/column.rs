//! Fills the columns of one sheet, in its order and under its names.
//!
//! Each column is filled whole, straight into its Arrow builder. The dictionaries
//! of repeating texts live as long as the [`Filler`], so that all batches of a
//! table share one dictionary: files that allow only one (Arrow IPC) take it.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, ListBuilder, PrimitiveBuilder, StringBuilder, StringDictionaryBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type,
};
use arrow_array::{ArrayRef, BooleanArray, DictionaryArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field, FieldRef, Schema, SchemaRef};

use super::Table;
use super::kept::Kept;
use super::schema::{Data, Sheet};

/// Builds the batches of one table.
pub(super) struct Filler {
    sheet: &'static Sheet,
    schema: SchemaRef,
    /// Columns behind those of the sheet, each a text.
    kept: Kept,
    words: Vec<StringDictionaryBuilder<Int32Type>>,
    columns: Vec<ArrayRef>,
    batches: Vec<Vec<ArrayRef>>,
}

impl Filler {
    pub(super) fn new(sheet: &'static Sheet, lexicon_digest: &str) -> Self {
        Self::keeping(sheet, lexicon_digest, Kept::default())
    }

    /// With further columns behind those of the sheet.
    pub(super) fn keeping(sheet: &'static Sheet, lexicon_digest: &str, kept: Kept) -> Self {
        let schema = sheet.schema(lexicon_digest);
        let mut fields: Vec<FieldRef> = schema.fields().iter().cloned().collect();
        fields.extend(kept.fields(sheet).into_iter().map(Arc::new));
        let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
        let words = schema.fields().iter().map(|_| StringDictionaryBuilder::new()).collect();
        Self { sheet, schema, kept, words, columns: Vec::new(), batches: Vec::new() }
    }

    /// The place of the next column, which must be `name`, stored as `data`.
    fn next(&self, name: &str, data: Data) -> usize {
        let at = self.columns.len();
        let column = &self.sheet.columns[at];
        assert!(
            column.name == name && column.data == data,
            "{}: expected column {}, found {name}",
            self.sheet.name,
            column.name
        );
        at
    }

    pub(super) fn text<'a, V: Into<Option<&'a str>>>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = V>,
    ) {
        self.next(name, Data::Text);
        self.push_text(values);
    }

    fn push_text<'a, V: Into<Option<&'a str>>>(&mut self, values: impl Iterator<Item = V>) {
        let mut builder = StringBuilder::new();
        values.for_each(|value| builder.append_option(value.into()));
        self.columns.push(Arc::new(builder.finish()));
    }

    /// Fills all columns behind those of the sheet with the cells of each row.
    pub(super) fn kept(&mut self, rows: &[&[Option<String>]]) {
        assert_eq!(self.columns.len(), self.sheet.columns.len(), "{}: columns", self.sheet.name);
        for at in 0..self.kept.names().len() {
            self.push_text(rows.iter().map(|cells| cells.get(at).and_then(Option::as_deref)));
        }
    }

    pub(super) fn word<'a, V: Into<Option<&'a str>>>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = V>,
    ) {
        let at = self.next(name, Data::Word);
        let builder = &mut self.words[at];
        values.for_each(|value| builder.append_option(value.into()));
        self.columns.push(Arc::new(builder.finish_preserve_values()));
    }

    pub(super) fn list<'a, L>(&mut self, name: &str, values: impl Iterator<Item = L>)
    where
        L: IntoIterator<Item = &'a str>,
    {
        self.next(name, Data::List);
        let item = Field::new("item", arrow_schema::DataType::Utf8, false);
        let mut builder = ListBuilder::new(StringBuilder::new()).with_field(item);
        for list in values {
            list.into_iter().for_each(|text| builder.values().append_value(text));
            builder.append(true);
        }
        self.columns.push(Arc::new(builder.finish()));
    }

    fn primitive<T: ArrowPrimitiveType>(
        &mut self,
        values: impl Iterator<Item = impl Into<Option<T::Native>>>,
    ) {
        let mut builder = PrimitiveBuilder::<T>::new();
        values.for_each(|value| builder.append_option(value.into()));
        self.columns.push(Arc::new(builder.finish()));
    }

    pub(super) fn count(
        &mut self,
        name: &str,
        values: impl Iterator<Item = impl Into<Option<i32>>>,
    ) {
        self.next(name, Data::Count);
        self.primitive::<Int32Type>(values);
    }

    pub(super) fn year(
        &mut self,
        name: &str,
        values: impl Iterator<Item = impl Into<Option<i16>>>,
    ) {
        self.next(name, Data::Year);
        self.primitive::<Int16Type>(values);
    }

    pub(super) fn small(
        &mut self,
        name: &str,
        values: impl Iterator<Item = impl Into<Option<i8>>>,
    ) {
        self.next(name, Data::Small);
        self.primitive::<Int8Type>(values);
    }

    pub(super) fn number(
        &mut self,
        name: &str,
        values: impl Iterator<Item = impl Into<Option<f64>>>,
    ) {
        self.next(name, Data::Number);
        self.primitive::<Float64Type>(values);
    }

    /// Days since 1970-01-01.
    pub(super) fn day(&mut self, name: &str, values: impl Iterator<Item = Option<i32>>) {
        self.next(name, Data::Day);
        self.primitive::<Date32Type>(values);
    }

    pub(super) fn flag_or_null(&mut self, name: &str, values: impl Iterator<Item = Option<bool>>) {
        self.next(name, Data::Flag);
        self.columns.push(Arc::new(values.collect::<BooleanArray>()));
    }

    pub(super) fn flag(&mut self, name: &str, values: impl Iterator<Item = bool>) {
        self.next(name, Data::Flag);
        let mut builder = BooleanBuilder::new();
        values.for_each(|value| builder.append_value(value));
        self.columns.push(Arc::new(builder.finish()));
    }

    /// Adds the rows of a batch of the same sheet that a file has kept; its words join the
    /// dictionaries of this table.
    pub(super) fn rows_of(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        if batch.schema().fields() != self.schema.fields() {
            let why = format!("the columns are not those of {}", self.sheet.name);
            return Err(ArrowError::SchemaError(why));
        }
        for (column, words) in batch.columns().iter().zip(&mut self.words) {
            self.columns.push(match column.as_dictionary_opt::<Int32Type>() {
                Some(part) => {
                    let texts = part.downcast_dict::<StringArray>();
                    let texts = texts.ok_or_else(|| {
                        ArrowError::SchemaError("a dictionary holds no texts".to_owned())
                    })?;
                    texts.into_iter().for_each(|text| words.append_option(text));
                    Arc::new(words.finish_preserve_values())
                }
                None => Arc::clone(column),
            });
        }
        self.end_batch();
        Ok(())
    }

    /// Ends a batch: every column has been filled with as many rows.
    pub(super) fn end_batch(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        assert_eq!(columns.len(), self.schema.fields().len(), "{}: columns", self.sheet.name);
        if columns.first().is_some_and(|column| !column.is_empty()) {
            self.batches.push(columns);
        }
    }

    /// The table; its batches share the dictionaries that have grown so far.
    pub(super) fn finish(mut self) -> Table {
        let dictionaries: Vec<ArrayRef> =
            self.words.iter_mut().map(|words| Arc::clone(words.finish().values())).collect();
        let whole = |(column, dictionary): (ArrayRef, &ArrayRef)| match column
            .as_dictionary_opt::<Int32Type>()
        {
            Some(part) => {
                let keys = part.keys().clone();
                Arc::new(DictionaryArray::new(keys, Arc::clone(dictionary))) as ArrayRef
            }
            None => column,
        };
        let batches = self
            .batches
            .into_iter()
            .map(|columns| columns.into_iter().zip(&dictionaries).map(whole).collect())
            .map(|columns| {
                RecordBatch::try_new(Arc::clone(&self.schema), columns)
                    .expect("columns are filled by their sheet")
            })
            .collect();
        Table { schema: self.schema, batches }
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::PROBLEMS;
    use super::*;

    fn problem(filler: &mut Filler, source: &str, reason: &str) {
        filler.text("source", [source].into_iter());
        filler.word("reason", [reason].into_iter());
        filler.text("message", [""].into_iter());
        filler.number("score", [None].into_iter());
        filler.end_batch();
    }

    #[test]
    fn batches_share_one_dictionary() {
        let mut filler = Filler::new(&PROBLEMS, "");
        problem(&mut filler, "a", "empty");
        problem(&mut filler, "b", "panic");
        let table = filler.finish();
        let dictionaries: Vec<_> = table
            .batches
            .iter()
            .map(|batch| batch.column(1).as_dictionary::<Int32Type>().values().to_data())
            .collect();
        assert_eq!(dictionaries.len(), 2);
        assert_eq!(dictionaries[0], dictionaries[1]);
        assert_eq!(dictionaries[0].len(), 2);
    }

    #[test]
    #[should_panic(expected = "expected column reason, found message")]
    fn a_column_out_of_turn_is_refused() {
        let mut filler = Filler::new(&PROBLEMS, "");
        filler.text("source", ["a"].into_iter());
        filler.text("message", ["b"].into_iter());
    }
}
