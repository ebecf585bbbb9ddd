//! Which reports are copies of one another: a pass over the table of reports alone.
//!
//! Copies have the same region and year, and one holds most of what the other holds
//! ([`crate::document::sketch`]). Of a group of copies the most complete one stands for all: no
//! fragment before a fragment, then the longer body, then the name that comes first. Two reports
//! of one region and year that differ, a spring and an autumn congress, are no copies.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BooleanArray, Int16Array, Int32Array, RecordBatch, StringArray,
};
use arrow_schema::DataType;

use super::{PanelError, Table, cast};
use crate::document::sketch::Sketch;

/// From this share on, of the smaller text in the larger one, two reports are copies. Reports of
/// neighbouring years share some hundredths, transcriptions of one report nine tenths.
const COPY: f64 = 0.5;

/// A report as far as copies need to know it.
#[derive(Clone)]
struct Row {
    id: String,
    /// Region and year; an unknown region is one of its own.
    key: Option<(String, i16)>,
    source: String,
    fragment: bool,
    characters: i32,
    sketch: Sketch,
}

impl Row {
    /// The most complete report comes first.
    fn order(&self) -> (bool, i32, &str) {
        (self.fragment, -self.characters, &self.source)
    }
}

/// The table with its column `duplicate_of` filled: the report that stands for a copy, null where
/// a report stands for itself.
///
/// # Errors
/// [`PanelError`] where the table lacks a column of reports.
pub fn mark(reports: &Table) -> Result<Table, PanelError> {
    let rows = reports.batches.iter().map(rows).collect::<Result<Vec<_>, _>>()?.concat();
    let standing = stand_ins(&rows);
    let mut at = 0;
    let batches = reports.batches.iter().map(|batch| {
        let ids = &standing[at..at + batch.num_rows()];
        at += batch.num_rows();
        replaced(batch, ids.iter().map(|stand| stand.map(|i| rows[i].id.as_str())).collect())
    });
    Ok(Table { schema: reports.schema.clone(), batches: batches.collect::<Result<_, _>>()? })
}

/// For each report the one that stands for it, if another does.
fn stand_ins(rows: &[Row]) -> Vec<Option<usize>> {
    let mut groups: BTreeMap<&(String, i16), Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        if let Some(key) = &row.key {
            groups.entry(key).or_default().push(i);
        }
    }
    let mut standing = vec![None; rows.len()];
    for mut group in groups.into_values() {
        group.sort_by(|&a, &b| rows[a].order().cmp(&rows[b].order()));
        for (n, &i) in group.iter().enumerate() {
            let alike = |&&j: &&usize| rows[j].sketch.containment(&rows[i].sketch) >= COPY;
            let before = group[..n].iter().filter(|&&j| standing[j].is_none()).find(alike);
            standing[i] = before.copied();
        }
    }
    standing
}

fn rows(batch: &RecordBatch) -> Result<Vec<Row>, PanelError> {
    let text = |name| strings(batch, name);
    let (ids, sources, prints) = (text("report_id")?, text("source")?, text("fingerprint")?);
    let (entities, regions) = (text("entity_id")?, text("region")?);
    let years = column(batch, "report_year", &DataType::Int16)?;
    let years: &Int16Array = typed(&years);
    let fragments = column(batch, "fragment", &DataType::Boolean)?;
    let fragments: &BooleanArray = typed(&fragments);
    let lengths = column(batch, "n_characters", &DataType::Int32)?;
    let lengths: &Int32Array = typed(&lengths);
    let told =
        |array: &StringArray, i: usize| (!array.is_null(i)).then(|| array.value(i).to_owned());
    let row = |i: usize| {
        let region = told(&entities, i).or_else(|| told(&regions, i));
        let year = (!years.is_null(i)).then(|| years.value(i));
        Row {
            id: told(&ids, i).unwrap_or_default(),
            key: year.map(|year| (region.unwrap_or_default(), year)),
            source: told(&sources, i).unwrap_or_default(),
            fragment: fragments.value(i),
            characters: lengths.value(i),
            sketch: Sketch::parse(prints.value(i)).unwrap_or_default(),
        }
    };
    Ok((0..batch.num_rows()).map(row).collect())
}

fn strings(batch: &RecordBatch, name: &'static str) -> Result<StringArray, PanelError> {
    cast::strings(batch, name).map_err(|_| PanelError::NoReports(name))
}

fn column(
    batch: &RecordBatch,
    name: &'static str,
    data: &DataType,
) -> Result<ArrayRef, PanelError> {
    cast::column(batch, name, data).map_err(|_| PanelError::NoReports(name))
}

fn typed<T: 'static>(array: &ArrayRef) -> &T {
    array.as_any().downcast_ref().expect("it was cast to this type")
}

fn replaced(batch: &RecordBatch, ids: Vec<Option<&str>>) -> Result<RecordBatch, PanelError> {
    let at = batch.schema().index_of("duplicate_of");
    let at = at.map_err(|_| PanelError::NoReports("duplicate_of"))?;
    let mut columns = batch.columns().to_vec();
    columns[at] = Arc::new(StringArray::from(ids));
    RecordBatch::try_new(batch.schema(), columns).map_err(|_| PanelError::NoReports("duplicate_of"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sketch::tests::text;

    fn row(id: &str, year: i16, fragment: bool, words: &str) -> Row {
        Row {
            id: id.to_owned(),
            key: Some(("421083".to_owned(), year)),
            source: id.to_owned(),
            fragment,
            characters: words.chars().count() as i32,
            sketch: Sketch::of(words),
        }
    }

    #[test]
    fn the_most_complete_copy_stands_for_the_others() {
        let whole = text(0, 400);
        let rows = [
            row("part", 2024, true, &text(0, 250)),
            row("copy", 2024, false, &whole),
            row("best", 2024, false, &whole),
            row("autumn", 2024, false, &text(900, 1300)),
            row("before", 2023, false, &whole),
        ];
        assert_eq!(stand_ins(&rows), [Some(2), Some(2), None, None, None]);
    }

    #[test]
    fn a_report_of_no_year_is_no_copy() {
        let mut rows = [row("a", 2024, false, &text(0, 400)), row("b", 2024, false, &text(0, 400))];
        rows[1].key = None;
        assert_eq!(stand_ins(&rows), [None, None]);
    }
}
