//! What a reader has corrected, put into the tables of a run.
//!
//! A correction names a report by its `content_id`, a span of its text and a field; it holds where the
//! field still has its old value, and is stale where it has not, or where there is no such report or
//! span. Stale ones change nothing and become rows of `problems`. [`line`] reads the file.
//!
//! Corrections are applied in the order of the file, so that a later one sees what an earlier one did.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, Int32Array, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Schema};
use arrow_select::filter::filter_record_batch;
use xxhash_rust::xxh3::xxh3_128;

use self::line::{Correction, Field};
use super::cast::{column as column_of, strings};
use super::column::Filler;
use super::schema::{OBSERVATIONS, PROBLEMS};
use super::{Table, Tables};
use crate::lexicon::Lexicon;

mod line;

/// Under this key the schema of the observations tells the digest of the corrections.
pub const DIGEST: &str = "zhibiao.corrections";
/// The word for a correction that holds nowhere.
pub const STALE: &str = "stale_correction";

/// A file of corrections that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    #[error("{source_name}: {why}")]
    Head { source_name: String, why: String },
    #[error("{source_name}, line {line}, column {column}: {why}")]
    Cell { source_name: String, line: u64, column: String, why: String },
    #[error("the tables are not those of an extraction of this version: {0}; extract anew")]
    Tables(#[from] ArrowError),
}

/// A row of the observations: batch, and row within it.
type Place = (usize, usize);
/// What a row is corrected by: report, start and end.
type Span = (String, i32, i32);

/// The tables with the corrections of a CSV file in them.
///
/// # Errors
/// Names the line and the column of what cannot be read, and says what is expected there.
pub fn correct(
    mut tables: Tables,
    source_name: &str,
    csv: &str,
    lexicon: &Lexicon,
) -> Result<Tables, CorrectionError> {
    let corrections = line::read(source_name, csv, lexicon)?;
    let mut sheet = Edited::new(&tables, &corrections)?;
    let mut stale = Vec::new();
    for correction in &corrections {
        if let Err(why) = sheet.apply(correction, lexicon) {
            stale.push(format!(
                "{source_name}, line {}: {why}; correct or remove the line",
                correction.line
            ));
        }
    }
    sheet.check(source_name)?;
    let digest = format!("{:032x}", xxh3_128(csv.as_bytes()));
    let observations = sheet.finish(&digest)?;
    tables.reports = counted(&tables.reports, &observations)?;
    tables.problems = with_stale(&tables.problems, source_name, &stale)?;
    tables.observations = observations;
    Ok(tables)
}

/// The observations, with what has been changed in them.
struct Edited<'a> {
    table: &'a Table,
    rows: HashMap<Span, Vec<Place>>,
    contents: HashSet<String>,
    /// By batch and column, then by row.
    cells: BTreeMap<(usize, usize), BTreeMap<usize, Option<String>>>,
    deleted: BTreeSet<Place>,
    /// The line that changed a row last.
    lines: BTreeMap<Place, u64>,
}

impl<'a> Edited<'a> {
    fn new(tables: &'a Tables, corrections: &[Correction]) -> Result<Self, ArrowError> {
        let mut contents: HashMap<String, String> = HashMap::new();
        for batch in &tables.reports.batches {
            let (ids, hashes) = (strings(batch, "report_id")?, strings(batch, "content_id")?);
            contents.extend(
                (0..batch.num_rows())
                    .map(|row| (ids.value(row).to_owned(), hashes.value(row).to_owned())),
            );
        }
        let wanted: HashSet<Span> = corrections.iter().map(Correction::span).collect();
        let mut rows: HashMap<Span, Vec<Place>> = HashMap::new();
        for (number, batch) in tables.observations.batches.iter().enumerate() {
            let ids = strings(batch, "report_id")?;
            let (starts, ends) = (counts(batch, "start")?, counts(batch, "end")?);
            for row in 0..batch.num_rows() {
                let Some(content) = contents.get(ids.value(row)) else { continue };
                let span = (content.clone(), starts.value(row), ends.value(row));
                if wanted.contains(&span) {
                    rows.entry(span).or_default().push((number, row));
                }
            }
        }
        let contents = contents.into_values().collect();
        let table = &tables.observations;
        Ok(Self {
            table,
            rows,
            contents,
            cells: BTreeMap::new(),
            deleted: BTreeSet::new(),
            lines: BTreeMap::new(),
        })
    }

    /// Changes every row of the span that has the old value; says why there is none.
    fn apply(&mut self, correction: &Correction, lexicon: &Lexicon) -> Result<(), String> {
        let Correction { report, start, end, .. } = correction;
        let there: Vec<Place> = self.rows.get(&correction.span()).cloned().unwrap_or_default();
        let there: Vec<Place> =
            there.into_iter().filter(|place| !self.deleted.contains(place)).collect();
        if there.is_empty() {
            return Err(if self.contents.contains(report) {
                format!("report {report} has no observation from {start} to {end}")
            } else {
                format!("no report has the content_id {report}")
            });
        }
        let Field::Column(name) = correction.field else {
            if correction.deletes() {
                self.deleted.extend(there);
            }
            return Ok(());
        };
        let holds = |place: &Place| correction.holds(self.text(*place, name).as_deref());
        let (held, others): (Vec<Place>, Vec<Place>) = there.into_iter().partition(holds);
        if let (true, Some(other)) = (held.is_empty(), others.first()) {
            let now = self.text(*other, name).unwrap_or_default();
            return Err(format!(
                "{name} from {start} to {end} is {now:?} and not {:?}",
                correction.old
            ));
        }
        held.into_iter().try_for_each(|place| self.change(place, correction, name, lexicon))
    }

    fn change(
        &mut self,
        place: Place,
        correction: &Correction,
        name: &'static str,
        lexicon: &Lexicon,
    ) -> Result<(), String> {
        let new = correction.value();
        match name {
            "value_low" | "value_high" => {
                let base = if name == "value_low" { "base_low" } else { "base_high" };
                let based = new.as_deref().map(|new| self.based(place, new)).transpose()?;
                self.set(place, base, based);
            }
            "metric" => {
                let metric = new.as_deref().and_then(|id| lexicon.find_metric(id));
                self.set(place, "metric_zh", metric.map(|id| lexicon.metric(id).zh.clone()));
            }
            "vintage" => {
                self.set(
                    place,
                    "estimated",
                    Some((new.as_deref() == Some("expected")).to_string()),
                );
            }
            _ => {}
        }
        self.set(place, name, new);
        self.lines.insert(place, correction.line);
        Ok(())
    }

    /// A new value in base units, by the factor between the old ones.
    fn based(&self, place: Place, new: &str) -> Result<String, String> {
        let number = |name| self.text(place, name).and_then(|text| text.parse::<f64>().ok());
        let pairs = [("value_low", "base_low"), ("value_high", "base_high")];
        let factor = pairs.into_iter().find_map(|(value, base)| {
            let (value, base) = (number(value)?, number(base)?);
            (value != 0.0).then(|| digits(base / value, 12))
        });
        let same = self.text(place, "unit") == self.text(place, "base_unit");
        let factor = factor.or(same.then_some(1.0));
        let factor = factor.ok_or("its unit cannot be told from a row without a number")?;
        Ok(digits(new.parse::<f64>().expect("checked") * factor, 15).to_string())
    }

    fn set(&mut self, (batch, row): Place, name: &str, value: Option<String>) {
        self.cells.entry((batch, column(name))).or_default().insert(row, value);
    }

    /// What a cell holds now.
    fn text(&self, (batch, row): Place, name: &str) -> Option<String> {
        let at = column(name);
        if let Some(edited) = self.cells.get(&(batch, at)).and_then(|rows| rows.get(&row)) {
            return edited.clone();
        }
        let cell = self.table.batches[batch].column(at).slice(row, 1);
        let cell = cast(&cell, &DataType::Utf8).expect("every field of a correction has words");
        let cell = cell.as_string::<i32>();
        cell.is_valid(0).then(|| cell.value(0).to_owned())
    }

    /// Refuses rows whose fields do not fit together once all corrections are in.
    fn check(&self, source_name: &str) -> Result<(), CorrectionError> {
        for (place, line) in &self.lines {
            for (low, high) in [("value_low", "value_high"), ("period_start", "period_end")] {
                let number =
                    |name| self.text(*place, name).and_then(|text| text.parse::<f64>().ok());
                if let (Some(first), Some(last)) = (number(low), number(high))
                    && first > last
                {
                    return Err(CorrectionError::Cell {
                        source_name: source_name.to_owned(),
                        line: *line,
                        column: "new".to_owned(),
                        why: format!(
                            "{low} would be {first} and {high} {last}; give a line for each of both"
                        ),
                    });
                }
            }
        }
        Ok(())
    }

    fn finish(&self, digest: &str) -> Result<Table, ArrowError> {
        let mut out =
            Filler::new(&OBSERVATIONS, self.table.metadata("zhibiao.lexicon").unwrap_or_default());
        for (number, batch) in self.table.batches.iter().enumerate() {
            let mut columns = batch.columns().to_vec();
            for ((_, at), cells) in self.cells.range((number, 0)..(number + 1, 0)) {
                columns[*at] = replaced(&columns[*at], cells)?;
            }
            let edited = RecordBatch::try_new(batch.schema(), columns)?;
            let stays: BooleanArray = (0..batch.num_rows())
                .map(|row| Some(!self.deleted.contains(&(number, row))))
                .collect();
            out.rows_of(&filter_record_batch(&edited, &stays)?)?;
        }
        let Table { schema, batches } = out.finish();
        let mut metadata = schema.metadata().clone();
        metadata.insert(DIGEST, digest);
        let schema = Arc::new(Schema::new_with_metadata(schema.fields().clone(), metadata));
        let with = |batch: RecordBatch| batch.with_schema(Arc::clone(&schema));
        Ok(Table { batches: batches.into_iter().map(with).collect::<Result<_, _>>()?, schema })
    }
}

/// The place of a column of the observations.
fn column(name: &str) -> usize {
    OBSERVATIONS.position(name).expect("a column of the observations")
}

/// A number with so many significant digits.
fn digits(number: f64, digits: usize) -> f64 {
    format!("{number:.*e}", digits - 1).parse().unwrap_or(number)
}

fn replaced(
    column: &ArrayRef,
    cells: &BTreeMap<usize, Option<String>>,
) -> Result<ArrayRef, ArrowError> {
    let texts = cast(column, &DataType::Utf8)?;
    let texts = texts.as_string::<i32>();
    let cell = |row: usize| match cells.get(&row) {
        Some(edited) => edited.as_deref(),
        None => texts.is_valid(row).then(|| texts.value(row)),
    };
    let edited: StringArray = (0..texts.len()).map(cell).collect();
    cast(&edited, column.data_type())
}

fn counts(batch: &RecordBatch, name: &str) -> Result<Int32Array, ArrowError> {
    Ok(column_of(batch, name, &DataType::Int32)?.as_primitive::<Int32Type>().clone())
}

/// The reports with their rows counted anew.
fn counted(reports: &Table, observations: &Table) -> Result<Table, ArrowError> {
    let mut rows: HashMap<String, i32> = HashMap::new();
    for batch in &observations.batches {
        let ids = strings(batch, "report_id")?;
        (0..batch.num_rows())
            .for_each(|row| *rows.entry(ids.value(row).to_owned()).or_default() += 1);
    }
    let counted = |batch: &RecordBatch| {
        let ids = strings(batch, "report_id")?;
        let count = |row| rows.get(ids.value(row)).copied().unwrap_or_default();
        let mut columns = batch.columns().to_vec();
        columns[batch.schema().index_of("n_observations")?] =
            Arc::new((0..batch.num_rows()).map(|row| Some(count(row))).collect::<Int32Array>());
        RecordBatch::try_new(batch.schema(), columns)
    };
    let batches = reports.batches.iter().map(counted).collect::<Result<_, _>>()?;
    Ok(Table { schema: Arc::clone(&reports.schema), batches })
}

fn with_stale(problems: &Table, source_name: &str, stale: &[String]) -> Result<Table, ArrowError> {
    let mut out = Filler::new(&PROBLEMS, problems.metadata("zhibiao.lexicon").unwrap_or_default());
    problems.batches.iter().try_for_each(|batch| out.rows_of(batch))?;
    out.text("source", stale.iter().map(|_| source_name));
    out.word("reason", stale.iter().map(|_| STALE));
    out.text("message", stale.iter().map(String::as_str));
    out.number("score", stale.iter().map(|_| None));
    out.end_batch();
    Ok(out.finish())
}
