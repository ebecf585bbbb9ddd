//! How sources are to be read: which columns of a table, and how much of anything.
//!
//! [`Limits`] are there for files that somebody damaged or meant ill: a report of
//! 64 MB does not exist, and a kilobyte that unpacks to gigabytes is a trap. What
//! a source unpacks is counted in its [`Budget`], however deep it is wrapped.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;

use arrow_array::RecordBatchReader;

use super::Fault;

/// How to read sources.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub columns: Columns,
    pub limits: Limits,
    /// The name of the one document that is wanted; all if none.
    pub only: Option<String>,
    /// What reads Stata files, where there is something that does.
    pub stata: Option<Stata>,
}

/// Columns of tables by name; those not named are found by the names in `columns.tsv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub text: Option<String>,
    pub region: Option<String>,
    pub year: Option<String>,
    pub id: Option<String>,
    /// Further columns, whose cells are carried along with the report.
    pub keep: Vec<String>,
}

/// How much a source may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document.
    pub document_bytes: u64,
    /// Bytes unpacked for each byte packed.
    pub ratio: u64,
    /// Bytes that one source may unpack.
    pub total_bytes: u64,
}

impl Limits {
    /// Spans are `u32`, and decoding may make three bytes of one.
    pub const MOST_DOCUMENT_BYTES: u64 = 1 << 30;
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: super::MAX_BYTES, ratio: 200, total_bytes: 8 << 30 }
    }
}

/// Opens the Stata file of these bytes as batches of rows, or says why not.
type OpenStata = dyn Fn(&[u8]) -> Result<Box<dyn RecordBatchReader + Send>, String> + Send + Sync;

/// A reader of Stata files that somebody else brings: no crate reads them well.
#[derive(Clone)]
pub struct Stata(pub Arc<OpenStata>);

impl fmt::Debug for Stata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stata")
    }
}

/// What little a source unpacks needs no ratio: repeated rows pack a thousandfold.
const FREE_BYTES: u64 = 16 << 20;

/// Bytes that a source has unpacked so far, and may; shared by all its readers.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    spent: Rc<Cell<u64>>,
    allowed: u64,
    limits: Limits,
}

impl Budget {
    /// For a source of so many bytes on disk.
    pub(super) fn new(packed: u64, limits: Limits) -> Self {
        let by_ratio = packed.saturating_mul(limits.ratio).max(FREE_BYTES);
        Self { spent: Rc::default(), allowed: by_ratio.min(limits.total_bytes), limits }
    }

    /// For a source that is not packed, such as a frame in memory.
    pub(super) fn unlimited(limits: Limits) -> Self {
        Self { spent: Rc::default(), allowed: u64::MAX, limits }
    }

    pub(super) fn spend(&self, bytes: u64) -> Result<(), Fault> {
        self.spent.set(self.spent.get().saturating_add(bytes));
        self.check()
    }

    /// Errors of a library that read through [`Metered`] hide what stopped it.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.spent.get() <= self.allowed {
            return Ok(());
        }
        let Limits { ratio, total_bytes, .. } = self.limits;
        Err(if self.allowed < total_bytes {
            Fault::Ratio { ratio }
        } else {
            Fault::Total { bytes: total_bytes }
        })
    }

    pub(super) fn meter<R>(&self, inner: R) -> Metered<R> {
        Metered { inner, budget: self.clone() }
    }
}

/// Counts what is read through it, and ends where the budget does.
pub(super) struct Metered<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.budget.spend(read as u64).map_err(io::Error::other)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smaller_limit_ends_a_budget() {
        let limits = Limits { ratio: 10, total_bytes: 100 << 20, ..Limits::default() };
        let cases = [
            (1, FREE_BYTES, "ratio"),
            (5 << 20, 50 << 20, "ratio"),
            (50 << 20, 100 << 20, "total"),
            (u64::MAX, 100 << 20, "total"),
        ];
        for (packed, allowed, limit) in cases {
            let budget = Budget::new(packed, limits);
            assert!(budget.spend(allowed).is_ok(), "{packed}");
            let fault = budget.spend(1).unwrap_err();
            assert_eq!(matches!(fault, Fault::Ratio { .. }), limit == "ratio", "{fault}");
            assert_eq!(fault.reason(), "too_large");
        }
    }

    #[test]
    fn metered_readers_share_their_budget() {
        let limits = Limits { total_bytes: 15, ..Limits::default() };
        let budget = Budget::new(1, limits);
        let mut out = Vec::new();
        assert!(budget.meter(&[0u8; 10][..]).read_to_end(&mut out).is_ok());
        assert!(budget.meter(&[0u8; 10][..]).read_to_end(&mut out).is_err());
        assert!(budget.check().is_err());
    }
}
