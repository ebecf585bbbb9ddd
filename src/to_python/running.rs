//! A run on a thread of its own, whose parts are waited for while the interpreter stays awake.
//!
//! The thread owns the pool. It hands on a part at a time and waits until that is taken, so that
//! memory is bounded by the size of a part. Whoever waits wakes often to look for Ctrl-C and to report
//! progress, so that a run ends within a moment of being asked to.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use pyo3::prelude::*;

use super::error;
use super::reading::Wanted;
use super::run::{LexiconText, lexicon_of};
use crate::corpus::{self, Reading};
use crate::lexicon::Lexicon;
use crate::panel::Kept;
use crate::pipeline::{self, Batch, Hint, Hints, Options, Progress, Stopped};

/// How often a waiting call looks for Ctrl-C and reports progress.
const WAKE: Duration = Duration::from_millis(60);

/// `(file, region, year, kept cells)` as an index table tells them.
pub(super) type IndexRow = (String, Option<String>, Option<i16>, Vec<Option<String>>);

/// What is read.
pub(super) enum Input {
    Paths(Vec<PathBuf>),
    /// A table in memory: any object with `__arrow_c_stream__`.
    Frame(RecordBatchStreamReader),
}

/// What a run is given beside its sources.
pub(super) struct Given {
    threads: usize,
    lexicon: Option<Lexicon>,
    hints: Hints,
    reading: Reading,
    pub(super) kept: Kept,
    /// Bytes of sources in a part; as the pipeline thinks best if not given.
    batch_bytes: Option<u64>,
}

impl Given {
    pub(super) fn new(
        threads: usize,
        lexicon: Option<LexiconText>,
        index: Vec<IndexRow>,
        reading: Option<Wanted>,
        batch_bytes: Option<u64>,
    ) -> PyResult<Self> {
        let hint = |(source, region, year, kept)| (source, Hint { region, year, kept });
        let reading = reading.unwrap_or_default().reading()?;
        Ok(Self {
            threads,
            lexicon: lexicon_of(lexicon)?,
            hints: Hints::new(index.into_iter().map(hint)),
            kept: Kept::new(&reading.columns.keep)?,
            reading,
            batch_bytes,
        })
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin())
    }

    fn read(
        &self,
        input: Input,
        progress: &Progress,
        mut hand_on: impl FnMut(Batch) + Send,
    ) -> Result<(), Stopped> {
        let options = Options {
            lexicon: self.lexicon(),
            threads: self.threads,
            hints: &self.hints,
            reading: &self.reading,
            batch_bytes: self.batch_bytes.unwrap_or(pipeline::BATCH_BYTES),
        };
        match input {
            Input::Paths(paths) => {
                let (sources, problems) = corpus::find(&paths);
                if !problems.is_empty() {
                    hand_on(Batch { reports: Vec::new(), problems });
                }
                pipeline::extract(&sources, options, progress, hand_on)
            }
            Input::Frame(mut frame) => {
                pipeline::extract_batches("<frame>", &mut frame, options, progress, hand_on)
            }
        }
    }
}

/// A part of a run; none at its end.
type Part = Result<Option<Batch>, Stopped>;

/// A run that goes on in the background; it is cancelled when this is dropped.
pub(super) struct Running {
    /// Waited for by one thread at a time.
    parts: Mutex<Receiver<Part>>,
    progress: Arc<Progress>,
}

impl Running {
    pub(super) fn start(given: Arc<Given>, input: Input) -> Self {
        let progress = Arc::new(Progress::default());
        let (send, parts) = sync_channel(1);
        let counts = Arc::clone(&progress);
        thread::spawn(move || {
            let hand_on = |batch| {
                if send.send(Ok(Some(batch))).is_err() {
                    counts.cancel(); // nobody waits any more
                }
            };
            let done = given.read(input, &counts, hand_on);
            drop(send.send(done.map(|()| None)));
        });
        Self { parts: Mutex::new(parts), progress }
    }

    /// The next part; `tell` is called with sources and bytes, done and all, while it is waited for.
    pub(super) fn next(
        &self,
        py: Python<'_>,
        tell: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<Batch>> {
        let found = self.wait(py, tell);
        if found.is_err() {
            self.end(py);
        }
        found
    }

    fn wait(&self, py: Python<'_>, tell: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Batch>> {
        loop {
            match py.detach(|| self.parts().recv_timeout(WAKE)) {
                Ok(part) => {
                    self.tell(tell)?;
                    return Ok(part?);
                }
                Err(RecvTimeoutError::Timeout) => {
                    py.check_signals()?;
                    self.tell(tell)?;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(error::bug("the run ended without a result"));
                }
            }
        }
    }

    /// The same for whoever is no thread of Python, or may be one.
    pub(super) fn next_outside(&self) -> Result<Option<Batch>, String> {
        // The run may need the interpreter, which the consumer of a stream may hold.
        let part = Python::attach(|py| py.detach(|| self.parts().recv()));
        part.map_err(|_| "the run ended without a result")?.map_err(|stopped| stopped.to_string())
    }

    /// # Panics
    /// Never: nobody panics while waiting.
    fn parts(&self) -> MutexGuard<'_, Receiver<Part>> {
        self.parts.lock().expect("nobody panics while waiting")
    }

    fn tell(&self, tell: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let Some(tell) = tell else { return Ok(()) };
        let ((sources, all_sources), (bytes, all_bytes)) =
            (self.progress.documents(), self.progress.bytes());
        tell.call1((sources, all_sources, bytes, all_bytes)).map(drop)
    }

    /// Ends the run. Its thread may need the interpreter to end: a frame comes from Python.
    fn end(&self, py: Python<'_>) {
        self.progress.cancel();
        py.detach(|| self.parts().iter().for_each(drop));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}
