//! One source on its way to its documents.
//!
//! A source may be a document, a table of them, or a container of either; the
//! intake asks which, step by step, and hands every document on as soon as it is
//! decoded, so that no more than one is held here. Containers open one another
//! only so deep, and all that is unpacked is counted in one budget.

use std::ops::ControlFlow;

use arrow_array::RecordBatchReader;

use super::container::{self, Kind};
use super::input::Input;
use super::reading::Budget;
use super::{Decoded, Document, Fault, Reading, Sink, table};
use crate::pipeline::Problem;

/// An archive may hold archives, and those packed tables; more is a trap.
const DEEPEST: u8 = 2;

/// Why the reading of a source ends early.
#[derive(Debug)]
pub(super) enum Halt {
    Fault(Fault),
    /// Nobody wants more.
    Enough,
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What the documents of one source have in common.
pub(super) struct Intake<'a> {
    pub(super) reading: &'a Reading,
    pub(super) budget: Budget,
    /// Documents handed on so far.
    ordinal: u32,
    /// Whether anything was handed on, problems among it.
    pub(super) gave: bool,
    sink: &'a mut Sink<'a>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(reading: &'a Reading, budget: Budget, sink: &'a mut Sink<'a>) -> Self {
        Self { reading, budget, ordinal: 0, gave: false, sink }
    }

    /// Reads everything in `input`; a fault of the whole becomes a problem.
    pub(super) fn source(mut self, name: &str, input: Result<Input<'_>, Fault>) {
        let taken = input.map_err(Halt::Fault).and_then(|input| self.take(name, input, 0));
        if let Err(Halt::Fault(fault)) = taken {
            let _ = self.problem(name, fault);
        }
    }

    /// Reads the rows of a table in memory.
    pub(super) fn batches(mut self, name: &str, batches: &mut dyn RecordBatchReader) {
        if let Err(Halt::Fault(fault)) = table::batches(&mut self, name, batches) {
            let _ = self.problem(name, fault);
        }
    }

    /// Reads a document, a table or a container, `depth` containers deep.
    pub(super) fn take(&mut self, name: &str, input: Input<'_>, depth: u8) -> Result<(), Halt> {
        match Kind::of(&input.head, name, input.is_whole(), &self.reading.columns) {
            Some(Kind::Gzip | Kind::Zstd) if depth > DEEPEST => Err(Fault::Nested.into()),
            Some(Kind::Gzip) => container::gzip(self, name, input, depth),
            Some(Kind::Zstd) => container::zstd(self, name, input, depth),
            Some(Kind::Zip) => container::zip(self, name, input, depth),
            Some(Kind::Table(kind)) => table::read(self, kind, name, input),
            None => self.document(name, input),
        }
    }

    /// Reads a single document.
    pub(super) fn document(&mut self, name: &str, input: Input<'_>) -> Result<(), Halt> {
        let limit = self.reading.limits.document_bytes;
        let bytes = input.whole(limit).map_err(|error| self.stopped(Fault::Io(error)))?;
        let decoded = super::decoded(&bytes, limit);
        self.hand_on(name, &bytes, decoded, |_| ())
    }

    /// Hands a decoded text on; `complete` adds what is known beside it.
    pub(super) fn hand_on(
        &mut self,
        name: &str,
        bytes: &[u8],
        decoded: Result<Decoded, Fault>,
        complete: impl FnOnce(&mut Document),
    ) -> Result<(), Halt> {
        match decoded {
            Ok(decoded) => {
                let mut document = Document::new(name, self.ordinal, bytes, decoded);
                complete(&mut document);
                self.ordinal += 1;
                self.give(name, Ok(document))
            }
            Err(fault) => self.problem(name, fault),
        }
    }

    /// Hands a problem on that costs only the document of this name.
    pub(super) fn problem(&mut self, name: &str, fault: Fault) -> Result<(), Halt> {
        self.give(name, Err(fault.of(name)))
    }

    fn give(&mut self, name: &str, found: Result<Document, Problem>) -> Result<(), Halt> {
        self.gave = true;
        match &self.reading.only {
            Some(only) if only != name => Ok(()),
            _ => match (self.sink)(found) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Halt::Enough),
            },
        }
    }

    /// What really stopped a reader: the budget, or the fault that it told.
    pub(super) fn stopped(&self, fault: Fault) -> Fault {
        self.budget.check().err().unwrap_or(fault)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// All that bytes of this name give.
    pub(in crate::corpus) fn all(
        name: &str,
        bytes: &[u8],
        reading: &Reading,
    ) -> (Vec<Document>, Vec<Problem>) {
        let (mut documents, mut problems) = (Vec::new(), Vec::new());
        let budget = Budget::new(bytes.len() as u64, reading.limits);
        let mut sink = |found| {
            match found {
                Ok(document) => documents.push(document),
                Err(problem) => problems.push(problem),
            }
            ControlFlow::Continue(())
        };
        let input = Input::held(bytes.to_vec().into());
        Intake::new(reading, budget, &mut sink).source(name, Ok(input));
        (documents, problems)
    }

    #[test]
    fn one_document_can_be_asked_for() {
        let table = "id,text\n甲,一\n乙,二\n丙,\n";
        for (only, texts, problems) in [("a.csv#乙", vec!["二"], 0), ("a.csv#丙", vec![], 1)] {
            let reading = Reading { only: Some(only.to_owned()), ..Reading::default() };
            let found = all("a.csv", table.as_bytes(), &reading);
            let told: Vec<&str> = found.0.iter().map(|d| d.text.as_str()).collect();
            assert_eq!((told, found.1.len()), (texts, problems));
        }
    }

    #[test]
    fn a_sink_that_has_enough_ends_the_reading() {
        let table = "id,text\n".to_owned() + &"甲,一\n".repeat(100);
        let mut count = 0;
        let mut sink = |_| {
            count += 1;
            if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let reading = Reading::default();
        let budget = Budget::unlimited(reading.limits);
        let input = Input::held(table.into_bytes().into());
        Intake::new(&reading, budget, &mut sink).source("a.csv", Ok(input));
        assert_eq!(count, 3);
    }
}
