//! Tables with a column of texts → a document for each row.
//!
//! Every format gives its rows one by one to [`Rows`], which names them, tells
//! empty ones as problems and takes region and year along. A row is called by
//! the table and its id (`reports.csv#湖北省2024`), or its number from 1.
//!
//! Only the columns that are asked for are read, and of their rows only the one
//! in hand is held.

mod arrow;
mod columns;
mod csv;
#[cfg(feature = "files")]
mod ipc;
#[cfg(feature = "files")]
mod ipc_file;
mod jsonl;
#[cfg(feature = "files")]
mod parquet;
mod xlsx;

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::input::{Blocks, Input};
use super::intake::{Halt, Intake};
use super::{Columns, Decoded, Fault, Format, Stata};

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Parquet,
    /// An Arrow file, which has an index at its end.
    ArrowFile,
    ArrowStream,
    Stata,
    /// Cells between commas, tabulators or semicolons.
    Separated,
    JsonLines,
}

impl Table {
    /// The table that begins with `head`, if it is one.
    pub(super) fn of(head: &[u8], name: &str, whole: bool, columns: &Columns) -> Option<Self> {
        match head {
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            _ if head.starts_with(b"ARROW1\0\0") => Some(Self::ArrowFile),
            // A continuation mark and the length of a schema.
            [0xff, 0xff, 0xff, 0xff, _, _, _, 0, ..] => Some(Self::ArrowStream),
            _ if head.starts_with(b"<stata_dta>") => Some(Self::Stata),
            // Release, byte order, file type and a zero, until release 115.
            [104..=115, 1 | 2, 1, 0, ..] => Some(Self::Stata),
            _ if Format::of(head) != Format::Text => None,
            _ if jsonl::is_it(head, whole) => Some(Self::JsonLines),
            _ if csv::is_it(head, name, columns) => Some(Self::Separated),
            _ => None,
        }
    }
}

/// Reads the rows of a table.
pub(super) fn read(
    intake: &mut Intake,
    table: Table,
    name: &str,
    input: Input<'_>,
) -> Result<(), Halt> {
    let mut rows = Rows::new(intake, name);
    match table {
        Table::Separated => csv::read(&mut rows, input)?,
        Table::JsonLines => jsonl::read(&mut rows, input)?,
        Table::Stata => stata(&mut rows, input)?,
        #[cfg(feature = "files")]
        Table::Parquet => parquet::read(&mut rows, input)?,
        #[cfg(feature = "files")]
        Table::ArrowFile => ipc_file::read(&mut rows, input)?,
        #[cfg(feature = "files")]
        Table::ArrowStream => ipc::read_stream(&mut rows, input)?,
        #[cfg(not(feature = "files"))]
        Table::Parquet | Table::ArrowFile | Table::ArrowStream => {
            return Err(Fault::Columnar.into());
        }
    }
    rows.finish()
}

/// Reads the rows of every sheet with a column of texts.
pub(super) fn xlsx(intake: &mut Intake, name: &str, blocks: &Blocks) -> Result<(), Halt> {
    xlsx::read(intake, name, blocks)
}

/// Reads the rows of a table in memory.
pub(super) fn batches(
    intake: &mut Intake,
    name: &str,
    reader: &mut dyn arrow_array::RecordBatchReader,
) -> Result<(), Halt> {
    let mut rows = Rows::new(intake, name);
    arrow::read(&mut rows, reader, "Arrow")?;
    rows.finish()
}

fn stata(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let Some(Stata(open)) = rows.intake.reading.stata.clone() else {
        return Err(Fault::Stata("only zhibiao for Python reads it".to_owned()).into());
    };
    let bytes = input.whole(u64::MAX).map_err(|e| rows.intake.stopped(Fault::Io(e)))?;
    let mut reader = open(&bytes).map_err(Fault::Stata)?;
    arrow::read(rows, &mut *reader, "Stata")
}

/// A table that cannot be read on: the format, and what its library says.
fn damaged(format: &'static str, error: &dyn std::fmt::Display) -> Fault {
    Fault::Damaged { format, detail: error.to_string() }
}

/// A row as its format gives it.
#[derive(Default)]
struct Row<'a> {
    /// From 1.
    number: u64,
    id: Option<String>,
    region: Option<String>,
    year: Option<String>,
    text: Option<Cell<'a>>,
    /// The cells that are carried along.
    kept: Vec<Option<String>>,
}

/// What stands in the text column.
enum Cell<'a> {
    Text(&'a str),
    /// A text that ends where the format allows no more.
    Cut(&'a str),
    /// In an encoding yet to be found.
    Bytes(&'a [u8]),
    /// Something that is no text, such as `a number`.
    Other(&'static str),
}

/// The rows of one table on their way to documents.
struct Rows<'i, 'a> {
    intake: &'i mut Intake<'a>,
    table: String,
    /// Hashes of the names given, since an id may stand twice.
    names: HashSet<u64>,
    count: u64,
}

impl<'i, 'a> Rows<'i, 'a> {
    fn new(intake: &'i mut Intake<'a>, table: &str) -> Self {
        Self { intake, table: table.to_owned(), names: HashSet::new(), count: 0 }
    }

    fn columns(&self) -> &'a Columns {
        &self.intake.reading.columns
    }

    /// The most bytes that a row may have: a document, and something beside it.
    fn row_limit(&self) -> u64 {
        self.intake.reading.limits.document_bytes.saturating_mul(2)
    }

    fn take(&mut self, row: Row) -> Result<(), Halt> {
        let name = self.name(&row);
        let Row { number, region, year, text, kept, .. } = row;
        let limit = self.intake.reading.limits.document_bytes;
        let cut = matches!(text, Some(Cell::Cut(_)));
        let (bytes, decoded) = match text {
            Some(Cell::Text(text) | Cell::Cut(text)) if text.trim().is_empty() => {
                (&[][..], Err(Fault::EmptyCell { row: number }))
            }
            Some(Cell::Text(text) | Cell::Cut(text)) => (text.as_bytes(), Ok(of_utf8(text))),
            Some(Cell::Bytes(bytes)) => (bytes, super::decode(bytes)),
            Some(Cell::Other(found)) => (&[][..], Err(Fault::NotText { row: number, found })),
            None => (&[][..], Err(Fault::EmptyCell { row: number })),
        };
        let decoded = match decoded {
            Ok(_) if bytes.len() as u64 > limit => {
                Err(Fault::TooLarge { bytes: bytes.len() as u64, limit })
            }
            Err(Fault::Empty) => Err(Fault::EmptyCell { row: number }),
            decoded => decoded,
        };
        self.intake.hand_on(&name, bytes, decoded, |document| {
            document.region = region;
            document.kept = kept.into_iter().map(columns::kept).collect();
            document.year = year.as_deref().and_then(columns::year);
            if let Some(year) =
                year.filter(|year| document.year.is_none() && !year.trim().is_empty())
            {
                document.warnings.push(format!("row {number} has {:?} for a year", year.trim()));
            }
            if cut {
                document.warnings.push(format!("row {number} is cut: an Excel cell holds no more"));
            }
        })
    }

    /// A row that its format could not read.
    fn fault(&mut self, number: u64, fault: Fault) -> Result<(), Halt> {
        let name = self.name(&Row { number, ..Row::default() });
        self.intake.problem(&name, fault)
    }

    /// `table#id`, with the number behind it where the id stood before.
    fn name(&mut self, row: &Row) -> String {
        self.count += 1;
        let id = row.id.as_deref().map(|id| columns::whole(id.trim())).filter(|id| !id.is_empty());
        let mut name = match id {
            Some(id) => format!("{}#{id}", self.table),
            None => format!("{}#{}", self.table, row.number),
        };
        if !self.names.insert(xxh3_64(name.as_bytes())) {
            name = format!("{name}#{}", row.number);
            self.names.insert(xxh3_64(name.as_bytes()));
        }
        name
    }

    fn finish(self) -> Result<(), Halt> {
        if self.count == 0 { Err(Fault::NoRows.into()) } else { Ok(()) }
    }
}

fn of_utf8(text: &str) -> Decoded {
    Decoded { text: text.to_owned(), encoding: "utf-8", replaced: 0 }
}

#[cfg(test)]
mod tests;
