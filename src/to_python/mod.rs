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
mod rows;
mod run;
mod table;

use pyo3::prelude::*;

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
    use super::run::{extract, read};
    #[pymodule_export]
    use super::table::{Table, panel};
    #[pymodule_export]
    use super::{codebook, decode, lexicon_digest, version};

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

/// The decoded texts of one file: what `start` and `end` count in.
#[pyfunction]
fn decode(py: Python<'_>, path: std::path::PathBuf) -> PyResult<Vec<String>> {
    let documents = py.detach(|| {
        let (sources, problems) = corpus::find(std::slice::from_ref(&path));
        match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => sources.iter().map(corpus::read).collect::<Result<Vec<_>, _>>(),
        }
    });
    let documents = documents.map_err(|problem| error::unreadable(&problem))?;
    Ok(documents.into_iter().flatten().map(|document| document.text).collect())
}
