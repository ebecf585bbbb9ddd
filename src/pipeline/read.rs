//! One decoded text through all rooms.

use xxhash_rust::xxh3::xxh3_128;

use super::clock::Clock;
use super::{Hint, Problem, Report, Sentence, told};
use crate::document::fold::{Folded, fold};
use crate::document::origin::{Verdict, recognise};
use crate::document::sketch::Sketch;
use crate::document::{Level, Origin, body, several};
use crate::layout::{self, Layout, Part};
use crate::lexicon::divisions::divisions;
use crate::lexicon::{Lexicon, Scan};
use crate::mention::time_expressions;
use crate::metric::{self, Context, Named};
use crate::observation::{compare, observation};
use crate::span::Span;

/// A text to be read, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub source: &'a str,
    /// Hash of the bytes that the text was decoded from.
    pub content_id: &'a str,
    pub text: &'a str,
    pub encoding: &'static str,
    /// What the user says of it.
    pub hint: Option<&'a Hint>,
    /// What stands beside it in its table.
    pub row: Option<&'a Hint>,
}

/// Reads a text.
///
/// # Errors
/// A [`Problem`] where the text holds no report, or tells no year.
pub(super) fn read(lexicon: &Lexicon, given: Given) -> Result<Vec<Report>, Problem> {
    let folded = fold(given.text);
    let stretches = several::split(&folded.text);
    let alone = stretches.len() == 1;
    let mut reports = Vec::with_capacity(stretches.len());
    let mut problem = None;
    for stretch in stretches {
        let ordinal = reports.len() as u32;
        match read_stretch(lexicon, given, &folded, stretch, ordinal, alone) {
            Ok(report) => reports.push(report),
            Err(found) => problem = problem.or(Some(found)),
        }
    }
    match problem {
        Some(problem) if reports.is_empty() => Err(problem),
        _ => Ok(reports),
    }
}

/// Reads the report in a stretch of the text. What the user says of a year cannot hold for
/// several reports in one text.
fn read_stretch(
    lexicon: &Lexicon,
    given: Given,
    folded: &Folded,
    stretch: Span,
    ordinal: u32,
    alone: bool,
) -> Result<Report, Problem> {
    let mut origin = origin(&given, stretch.of(&folded.text))?;
    for (who, hint) in [("table", given.row), ("user", given.hint)] {
        let Some(hint) = hint else { continue };
        let year = hint.year.filter(|_| alone);
        let hint = Hint { region: hint.region.clone(), year, kept: Vec::new() };
        told::apply(&hint, who, &mut origin);
    }
    let Some(year) = origin.report_year else {
        return Err(Problem {
            source: given.source.to_owned(),
            reason: "no_year",
            message: "the text tells no report year; name it with `year=` or in an index table"
                .to_owned(),
            score: None,
        });
    };
    Ok(Reader { lexicon, given, folded, year, stretch, ordinal }.report(origin))
}

fn origin(given: &Given, text: &str) -> Result<Origin, Problem> {
    match recognise(given.source, text) {
        Verdict::Report(origin) => Ok(origin),
        Verdict::NotReport { score, why } => {
            if given.hint.is_some_and(|h| h.region.is_some() && h.year.is_some()) {
                return Ok(Origin::default());
            }
            Err(Problem {
                source: given.source.to_owned(),
                reason: "not_a_report",
                message: format!(
                    "not a report (score {score:.1}): {why}; tell its region and year, in an index \
                     or to `read`, to read it all the same"
                ),
                score: Some(score),
            })
        }
    }
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    given: Given<'a>,
    folded: &'a Folded,
    year: i16,
    /// Where the report stands in the text, with what lies around it.
    stretch: Span,
    /// Its place among the reports of the text.
    ordinal: u32,
}

impl Reader<'_> {
    fn report(&self, origin: Origin) -> Report {
        let found = body::find(self.stretch.of(&self.folded.text));
        let body = found.span.shifted(self.stretch.start);
        let words = body.of(&self.folded.text);
        let scan = self.lexicon.scan(&self.folded.text);
        let layout = layout::lay_out(self.lexicon, &self.folded.text, &scan, body, self.year);
        let mut report = Report {
            report_id: self.report_id(self.ordinal),
            content_id: self.given.content_id.to_owned(),
            source: self.given.source.to_owned(),
            encoding: self.given.encoding,
            fragment: found.is_fragment,
            characters: words.chars().count() as u32,
            sketch: Sketch::of(words),
            warnings: origin.warnings.clone(),
            kept: Vec::new(),
            named: Named::default(),
            sentences: Vec::new(),
            observations: Vec::new(),
            origin,
        };
        self.read_sentences(&layout, &scan, &mut report);
        compare(self.lexicon, &mut report.observations);
        report
    }

    fn report_id(&self, ordinal: u32) -> String {
        let key = format!("{}\0{}\0{ordinal}", self.given.source, self.given.content_id);
        format!("{:032x}", xxh3_128(key.as_bytes()))
    }

    fn read_sentences(&self, layout: &Layout, scan: &Scan, report: &mut Report) {
        let text = &self.folded.text;
        let own_names = own_names(&report.origin);
        let context = Context {
            lexicon: self.lexicon,
            text,
            scan,
            year: self.year,
            own_names: &own_names,
            is_nation: report.origin.region_code == Some(100_000),
            is_county: report.origin.level == Some(Level::County),
            above: units_above(&report.origin),
            sentence: 0,
            times: &[],
        };
        let mut clock = Clock::default();
        for sentence in &layout.sentences {
            let times = time_expressions(self.lexicon, text, scan, sentence.span, self.year);
            let start = sentence.span.start as usize;
            let context = Context { sentence: start, times: &times, ..context };
            let standing = clock.stand(&context, layout, sentence);
            if sentence.part == Part::Glossary {
                continue;
            }
            report.named.note(&context, sentence.span, sentence.outlook);
            if sentence.is_heading {
                continue;
            }
            let readings = metric::read(&context, &standing, sentence.span);
            if readings.is_empty() {
                continue;
            }
            let at = report.sentences.len() as u32;
            report.sentences.push(self.sentence_row(layout, sentence));
            report.observations.extend(readings.iter().map(|r| {
                observation(self.lexicon, self.folded, self.given.text, r, sentence.part, at)
            }));
        }
    }

    fn sentence_row(&self, layout: &Layout, sentence: &layout::Sentence) -> Sentence {
        let text = &self.folded.text;
        let trimmed = sentence.span.of(text).trim_end_matches('\n');
        let end = sentence.span.start as usize + trimmed.len();
        let origin = self.folded.origin(Span::new(sentence.span.start as usize, end));
        let heading = sentence.heading.map_or("", |h| layout.headings[h as usize].span.of(text));
        Sentence {
            span: origin.code_points,
            part: sentence.part,
            heading: heading.to_owned(),
            text: origin.bytes.of(self.given.text).to_owned(),
        }
    }
}

/// What the units above a region are called, by which 全市 in the report of a county is not
/// its own. A county-level city, and a region whose level is not known, call themselves so.
fn units_above(origin: &Origin) -> &'static [char] {
    let is_city = origin.region.ends_with('市');
    match origin.level {
        Some(Level::Prefecture) => &['省'],
        Some(Level::County) if is_city => &['省', '州', '盟'],
        Some(Level::County) => &['省', '市', '州', '盟'],
        Some(Level::Township) => &['省', '市', '州', '盟', '县', '区', '旗'],
        _ => &[],
    }
}

/// The names under which a report speaks of its own region: 洪湖市, 洪湖.
fn own_names(origin: &Origin) -> Vec<String> {
    let year = origin.report_year.unwrap_or(0);
    let unit = origin.region_code.and_then(|code| divisions().near(code, year));
    let name = unit.map_or(origin.region.as_str(), |u| u.name);
    let mut names: Vec<String> = vec![name.to_owned()];
    let short = name.trim_end_matches(['省', '市', '县', '区', '州', '旗', '盟']);
    if short.chars().count() >= 2 && short.len() < name.len() {
        names.push(short.to_owned());
    }
    // 新区地区生产总值增长27.8%, in the report of 大鹏新区
    if name.ends_with("新区") {
        names.push("新区".to_owned());
    }
    names.retain(|n| !n.is_empty());
    names
}
