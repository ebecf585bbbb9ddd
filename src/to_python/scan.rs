//! The class `Scan`: one of the tables, batch by batch, as it is read.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::reading::Wanted;
use super::run::LexiconText;
use super::running::{Given, IndexRow, Input, Running};
use super::table::Table;
use super::{capsule, error, import};
use crate::panel::{LongTables, Table as Data, Tables};
use crate::pipeline::Batch;

/// Picks the table that is streamed.
type Pick = fn(Tables) -> Data;

fn pick(table: &str) -> PyResult<Pick> {
    match table {
        "observations" => Ok(|tables| tables.observations),
        "reports" => Ok(|tables| tables.reports),
        "sentences" => Ok(|tables| tables.sentences),
        "problems" => Ok(|tables| tables.problems),
        _ => Err(error::argument(format!("there is no table {table}"))),
    }
}

/// Turns what was read into batches of the table.
struct Maker {
    given: Arc<Given>,
    pick: Pick,
    schema: SchemaRef,
}

impl Maker {
    fn new(given: Arc<Given>, pick: Pick) -> Self {
        let schema = table(&given, pick, &Batch::default()).schema;
        Self { given, pick, schema }
    }

    fn make(&self, batch: &Batch) -> Data {
        table(&self.given, self.pick, batch)
    }
}

fn table(given: &Given, pick: Pick, batch: &Batch) -> Data {
    let mut tables = LongTables::keeping(given.lexicon(), &given.kept);
    tables.push(&batch.reports, &batch.problems);
    pick(tables.unmarked())
}

/// A run whose rows are handed on while it goes on.
#[pyclass(frozen, module = "zhibiao")]
pub(super) struct Scan {
    maker: Arc<Maker>,
    /// None once it is over, or has been handed over as a stream.
    running: Mutex<Option<Running>>,
}

impl Scan {
    fn start(given: Given, input: Input, table: &str) -> PyResult<Self> {
        let given = Arc::new(given);
        let maker = Arc::new(Maker::new(Arc::clone(&given), pick(table)?));
        Ok(Self { maker, running: Mutex::new(Some(Running::start(given, input))) })
    }
}

#[pymethods]
impl Scan {
    const fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let busy = || error::argument("another thread waits for the next batch".to_owned());
        let mut running = self.running.try_lock().map_err(|_| busy())?;
        while let Some(run) = running.as_ref() {
            let Some(batch) = run.next(py, None)? else {
                *running = None;
                break;
            };
            let table = py.detach(|| self.maker.make(&batch));
            if table.rows() > 0 {
                return Ok(Some(Table::new(table)));
            }
        }
        Ok(None)
    }

    /// The Arrow stream of what is left (PyCapsule interface); it can be taken once.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // the interface lets a producer ignore it; consumers cast
        let taken = self.running.try_lock().ok().and_then(|mut running| running.take());
        let running = taken.ok_or_else(|| {
            error::argument("the scan is over, or was taken before; scan anew".to_owned())
        })?;
        let stream = Stream { maker: Arc::clone(&self.maker), running };
        let stream = FFI_ArrowArrayStream::new(Box::new(stream));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The Arrow schema of the table (PyCapsule interface).
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.maker.schema)
    }

    fn __repr__(&self) -> String {
        let name = self.maker.schema.metadata().get("zhibiao.table");
        format!("<zhibiao.Scan of {}>", name.map_or("a table", AsRef::as_ref))
    }
}

/// What a consumer of Arrow pulls from.
struct Stream {
    maker: Arc<Maker>,
    running: Running,
}

impl Iterator for Stream {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.running.next_outside() {
                Ok(Some(batch)) => {
                    if let Some(batch) = self.maker.make(&batch).batches.pop() {
                        return Some(Ok(batch));
                    }
                }
                Ok(None) => return None,
                Err(told) => return Some(Err(ArrowError::ExternalError(told.into()))),
            }
        }
    }
}

impl RecordBatchReader for Stream {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.maker.schema)
    }
}

/// Starts a run over files.
#[pyfunction]
#[pyo3(signature = (paths, table, *, threads=0, batch_bytes=None, lexicon=None, index=Vec::new(), reading=None))]
pub(super) fn scan(
    paths: Vec<PathBuf>,
    table: &str,
    threads: usize,
    batch_bytes: Option<u64>,
    lexicon: Option<LexiconText>,
    index: Vec<IndexRow>,
    reading: Option<Wanted>,
) -> PyResult<Scan> {
    let given = Given::new(threads, lexicon, index, reading, batch_bytes)?;
    Scan::start(given, Input::Paths(paths), table)
}

/// Starts a run over the rows of a table in memory.
#[pyfunction]
#[pyo3(signature = (frame, table, *, threads=0, batch_bytes=None, lexicon=None, index=Vec::new(), reading=None))]
pub(super) fn scan_table(
    frame: &Bound<'_, PyAny>,
    table: &str,
    threads: usize,
    batch_bytes: Option<u64>,
    lexicon: Option<LexiconText>,
    index: Vec<IndexRow>,
    reading: Option<Wanted>,
) -> PyResult<Scan> {
    let given = Given::new(threads, lexicon, index, reading, batch_bytes)?;
    Scan::start(given, Input::Frame(import::reader(frame)?), table)
}
