//! Where a sentence ends: at 。！？ and at the end of its paragraph.
//!
//! A semicolon ends no sentence: 预计 reaches over it.

use crate::span::Span;

/// The sentences of a paragraph, in order; together they are the paragraph.
pub(super) fn split(text: &str, paragraph: Span) -> impl Iterator<Item = Span> {
    let (mut at, end) = (paragraph.start as usize, paragraph.end as usize);
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let start = at;
        at = end_of_sentence(&text[start..end]).map_or(end, |n| start + n);
        Some(Span::new(start, at))
    })
}

/// Bytes up to and with the first full stop and the quotes that close behind it.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (stop, c) = chars.find(|(_, c)| matches!(c, '。' | '！' | '？' | '\n'))?;
    let mut end = stop + c.len_utf8();
    if c != '\n' {
        for c in text[end..]
            .chars()
            .take_while(|c| matches!(c, '”' | '’' | '）' | '》' | '\n' | '。' | '！'))
        {
            end += c.len_utf8();
        }
    }
    Some(end)
}
