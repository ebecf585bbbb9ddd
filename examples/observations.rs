//! Prints the observations of files as JSON lines: the quickest way to look at a change.
//!
//! ```sh
//! cargo run --release --example observations -- FILE... > observations.jsonl
//! ```

use std::io::Write;

use zhibiao::lexicon::Lexicon;
use zhibiao::pipeline::read_text;

fn json(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
            .replace('\t', "\\t")
    )
}

fn number(value: Option<f64>) -> String {
    value.map_or("null".into(), |v| v.to_string())
}

fn main() {
    let lexicon = Lexicon::builtin();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let reports = match read_text(lexicon, &path, &text) {
            Ok(reports) => reports,
            Err(problem) => {
                eprintln!("{}: {}: {}", problem.source, problem.reason, problem.message);
                continue;
            }
        };
        for report in reports {
            for o in &report.observations {
                let metric = o.metric.map_or("null".into(), |m| json(&lexicon.metric(m).id));
                let modality = o.modality.map_or("null".into(), |m| json(m.name()));
                let line = format!(
                    "{{\"source\":{},\"start\":{},\"end\":{},\"text\":{},\"kind\":\"{}\",\"metric\":{metric},\"subject\":{},\"measure\":\"{}\",\"period_start\":{},\"period_end\":{},\"value_low\":{},\"value_high\":{},\"comparator\":\"{}\",\"unit\":{},\"modality\":{modality},\"stretch\":{},\"estimated\":{},\"baseline\":{},\"subperiod\":\"{}\",\"aggregation\":\"{}\",\"basis\":\"{}\",\"term\":{},\"variant\":{},\"vintage\":{},\"modality_word\":{},\"reference\":{},\"part\":\"{}\",\"certainty\":\"{}\",\"reasons\":[{}],\"rule\":{},\"sentence\":{}}}",
                    json(&report.source),
                    o.span.start,
                    o.span.end,
                    json(&o.text),
                    o.kind.name(),
                    json(&o.subject),
                    o.measure.name(),
                    o.period.start,
                    o.period.end,
                    number(o.value.low),
                    number(o.value.high),
                    o.comparator.name(),
                    json(&o.unit),
                    o.stretch,
                    o.estimated(),
                    o.baseline,
                    o.subperiod.name(),
                    o.aggregation.name(),
                    o.basis.name(),
                    json(&o.term),
                    o.variant.map_or("null".into(), json),
                    o.vintage.map_or("null".into(), |v| json(v.name())),
                    json(&o.modality_word),
                    json(&o.reference),
                    o.part.name(),
                    o.certainty().name(),
                    o.doubts.iter().map(|d| json(d.name())).collect::<Vec<_>>().join(","),
                    json(&o.rule),
                    json(&report.sentences[o.sentence as usize].text),
                );
                writeln!(out, "{line}").expect("standard output is open");
            }
        }
    }
}
