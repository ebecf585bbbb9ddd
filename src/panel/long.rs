//! Reports → the four long tables, in the order in which they are handed over.
//!
//! Rows follow the sources of the call and, within a report, the text. Nothing
//! here depends on threads, so the same input gives the same bytes.

use std::collections::{BTreeSet, HashMap, HashSet};

use arrow_array::types::Date32Type;
use arrow_cast::parse::Parser;
use arrow_schema::ArrowError;
use xxhash_rust::xxh3::xxh3_64;

use super::column::Filler;
use super::schema::{OBSERVATIONS, PROBLEMS, REPORTS, SENTENCES};
use super::{Kept, Table, copies};
use crate::document::Level;
use crate::lexicon::{Lexicon, MetricId};
use crate::metric::{Doubt, Modality, Named, Vintage};
use crate::observation::Observation;
use crate::pipeline::{Problem, Report, Sentence};
use crate::span::Span;

/// The four long tables of one run.
#[derive(Clone, Debug)]
pub struct Tables {
    pub reports: Table,
    pub observations: Table,
    pub sentences: Table,
    pub problems: Table,
}

/// Collects reports and problems into [`Tables`]; each call of
/// [`push`](Self::push) makes a batch.
pub struct LongTables<'l> {
    lexicon: &'l Lexicon,
    reports: Filler,
    observations: Filler,
    sentences: Filler,
    problems: Filler,
}

impl<'l> LongTables<'l> {
    #[must_use]
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self::keeping(lexicon, &Kept::default())
    }

    /// With further columns behind those of the reports.
    #[must_use]
    pub fn keeping(lexicon: &'l Lexicon, kept: &Kept) -> Self {
        let filler = |sheet| Filler::new(sheet, lexicon.digest());
        Self {
            lexicon,
            reports: Filler::keeping(&REPORTS, lexicon.digest(), kept.clone()),
            observations: filler(&OBSERVATIONS),
            sentences: filler(&SENTENCES),
            problems: filler(&PROBLEMS),
        }
    }

    /// Adds reports and problems, as a batch of each table.
    pub fn push(&mut self, reports: &[Report], problems: &[Problem]) {
        let texts: Vec<Texts> = reports.iter().map(Texts::of).collect();
        fill_reports(&mut self.reports, reports, &texts, self.lexicon);
        fill_sentences(&mut self.sentences, reports, &texts);
        fill_observations(&mut self.observations, &rows(reports, &texts), self.lexicon);
        fill_problems(&mut self.problems, problems);
    }

    /// Adds the tables of a part of a run; parts in the order of their sources give the tables of
    /// one run over all of them.
    ///
    /// # Errors
    /// A table has other columns: another version made it, or one that keeps other columns.
    pub fn append(&mut self, part: &Tables) -> Result<(), ArrowError> {
        let tables = [
            (&mut self.reports, &part.reports),
            (&mut self.observations, &part.observations),
            (&mut self.sentences, &part.sentences),
            (&mut self.problems, &part.problems),
        ];
        for (filler, table) in tables {
            table.batches.iter().try_for_each(|batch| filler.rows_of(batch))?;
        }
        Ok(())
    }

    /// The tables; copies among all reports are found now.
    ///
    /// # Panics
    /// Never: the table of reports has the columns that copies are found by.
    #[must_use]
    pub fn finish(self) -> Tables {
        let tables = self.unmarked();
        Tables { reports: copies::mark(&tables.reports).expect("its own columns"), ..tables }
    }

    /// The tables of a part of a run, whose copies may stand in another one.
    #[must_use]
    pub fn unmarked(self) -> Tables {
        Tables {
            reports: self.reports.finish(),
            observations: self.observations.finish(),
            sentences: self.sentences.finish(),
            problems: self.problems.finish(),
        }
    }
}

/// What a report's rows share, printed once.
struct Texts {
    region_code: Option<String>,
    parent_code: Option<String>,
    entity_id: Option<String>,
    sentence_ids: Vec<String>,
    /// Different canonical metrics in each sentence.
    sentence_metrics: Vec<i8>,
}

impl Texts {
    fn of(report: &Report) -> Self {
        let code = |code: u32| format!("{code:06}");
        Self {
            region_code: report.origin.region_code.map(code),
            parent_code: report.origin.parent_code.map(code),
            entity_id: report.origin.entity_id.map(code),
            sentence_ids: report
                .sentences
                .iter()
                .map(|sentence| identity(&report.report_id, sentence.span, "sentence"))
                .collect(),
            sentence_metrics: metrics_by_sentence(report),
        }
    }
}

fn metrics_by_sentence(report: &Report) -> Vec<i8> {
    let mut seen: Vec<HashSet<MetricId>> = vec![HashSet::new(); report.sentences.len()];
    for observation in &report.observations {
        if let Some(metric) = observation.metric {
            seen[observation.sentence as usize].insert(metric);
        }
    }
    seen.iter().map(|metrics| i8::try_from(metrics.len()).unwrap_or(i8::MAX)).collect()
}

/// A stable key: the same report gives the same one in every run.
fn identity(report_id: &str, span: Span, what: &str) -> String {
    format!(
        "{:016x}",
        xxh3_64(format!("{report_id} {} {} {what}", span.start, span.end).as_bytes())
    )
}

/// An observation beside its report.
struct Row<'a> {
    id: String,
    report: &'a Report,
    texts: &'a Texts,
    observation: &'a Observation,
}

fn rows<'a>(reports: &'a [Report], texts: &'a [Texts]) -> Vec<Row<'a>> {
    let mut rows = Vec::with_capacity(reports.iter().map(|r| r.observations.len()).sum());
    for (report, texts) in reports.iter().zip(texts) {
        let mut ordinals: HashMap<Span, u32> = HashMap::new();
        for observation in &report.observations {
            let ordinal = ordinals.entry(observation.span).or_default();
            let id = identity(&report.report_id, observation.span, &ordinal.to_string());
            *ordinal += 1;
            rows.push(Row { id, report, texts, observation });
        }
    }
    rows
}

/// An empty text says that there is none.
fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn fill_reports(out: &mut Filler, reports: &[Report], texts: &[Texts], lexicon: &Lexicon) {
    let all = || reports.iter();
    out.text("report_id", all().map(|r| r.report_id.as_str()));
    out.text("content_id", all().map(|r| r.content_id.as_str()));
    out.text("source", all().map(|r| r.source.as_str()));
    out.word("encoding", all().map(|r| r.encoding));
    out.text("title", all().map(|r| r.origin.title.as_str()));
    out.word("region_code", texts.iter().map(|t| t.region_code.as_deref()));
    out.word("parent_code", texts.iter().map(|t| t.parent_code.as_deref()));
    out.word("entity_id", texts.iter().map(|t| t.entity_id.as_deref()));
    out.word("region", all().map(|r| some(&r.origin.region)));
    out.word("level", all().map(|r| r.origin.level.map(Level::name)));
    out.year("report_year", all().map(|r| r.origin.report_year));
    out.day("delivered", all().map(|r| r.origin.delivered.as_deref().and_then(Date32Type::parse)));
    out.flag("fragment", all().map(|r| r.fragment));
    out.flag("inconsistent", all().map(|r| r.origin.inconsistent));
    out.count("n_characters", all().map(|r| r.characters as i32));
    let prints: Vec<String> = all().map(|r| r.sketch.printed()).collect();
    out.text("fingerprint", prints.iter().map(String::as_str));
    out.text("duplicate_of", all().map(|_| None)); // filled when all reports are known
    let named = |set: fn(&Named) -> &BTreeSet<MetricId>| {
        let id = |metric: &MetricId| lexicon.metric(*metric).id.as_str();
        all().map(move |r| set(&r.named).iter().map(id))
    };
    out.list("named_in_plan", named(|n| &n.in_plan));
    out.list("named_in_review", named(|n| &n.in_review));
    out.list("claimed_met", named(|n| &n.claimed_met));
    out.list("claimed_missed", named(|n| &n.claimed_missed));
    out.count("n_observations", all().map(|r| r.observations.len() as i32));
    out.list("warnings", all().map(|r| r.warnings.iter().map(String::as_str)));
    let kept: Vec<&[Option<String>]> = all().map(|r| r.kept.as_slice()).collect();
    out.kept(&kept);
    out.end_batch();
}

fn fill_sentences(out: &mut Filler, reports: &[Report], texts: &[Texts]) {
    let all = || reports.iter().flat_map(|r| r.sentences.iter().map(move |s| (r, s)));
    let each = |get: fn(&Sentence) -> &str| all().map(move |(_, s)| get(s));
    out.text("sentence_id", texts.iter().flat_map(|t| &t.sentence_ids).map(String::as_str));
    out.word("report_id", all().map(|(r, _)| r.report_id.as_str()));
    out.count("start", all().map(|(_, s)| s.span.start as i32));
    out.count("end", all().map(|(_, s)| s.span.end as i32));
    out.word("part", each(|s| s.part.name()));
    out.word("heading", each(|s| &s.heading));
    out.text("text", each(|s| &s.text));
    out.end_batch();
}

fn fill_problems(out: &mut Filler, problems: &[Problem]) {
    out.text("source", problems.iter().map(|p| p.source.as_str()));
    out.word("reason", problems.iter().map(|p| p.reason));
    out.text("message", problems.iter().map(|p| p.message.as_str()));
    let tenths = |score: f32| (f64::from(score) * 10.0).round() / 10.0;
    out.number("score", problems.iter().map(|p| p.score.map(tenths)));
    out.end_batch();
}

fn fill_observations(out: &mut Filler, rows: &[Row], lexicon: &Lexicon) {
    fill_origin(out, rows);
    fill_reading(out, rows, lexicon);
    fill_value(out, rows);
    fill_wording(out, rows);
    out.end_batch();
}

/// Whose statement it is, and where it stands.
fn fill_origin(out: &mut Filler, rows: &[Row]) {
    let all = || rows.iter();
    out.text("observation_id", all().map(|r| r.id.as_str()));
    out.word("report_id", all().map(|r| r.report.report_id.as_str()));
    out.word("source", all().map(|r| r.report.source.as_str()));
    out.word("region_code", all().map(|r| r.texts.region_code.as_deref()));
    out.word("entity_id", all().map(|r| r.texts.entity_id.as_deref()));
    out.word("region", all().map(|r| some(&r.report.origin.region)));
    out.word("level", all().map(|r| r.report.origin.level.map(Level::name)));
    out.year("report_year", all().map(|r| r.report.origin.report_year));
    out.word("part", all().map(|r| r.observation.part.name()));
    let sentence = |r: &Row| r.observation.sentence as usize;
    out.text("sentence_id", all().map(|r| r.texts.sentence_ids[sentence(r)].as_str()));
    out.count("start", all().map(|r| r.observation.span.start as i32));
    out.count("end", all().map(|r| r.observation.span.end as i32));
    out.text("text", all().map(|r| r.observation.text.as_str()));
}

/// What it measures, and when.
fn fill_reading(out: &mut Filler, rows: &[Row], lexicon: &Lexicon) {
    let all = || rows.iter().map(|r| r.observation);
    let metric = |o: &Observation| o.metric.map(|id| lexicon.metric(id));
    out.word("kind", all().map(|o| o.kind.name()));
    out.word("metric", all().map(|o| metric(o).map(|m| m.id.as_str())));
    out.word("metric_zh", all().map(|o| metric(o).map(|m| m.zh.as_str())));
    out.text("subject", all().map(|o| o.subject.as_str()));
    out.word("term", all().map(|o| some(&o.term)));
    out.word("variant", all().map(|o| o.variant));
    out.word("measure", all().map(|o| o.measure.name()));
    out.word("aggregation", all().map(|o| o.aggregation.name()));
    out.year("period_start", all().map(|o| o.period.start));
    out.year("period_end", all().map(|o| o.period.end));
    out.word("subperiod", all().map(|o| o.subperiod.name()));
}

/// The figure.
fn fill_value(out: &mut Filler, rows: &[Row]) {
    let all = || rows.iter().map(|r| r.observation);
    let without_number = |o: &Observation| o.value_text.is_empty();
    out.number("value_low", all().map(|o| o.value.low));
    out.number("value_high", all().map(|o| o.value.high));
    out.word("comparator", all().map(|o| o.comparator.name()));
    out.word("comparator_word", all().map(|o| some(&o.comparator_word)));
    out.word("unit", all().map(|o| some(&o.unit)));
    out.text("value_text", all().map(|o| some(&o.value_text)));
    out.small("decimals", all().map(|o| (!without_number(o)).then_some(o.decimals as i8)));
    out.number("base_low", all().map(|o| o.base.low));
    out.number("base_high", all().map(|o| o.base.high));
    out.word("base_unit", all().map(|o| some(&o.base_unit)));
}

/// How it is told, and by which rule it was read.
fn fill_wording(out: &mut Filler, rows: &[Row]) {
    let all = || rows.iter().map(|r| r.observation);
    out.flag("estimated", all().map(Observation::estimated));
    out.word("vintage", all().map(|o| o.vintage.map(Vintage::name)));
    out.flag("baseline", all().map(|o| o.baseline));
    out.word("modality", all().map(|o| o.modality.map(Modality::name)));
    out.word("modality_word", all().map(|o| some(&o.modality_word)));
    out.flag("stretch", all().map(|o| o.stretch));
    out.word("basis", all().map(|o| o.basis.name()));
    out.word("reference", all().map(|o| some(&o.reference)));
    let metrics = |r: &Row| r.texts.sentence_metrics[r.observation.sentence as usize];
    out.small("sentence_metrics", rows.iter().map(metrics));
    out.word("certainty", all().map(|o| o.certainty().name()));
    out.list("reasons", all().map(|o| o.doubts.iter().map(Doubt::name)));
    out.word("rule", all().map(|o| o.rule.as_str()));
}
