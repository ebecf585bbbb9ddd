//! Bytes and text → reports: every row stands where it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhibiao::corpus;
use zhibiao::lexicon::Lexicon;
use zhibiao::pipeline::{Hints, Report, read_document, read_text};

/// Puts any text into a report, so that what follows is read and not screened out.
const HEAD: &str =
    "政府工作报告\n2024年1月10日在洪湖市第九届人民代表大会第三次会议上\n各位代表：\n现在，我代表市人民政府向大会报告工作。\n";

fuzz_target!(|bytes: &[u8]| {
    let lexicon = Lexicon::builtin();
    if let Ok(documents) = corpus::read_bytes("fuzz", bytes) {
        for document in &documents {
            let reports = read_document(lexicon, document, &Hints::default());
            check(&reports.unwrap_or_default(), &document.text);
        }
    }
    let text = String::from_utf8_lossy(bytes);
    for text in [format!("{HEAD}{text}"), text.into_owned()] {
        check(&read_text(lexicon, "fuzz", &text).unwrap_or_default(), &text);
    }
});

fn check(reports: &[Report], decoded: &str) {
    let starts: Vec<usize> = decoded.char_indices().map(|(at, _)| at).collect();
    let slice = |span: zhibiao::span::Span| {
        let at = |point: u32| starts.get(point as usize).copied().unwrap_or(decoded.len());
        &decoded[at(span.start)..at(span.end)]
    };
    for report in reports {
        for sentence in &report.sentences {
            assert_eq!(slice(sentence.span), sentence.text);
        }
        for observation in &report.observations {
            assert_eq!(slice(observation.span), observation.text);
            assert!(report.sentences[observation.sentence as usize].span.contains(observation.span));
            assert!(observation.period.start <= observation.period.end);
        }
    }
}
