//! Comma- and tab-separated tables.
//!
//! No byte of a GB18030 or UTF-8 character looks like a separator, a quote or a
//! line end, so that the cells are told apart before they are decoded; each text
//! may then have an encoding of its own, as in tables put together from many
//! sources. UTF-16 alone is decoded first.

use std::cell::Cell as Shared;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::columns::{self, Found};
use super::{Cell, Columns, Fault, Halt, Input, Row, Rows, damaged};
use crate::corpus::decode;

/// The longest name of a column that is believed in a file that nothing else tells to be a table.
const LONGEST_NAME: usize = 60;

/// Is this a table: does the name say so, or does the first line name a column of texts?
pub(super) fn is_it(head: &[u8], name: &str, columns: &Columns) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
    if [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending)) {
        return true;
    }
    let encoding = encoding(head);
    let Some(names) = first_record(head, encoding) else { return false };
    // `&nbsp;&nbsp;政府工作报告`: the semicolons of entities part nothing.
    let is_name = |name: &String| {
        !name.trim().is_empty() && name.len() <= LONGEST_NAME && !name.starts_with('&')
    };
    names.len() > 1 && names.iter().all(is_name) && columns::has_text(&names, columns)
}

/// Reads the rows.
pub(super) fn read(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let encoding = encoding(&input.head);
    let separator = separator(&first_line(&input.head, encoding));
    let since = Rc::new(Shared::new(0));
    let guarded = Guarded {
        inner: decoded(input, encoding),
        since: Rc::clone(&since),
        limit: rows.row_limit(),
    };
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(guarded);
    let header = reader.byte_headers().map_err(|error| stopped(rows, 0, &error))?.clone();
    let names: Vec<String> = header.iter().map(|name| cell(name, encoding)).collect();
    let found = columns::find(&names, rows.columns())?;
    let mut record = ByteRecord::new();
    for number in 1.. {
        since.set(0);
        match reader.read_byte_record(&mut record) {
            Ok(true) => take(rows, number, &record, &found, encoding)?,
            Ok(false) => break,
            Err(error) => return Err(stopped(rows, number, &error).into()),
        }
    }
    Ok(())
}

fn take(
    rows: &mut Rows,
    number: u64,
    record: &ByteRecord,
    found: &Found,
    encoding: &'static Encoding,
) -> Result<(), Halt> {
    let value = |at: usize| record.get(at).map(|bytes| cell(bytes, encoding));
    rows.take(Row {
        number,
        id: found.id.and_then(value),
        region: columns::region(found.region.iter().map(|&at| value(at))),
        year: found.year.and_then(value),
        text: record.get(found.text).map(Cell::Bytes),
        kept: found.keep.iter().map(|&at| value(at)).collect(),
    })
}

fn stopped(rows: &Rows, row: u64, error: &csv::Error) -> Fault {
    let too_long =
        matches!(error.kind(), csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::FileTooLarge);
    let fault = if too_long {
        Fault::LongRow { row, limit: rows.row_limit() }
    } else {
        damaged("CSV", error)
    };
    rows.intake.stopped(fault)
}

/// The encoding of names and short cells.
fn encoding(head: &[u8]) -> &'static Encoding {
    match decode(head).map(|decoded| decoded.encoding) {
        Ok("utf-16le") => UTF_16LE,
        Ok("utf-16be") => UTF_16BE,
        Ok("gb18030") => GB18030,
        _ => UTF_8,
    }
}

/// Bytes in UTF-8 or GB18030.
fn decoded<'r>(input: Input<'r>, encoding: &'static Encoding) -> Box<dyn Read + 'r> {
    if [UTF_16LE, UTF_16BE].contains(&encoding) {
        let decoder =
            DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(input.forward());
        return Box::new(decoder);
    }
    input.forward()
}

fn cell(bytes: &[u8], encoding: &'static Encoding) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if encoding != GB18030 => text.to_owned(),
        _ => encoding_of_cell(encoding).decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// What was UTF-16 is UTF-8 by now.
fn encoding_of_cell(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GB18030 { GB18030 } else { UTF_8 }
}

fn first_line(head: &[u8], encoding: &'static Encoding) -> String {
    let text = encoding.decode(head).0;
    text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned()
}

/// The separator that the first line has most of.
fn separator(line: &str) -> u8 {
    let count = |separator: u8| line.bytes().filter(|b| *b == separator).count();
    [b';', b'\t', b','].into_iter().max_by_key(|s| count(*s)).unwrap_or(b',')
}

fn first_record(head: &[u8], encoding: &'static Encoding) -> Option<Vec<String>> {
    let line = first_line(head, encoding);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator(&line))
        .from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// Ends a table whose row does not end: a quote that nobody closed.
struct Guarded<R> {
    inner: R,
    /// Bytes read since the row before.
    since: Rc<Shared<u64>>,
    limit: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(into)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}
