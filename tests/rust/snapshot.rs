//! The sample corpus as it is read today, a line for each row: the observations of one report, and the
//! panel of all. A change of the rules shows here; look at it before `INSTA_UPDATE=always cargo test` keeps it.

use std::path::Path;

use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use zhibiao::corpus;
use zhibiao::lexicon::Lexicon;
use zhibiao::panel::{LongTables, Settings, panel};
use zhibiao::pipeline::{Hint, Hints, Report, read_document};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/zhibiao/sample");

/// The invented regions are in no table of divisions; the index names them.
fn sample() -> Vec<Report> {
    let index = std::fs::read_to_string(Path::new(SAMPLE).join("index.tsv")).expect("an index");
    let hints = Hints::new(index.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let region = Some(cells[1].to_owned());
        let hint = Hint { region, year: cells[2].parse().ok(), ..Hint::default() };
        (cells[0].to_owned(), hint)
    }));
    let (sources, problems) = corpus::find(&[SAMPLE.into()]);
    assert_eq!(problems, []);
    let documents = sources.iter().flat_map(|source| corpus::read(source).expect("a text"));
    documents
        .flat_map(|mut document| {
            // Identities hash the path, which differs from machine to machine.
            document.source = document.source.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
            read_document(Lexicon::builtin(), &document, &hints).expect("a report")
        })
        .collect()
}

#[test]
fn observations_of_a_report() {
    let reports = sample();
    let report = reports.iter().find(|r| r.source == "qingwan_2024.txt").expect("this report");
    let mut lines = Vec::new();
    let mut sentence = None;
    for observation in &report.observations {
        if sentence != Some(observation.sentence) {
            sentence = Some(observation.sentence);
            let text = &report.sentences[observation.sentence as usize].text;
            lines.push(format!("\n{}", text.split_whitespace().collect::<String>()));
        }
        lines.push(format!("  {}", crate::report::line(observation)));
    }
    insta::assert_snapshot!("qingwan_2024", lines.join("\n"));
}

#[test]
fn panel_of_the_sample() {
    let mut tables = LongTables::new(Lexicon::builtin());
    tables.push(&sample(), &[]);
    let made = panel(&tables.finish().observations, None, Settings::default()).expect("a panel");
    let lines: Vec<String> = made.batches.iter().flat_map(rows).collect();
    insta::assert_snapshot!("panel", lines.join("\n"));
}

/// A cell of the panel in one line; sides that are missing are left out.
fn rows(batch: &RecordBatch) -> Vec<String> {
    let options = FormatOptions::default();
    let cell = |name: &str, row: usize| {
        let column = batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}"));
        let formatter = ArrayFormatter::try_new(column, &options).expect("a printable column");
        formatter.value(row).to_string()
    };
    let side = |side: &str, row: usize| {
        let comparator = cell(&format!("{side}_comparator"), row);
        let (low, high) = (cell(&format!("{side}_low"), row), cell(&format!("{side}_high"), row));
        let open = |bound: String| if bound.is_empty() { "…".to_owned() } else { bound };
        let (low, high) = (open(low), open(high));
        let year = cell(&format!("{side}_report_year"), row);
        match comparator.as_str() {
            "" => "-".to_owned(),
            "eq" => format!("{low} ({year})"),
            "approx" => format!("approx {low} ({year})"),
            "sync" | "above" | "assigned" => format!("{comparator} ({year})"),
            _ => format!("{comparator} {low} to {high} ({year})"),
        }
    };
    let line = |row| {
        let key = ["region", "year", "metric", "measure", "unit", "horizon"];
        let key = key.map(|name| cell(name, row)).join(" ");
        let (target, actual) = (side("target", row), side("actual", row));
        let stretch = cell("target_stretch", row);
        let stretch = if stretch.is_empty() { stretch } else { format!(" stretch {stretch}") };
        format!("{key} | target {target}{stretch} | actual {actual} | gap {}", cell("gap", row))
    };
    (0..batch.num_rows()).map(|row| line(row).trim_end().to_owned()).collect()
}
