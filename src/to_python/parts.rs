//! What a run in parts needs of the core: the list of sources, and parts put together.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;

use super::extraction::Extraction;
use super::run::{LexiconText, lexicon_of};
use crate::corpus;
use crate::lexicon::Lexicon;
use crate::panel::corrections;
use crate::panel::file::{self, FileError, TableFormat};
use crate::panel::{Kept, LongTables, Tables};

/// A source: its path, name and size.
type SourceRow = (PathBuf, String, u64);

/// The paths of a part's tables: reports, observations, sentences, problems.
type PartPaths = [PathBuf; 4];

/// The sources that `paths` lead to, in the order of a run, each with its path, name and size; and
/// tables of the paths that lead nowhere.
#[pyfunction]
#[pyo3(signature = (paths, *, lexicon=None, keep=Vec::new()))]
pub(super) fn find(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    lexicon: Option<LexiconText>,
    keep: Vec<String>,
) -> PyResult<(Vec<SourceRow>, Extraction)> {
    let lexicon = lexicon_of(lexicon)?;
    let kept = Kept::new(&keep)?;
    let (sources, problems) = py.detach(|| corpus::find(&paths));
    let lexicon = lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin());
    let mut tables = LongTables::keeping(lexicon, &kept);
    tables.push(&[], &problems);
    let sources = sources.into_iter().map(|source| (source.path, source.name, source.bytes));
    Ok((sources.collect(), Extraction::new(py, tables.finish())?))
}

/// The tables of a run from those of its parts.
#[pyfunction]
#[pyo3(signature = (parts, *, lexicon=None, keep=Vec::new()))]
pub(super) fn merge(
    py: Python<'_>,
    parts: Vec<PartPaths>,
    lexicon: Option<LexiconText>,
    keep: Vec<String>,
) -> PyResult<Extraction> {
    let lexicon = lexicon_of(lexicon)?;
    let lexicon = lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin());
    let mut tables = LongTables::keeping(lexicon, &Kept::new(&keep)?);
    for paths in &parts {
        py.check_signals()?;
        py.detach(|| tables.append(&read(paths)?).map_err(|error| stale(&paths[0], &error)))?;
    }
    Extraction::new(py, py.detach(|| tables.finish()))
}

fn read([reports, observations, sentences, problems]: &PartPaths) -> Result<Tables, FileError> {
    let table = |path: &Path| file::read(path, TableFormat::Arrow);
    Ok(Tables {
        reports: table(reports)?,
        observations: table(observations)?,
        sentences: table(sentences)?,
        problems: table(problems)?,
    })
}

fn stale(path: &Path, error: &arrow_schema::ArrowError) -> FileError {
    FileError { path: path.to_owned(), message: error.to_string(), io: None }
}

/// The tables of a run with the corrections of a CSV file, `source` by name, in them.
#[pyfunction]
#[pyo3(signature = (found, source, csv, *, lexicon=None))]
pub(super) fn correct(
    py: Python<'_>,
    found: &Extraction,
    source: &str,
    csv: &str,
    lexicon: Option<LexiconText>,
) -> PyResult<Extraction> {
    let lexicon = lexicon_of(lexicon)?;
    let lexicon = lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin());
    let tables = found.all();
    Extraction::new(py, py.detach(|| corrections::correct(tables, source, csv, lexicon))?)
}
