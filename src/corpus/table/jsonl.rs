//! JSON lines: an object on every line.
//!
//! Lines need not have the same members; which hold text, region, year and id is
//! told by those of the first lines. A line that is no object costs only itself.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::columns::{self, Found};
use super::{Cell, Fault, Halt, Input, Row, Rows, damaged};
use crate::corpus::decode;

type Object = Map<String, Value>;

/// Is the first line that is not blank a JSON object?
pub(super) fn is_it(head: &[u8], whole: bool) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let Some(inside) = head.strip_prefix(b"{") else { return false };
    match head.iter().position(|b| *b == b'\n') {
        Some(end) => object(&head[..end]).is_ok(),
        None if whole => object(head).is_ok(),
        // The line goes on behind the head: a long text.
        None => inside.trim_ascii_start().starts_with(b"\""),
    }
}

/// Reads the rows.
pub(super) fn read(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let mut columns = Columns::Sought(names(&input), Vec::new());
    let mut reader = BufReader::new(input.forward());
    let (mut line, mut number) = (Vec::new(), 0);
    while read_line(&mut reader, &mut line, rows)? {
        if line.trim_ascii().is_empty() {
            continue;
        }
        number += 1;
        if line.len() as u64 > rows.row_limit() {
            rows.fault(number, Fault::LongRow { row: number, limit: rows.row_limit() })?;
            continue;
        }
        match object(&line) {
            Ok(object) => columns.take(rows, number, object)?,
            Err(detail) => rows.fault(number, Fault::NoObject { row: number, detail })?,
        }
    }
    columns.finish(rows)
}

/// Members of the objects that the head holds whole.
fn names(input: &Input) -> BTreeSet<String> {
    let lines = input.head.split(|b| *b == b'\n');
    lines.filter_map(|line| object(line).ok()).flat_map(|o| o.into_iter().map(|(k, _)| k)).collect()
}

/// The columns; until one holds texts and those to be kept are there, the objects seen so far.
enum Columns {
    Sought(BTreeSet<String>, Vec<(u64, Object)>),
    Found(Vec<String>, Found),
}

/// So many objects are looked at for them.
const MOST_SOUGHT: usize = 1000;

impl Columns {
    fn take(&mut self, rows: &mut Rows, number: u64, object: Object) -> Result<(), Halt> {
        match self {
            Self::Found(names, found) => return take(rows, number, &object, names, found),
            Self::Sought(names, waiting) => {
                names.extend(object.keys().cloned());
                waiting.push((number, object));
                let list: Vec<&String> = names.iter().collect();
                let wanted = rows.columns();
                let all = columns::has_text(&list, wanted) && columns::has_kept(&list, wanted);
                if !all && waiting.len() < MOST_SOUGHT {
                    return Ok(());
                }
            }
        }
        self.settle(rows)
    }

    /// Reads the objects that waited.
    fn settle(&mut self, rows: &mut Rows) -> Result<(), Halt> {
        let Self::Sought(names, waiting) = self else { return Ok(()) };
        let (names, waiting) = (std::mem::take(names), std::mem::take(waiting));
        let names: Vec<String> = names.into_iter().collect();
        let found = columns::find(&names, rows.columns())?;
        for (number, object) in waiting {
            take(rows, number, &object, &names, &found)?;
        }
        *self = Self::Found(names, found);
        Ok(())
    }

    fn finish(mut self, rows: &mut Rows) -> Result<(), Halt> {
        match &self {
            Self::Sought(_, waiting) if !waiting.is_empty() => self.settle(rows),
            _ => Ok(()),
        }
    }
}

fn take(
    rows: &mut Rows,
    number: u64,
    object: &Object,
    names: &[String],
    found: &Found,
) -> Result<(), Halt> {
    let value = |at: usize| object.get(&names[at]).and_then(printed);
    let text = object.get(&names[found.text]).and_then(|value| match value {
        Value::Null => None,
        Value::String(text) => Some(Cell::Text(text)),
        Value::Bool(_) => Some(Cell::Other("true or false")),
        Value::Number(_) => Some(Cell::Other("a number")),
        Value::Array(_) => Some(Cell::Other("a list")),
        Value::Object(_) => Some(Cell::Other("an object")),
    });
    rows.take(Row {
        number,
        id: found.id.and_then(value),
        region: columns::region(found.region.iter().map(|&at| value(at))),
        year: found.year.and_then(value),
        text,
        kept: found.keep.iter().map(|&at| object.get(&names[at]).and_then(whole)).collect(),
    })
}

fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A value as it stands: one that is no text in JSON.
fn whole(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn object(line: &[u8]) -> Result<Object, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) => serde_json::from_str(text),
        // No byte of a GB18030 character is a line end.
        Err(_) => match decode(line) {
            Ok(decoded) => serde_json::from_str(&decoded.text),
            Err(fault) => return Err(fault.to_string()),
        },
    }
    .map_err(|error| error.to_string())
}

/// Reads a line, of one that is too long only the beginning; false at the end.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, rows: &Rows) -> Result<bool, Fault> {
    line.clear();
    let mut read = || {
        let limit = rows.row_limit().saturating_add(1);
        reader.by_ref().take(limit).read_until(b'\n', line)?;
        if line.len() as u64 == limit && line.last() != Some(&b'\n') {
            reader.skip_until(b'\n')?;
        }
        Ok(!line.is_empty())
    };
    read().map_err(|error: std::io::Error| rows.intake.stopped(damaged("JSON lines", &error)))
}
