//! A file of corrections, checked line by line.

use super::CorrectionError;
use crate::lexicon::Lexicon;
use crate::panel::schema::{Column, Data, OBSERVATIONS};

/// The columns of the file; others are passed over.
const COLUMNS: [&str; 8] = ["report", "start", "end", "field", "old", "new", "who", "why"];
/// The fields of an observation that can be corrected, beside `row`.
const FIELDS: [&str; 22] = [
    "kind",
    "metric",
    "term",
    "variant",
    "measure",
    "aggregation",
    "period_start",
    "period_end",
    "subperiod",
    "value_low",
    "value_high",
    "comparator",
    "comparator_word",
    "vintage",
    "baseline",
    "modality",
    "modality_word",
    "stretch",
    "basis",
    "reference",
    "certainty",
    "subject",
];
/// Stands for a missing value; an empty `new` is no correction.
const NULL: &str = "null";
const DELETE: &str = "delete";
const KEEP: &str = "keep";

/// What is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The whole row: kept or deleted.
    Row,
    Column(&'static str),
}

/// A line of the file whose `new` is filled in.
#[derive(Debug)]
pub(super) struct Correction {
    pub(super) line: u64,
    pub(super) report: String,
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) field: Field,
    pub(super) old: String,
    new: String,
}

impl Correction {
    pub(super) fn span(&self) -> super::Span {
        (self.report.clone(), self.start, self.end)
    }

    pub(super) fn deletes(&self) -> bool {
        self.field == Field::Row && self.new == DELETE
    }

    /// The new value; none where it shall be missing.
    pub(super) fn value(&self) -> Option<String> {
        (self.new != NULL).then(|| self.new.clone())
    }

    /// Is this the old value? Numbers are compared as such: 5 is 5.0.
    pub(super) fn holds(&self, now: Option<&str>) -> bool {
        let Some(now) = now else { return self.old.is_empty() || self.old == NULL };
        let same =
            |old: f64| now.parse::<f64>().is_ok_and(|now| (now - old).abs() <= 1e-9 * now.abs());
        now == self.old || self.old.parse().is_ok_and(same)
    }
}

/// Where a cell of the file stands, for messages.
struct Cells<'a> {
    source_name: &'a str,
    line: u64,
    record: &'a csv::StringRecord,
    places: [usize; COLUMNS.len()],
}

impl Cells<'_> {
    fn get(&self, name: &str) -> &str {
        let at = COLUMNS.iter().position(|column| *column == name).expect("a column of the file");
        self.record.get(self.places[at]).unwrap_or_default().trim()
    }

    fn refuse(&self, column: &str, why: String) -> CorrectionError {
        let source_name = self.source_name.to_owned();
        CorrectionError::Cell { source_name, line: self.line, column: column.to_owned(), why }
    }

    fn place(&self, name: &str) -> Result<i32, CorrectionError> {
        let told = self.get(name);
        let place = told.parse().ok().filter(|place| *place >= 0);
        place.ok_or_else(|| {
            let why =
                format!("expected a number of code points as in the observations, found {told:?}");
            self.refuse(name, why)
        })
    }

    fn correction(&self, lexicon: &Lexicon) -> Result<Correction, CorrectionError> {
        let field = self.field()?;
        let new = self.get("new");
        let expected = match field {
            Field::Row => (![DELETE, KEEP].contains(&new)).then(|| format!("{DELETE} or {KEEP}")),
            Field::Column(name) => expected(column(name), new, lexicon),
        };
        if let Some(expected) = expected {
            return Err(self.refuse("new", format!("expected {expected}, found {new:?}")));
        }
        Ok(Correction {
            line: self.line,
            report: self.get("report").to_owned(),
            start: self.place("start")?,
            end: self.place("end")?,
            field,
            old: self.get("old").to_owned(),
            new: new.to_owned(),
        })
    }

    fn field(&self) -> Result<Field, CorrectionError> {
        let told = self.get("field");
        if told == "row" {
            return Ok(Field::Row);
        }
        let field = FIELDS.iter().find(|field| **field == told).map(|field| Field::Column(field));
        field.ok_or_else(|| {
            let why = format!("expected row or one of {}, found {told:?}", FIELDS.join(", "));
            self.refuse("field", why)
        })
    }
}

fn column(name: &str) -> &'static Column {
    &OBSERVATIONS.columns[super::column(name)]
}

/// What a new value should be; none where it is.
fn expected(column: &Column, new: &str, lexicon: &Lexicon) -> Option<String> {
    if new == NULL {
        return (!column.nullable)
            .then(|| "a value, since the column has no missing ones".to_owned());
    }
    let unless = |fits: bool, what: &str| (!fits).then(|| what.to_owned());
    match (column.data, column.levels) {
        (_, Some(levels)) => {
            unless(levels().contains(&new), &format!("one of {}", levels().join(", ")))
        }
        (Data::Year, _) => unless(
            new.parse().is_ok_and(|year| (1949..=2100).contains(&year)),
            "a year such as 2024",
        ),
        (Data::Number, _) => unless(new.parse().is_ok_and(f64::is_finite), "a number such as 5.5"),
        (Data::Flag, _) => unless(["true", "false"].contains(&new), "true or false"),
        _ if column.name == "metric" => unless(
            lexicon.find_metric(new).is_some(),
            "a metric of the word lists, such as gdp, or null",
        ),
        _ => None,
    }
}

/// The lines that correct something.
pub(super) fn read(
    source_name: &str,
    text: &str,
    lexicon: &Lexicon,
) -> Result<Vec<Correction>, CorrectionError> {
    let refuse = |why: String| CorrectionError::Head { source_name: source_name.to_owned(), why };
    // Behind \r\n, which Excel writes, the reader counts a line too few.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut lines = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = lines.headers().map_err(|error| refuse(error.to_string()))?.clone();
    let mut places = [0; COLUMNS.len()];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        let at = head.iter().position(|told| told.trim() == name);
        *place = at.ok_or_else(|| {
            let found = head.iter().collect::<Vec<_>>().join(", ");
            refuse(format!(
                "expected the columns {} in the first line, found {found}",
                COLUMNS.join(", ")
            ))
        })?;
    }
    let mut corrections = Vec::new();
    for record in lines.records() {
        let record = record.map_err(|error| refuse(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Cells { source_name, line, record: &record, places };
        if !cells.get("new").is_empty() {
            corrections.push(cells.correction(lexicon)?);
        }
    }
    Ok(corrections)
}
