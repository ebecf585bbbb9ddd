//! Openings of reports and where they come from: `tests/cases/origin.toml`, each as written and as folded.

use serde::Deserialize;
use zhibiao::document::Level;
use zhibiao::document::fold::fold;
use zhibiao::document::origin::{Verdict, recognise};
use zhibiao::lexicon::divisions::divisions;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A text with what is expected of it; what is left out is not compared.
#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    source: String,
    /// False for texts that are no report.
    #[serde(default = "yes")]
    report: bool,
    /// 0 for a region without a code.
    code: Option<u32>,
    region: Option<String>,
    level: Option<String>,
    parent: Option<u32>,
    year: Option<i16>,
    delivered: Option<String>,
    title: Option<String>,
    /// A part of one of the warnings.
    warns: Option<String>,
}

fn yes() -> bool {
    true
}

fn check(case: &Case, text: &str) -> Result<(), String> {
    let origin = match recognise(&case.source, text) {
        Verdict::Report(origin) if case.report => origin,
        Verdict::NotReport { .. } if !case.report => return Ok(()),
        other => return Err(format!("{}: {other:?}", case.name)),
    };
    let same = case.code.is_none_or(|code| origin.region_code.unwrap_or(0) == code)
        && case.region.as_ref().is_none_or(|region| origin.region == *region)
        && case.level.as_ref().is_none_or(|level| origin.level.is_some_and(|l| l.name() == level))
        && case.parent.is_none_or(|parent| origin.parent_code == Some(parent))
        && case.year.is_none_or(|year| origin.report_year == Some(year))
        && case.delivered.as_ref().is_none_or(|day| origin.delivered.as_ref() == Some(day))
        && case.title.as_ref().is_none_or(|title| origin.title == *title)
        && case.warns.as_ref().is_none_or(|part| origin.warnings.iter().any(|w| w.contains(part)));
    if same { Ok(()) } else { Err(format!("{}: {origin:#?}", case.name)) }
}

#[test]
fn openings() {
    let cases: Cases = toml::from_str(include_str!("../cases/origin.toml")).expect("valid TOML");
    let failed: Vec<String> = cases
        .case
        .iter()
        .flat_map(|case| [check(case, &case.text), check(case, &fold(&case.text).text)])
        .filter_map(Result::err)
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} fail:\n{}",
        failed.len(),
        cases.case.len(),
        failed.join("\n")
    );
}

/// Every division of every year is recognised by a title that names it below its parent.
#[test]
fn every_division_by_its_title() {
    let table = divisions();
    let mut failed = Vec::new();
    for unit in table.rows().iter().filter(|unit| unit.level() != Level::Nation) {
        let year = unit.to.min(2026);
        let parent = table.parent(unit, year).filter(|parent| parent.level() != Level::Nation);
        let parent = parent.map_or("", |parent| parent.name);
        let text = format!(
            "{year}年{parent}{}政府工作报告\n各位代表:\n现在,我代表政府向大会报告工作,请予审议。\n\
             一、{}年工作回顾\n生产总值增长8%。",
            unit.name,
            year - 1
        );
        match recognise("", &text) {
            Verdict::Report(origin) if origin.region_code == Some(unit.code) => {}
            Verdict::Report(origin) => {
                failed.push(format!("{year} {parent}{}: {}", unit.name, origin.region));
            }
            Verdict::NotReport { .. } => failed.push(format!("{year} {}: no report", unit.name)),
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {}:\n{}",
        failed.len(),
        table.rows().len(),
        failed.join("\n")
    );
}
