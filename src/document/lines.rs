//! Where does a line end a paragraph, and where was it only broken?
//!
//! A crawled page breaks lines at links (`行政⏎权力⏎公开透明运行`), a PDF at the
//! width of its page, a bilingual file at every clause. [`joins`] decides from the
//! end of the line, the head of the next and the width of the file's lines.
//! It does not know what a heading says, only what one looks like.

use super::fold;
use super::marks::{self, Meaning};

/// In what a program counted the width at which it cut lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Of a page, where a Chinese character takes two.
    Columns,
    /// Of a text.
    Characters,
}

impl Measure {
    /// The width of a line as folding leaves it; very long lines are not measured out.
    fn of(self, line: &str) -> usize {
        let (mut width, mut rest) = (0_usize, line);
        while let (Some(c), true) = (rest.chars().next(), width <= self.widest()) {
            if ('\u{4000}'..'\u{a000}').contains(&c) {
                width += self.of_character(c); // nearly all of a text, and never a mark or blank
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let (counts, bytes) = match marks::mark(rest) {
                Some((meaning, bytes)) => (matches!(meaning, Meaning::Character(_)), bytes),
                None if rest.starts_with("??") => {
                    (false, rest.bytes().take_while(|&b| b == b'?').count())
                }
                None => (!fold::is_blank(c), c.len_utf8()),
            };
            width += usize::from(counts) * self.of_character(c);
            rest = &rest[bytes..];
        }
        width
    }

    /// Digits and signs are counted in the width that folding gives them.
    fn of_character(self, c: char) -> usize {
        let narrow = c.is_ascii() || ('\u{ff10}'..='\u{ff5a}').contains(&c) && c.is_alphanumeric();
        if narrow || c == '％' || self == Self::Characters { 1 } else { 2 }
    }

    /// Longer lines are paragraphs.
    const fn widest(self) -> usize {
        match self {
            Self::Columns => WIDEST_WRAP * 2,
            Self::Characters => WIDEST_WRAP,
        }
    }

    /// How far lines that were cut at one width differ: a mark that may not begin a
    /// line and a number that is not cut make it longer or shorter.
    const fn play(self) -> usize {
        self.widest() / 20
    }
}

/// How a file breaks its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// A line is a paragraph, save for accidents.
    Paragraphs,
    /// Lines are cut at about this width.
    Width(Measure, usize),
}

/// Lines of fewer characters are the rule in a file with hard line breaks only.
const WIDEST_WRAP: usize = 60;

/// Fewer lines of one width show no rule.
const FEWEST_FULL: usize = 8;

/// Of the lines of a file that was cut at a width one in so many has it, and of others
/// one in twenty at the most.
const LINES_PER_FULL: usize = 7;

impl Wrapping {
    /// Where lines were cut, their widths pile up at the greatest; the widths of
    /// paragraphs lie all over.
    pub(super) fn of(decoded: &str) -> Self {
        let lines: Vec<&str> =
            decoded.split(['\n', '\r', '\u{2028}']).flat_map(marks::lines).collect();
        let measures = [Measure::Columns, Measure::Characters];
        let piles = measures.into_iter().filter_map(|measure| {
            let (width, full) = pile(measure, &lines)?;
            Some((full, Self::Width(measure, width)))
        });
        // Of equals the first.
        piles.reduce(|a, b| if b.0 > a.0 { b } else { a }).map_or(Self::Paragraphs, |pile| pile.1)
    }

    /// Is the line as wide as those that were cut, or shorter by a part of their play?
    fn fills(self, line: &str, parts: usize) -> bool {
        match self {
            Self::Paragraphs => false,
            Self::Width(measure, width) => measure.of(line) + measure.play() / parts >= width,
        }
    }

    /// Does the next word not fit into the line? Numbers are not cut, and before the first
    /// line of a paragraph stood blanks.
    fn is_full(self, line: &str, next: &str, is_first: bool) -> bool {
        let word = next.trim_start_matches(|c: char| c.is_ascii_graphic());
        let word = (next.len() - word.len()).min(LONGEST_WORD);
        match self {
            Self::Paragraphs => false,
            Self::Width(measure, width) => {
                let play = measure.play() * if is_first { 2 } else { 1 };
                measure.of(line) + word + play >= width
            }
        }
    }
}

/// A number and its sign.
const LONGEST_WORD: usize = 12;

/// The width at which lines were cut, and how many have it.
fn pile(measure: Measure, lines: &[&str]) -> Option<(usize, usize)> {
    let shortest = measure.widest() / 6;
    let mut widths: Vec<usize> =
        lines.iter().map(|line| measure.of(line)).filter(|&w| w > shortest).collect();
    widths.sort_unstable();
    let most = *widths.get(widths.len() * 19 / 20)?;
    let full = widths.iter().filter(|w| w.abs_diff(most) <= measure.play() / 2).count();
    let is_rule = full >= FEWEST_FULL && full * LINES_PER_FULL >= widths.len();
    (most <= measure.widest() && is_rule).then_some((most, full))
}

/// A line end as [`joins`] sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineEnd<'t> {
    /// The paragraph so far, and its last line.
    pub(super) paragraph: &'t str,
    pub(super) line: &'t str,
    pub(super) next: &'t str,
    /// A page number stood between.
    pub(super) over_page: bool,
}

/// Does the next line go on with the paragraph?
pub(super) fn joins(at: LineEnd, wrapping: Wrapping) -> bool {
    let LineEnd { paragraph, line, next, over_page } = at;
    let Some(head) = next.chars().next() else { return true };
    let Some(last) = paragraph.chars().next_back() else { return true };
    if "，、。；：）％%”》,;:)".contains(head) {
        return true;
    }
    if "。！？；：…".contains(last) || is_closed(paragraph) {
        return last != '：' && wrapping.fills(line, 3) && !is_numbered(next);
    }
    if "，、（“《".contains(last) {
        return true;
    }
    if is_numbered(next) {
        return false;
    }
    if over_page {
        return true;
    }
    // A heading has no full stop and is short; an open sentence in a long paragraph was
    // broken by a link, an advertisement or the width of the page.
    let is_first = line.len() == paragraph.len();
    let goes_on = !is_first && !is_whole_heading(paragraph);
    goes_on
        || paragraph.contains('。')
        || wrapping.is_full(line, next, is_first)
        || wrapping == Wrapping::Paragraphs && paragraph.chars().nth(WIDEST_WRAP).is_some()
}

/// 二、“十四五”时期的总体思路和重点任务, put together from the pieces around its quotes.
fn is_whole_heading(paragraph: &str) -> bool {
    let long = paragraph.chars().nth(LONGEST_HEADING).is_some();
    is_numbered(paragraph) && !long && !paragraph.contains(['，', '。', '；'])
}

/// A numbered line of more characters is a paragraph.
const LONGEST_HEADING: usize = 40;

/// A closing quote or bracket behind a full stop.
fn is_closed(paragraph: &str) -> bool {
    let mut back = paragraph.chars().rev();
    matches!(back.next(), Some('”' | '）' | '》'))
        && matches!(back.next(), Some('。' | '！' | '？'))
}

/// `一、` `（一）` `1.` `第一，` `一是` `——`: the head of a new paragraph.
pub(super) fn is_numbered(line: &str) -> bool {
    let line = line.trim_start_matches(['（', '(', '第', '\u{3000}', ' ']);
    let rest = line.trim_start_matches(|c: char| {
        "一二三四五六七八九十0123456789０１２３４５６７８９".contains(c)
    });
    (rest.len() < line.len()
        && rest.starts_with(['、', '.', '．', '）', ')', '，', ',', '是', '要'])
        // ９．５亿元 is a figure
        && !rest.strip_prefix(['.', '．']).is_some_and(|r| {
            r.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        }))
        || line.starts_with("——")
}

/// A line of more bytes is no page number.
const LONGEST_PAGE_NUMBER: usize = 32;

/// Bytes of a line that holds only a page number, with its line end:
/// `- 12 -`, `第3页`, `1`.
pub(super) fn page_number(text: &str) -> Option<usize> {
    let ends = |at: usize| {
        matches!(text.as_bytes()[at], b'\n' | b'\r' | 0x0c | b'\\' | b'_' | b'<')
            && fold::line_end(&text[at..])
    };
    let end = (0..text.len().min(LONGEST_PAGE_NUMBER)).find(|&at| ends(at))?;
    let line = text[..end].trim();
    let core = line.trim_matches(|c: char| "-—－–第页·. /共".contains(c) || c.is_whitespace());
    let digits = !core.is_empty() && core.len() <= 3 && core.bytes().all(|b| b.is_ascii_digit());
    if !digits {
        return None;
    }
    Some(end + fold::blank_run(&text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fold::fold;

    /// Paragraphs of one sentence, cut at so many characters; none ends in a full line.
    fn cut(at: usize, blanks: &str) -> (String, String) {
        let sentence =
            "全年地区生产总值增长8.5%，一般公共预算收入增长12.25%，城镇新增就业3.6万人，";
        let paragraph = format!("{}社会大局稳定。", sentence.repeat(5));
        let letters: Vec<char> = format!("{blanks}{paragraph}").chars().collect();
        let lines: Vec<String> = letters.chunks(at).map(|l| l.iter().collect()).collect();
        let whole = format!("{paragraph}\n").repeat(4) + "二、今年安排";
        let all = format!("{}\n", lines.join("\n")).repeat(4) + "二、今年安排";
        (all, whole)
    }

    #[test]
    fn lines_cut_at_a_number_of_characters_are_joined() {
        for at in [30, 40, 47] {
            for blanks in ["", "\u{3000}\u{3000}", "    "] {
                let (lines, whole) = cut(at, blanks);
                assert_eq!(fold(&lines).text, whole, "{at} {blanks:?}");
                let marked = lines.replace('\n', "_x000D_\n&nbsp;");
                assert_eq!(fold(&marked).text, whole, "{at} {blanks:?} and marks");
            }
        }
    }

    #[test]
    fn joins_broken_lines_only() {
        for (decoded, folded) in [
            ("一、去年回顾\n刚刚过去的一年，增长8%。", "一、去年回顾\n刚刚过去的一年，增长8%。"),
            ("大力推进改革。推进行政\n权力\n公开透明。", "大力推进改革。推进行政权力公开透明。"),
            ("完成投资4.6\n\n1\n\n亿元，增长8%。", "完成投资4.6亿元，增长8%。"),
            (
                "二、“\n十四五\n”时期的主要任务\n“\n十四五\n”时期，增长6%。",
                "二、“十四五”时期的主要任务\n“十四五”时期，增长6%。",
            ),
            // A numbered line with a comma, or a long one, is a paragraph that goes on.
            ("二、推进“\n十四五\n”规划，\n增长6%。", "二、推进“十四五”规划，增长6%。"),
            (
                "一是深入实施城乡居民基本养老保险和基本医疗保险以及工伤失业生育等“\n五险合一\n”的经办服务改革试点",
                "一是深入实施城乡居民基本养老保险和基本医疗保险以及工伤失业生育等“五险合一”的经办服务改革试点",
            ),
            // One that is no numbered line goes on too.
            ("加快“\n十四五\n”项目\n建设", "加快“十四五”项目建设"),
            ("价格下滑\n、且\n遭受灾害。", "价格下滑、且遭受灾害。"),
            ("增长9.2%；\n收入10万亿元，\n增长5%。", "增长9.2%；\n收入10万亿元，增长5%。"),
        ] {
            let got = fold(decoded).text;
            assert_eq!(got, folded, "{decoded}");
        }
        assert_eq!(page_number("12\n下"), Some(3));
        assert_eq!(page_number("2024\n下"), None);
    }
}
