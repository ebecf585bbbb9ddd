//! Errors → Python exceptions, all under `zhibiao.errors.ZhibiaoError`.

use arrow_schema::ArrowError;
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError, PyRuntimeError};
use pyo3::prelude::*;

use crate::lexicon::LexiconError;
use crate::panel::corrections::CorrectionError;
use crate::panel::file::FileError;
use crate::panel::{KeptError, PanelError};
use crate::pipeline::{Problem, Stopped};

mod python {
    pyo3::import_exception!(zhibiao.errors, ArgumentError);
    pyo3::import_exception!(zhibiao.errors, LexiconError);
    pyo3::import_exception!(zhibiao.errors, SourceError);
    pyo3::import_exception!(zhibiao.errors, SourceNotFoundError);
    pyo3::import_exception!(zhibiao.errors, TableError);
}

/// A bad argument, with what would be a good one.
pub(super) fn argument(message: String) -> PyErr {
    python::ArgumentError::new_err(message)
}

/// A single source that was asked for and cannot be read.
pub(super) fn unreadable(problem: &Problem) -> PyErr {
    let message = problem.message.clone();
    match problem.reason {
        "missing" => python::SourceNotFoundError::new_err(message),
        _ => python::SourceError::new_err(message),
    }
}

/// Something that cannot happen.
pub(super) fn bug(message: &'static str) -> PyErr {
    PyRuntimeError::new_err(message)
}

/// A stream that Arrow refuses.
pub(super) fn arrow(error: ArrowError) -> PyErr {
    let told = error.to_string();
    let remedy = if told.contains("\"Null\"") {
        // polars hands columns of its type Null over in a form that arrow-rs does not take.
        "; drop the columns that hold only nulls, or give them a type"
    } else if told.contains("as a Schema") {
        // The stream is a column: a series.
        "; give the whole frame and not one column of it"
    } else {
        ""
    };
    python::TableError::new_err(format!("the Arrow stream cannot be read: {told}{remedy}"))
}

impl From<PanelError> for PyErr {
    fn from(error: PanelError) -> Self {
        python::TableError::new_err(error.to_string())
    }
}

impl From<KeptError> for PyErr {
    fn from(error: KeptError) -> Self {
        argument(error.to_string())
    }
}

impl From<CorrectionError> for PyErr {
    fn from(error: CorrectionError) -> Self {
        argument(error.to_string())
    }
}

impl From<LexiconError> for PyErr {
    fn from(error: LexiconError) -> Self {
        python::LexiconError::new_err(error.to_string())
    }
}

impl From<FileError> for PyErr {
    fn from(error: FileError) -> Self {
        match error.io {
            Some(kind) => {
                let io = std::io::Error::new(kind, error.to_string());
                Self::from(io)
            }
            None => python::TableError::new_err(error.to_string()),
        }
    }
}

impl From<Stopped> for PyErr {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Cancelled => PyKeyboardInterrupt::new_err(()),
            Stopped::Threads(_) => PyOSError::new_err(stopped.to_string()),
        }
    }
}
