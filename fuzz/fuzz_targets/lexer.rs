//! Text → folded text, words, sentences, quantities and times, each where it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhibiao::document::{body, fold};
use zhibiao::layout;
use zhibiao::lexicon::Lexicon;
use zhibiao::mention;
use zhibiao::span::Span;

/// Any report year does; periods are told from it.
const YEAR: i16 = 2024;

fuzz_target!(|decoded: &str| {
    let lexicon = Lexicon::builtin();
    let folded = fold::fold(decoded);
    let text = folded.text.as_str();
    let scan = lexicon.scan(text);
    let body = body::find(text);
    let layout = layout::lay_out(lexicon, text, &scan, body.span, YEAR);
    for sentence in &layout.sentences {
        within(sentence.span, body.span, text);
        for mention in mention::find(lexicon, text, &scan, sentence.span) {
            within(mention.span, sentence.span, text);
            let origin = folded.origin(mention.span);
            assert!(decoded.get(origin.bytes.start as usize..origin.bytes.end as usize).is_some());
        }
        for time in mention::time_expressions(lexicon, text, &scan, sentence.span, YEAR) {
            within(time.span, sentence.span, text);
            if let Some(frame) = time.frame {
                assert!(frame.period().start <= frame.period().end, "{frame:?}");
            }
        }
    }
});

fn within(inner: Span, outer: Span, text: &str) {
    assert!(outer.contains(inner), "{inner:?} in {outer:?}");
    assert!(text.get(inner.start as usize..inner.end as usize).is_some(), "{inner:?}");
}
