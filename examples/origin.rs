//! Prints where reports come from, one JSON object a line.
//!
//!     cargo run --release --example origin -- FOLDER_OR_FILE...

use std::fmt::Write as _;
use std::time::Instant;

use zhibiao::corpus::{self, Document};
use zhibiao::document::fold::fold;
use zhibiao::document::origin::{Origin, Verdict, recognise};

fn main() {
    let paths: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let (sources, problems) = corpus::find(&paths);
    for problem in problems {
        eprintln!("{}: {}", problem.source, problem.message);
    }
    for source in &sources {
        match corpus::read(source) {
            Ok(documents) => documents.iter().for_each(show),
            Err(problem) => eprintln!("{}: {}", problem.source, problem.message),
        }
    }
}

fn show(document: &Document) {
    let folded = fold(&document.text);
    let begin = Instant::now();
    let verdict = recognise(&document.source, &folded.text);
    let micros = begin.elapsed().as_micros();
    let mut line = format!("{{\"source\":{:?},\"micros\":{micros}", document.source);
    match verdict {
        Verdict::Report(origin) => report(&mut line, &origin),
        Verdict::NotReport { score, why } => {
            let _ = write!(line, ",\"not_report\":{why:?},\"score\":{score:.1}");
        }
    }
    println!("{line}}}");
}

fn report(line: &mut String, origin: &Origin) {
    let number = |value: Option<u32>| value.map_or("null".to_owned(), |value| value.to_string());
    let _ = write!(
        line,
        ",\"region_code\":{},\"parent_code\":{},\"region\":{:?},\"level\":{:?},\"report_year\":{},\"delivered\":{:?},\"title\":{:?},\"warnings\":{:?}",
        number(origin.region_code),
        number(origin.parent_code),
        origin.region,
        origin.level.map_or("", |level| level.name()),
        origin.report_year.map_or("null".to_owned(), |year| year.to_string()),
        origin.delivered.as_deref().unwrap_or(""),
        origin.title,
        origin.warnings,
    );
}
