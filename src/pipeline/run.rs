//! Many sources over threads, in the order of the sources.
//!
//! Sources are taken in batches of some megabytes; within a batch the largest
//! goes first, so that no thread is left with a long one at the end. What a batch
//! gave is handed on in the order of the sources: neither the number of threads
//! nor their luck can be seen in the rows. Batches bound the memory of a run. While
//! the threads read a batch, the one before it is taken in.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use super::progress::Progress;
use super::{Hints, Problem, Report, panics, read_document};
use crate::corpus::{self, Source};
use crate::lexicon::Lexicon;

/// The bytes of a batch: enough to keep many threads busy, little enough to hold
/// with all that is read from it.
const BATCH_BYTES: u64 = 16 << 20;
const BATCH_SOURCES: usize = 4096;

/// What to read with, and on how many threads.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub lexicon: &'a Lexicon,
    /// Threads of this run; 0 for one a core.
    pub threads: usize,
    /// Regions and years that a user knows better than the text.
    pub hints: &'a Hints,
}

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error("the run was cancelled")]
    Cancelled,
    #[error("{0} threads could not be started; ask for fewer")]
    Threads(usize),
}

/// What a batch of sources gave, in their order.
#[derive(Debug, Default)]
pub struct Batch {
    pub reports: Vec<Report>,
    pub problems: Vec<Problem>,
}

type Outcome = Result<(Vec<Report>, Vec<Problem>), Problem>;

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
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .thread_name(|number| format!("zhibiao-{number}"))
        .build()
        .map_err(|_| Stopped::Threads(options.threads))?;
    progress.expect(sources);
    thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        scope.spawn(move || receive.into_iter().for_each(&mut sink));
        for batch in batches(sources) {
            let outcomes = pool.install(|| read_batch(batch, options, progress));
            if progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            if send.send(gather(outcomes)).is_err() {
                break; // the sink panicked; the scope passes that on
            }
        }
        Ok(())
    })
}

/// Cuts the sources where a batch is full.
fn batches(mut sources: &[Source]) -> impl Iterator<Item = &[Source]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |source: &&Source| {
            let first = bytes == 0;
            bytes += source.bytes;
            first || bytes <= BATCH_BYTES
        };
        let length = sources.iter().take(BATCH_SOURCES).take_while(fits).count();
        let (batch, rest) = sources.split_at(length);
        sources = rest;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Every thread of the pool takes the largest source that is left.
fn read_batch(batch: &[Source], options: Options, progress: &Progress) -> Vec<Outcome> {
    let mut order: Vec<usize> = (0..batch.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(batch[at].bytes));
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(batch.len())));
    rayon::broadcast(|_| {
        let mut mine = Vec::new();
        while let Some(&at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if progress.is_cancelled() {
                break;
            }
            mine.push((at, read_source(&batch[at], options)));
            progress.done(&batch[at]);
        }
        done.lock().expect("no thread panics here").append(&mut mine);
    });
    let mut done = done.into_inner().expect("no thread panics here");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn read_source(source: &Source, options: Options) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| {
        let (mut reports, mut problems) = (Vec::new(), Vec::new());
        for document in corpus::read(source)? {
            match read_document(options.lexicon, &document, options.hints) {
                Ok(found) => reports.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
        Ok((reports, problems))
    }))
    .unwrap_or_else(|panic| Err(panics::problem(&source.name, panic.as_ref())))
}

fn gather(outcomes: Vec<Outcome>) -> Batch {
    let mut batch = Batch::default();
    for outcome in outcomes {
        match outcome {
            Ok((reports, problems)) => {
                batch.reports.extend(reports);
                batch.problems.extend(problems);
            }
            Err(problem) => batch.problems.push(problem),
        }
    }
    batch
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
            let lengths: Vec<usize> = batches(&all).map(<[Source]>::len).collect();
            assert_eq!(lengths, expected, "{sizes:?}");
            assert_eq!(batches(&all).flatten().cloned().collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn a_cancelled_run_reads_nothing() {
        let progress = Progress::default();
        progress.cancel();
        let hints = Hints::default();
        let options = Options { lexicon: Lexicon::builtin(), threads: 2, hints: &hints };
        let stopped = extract(&sources(&[1, 1]), options, &progress, |_| panic!("no batch"));
        assert!(matches!(stopped, Err(Stopped::Cancelled)));
    }

    #[test]
    fn an_unreadable_source_is_a_problem() {
        let (progress, hints) = (Progress::default(), Hints::default());
        let options = Options { lexicon: Lexicon::builtin(), threads: 1, hints: &hints };
        let mut problems = Vec::new();
        let sources = sources(&[1, 1]);
        extract(&sources, options, &progress, |batch| problems.extend(batch.problems)).unwrap();
        let names: Vec<&str> = problems.iter().map(|p| p.source.as_str()).collect();
        assert_eq!(names, ["0.txt", "1.txt"]);
        assert_eq!(progress.documents(), (2, 2));
    }
}
