//! Tables of the lexicon, row by row: no row is without a sentence that shows what it does.
//!
//! The sentences of `variants.tsv` stand in `tests/cases/variant.toml`, where [`crate::cases`] reads them;
//! here is seen that none is missing. Those of `plausible.tsv` are put together, one at each end of its
//! range and one beyond.

use zhibiao::lexicon::{Lexicon, plausible};
use zhibiao::metric::{Doubt, Measure};
use zhibiao::pipeline::read_text;

use crate::report::{Page, line};

/// The rows of a TSV file behind its head, cut into so many cells.
fn rows<const CELLS: usize>(tsv: &str) -> impl Iterator<Item = [&str; CELLS]> {
    tsv.lines().skip(1).map(|row| {
        let mut cells = row.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    })
}

/// A row of a case, as far as it tells of variants.
struct Told {
    text: String,
    metric: String,
    variant: String,
    period: Option<i64>,
}

fn told() -> Vec<Told> {
    let cases: toml::Table = toml::from_str(include_str!("../cases/variant.toml")).unwrap();
    let mut told = Vec::new();
    for case in cases["case"].as_array().unwrap() {
        let texts = case.get("texts").and_then(|t| t.as_array()).into_iter().flatten();
        for text in texts.chain(case.get("text")) {
            for row in case["rows"].as_array().unwrap() {
                told.push(Told {
                    text: text.as_str().unwrap().to_owned(),
                    metric: row["metric"].as_str().unwrap().to_owned(),
                    variant: row["variant"].as_str().unwrap().to_owned(),
                    period: row.get("period").and_then(toml::Value::as_integer),
                });
            }
        }
    }
    told
}

#[test]
fn every_variant_has_its_sentences() {
    let told = told();
    for [metric, variant, forms, unit, from, to] in
        rows::<6>(include_str!("../../src/lexicon/variants.tsv"))
    {
        let edges: Vec<i64> = [from, to].iter().filter_map(|year| year.parse().ok()).collect();
        for form in forms.split('|') {
            let shows = |t: &&Told| {
                let same = t.metric == metric && t.variant == variant;
                let at_edge = t.period.is_some_and(|year| edges.contains(&year));
                same && t.text.contains(form)
                    && t.text.contains(unit)
                    && (edges.is_empty() || at_edge)
            };
            assert!(
                told.iter().any(|t| shows(&t)),
                "tests/cases/variant.toml: no sentence for {metric} {variant} by {form:?} {unit:?} {edges:?}"
            );
        }
    }
}

/// Stands for the rows of `plausible.tsv` that hold for any metric; it has none of its own.
const ANY: &str = "manufacturing_investment";

/// Beyond an end of a range by so much.
const BEYOND: f64 = 0.01;

/// What a report would write: 地区生产总值下降10.01%.
fn sentence(metric: &str, measure: Measure, value: f64) -> String {
    let lexicon = Lexicon::builtin();
    let id = if metric.is_empty() { ANY } else { metric };
    let term = &lexicon.metric(lexicon.find_metric(id).expect("a metric")).zh;
    let term = if metric == "cpi" && measure == Measure::Level {
        "居民消费价格指数"
    } else {
        term
    };
    let (rises, size) = (value >= 0.0, value.abs());
    let size = format!("{size:.2}");
    let size = size.trim_end_matches('0').trim_end_matches('.');
    match measure {
        Measure::Growth => format!("{term}{}{size}%。", if rises { "增长" } else { "下降" }),
        Measure::Change => {
            format!("{term}{}{size}个百分点。", if rises { "提高" } else { "下降" })
        }
        Measure::Level => format!("{term}为{size}%。"),
        Measure::Share => format!("{term}占地区生产总值的比重为{size}%。"),
    }
}

/// Is the one row of the sentence of this metric and measure, and held for hardly possible?
fn is_doubted(metric: &str, measure: Measure, value: f64) -> bool {
    let text = sentence(metric, measure, value);
    let page = Page { region: "洪湖市", year: 2024, heading: None }.review(&text);
    let reports = read_text(Lexicon::builtin(), "case.txt", &page).expect("a report");
    let read: Vec<_> = reports.into_iter().flat_map(|r| r.observations).collect();
    let [row] = &read[..] else {
        panic!("{text} gives {:?}", read.iter().map(line).collect::<Vec<_>>());
    };
    let id = row.metric.map(|id| Lexicon::builtin().metric(id).id.as_str());
    let expected = if metric.is_empty() { ANY } else { metric };
    assert_eq!((id, row.measure), (Some(expected), measure), "{text} {}", line(row));
    row.doubts.has(Doubt::Implausible)
}

#[test]
fn every_range_of_values_is_kept_at_both_ends() {
    for [metric, measure, low, high] in rows::<4>(include_str!("../../src/lexicon/plausible.tsv")) {
        let measure = *Measure::ALL.iter().find(|m| m.name() == measure).expect("a measure");
        let (low, high): (f64, f64) = (low.parse().unwrap(), high.parse().unwrap());
        let name = if metric.is_empty() { ANY } else { metric };
        assert_eq!(plausible(name, measure), Some((low, high)), "{name} {measure:?}");
        let signed = matches!(measure, Measure::Growth | Measure::Change);
        for (value, beyond) in [(low, low - BEYOND), (high, high + BEYOND)] {
            assert!(!is_doubted(metric, measure, value), "{}", sentence(metric, measure, value));
            // No report prints a share or a level below nought.
            if signed || beyond >= 0.0 {
                assert!(
                    is_doubted(metric, measure, beyond),
                    "{}",
                    sentence(metric, measure, beyond)
                );
            }
        }
    }
}
