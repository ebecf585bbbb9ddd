//! A run in the background, while the interpreter stays awake.
//!
//! The work happens on a thread of its own, which owns the pool. The thread that
//! called from Python wakes often to look for Ctrl-C and to report progress, so
//! that a run ends within a moment of being asked to.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::extraction::Extraction;
use super::reading::Wanted;
use super::{error, import};
use crate::corpus::{self, Document, Reading};
use crate::lexicon::Lexicon;
use crate::panel::{Kept, LongTables, Tables};
use crate::pipeline::{self, Hint, Hints, Options, Progress, Stopped};

/// How often a waiting call looks for Ctrl-C and reports progress.
const WAKE: Duration = Duration::from_millis(60);

/// `(file, region, year, kept cells)` as an index table tells them.
type IndexRow = (String, Option<String>, Option<i16>, Vec<Option<String>>);

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
    let given = Given::new(threads, lexicon, index, reading)?;
    given.run(py, progress.as_ref(), |options, counts| run(&paths, &given.kept, options, counts))
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
    let given = Given::new(threads, lexicon, index, reading)?;
    let mut batches = import::reader(table)?;
    let kept = &given.kept;
    given.run(table.py(), progress.as_ref(), move |options, counts| {
        let mut tables = LongTables::keeping(options.lexicon, kept);
        pipeline::extract_batches("<frame>", &mut batches, options, counts, |batch| {
            tables.push(&batch.reports, &batch.problems);
        })?;
        Ok(tables.finish())
    })
}

/// What a run is given beside its sources.
struct Given {
    threads: usize,
    lexicon: Option<Lexicon>,
    hints: Hints,
    reading: Reading,
    kept: Kept,
}

impl Given {
    fn new(
        threads: usize,
        lexicon: Option<LexiconText>,
        index: Vec<IndexRow>,
        reading: Option<Wanted>,
    ) -> PyResult<Self> {
        let hint = |(source, region, year, kept)| (source, Hint { region, year, kept });
        let reading = reading.unwrap_or_default().reading()?;
        Ok(Self {
            threads,
            lexicon: lexicon_of(lexicon)?,
            hints: Hints::new(index.into_iter().map(hint)),
            kept: Kept::new(&reading.columns.keep)?,
            reading,
        })
    }

    /// Works on a thread of its own and waits for it.
    fn run(
        &self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        work: impl FnOnce(Options, &Progress) -> Result<Tables, Stopped> + Send,
    ) -> PyResult<Extraction> {
        let counts = Progress::default();
        let options = Options {
            lexicon: self.lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin()),
            threads: self.threads,
            hints: &self.hints,
            reading: &self.reading,
        };
        let tables = thread::scope(|scope| {
            let (send, done) = channel();
            let counts = &counts;
            // Nobody waits after Ctrl-C.
            scope.spawn(move || drop(send.send(work(options, counts))));
            // Waited for by one thread, and shared across `detach` all the same.
            let done = Mutex::new(done);
            let waited = wait(py, &done, counts, progress).inspect_err(|_| counts.cancel());
            // The thread may need the interpreter to end: a frame comes from Python.
            if waited.is_err() {
                py.detach(|| done.lock().expect("one waits").recv().ok());
            }
            waited
        })?;
        Extraction::new(py, tables)
    }
}

fn run(
    paths: &[PathBuf],
    kept: &Kept,
    options: Options,
    progress: &Progress,
) -> Result<Tables, Stopped> {
    let (sources, problems) = corpus::find(paths);
    let mut tables = LongTables::keeping(options.lexicon, kept);
    tables.push(&[], &problems);
    pipeline::extract(&sources, options, progress, |batch| {
        tables.push(&batch.reports, &batch.problems);
    })?;
    Ok(tables.finish())
}

/// Waits for the tables; wakes for signals and progress.
fn wait(
    py: Python<'_>,
    done: &Mutex<Receiver<Result<Tables, Stopped>>>,
    counts: &Progress,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tables> {
    let tell = || match progress {
        Some(progress) => {
            let ((sources, all_sources), (bytes, all_bytes)) = (counts.documents(), counts.bytes());
            progress.call1((sources, all_sources, bytes, all_bytes)).map(drop)
        }
        None => Ok(()),
    };
    loop {
        match py.detach(|| done.lock().expect("one waits").recv_timeout(WAKE)) {
            Ok(tables) => {
                tell()?;
                return Ok(tables?);
            }
            Err(RecvTimeoutError::Timeout) => {
                py.check_signals()?;
                tell()?;
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(error::bug("the run ended without a result"));
            }
        }
    }
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
