//! Many documents in one source: the same as in files of their own, whatever the threads.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use zhibiao::corpus::{self, Reading};
use zhibiao::lexicon::Lexicon;
use zhibiao::pipeline::{BATCH_BYTES, Hints, Options, Problem, Progress, Report, extract};

fn extracted(path: &Path, threads: usize) -> (Vec<Report>, Vec<Problem>, usize) {
    let (sources, mut problems) = corpus::find(&[path.to_owned()]);
    let (hints, reading) = (Hints::default(), Reading::default());
    let options =
        Options { lexicon: Lexicon::builtin(), threads, hints: &hints, reading: &reading, batch_bytes: BATCH_BYTES };
    let (mut reports, mut parts, progress) = (Vec::new(), 0, Progress::default());
    extract(&sources, options, &progress, |batch| {
        reports.extend(batch.reports);
        problems.extend(batch.problems);
        parts += 1;
    })
    .expect("nobody stops the run");
    let (done, all) = progress.documents();
    assert_eq!(done, all);
    (reports, problems, parts)
}

fn sample() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/python/zhibiao/sample");
    let (sources, _) = corpus::find(&[folder.into()]);
    let read = |source: corpus::Source| {
        let text = corpus::read(&source).expect("a text").remove(0).text;
        (source.path, text)
    };
    sources.into_iter().map(read).collect()
}

fn values(report: &Report) -> Vec<String> {
    let text = |o: &zhibiao::observation::Observation| format!("{:?}", (&o.text, o.metric, o.span));
    report.observations.iter().map(text).collect()
}

/// A table of more than a megabyte, which all threads read.
#[test]
fn a_large_table_is_read_in_order_on_any_number_of_threads() {
    let texts = sample();
    let rows = 600;
    let mut table = "id,text\n".to_owned();
    for number in 0..rows {
        let text = if number % 50 == 49 { "从前有座山。" } else { &texts[number % texts.len()].1 };
        write!(table, "{number},\"{}\"\n", text.replace('"', "\"\"")).expect("a string takes all");
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.csv");
    fs::write(&path, &table).expect("a file for the test");
    assert!(table.len() > 1 << 20, "{}", table.len());

    let (reports, problems, parts) = extracted(&path, 1);
    assert!(parts > 2, "handed on in parts: {parts}");
    let name = path.to_string_lossy();
    let told: Vec<&str> = reports.iter().map(|report| report.source.as_str()).collect();
    let expected: Vec<String> =
        (0..rows).filter(|n| n % 50 != 49).map(|n| format!("{name}#{n}")).collect();
    assert_eq!(told, expected);
    assert_eq!(problems.len(), rows / 50);
    for (report, number) in reports.iter().zip((0..rows).filter(|n| n % 50 != 49)) {
        let (path, text) = &texts[number % texts.len()];
        let alone = zhibiao::pipeline::read_text(Lexicon::builtin(), &path.to_string_lossy(), text);
        if number < texts.len() {
            assert_eq!(values(report), values(&alone.expect("a report")[0]), "{}", path.display());
        }
    }
    for threads in [2, 5] {
        let again = extracted(&path, threads);
        assert_eq!((&again.0, &again.1), (&reports, &problems), "{threads} threads");
    }
}
