//! One report through all rooms, and many over threads. No rule lives here.

mod clock;
mod hints;
mod panics;
mod progress;
mod read;
mod run;
mod told;

use crate::corpus::Document;
use crate::document::Origin;
use crate::document::sketch::Sketch;
use crate::layout::Part;
use crate::lexicon::Lexicon;
use crate::metric::Named;
use crate::observation::Observation;
use crate::span::Span;

pub use hints::{Hint, Hints};
pub use panics::note_quietly;
pub use progress::Progress;
pub use run::{BATCH_BYTES, Batch, Options, Stopped, extract, extract_batches, read_guarded};

/// A report with everything that was read in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Hash of source, bytes and ordinal: 32 hexadecimal digits.
    pub report_id: String,
    /// Hash of the bytes alone.
    pub content_id: String,
    pub source: String,
    /// What the bytes were taken for: `utf-8`, `gb18030`, `docx` …
    pub encoding: &'static str,
    pub origin: Origin,
    /// Head or tail of the report are missing.
    pub fragment: bool,
    /// Characters of its body.
    pub characters: u32,
    /// By which copies of it are found.
    pub sketch: Sketch,
    pub warnings: Vec<String>,
    /// What stands beside it in the columns to be kept, in their order; empty where nothing does.
    pub kept: Vec<Option<String>>,
    /// The metrics that it names, with or without a figure.
    pub named: Named,
    /// The sentences that an observation points into, in the order of the text.
    pub sentences: Vec<Sentence>,
    pub observations: Vec<Observation>,
}

/// A sentence that an observation points into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Code points of the decoded text.
    pub span: Span,
    pub part: Part,
    /// The heading that it stands under.
    pub heading: String,
    pub text: String,
}

/// A source that could not be read or holds no report.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub source: String,
    /// `unreadable`, `not_a_report`, …: a word that scripts can test.
    pub reason: &'static str,
    /// What happened and what to do, for a person.
    pub message: String,
    /// Of a text that is no report, what speaks for one: from 3 on it would be.
    pub score: Option<f32>,
}

impl Problem {
    /// The message begins with the source, so that it can be shown by itself.
    fn naming_its_source(self) -> Self {
        if self.message.starts_with(&self.source) {
            return self;
        }
        Self { message: format!("{}: {}", self.source, self.message), ..self }
    }
}

/// Reads one decoded text; a text may hold several reports.
///
/// # Errors
/// A [`Problem`] where the text holds no report.
pub fn read_text(lexicon: &Lexicon, source: &str, text: &str) -> Result<Vec<Report>, Problem> {
    let content_id = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()));
    read::read(
        lexicon,
        read::Given {
            source,
            content_id: &content_id,
            text,
            encoding: "utf-8",
            hint: None,
            row: None,
        },
    )
}

/// Reads one document of a source, minding what the user and the source say of it.
///
/// # Errors
/// As [`read_text`].
pub fn read_document(
    lexicon: &Lexicon,
    document: &Document,
    hints: &Hints,
) -> Result<Vec<Report>, Problem> {
    let told = hints.of(&document.source);
    let kept = told.map_or_else(|| document.kept.clone(), |hint| hint.kept_before(&document.kept));
    let hint = told.filter(|hint| !hint.is_empty());
    // What the user says of one document goes before a column of many.
    let said = |known: fn(&Hint) -> bool| hint.is_some_and(known);
    let row = Hint {
        region: document.region.clone().filter(|_| !said(|hint| hint.region.is_some())),
        year: document.year.filter(|_| !said(|hint| hint.year.is_some())),
        kept: Vec::new(),
    };
    let row = Some(&row).filter(|row| !row.is_empty());
    let (source, content_id) = (document.source.as_str(), document.content_id.as_str());
    let given = read::Given {
        source,
        content_id,
        text: &document.text,
        encoding: document.encoding,
        hint,
        row,
    };
    let mut reports = read::read(lexicon, given).map_err(Problem::naming_its_source)?;
    for report in &mut reports {
        report.warnings.extend_from_slice(&document.warnings);
        report.kept.clone_from(&kept);
    }
    Ok(reports)
}
