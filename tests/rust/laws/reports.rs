//! Whole reports: rows stand where they say, agree with themselves, and hang on nothing beside the text.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zhibiao::corpus::{self, Reading};
use zhibiao::lexicon::Lexicon;
use zhibiao::mention::{Bounds, Comparator};
use zhibiao::metric::Kind;
use zhibiao::observation::Observation;
use zhibiao::pipeline::{
    BATCH_BYTES, Hints, Options, Problem, Progress, Report, extract, read_text,
};

use super::{JOINTS, PIECES, code_points, config, figures, page_text, prose};
use crate::report::Page;

fn page(text: &str) -> String {
    Page { region: "洪湖市", year: 2024, heading: None }.review(text)
}

/// Every span is where it says; rows follow the text and lie in their sentences.
fn check_report(report: &Report, decoded: &str) -> Result<(), TestCaseError> {
    for sentence in &report.sentences {
        prop_assert_eq!(&code_points(decoded, sentence.span), &sentence.text);
    }
    for observation in &report.observations {
        prop_assert_eq!(&code_points(decoded, observation.span), &observation.text);
        prop_assert!(!observation.text.is_empty());
        let sentence = &report.sentences[observation.sentence as usize];
        prop_assert!(sentence.span.contains(observation.span));
        prop_assert!(observation.period.start <= observation.period.end);
        check_fields(observation)?;
    }
    Ok(())
}

/// The fields of a row agree with one another.
fn check_fields(o: &Observation) -> Result<(), TestCaseError> {
    let told = crate::report::line(o);
    let (low, high) = (o.value.low, o.value.high);
    let bounded = match o.comparator {
        Comparator::Eq | Comparator::Approx => low.is_some() && low == high,
        Comparator::Ge => low.is_some() && high.is_none(),
        Comparator::Le => low.is_none() && high.is_some(),
        Comparator::Range => low.is_some() && high.is_some(),
        Comparator::Sync | Comparator::Above | Comparator::Assigned => {
            low.is_none() && high.is_none() && o.unit.is_empty() && o.metric.is_some()
        }
    };
    prop_assert!(bounded, "bounds of {told}");
    prop_assert!(low.into_iter().chain(high).all(f64::is_finite), "{told}");
    for (printed, base) in [(low, o.base.low), (high, o.base.high)] {
        prop_assert_eq!(printed.map(sign), base.map(sign), "base of {}", told);
    }
    prop_assert_eq!(o.modality.is_some(), o.kind == Kind::Target, "modality of {}", told);
    prop_assert!(o.vintage.is_none() || o.kind == Kind::Actual, "vintage of {told}");
    prop_assert!(!o.stretch || o.kind == Kind::Target, "stretch of {told}");
    prop_assert!(o.comparator_word.is_empty() || o.comparator != Comparator::Eq, "{told}");
    prop_assert!(!o.subject.is_empty() || o.metric.is_none(), "subject of {told}");
    Ok(())
}

fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}

/// The rows of a text without their places.
fn rows(text: &str) -> Vec<String> {
    let reports = read_text(Lexicon::builtin(), "law.txt", &page(text)).unwrap_or_default();
    let observations = reports.iter().flat_map(|report| &report.observations);
    observations.map(crate::report::line).collect()
}

/// Digits, points and signs as many pages write them.
fn widened(text: &str) -> String {
    let wide = |c| match c {
        '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
        '%' => '％',
        _ => c,
    };
    text.chars().map(wide).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_value_is_the_text_of_its_span(text in prose()) {
        let decoded = page(&text);
        let reports = read_text(Lexicon::builtin(), "law.txt", &decoded);
        for report in reports.map_err(|problem| TestCaseError::fail(problem.message))? {
            check_report(&report, &decoded)?;
            for Bounds { low, high } in report.observations.iter().map(|o| o.value) {
                prop_assert!(low.zip(high).is_none_or(|(low, high)| low <= high));
            }
        }
    }

    #[test]
    fn nothing_that_is_read_panics(text in page_text(), figures in figures()) {
        let decoded = page(&format!("{text}{figures}。{figures}{text}"));
        for report in read_text(Lexicon::builtin(), "law.txt", &decoded).into_iter().flatten() {
            check_report(&report, &decoded)?;
        }
        let _ = read_text(Lexicon::builtin(), "law.txt", &text);
    }

    #[test]
    fn no_text_at_all_panics(text in any::<String>(), soup in "\\PC{0,40}[0-9.,%万亿]{0,20}\\PC{0,40}") {
        for decoded in [page(&text), page(&soup), text, soup] {
            for report in read_text(Lexicon::builtin(), "law.txt", &decoded).into_iter().flatten() {
                check_report(&report, &decoded)?;
            }
        }
    }

    #[test]
    fn line_ends_do_not_matter(text in prose()) {
        let unix = text.replace("\r\n", "\n");
        prop_assert_eq!(rows(&unix), rows(&unix.replace('\n', "\r\n")));
    }

    #[test]
    fn the_width_of_digits_does_not_matter(text in prose()) {
        let narrow = rows(&text).into_iter().map(|row| widened(&row));
        let wide = rows(&widened(&text)).into_iter().map(|row| widened(&row));
        prop_assert_eq!(narrow.collect::<Vec<_>>(), wide.collect::<Vec<_>>());
    }

    #[test]
    fn a_paragraph_behind_changes_nothing_before(text in prose(), more in prose()) {
        let (before, both) = (rows(&format!("{text}。\n")), rows(&format!("{text}。\n{more}")));
        prop_assert!(both.starts_with(&before), "{before:#?}\n{both:#?}");
    }

    #[test]
    fn a_second_reading_gives_the_same(text in prose()) {
        prop_assert_eq!(rows(&text), rows(&text));
    }
}

/// Files whose lengths and contents differ, some of them no reports.
fn write_corpus(folder: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(folder).expect("a folder for the test");
    let files = (0..60).map(|number: usize| {
        let texts = (0..=number % 7 * 5).map(|i| PIECES[(number * 7 + i * 3) % PIECES.len()]);
        let text = texts.collect::<Vec<_>>().join(JOINTS[number % 3]);
        let path = folder.join(format!("{number}.txt"));
        let page = if number % 11 == 10 { text } else { page(&text) };
        fs::write(&path, page).expect("a file for the test");
        path
    });
    files.collect()
}

fn extracted(paths: &[PathBuf], threads: usize) -> (Vec<Report>, Vec<Problem>) {
    let (sources, mut problems) = corpus::find(paths);
    let (hints, reading) = (Hints::default(), Reading::default());
    let options = Options {
        lexicon: Lexicon::builtin(),
        threads,
        hints: &hints,
        reading: &reading,
        batch_bytes: BATCH_BYTES,
    };
    let mut reports = Vec::new();
    extract(&sources, options, &Progress::default(), |batch| {
        reports.extend(batch.reports);
        problems.extend(batch.problems);
    })
    .expect("nobody stops the run");
    (reports, problems)
}

#[test]
fn one_and_many_threads_give_the_same() {
    let paths = write_corpus(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("threads"));
    let alone = extracted(&paths, 1);
    assert!(alone.0.len() > 40 && !alone.1.is_empty(), "the corpus holds reports and others");
    for threads in [2, 7] {
        assert_eq!(extracted(&paths, threads), alone, "{threads} threads");
    }
}
