//! Prints where reports come from, one JSON object a line.
//!
//!     cargo run --release --example origin -- FOLDER_OR_FILE...

use std::fmt::Write as _;
use std::path::Path;

use zhibiao::document::origin::{Origin, Verdict, recognise};

fn main() {
    for argument in std::env::args().skip(1) {
        for entry in walkdir::WalkDir::new(argument).sort_by_file_name().into_iter().flatten() {
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e == "txt") {
                show(entry.path());
            }
        }
    }
}

fn show(path: &Path) {
    let bytes = std::fs::read(path).expect("a file that was listed can be read");
    let decoded = match std::str::from_utf8(&bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GB18030.decode(&bytes).0,
    };
    let text = fold(&decoded);
    let begin = std::time::Instant::now();
    let verdict = recognise(&path.to_string_lossy(), &text);
    let micros = begin.elapsed().as_micros();
    let mut line = format!("{{\"source\":{:?},\"micros\":{micros}", path.to_string_lossy());
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

/// Full-width forms half-width, spaces within lines removed.
fn fold(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("<U+00A0>", "").replace("&nbsp;", "");
    let mut folded = String::with_capacity(text.len());
    let mut characters =
        text.replace("\\r\\n", "\n").chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {}
            ' ' | '\u{3000}' | '\u{a0}' | '\t' => {
                let ascii = folded.ends_with(|c: char| c.is_ascii_alphanumeric())
                    && characters.peek().is_some_and(char::is_ascii_alphanumeric);
                if ascii {
                    folded.push(' ');
                }
            }
            '\u{ff01}'..='\u{ff5e}' => {
                folded.extend(char::from_u32(character as u32 - 0xfee0));
            }
            other => folded.push(other),
        }
    }
    folded
}
