//! Folding knows its way back, and layout loses nothing.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use zhibiao::document::fold::{Folded, fold};
use zhibiao::layout::lay_out;
use zhibiao::lexicon::Lexicon;
use zhibiao::span::Span;

use super::{code_points, config, page_text, prose};

/// Prose with blanks and line breaks where a page may have put them; not beside digits, where one blot
/// takes the meaning of another.
fn blotted() -> impl Strategy<Value = String> {
    let blots =
        select(vec!["", "", "", "", "", "", " ", "\u{3000}", "\t", "\u{200b}", "\n", "\r\n"]);
    (prose(), proptest::collection::vec(blots, 400)).prop_map(|(prose, blots)| {
        let prose: Vec<char> = prose.chars().collect();
        let figure = |c: Option<&char>| c.is_some_and(|c| c.is_numeric() || ".．".contains(*c));
        let blotted = prose.iter().enumerate().map(|(at, &c)| {
            let beside = figure(Some(&c)) || figure(prose.get(at + 1));
            let blot = if beside { "" } else { blots.get(at).copied().unwrap_or("") };
            format!("{c}{blot}")
        });
        blotted.collect()
    })
}

/// What a character may become.
fn may_become(decoded: char, folded: char) -> bool {
    decoded == folded
        || folded == '\n'
        || folded == ' ' && decoded.is_whitespace()
        || matches!(decoded, '<' | '&' | '_' | '\\') // the head of a mark: <U+00A0>
        || fold(&decoded.to_string()).text == folded.to_string()
        || matches!((decoded, folded), ('．' | '﹒' | '·' | '•', '.') | (':', '：'))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn folded_characters_know_where_they_stood(decoded in page_text()) {
        let folded = fold(&decoded);
        let chars: Vec<char> = decoded.chars().collect();
        let mut before = None;
        for (byte, c) in folded.text.char_indices() {
            let at = folded.code_point(byte);
            prop_assert!(before < Some(at), "{c} stands before its predecessor");
            prop_assert!(may_become(chars[at as usize], c), "{c} came from {:?}", chars[at as usize]);
            before = Some(at);
        }
    }

    #[test]
    fn origins_in_bytes_and_in_code_points_agree(
        decoded in page_text(), from in any::<Index>(), to in any::<Index>()
    ) {
        let folded = fold(&decoded);
        let (start, end) = stretch(&folded, from, to);
        if start == end {
            return Ok(()); // nothing stood anywhere
        }
        let origin = folded.origin(Span::new(start, end));
        let cut = code_points(&decoded, origin.code_points);
        prop_assert_eq!(origin.bytes.of(&decoded), cut);
        prop_assert_eq!(origin.code_points.start, folded.code_point(start));
    }

    #[test]
    fn what_is_folded_stays_as_it_is(decoded in blotted()) {
        let once = fold(&decoded).text;
        let twice = fold(&once).text;
        prop_assert_eq!(twice, once);
    }
}

/// A stretch of the folded text, on characters.
fn stretch(folded: &Folded, from: Index, to: Index) -> (usize, usize) {
    let mut edges: Vec<usize> = folded.text.char_indices().map(|(i, _)| i).collect();
    edges.push(folded.text.len());
    let (from, to) = (edges[from.index(edges.len())], edges[to.index(edges.len())]);
    (from.min(to), from.max(to))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sentences_together_are_the_body(decoded in page_text()) {
        let text = fold(&decoded).text;
        let scan = Lexicon::builtin().scan(&text);
        let layout = lay_out(Lexicon::builtin(), &text, &scan, Span::new(0, text.len()), 2024);
        let joined: String = layout.sentences.iter().map(|s| s.span.of(&text)).collect();
        prop_assert_eq!(joined, text);
    }
}
