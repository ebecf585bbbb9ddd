//! Excel workbooks: every sheet with a column of texts.
//!
//! The header is the first row that is not empty. Cells are read one after
//! another, never as a rectangle: a stray cell in the last row and column of a
//! sheet would make one of billions. Rows of the first such sheet are called by the
//! workbook alone, those of others by the sheet too.

use std::io;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxCellReader, XlsxError};
use zip::ZipArchive;

use super::columns::{self, Found};
use super::{Cell, Fault, Halt, Intake, Row, Rows, damaged};
use crate::corpus::input::{Anywhere, Blocks};

/// Units of UTF-16 that Excel keeps of a longer text.
const MOST_UNITS: usize = 32_767;

type Workbook = Xlsx<Box<dyn Anywhere>>;

/// A cell of a row, by its column.
type Filled = (u32, Value);

enum Value {
    Text(String),
    Other(String, &'static str),
}

pub(super) fn read(intake: &mut Intake, name: &str, blocks: &Blocks) -> Result<(), Halt> {
    weigh(intake, blocks)?;
    let opened = blocks.anywhere().map_err(Fault::Io)?;
    let mut workbook = Workbook::new(opened).map_err(|error| damaged("Excel", &error))?;
    let (mut first, mut told, mut without) = (true, false, None);
    for sheet in workbook.sheet_names() {
        let table = if first { name.to_owned() } else { format!("{name}/{sheet}") };
        let mut rows = Rows::new(intake, &table);
        match read_sheet(&mut rows, &mut workbook, &sheet) {
            Ok(()) => {
                first &= rows.count == 0;
            }
            // Notes beside the reports; told only if no sheet holds any.
            Err(Halt::Fault(
                fault @ (Fault::NoTextColumn { .. } | Fault::NoColumn { role: "text", .. }),
            )) => {
                without.get_or_insert(fault);
            }
            // Texts, but not what was to stand beside them.
            Err(Halt::Fault(fault @ Fault::NoColumn { .. })) => {
                intake.problem(&format!("{name}/{sheet}"), fault)?;
                told = true;
            }
            Err(halt) => return Err(halt),
        }
    }
    match without {
        _ if told || !first => Ok(()),
        Some(fault) => Err(fault.into()),
        None => Err(Fault::NoRows.into()),
    }
}

/// Unpacks every part once, into nothing: the library unpacks without a limit.
fn weigh(intake: &Intake, blocks: &Blocks) -> Result<(), Fault> {
    let opened = blocks.anywhere().map_err(Fault::Io)?;
    let mut archive = ZipArchive::new(opened).map_err(|error| damaged("Excel", &error))?;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged("Excel", &error))?;
        io::copy(&mut intake.budget.meter(part), &mut io::sink())
            .map_err(|error| intake.stopped(damaged("Excel", &error)))?;
    }
    Ok(())
}

fn read_sheet(rows: &mut Rows, workbook: &mut Workbook, sheet: &str) -> Result<(), Halt> {
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => Cells { reader, ahead: None, ended: false },
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()), // a chart
        Err(error) => return Err(damaged("Excel", &error).into()),
    };
    let Some((header, names)) = cells.row().map_err(|error| damaged("Excel", &error))? else {
        return Ok(());
    };
    let (places, names): (Vec<u32>, Vec<String>) =
        names.into_iter().map(|(at, value)| (at, value.printed())).unzip();
    let found = columns::find(&names, rows.columns())?;
    while let Some((at, filled)) = cells.row().map_err(|error| damaged("Excel", &error))? {
        take(rows, u64::from(at.saturating_sub(header)), &filled, &places, &found)?;
    }
    Ok(())
}

fn take(
    rows: &mut Rows,
    number: u64,
    filled: &[Filled],
    places: &[u32],
    found: &Found,
) -> Result<(), Halt> {
    let cell = |at: usize| filled.iter().find(|(place, _)| *place == places[at]).map(|(_, v)| v);
    let value = |at: usize| cell(at).map(Value::printed);
    let text = cell(found.text).map(|value| match value {
        Value::Text(text) if text.encode_utf16().count() >= MOST_UNITS => Cell::Cut(text),
        Value::Text(text) => Cell::Text(text),
        Value::Other(_, kind) => Cell::Other(kind),
    });
    rows.take(Row {
        number,
        id: found.id.and_then(value),
        region: columns::region(found.region.iter().map(|&at| value(at))),
        year: found.year.and_then(value),
        text,
        kept: found.keep.iter().map(|&at| value(at)).collect(),
    })
}

impl Value {
    fn of(cell: &DataRef) -> Option<Self> {
        let other = |printed: String, kind| Some(Self::Other(printed, kind));
        match cell {
            DataRef::Empty => None,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Some(Self::Text(text.clone()))
            }
            DataRef::SharedString(text) => Some(Self::Text((*text).to_owned())),
            DataRef::Int(number) => other(number.to_string(), "a number"),
            DataRef::Float(number) => other(number.to_string(), "a number"),
            DataRef::Bool(flag) => other(flag.to_string(), "true or false"),
            DataRef::DateTime(date) => other(time(*date), "a date"),
            DataRef::Error(error) => other(error.to_string(), "an error"),
        }
    }

    fn printed(&self) -> String {
        match self {
            Self::Text(text) | Self::Other(text, _) => text.clone(),
        }
    }
}

/// A day, and the time where it is not midnight, which stands behind days that have none.
pub(super) fn time(of: ExcelDateTime) -> String {
    if of.is_duration() {
        return of.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = of.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// The cells of a sheet, row by row.
struct Cells<'a> {
    reader: XlsxCellReader<'a, Box<dyn Anywhere>>,
    /// The first cell of the next row.
    ahead: Option<(u32, Filled)>,
    ended: bool,
}

impl Cells<'_> {
    /// The next row that is not empty, and its number.
    fn row(&mut self) -> Result<Option<(u32, Vec<Filled>)>, XlsxError> {
        let Some((row, first)) =
            self.ahead.take().map_or_else(|| self.cell(), |cell| Ok(Some(cell)))?
        else {
            return Ok(None);
        };
        let mut filled = vec![first];
        while let Some((of, cell)) = self.cell()? {
            if of != row {
                self.ahead = Some((of, cell));
                break;
            }
            filled.push(cell);
        }
        Ok(Some((row, filled)))
    }

    fn cell(&mut self) -> Result<Option<(u32, Filled)>, XlsxError> {
        while !self.ended {
            let Some(cell) = self.reader.next_cell()? else {
                self.ended = true; // the library would read on behind the sheet
                break;
            };
            let (row, column) = cell.get_position();
            if let Some(value) = Value::of(cell.get_value()) {
                return Ok(Some((row, (column, value))));
            }
        }
        Ok(None)
    }
}
