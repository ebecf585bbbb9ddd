//! Sentences and what is read in them: `tests/cases/*.toml`, one file for each phenomenon.
//!
//! A case is a text of one or a few sentences that stands in the review (or, with `part = "plan"`, in
//! the plan) of the report of 洪湖市 of 2024, and the rows that shall come out, in the order of the text:
//!
//! ```toml
//! [[case]]
//! name = "both ends of a range"
//! part = "plan"                        # review unless said; `heading`, `year` and `region` likewise
//! texts = ["增长5%-6%。", "增长5%至6%。"]  # or text = "…"
//! rows = [{ value = [5, 6], comparator = "range" }]
//! ```
//!
//! The number of rows always matters; of a row only what the case names is compared. Fields are those of
//! the codebook, and besides `value` and `base` (one number, or two bounds with "" for an open one) and
//! `period` (a year, or the first and the last) and `reasons` (a list of names). `broken = "why"` marks a case that the program gets
//! wrong: it must fail, so that whoever mends it takes the mark away.

use serde::Deserialize;
use zhibiao::lexicon::Lexicon;
use zhibiao::observation::Observation;
use zhibiao::pipeline::read_text;

use crate::report::Page;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: Option<String>,
    #[serde(default)]
    texts: Vec<String>,
    part: Option<String>,
    heading: Option<String>,
    region: Option<String>,
    year: Option<i16>,
    rows: Vec<toml::Table>,
    broken: Option<String>,
}

impl Case {
    fn texts(&self) -> impl Iterator<Item = &String> {
        self.text.iter().chain(&self.texts)
    }

    fn page(&self, text: &str) -> String {
        let page = Page {
            region: self.region.as_deref().unwrap_or("洪湖市"),
            year: self.year.unwrap_or(2024),
            heading: self.heading.as_deref(),
        };
        match self.part.as_deref().unwrap_or("review") {
            "review" => page.review(text),
            "plan" => page.plan(text),
            other => panic!("{}: expected review or plan, found {other}", self.name),
        }
    }
}

/// A field as TOML, so that it compares with what the case expects.
fn field(observation: &Observation, name: &str) -> Option<toml::Value> {
    let lexicon = Lexicon::builtin();
    let o = observation;
    let word = |name: Option<&'static str>| toml::Value::from(name.unwrap_or(""));
    let value = match name {
        "text" => o.text.as_str().into(),
        "kind" => o.kind.name().into(),
        "metric" => o.metric.map_or("", |id| lexicon.metric(id).id.as_str()).into(),
        "subject" => o.subject.as_str().into(),
        "term" => o.term.as_str().into(),
        "variant" => o.variant.unwrap_or("").into(),
        "measure" => o.measure.name().into(),
        "aggregation" => o.aggregation.name().into(),
        "period" => ends(i64::from(o.period.start).into(), i64::from(o.period.end).into()),
        "subperiod" => o.subperiod.name().into(),
        "value" => ends(bound(o.value.low), bound(o.value.high)),
        "base" => ends(bound(o.base.low), bound(o.base.high)),
        "comparator" => o.comparator.name().into(),
        "comparator_word" => o.comparator_word.as_str().into(),
        "unit" => o.unit.as_str().into(),
        "base_unit" => o.base_unit.as_str().into(),
        "value_text" => o.value_text.as_str().into(),
        "decimals" => i64::from(o.decimals).into(),
        "baseline" => o.baseline.into(),
        "estimated" => o.estimated().into(),
        "modality" => word(o.modality.map(zhibiao::metric::Modality::name)),
        "modality_word" => o.modality_word.as_str().into(),
        "stretch" => o.stretch.into(),
        "basis" => o.basis.name().into(),
        "vintage" => word(o.vintage.map(zhibiao::metric::Vintage::name)),
        "reference" => o.reference.as_str().into(),
        "certainty" => o.certainty().name().into(),
        "reasons" => o.doubts.iter().map(zhibiao::metric::Doubt::name).collect::<Vec<_>>().into(),
        "rule" => o.rule.as_str().into(),
        _ => return None,
    };
    Some(value)
}

fn bound(value: Option<f64>) -> toml::Value {
    value.map_or_else(|| "".into(), toml::Value::from)
}

/// One value where both ends are the same.
fn ends(low: toml::Value, high: toml::Value) -> toml::Value {
    if low == high && low.as_str() != Some("") { low } else { vec![low, high].into() }
}

/// Whole numbers are written without a point in the cases.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" to "),
        other => other.to_string(),
    }
}

/// What was read, and what was expected of it where the two differ.
fn difference(case: &Case, text: &str) -> Option<String> {
    let page = case.page(text);
    let reports = match read_text(Lexicon::builtin(), "case.txt", &page) {
        Ok(reports) => reports,
        Err(problem) => return Some(problem.message),
    };
    let mut observations: Vec<_> = reports.into_iter().flat_map(|r| r.observations).collect();
    observations.sort_by_key(|o| o.span.start);
    let mut faults = Vec::new();
    if observations.len() != case.rows.len() {
        faults.push(format!("{} rows, not {}", observations.len(), case.rows.len()));
    }
    for (at, (row, got)) in case.rows.iter().zip(&observations).enumerate() {
        for (name, expected) in row {
            let Some(value) = field(got, name) else {
                panic!("{}: a row has no field {name}", case.name);
            };
            if plain(&value) != plain(expected) {
                let (value, expected) = (plain(&value), plain(expected));
                faults.push(format!("row {}: {name} is {value}, not {expected}", at + 1));
            }
        }
    }
    let got: Vec<String> = observations.iter().map(crate::report::line).collect();
    (!faults.is_empty()).then(|| {
        format!("    {}\n      got:\n        {}", faults.join("\n    "), got.join("\n        "))
    })
}

fn check(file: &str, toml: &str) {
    let cases: Cases = toml::from_str(toml).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut failed = Vec::new();
    for case in &cases.case {
        assert!(case.texts().next().is_some(), "{file}: {} has no text", case.name);
        for text in case.texts() {
            match (difference(case, text), &case.broken) {
                (Some(difference), None) => {
                    failed.push(format!("  {}: {text}\n{difference}", case.name));
                }
                (None, Some(_)) => {
                    failed.push(format!("  {}: {text}\n    is no longer broken", case.name));
                }
                _ => {}
            }
        }
    }
    let count = cases.case.iter().map(|case| case.texts().count()).sum::<usize>();
    assert!(
        failed.is_empty(),
        "{file}: {} of {count} texts fail\n{}",
        failed.len(),
        failed.join("\n")
    );
}

macro_rules! files {
    ($($name:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            let file = concat!("../cases/", stringify!($name), ".toml");
            check(file, include_str!(concat!("../cases/", stringify!($name), ".toml")));
        }
    )+};
}

files!(
    number, unit, comparator, range, list, period, term, kind, outlook, measure, relation, scope,
    stands, subject, topic, comparable, variant, doubt, nothing
);
