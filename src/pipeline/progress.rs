//! How far a run is, and whether it shall go on: counters that threads share.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::corpus::Source;

/// Counts sources and bytes; cancels a run between two sources.
#[derive(Debug, Default)]
pub struct Progress {
    sources: AtomicU64,
    bytes: AtomicU64,
    all_sources: AtomicU64,
    all_bytes: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Sources read so far, and all of them.
    #[must_use]
    pub fn documents(&self) -> (u64, u64) {
        (self.sources.load(Ordering::Relaxed), self.all_sources.load(Ordering::Relaxed))
    }

    /// Bytes read so far, and all of them.
    #[must_use]
    pub fn bytes(&self) -> (u64, u64) {
        (self.bytes.load(Ordering::Relaxed), self.all_bytes.load(Ordering::Relaxed))
    }

    /// Ends the run before its next source.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    pub(super) fn expect(&self, sources: &[Source]) {
        self.all_sources.store(sources.len() as u64, Ordering::Relaxed);
        self.all_bytes.store(sources.iter().map(|source| source.bytes).sum(), Ordering::Relaxed);
    }

    pub(super) fn done(&self, source: &Source) {
        self.sources.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(source.bytes, Ordering::Relaxed);
    }
}
