//! All of it → the Python module `zhibiao._core`.
//!
//! The only folder that knows pyo3. It moves arguments in and tables out, keeps
//! the interpreter free while Rust works, and turns errors into exceptions; what
//! can be said in Python is said in `python/zhibiao/`.

#![allow(clippy::needless_pass_by_value)] // pyo3 hands over values

mod capsule;
mod error;
mod extraction;
mod files;
mod import;
mod parts;
mod reading;
mod rows;
mod run;
mod running;
mod scan;
mod stats;
mod table;

use std::ops::ControlFlow;
use std::path::PathBuf;

use pyo3::prelude::*;

use self::reading::Wanted;
use crate::corpus;
use crate::lexicon::Lexicon;

/// The compiled core of zhibiao.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::extraction::Extraction;
    #[pymodule_export]
    use super::files::{read_table, write_table};
    #[pymodule_export]
    use super::parts::{correct, find, merge};
    #[pymodule_export]
    use super::run::{extract, extract_table, read};
    #[pymodule_export]
    use super::scan::{Scan, scan, scan_table};
    #[pymodule_export]
    use super::stats::count_words;
    #[pymodule_export]
    use super::table::{Table, conflicts, divisions, mark_copies, panel};
    #[pymodule_export]
    use super::{codebook, decode, lexicon_digest, locate, names, version};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) {
        crate::pipeline::note_quietly();
    }
}

/// The version of the package.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The digest of the word lists that the package ships.
#[pyfunction]
fn lexicon_digest() -> &'static str {
    Lexicon::builtin().digest()
}

/// The codebook as Markdown.
#[pyfunction]
fn codebook() -> String {
    crate::panel::codebook::markdown()
}

/// The decoded texts of one file, or of the document of this name in it: what `start` and
/// `end` count in.
#[pyfunction]
#[pyo3(signature = (path, reading=None))]
fn decode(py: Python<'_>, path: PathBuf, reading: Option<Wanted>) -> PyResult<Vec<String>> {
    let mut texts = Vec::new();
    each(py, path, reading, |document| texts.push(document.text))?;
    Ok(texts)
}

/// The names of the documents of one file.
#[pyfunction]
#[pyo3(signature = (path, reading=None))]
fn names(py: Python<'_>, path: PathBuf, reading: Option<Wanted>) -> PyResult<Vec<String>> {
    let mut names = Vec::new();
    each(py, path, reading, |document| names.push(document.source))?;
    Ok(names)
}

/// The file that a document's name leads to, and the rest: `a.csv` and `#12` of `a.csv#12`.
#[pyfunction]
fn locate(name: &str) -> (PathBuf, &str) {
    let (file, rest) = corpus::locate(name);
    (file.into(), rest)
}

/// Hands every document of a file to `take`; problems count only where there is no document.
fn each(
    py: Python<'_>,
    path: PathBuf,
    reading: Option<Wanted>,
    mut take: impl FnMut(corpus::Document) + Send,
) -> PyResult<()> {
    let reading = reading.unwrap_or_default().reading()?;
    let problem = py.detach(|| {
        let (sources, mut problems) = corpus::find(&[path]);
        let mut any = false;
        for source in &sources {
            corpus::read_each(source, &reading, &mut |found| {
                match found {
                    Ok(document) => {
                        any = true;
                        take(document);
                    }
                    Err(problem) => problems.push(problem),
                }
                ControlFlow::Continue(())
            });
        }
        problems.into_iter().next().filter(|_| !any)
    });
    problem.map_or(Ok(()), |problem| Err(error::unreadable(&problem)))
}
