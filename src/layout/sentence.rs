//! Where a sentence ends: at 。！？ and at the end of its paragraph.
//!
//! A semicolon ends no sentence: 预计 reaches over it. What runs on and on is no sentence but damage;
//! it is cut, so that its reading takes no longer than that of a text.

use memchr::memchr3_iter;

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

/// Bytes of a sentence; the longest that was seen in a report has half of it.
const LONGEST: usize = 4_000;

/// Bytes up to and with the first full stop and the quotes that close behind it.
fn end_of_sentence(text: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    // The bytes that line ends and full-width marks begin with.
    let mut marks = memchr3_iter(b'\n', 0xe3, 0xef, near.as_bytes());
    let stop_at = |at: usize| {
        let c = near[at..].chars().next()?;
        matches!(c, '。' | '！' | '？' | '\n').then_some((at, c))
    };
    let Some((stop, c)) = marks.find_map(stop_at) else {
        let comma = || near.rfind(['；', '，']).map(|at| at + '，'.len_utf8());
        return (near.len() < text.len()).then(|| comma().unwrap_or(near.len()));
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_on_is_cut_at_a_comma_or_anywhere() {
        for text in ["增长5%，".repeat(5_000), "的".repeat(20_000), "完成5亿元".repeat(4_000)]
        {
            let text = format!("{text}。增长8%。\n");
            let sentences: Vec<&str> =
                split(&text, Span::new(0, text.len())).map(|span| span.of(&text)).collect();
            assert_eq!(sentences.concat(), text);
            assert!(sentences.iter().all(|sentence| sentence.len() <= LONGEST));
            assert_eq!(sentences.last(), Some(&"增长8%。\n"));
            let (_, whole) = sentences.split_last().unwrap();
            let (_, cut) = whole.split_last().unwrap();
            let at_comma = text.contains('，');
            assert!(cut.iter().all(|sentence| sentence.ends_with('，') == at_comma));
        }
    }
}
