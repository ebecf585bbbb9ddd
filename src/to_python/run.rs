//! Whole runs, and the reading of one text.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::extraction::Extraction;
use super::import;
use super::reading::Wanted;
use super::running::{Given, IndexRow, Input, Running};
use crate::corpus::Document;
use crate::lexicon::Lexicon;
use crate::panel::LongTables;
use crate::pipeline::{self, Hint, Hints};

/// Name and text of a user's lexicon.
pub(super) type LexiconText = (String, String);

pub(super) fn lexicon_of(text: Option<LexiconText>) -> PyResult<Option<Lexicon>> {
    Ok(text.map(|(source, tsv)| Lexicon::with_metrics(&source, &tsv)).transpose()?)
}

/// Reads every source; `progress` is called with sources and bytes, done and all.
#[pyfunction]
#[pyo3(signature = (paths, *, threads=0, progress=None, lexicon=None, index=Vec::new(), reading=None))]
pub(super) fn extract(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    threads: usize,
    progress: Option<Bound<'_, PyAny>>,
    lexicon: Option<LexiconText>,
    index: Vec<IndexRow>,
    reading: Option<Wanted>,
) -> PyResult<Extraction> {
    let given = Given::new(threads, lexicon, index, reading, None)?;
    gather(py, given, Input::Paths(paths), progress.as_ref())
}

/// Reads every row of a table in memory: any object with `__arrow_c_stream__`.
#[pyfunction]
#[pyo3(signature = (table, *, threads=0, progress=None, lexicon=None, index=Vec::new(), reading=None))]
pub(super) fn extract_table(
    table: &Bound<'_, PyAny>,
    threads: usize,
    progress: Option<Bound<'_, PyAny>>,
    lexicon: Option<LexiconText>,
    index: Vec<IndexRow>,
    reading: Option<Wanted>,
) -> PyResult<Extraction> {
    let given = Given::new(threads, lexicon, index, reading, None)?;
    gather(table.py(), given, Input::Frame(import::reader(table)?), progress.as_ref())
}

/// Takes in every part of a run.
fn gather(
    py: Python<'_>,
    given: Given,
    input: Input,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Extraction> {
    let given = Arc::new(given);
    let running = Running::start(Arc::clone(&given), input);
    let mut tables = LongTables::keeping(given.lexicon(), &given.kept);
    while let Some(batch) = running.next(py, progress)? {
        py.detach(|| tables.push(&batch.reports, &batch.problems));
    }
    Extraction::new(py, py.detach(|| tables.finish()))
}

/// Reads one text.
#[pyfunction]
#[pyo3(signature = (text, *, region=None, year=None, source="text", lexicon=None))]
pub(super) fn read(
    py: Python<'_>,
    text: String,
    region: Option<String>,
    year: Option<i16>,
    source: &str,
    lexicon: Option<LexiconText>,
) -> PyResult<Extraction> {
    let user = lexicon_of(lexicon)?;
    let tables = py.detach(|| {
        let lexicon = user.as_ref().unwrap_or_else(|| Lexicon::builtin());
        let hints = Hints::new([(source.to_owned(), Hint { region, year, kept: Vec::new() })]);
        let found = pipeline::read_guarded(lexicon, &document(source, text), &hints);
        let mut tables = LongTables::new(lexicon);
        tables.push(&found.reports, &found.problems);
        tables.finish()
    });
    Extraction::new(py, tables)
}

/// A text at hand, as if it had been read from a source.
fn document(source: &str, text: String) -> Document {
    Document {
        source: source.to_owned(),
        ordinal: 0,
        content_id: format!("{:032x}", xxh3_128(text.as_bytes())),
        text,
        encoding: "utf-8",
        replaced: 0,
        region: None,
        year: None,
        kept: Vec::new(),
        warnings: Vec::new(),
    }
}
