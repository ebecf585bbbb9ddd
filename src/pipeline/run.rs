//! Many sources over threads, in the order of the sources.
//!
//! Sources are taken in batches of some megabytes; within a batch the largest
//! goes first, so that no thread is left with a long one at the end. What a batch
//! gave is handed on in the order of the sources: neither the number of threads
//! nor their luck can be seen in the rows. Batches bound the memory of a run. While
//! the threads read a batch, the one before it is taken in.
//!
//! A large table or archive is no member of a batch: its documents are read by all
//! threads, some at a time, in their order.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use arrow_array::RecordBatchReader;
use rayon::prelude::*;

use super::progress::Progress;
use super::{Hints, Problem, Report, panics, read_document};
use crate::corpus::{self, Document, Reading, Source};
use crate::lexicon::Lexicon;

/// The bytes of a batch: enough to keep many threads busy, little enough to hold
/// with all that is read from it.
pub const BATCH_BYTES: u64 = 16 << 20;
const BATCH_SOURCES: usize = 4096;

/// Documents of a table or an archive that are read at a time.
const CHUNK_DOCUMENTS: usize = 256;

/// A table or archive of more bytes is read by all threads, a smaller one by one.
const LARGE: u64 = 1 << 20;

/// What to read with, and on how many threads.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub lexicon: &'a Lexicon,
    /// Threads of this run; 0 for one a core.
    pub threads: usize,
    /// Regions and years that a user knows better than the text.
    pub hints: &'a Hints,
    /// Columns of tables, and limits.
    pub reading: &'a Reading,
    /// Bytes of sources that are read and handed on together: [`BATCH_BYTES`], or less memory.
    pub batch_bytes: u64,
}

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error("the run was cancelled")]
    Cancelled,
    #[error("{0} threads could not be started; ask for fewer")]
    Threads(usize),
}

/// What a batch of sources gave, or a part of one source, in their order.
#[derive(Debug, Default)]
pub struct Batch {
    pub reports: Vec<Report>,
    pub problems: Vec<Problem>,
}

impl Batch {
    fn extend(&mut self, more: Self) {
        self.reports.extend(more.reports);
        self.problems.extend(more.problems);
    }

    fn of(found: Result<Vec<Report>, Problem>) -> Self {
        match found {
            Ok(reports) => Self { reports, problems: Vec::new() },
            Err(problem) => Self { reports: Vec::new(), problems: vec![problem] },
        }
    }
}

/// Reads every source and hands each batch to `sink`.
///
/// A source that cannot be read, or whose reading panics, becomes a problem and
/// costs no other source its rows. `progress` counts along, and is asked before
/// each source whether the run shall go on.
///
/// # Errors
/// [`Stopped`] when the run was cancelled, or its threads could not be started.
pub fn extract(
    sources: &[Source],
    options: Options,
    progress: &Progress,
    mut sink: impl FnMut(Batch) + Send,
) -> Result<(), Stopped> {
    let pool = pool(options)?;
    progress.expect(sources);
    thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        scope.spawn(move || receive.into_iter().for_each(&mut sink));
        // Where the sink panicked nobody receives; the scope passes that on.
        let emit = |batch| send.send(batch).is_ok();
        for batch in batches(sources, options.batch_bytes) {
            let outcomes = pool.install(|| read_batch(batch, options, progress));
            if !progress.is_cancelled() {
                pool.install(|| hand_on(batch, outcomes, options, progress, &emit));
            }
            if progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
        }
        Ok(())
    })
}

/// Reads every row of a table in memory, as [`extract`] reads those of files.
///
/// # Errors
/// As [`extract`].
pub fn extract_batches(
    name: &str,
    table: &mut (dyn RecordBatchReader + Send),
    options: Options,
    progress: &Progress,
    mut sink: impl FnMut(Batch) + Send,
) -> Result<(), Stopped> {
    let pool = pool(options)?;
    let source = Source { path: name.into(), name: name.to_owned(), bytes: 0 };
    progress.expect(std::slice::from_ref(&source));
    pool.install(|| {
        let read =
            |each: &mut corpus::Sink| corpus::read_batches(name, table, options.reading, each);
        read_chunks(name, read, options, progress, &mut |batch| sink(batch));
    });
    if progress.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    progress.done(&source);
    Ok(())
}

fn pool(options: Options) -> Result<rayon::ThreadPool, Stopped> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .thread_name(|number| format!("zhibiao-{number}"))
        .build()
        .map_err(|_| Stopped::Threads(options.threads))
}

/// Cuts the sources where a batch is full.
fn batches(mut sources: &[Source], most: u64) -> impl Iterator<Item = &[Source]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |source: &&Source| {
            let first = bytes == 0;
            bytes += source.bytes;
            first || bytes <= most
        };
        let length = sources.iter().take(BATCH_SOURCES).take_while(fits).count();
        let (batch, rest) = sources.split_at(length);
        sources = rest;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Hands the outcomes of a batch on in the order of its sources, and reads those
/// that were left for all threads.
fn hand_on(
    batch: &[Source],
    outcomes: Vec<Option<Batch>>,
    options: Options,
    progress: &Progress,
    emit: &(dyn Fn(Batch) -> bool + Sync),
) {
    let mut gathered = Batch::default();
    for (source, outcome) in batch.iter().zip(outcomes) {
        if let Some(outcome) = outcome {
            gathered.extend(outcome);
        } else {
            emit(std::mem::take(&mut gathered));
            read_source(source, options, progress, &mut |part| _ = emit(part));
            progress.done(source);
        }
    }
    emit(gathered);
}

/// Every thread of the pool takes the largest source that is left; what only all of them
/// together shall read is none.
fn read_batch(batch: &[Source], options: Options, progress: &Progress) -> Vec<Option<Batch>> {
    let mut order: Vec<usize> = (0..batch.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(batch[at].bytes));
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(batch.len())));
    rayon::broadcast(|_| {
        let mut mine = Vec::new();
        while let Some(&at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if progress.is_cancelled() {
                break;
            }
            let source = &batch[at];
            if source.bytes > LARGE && corpus::holds_many(source) {
                mine.push((at, None));
                continue;
            }
            let mut outcome = Batch::default();
            read_source(source, options, progress, &mut |part| outcome.extend(part));
            mine.push((at, Some(outcome)));
            progress.done(source);
        }
        done.lock().expect("no thread panics here").append(&mut mine);
    });
    let mut done = done.into_inner().expect("no thread panics here");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn read_source(
    source: &Source,
    options: Options,
    progress: &Progress,
    emit: &mut dyn FnMut(Batch),
) {
    let read = |each: &mut corpus::Sink| corpus::read_each(source, options.reading, each);
    read_chunks(&source.name, read, options, progress, emit);
}

/// Reads the documents that `read` gives, some at a time.
fn read_chunks(
    name: &str,
    read: impl FnOnce(&mut corpus::Sink),
    options: Options,
    progress: &Progress,
    emit: &mut dyn FnMut(Batch),
) {
    let mut chunk = Chunk::default();
    let mut each = |found| {
        chunk.push(found);
        if chunk.is_full(options.batch_bytes) {
            emit(std::mem::take(&mut chunk).read(options));
        }
        if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let done = catch_unwind(AssertUnwindSafe(|| read(&mut each)));
    emit(chunk.read(options));
    if let Err(panic) = done {
        emit(Batch::of(Err(panics::problem(name, panic.as_ref()))));
    }
}

/// Documents that wait to be read.
#[derive(Default)]
struct Chunk {
    found: Vec<Result<Document, Problem>>,
    bytes: usize,
}

impl Chunk {
    fn push(&mut self, found: Result<Document, Problem>) {
        self.bytes += found.as_ref().map_or(0, |document| document.text.len());
        self.found.push(found);
    }

    fn is_full(&self, most: u64) -> bool {
        self.found.len() >= CHUNK_DOCUMENTS || self.bytes as u64 >= most
    }

    /// What is in the documents, in their order.
    fn read(self, options: Options) -> Batch {
        let read = |found| match found {
            Ok(document) => read_one(&document, options),
            Err(problem) => Batch::of(Err(problem)),
        };
        let mut batch = Batch::default();
        if self.found.len() == 1 {
            for part in self.found.into_iter().map(read) {
                batch.extend(part);
            }
        } else {
            let parts: Vec<Batch> = self.found.into_par_iter().map(read).collect();
            for part in parts {
                batch.extend(part);
            }
        }
        batch
    }
}

fn read_one(document: &Document, options: Options) -> Batch {
    read_guarded(options.lexicon, document, options.hints)
}

/// Reads one document as [`read_document`] does; where that panics, the document has a problem and
/// no other is affected.
#[must_use]
pub fn read_guarded(lexicon: &Lexicon, document: &Document, hints: &Hints) -> Batch {
    guarded(&document.source, || read_document(lexicon, document, hints))
}

fn guarded(source: &str, read: impl FnOnce() -> Result<Vec<Report>, Problem>) -> Batch {
    let read = catch_unwind(AssertUnwindSafe(read));
    Batch::of(read.unwrap_or_else(|panic| Err(panics::problem(source, panic.as_ref()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(sizes: &[u64]) -> Vec<Source> {
        let source = |(at, &bytes): (usize, &u64)| {
            let name = format!("{at}.txt");
            Source { path: (&name).into(), name, bytes }
        };
        sizes.iter().enumerate().map(source).collect()
    }

    fn options<'a>(threads: usize, hints: &'a Hints, reading: &'a Reading) -> Options<'a> {
        let lexicon = Lexicon::builtin();
        Options { lexicon, threads, hints, reading, batch_bytes: BATCH_BYTES }
    }

    #[test]
    fn batches_hold_every_source_once_and_in_order() {
        let cases: [(&[u64], &[usize]); 5] = [
            (&[], &[]),
            (&[1, 2, 3], &[3]),
            (&[BATCH_BYTES, 1, 1], &[1, 2]),
            (&[BATCH_BYTES + 1, BATCH_BYTES + 1], &[1, 1]),
            (&[1, BATCH_BYTES, 0], &[1, 2]),
        ];
        for (sizes, expected) in cases {
            let all = sources(sizes);
            let lengths: Vec<usize> = batches(&all, BATCH_BYTES).map(<[Source]>::len).collect();
            assert_eq!(lengths, expected, "{sizes:?}");
            assert_eq!(batches(&all, BATCH_BYTES).flatten().cloned().collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn a_cancelled_run_reads_nothing() {
        let progress = Progress::default();
        progress.cancel();
        let (hints, reading) = (Hints::default(), Reading::default());
        let options = options(2, &hints, &reading);
        let stopped = extract(&sources(&[1, 1]), options, &progress, |_| panic!("no batch"));
        assert!(matches!(stopped, Err(Stopped::Cancelled)));
    }

    #[test]
    fn an_unreadable_source_is_a_problem() {
        let (progress, hints) = (Progress::default(), Hints::default());
        let reading = Reading::default();
        let options = options(1, &hints, &reading);
        let mut problems = Vec::new();
        let sources = sources(&[1, 1]);
        extract(&sources, options, &progress, |batch| problems.extend(batch.problems)).unwrap();
        let names: Vec<&str> = problems.iter().map(|p| p.source.as_str()).collect();
        assert_eq!(names, ["0.txt", "1.txt"]);
        assert_eq!(progress.documents(), (2, 2));
    }

    #[test]
    fn a_document_that_panics_is_a_problem() {
        let batch = guarded("甲.txt", || panic!("index 7 out of bounds"));
        assert!(batch.reports.is_empty());
        let [problem] = batch.problems.as_slice() else { panic!("{batch:?}") };
        assert_eq!((problem.source.as_str(), problem.reason), ("甲.txt", "panic"));
        assert!(problem.message.starts_with("甲.txt: a bug in zhibiao"), "{}", problem.message);
        assert!(problem.message.contains("index 7 out of bounds"), "{}", problem.message);
    }

    #[test]
    fn a_table_that_panics_keeps_what_it_gave() {
        use std::sync::Arc;

        use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};

        let texts: ArrayRef = Arc::new(StringArray::from(vec!["从前有座山"; 3]));
        let batch = RecordBatch::try_from_iter([("text", texts)]).unwrap();
        let schema = batch.schema();
        let batches = [false, true].into_iter().map(move |panics| {
            assert!(!panics, "a bug in a library");
            Ok(batch.clone())
        });
        let mut table = RecordBatchIterator::new(batches, schema);
        let (progress, hints) = (Progress::default(), Hints::default());
        let reading = Reading::default();
        let options = options(2, &hints, &reading);
        let mut problems = Vec::new();
        extract_batches("<frame>", &mut table, options, &progress, |batch| {
            problems.extend(batch.problems);
        })
        .unwrap();
        let told: Vec<_> = problems.iter().map(|p| (p.source.as_str(), p.reason)).collect();
        let rows = ["<frame>#1", "<frame>#2", "<frame>#3"].map(|name| (name, "not_a_report"));
        assert_eq!(told[..3], rows);
        assert_eq!(told[3..], [("<frame>", "panic")]);
    }
}
