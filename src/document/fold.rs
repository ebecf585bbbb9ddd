//! Decoded text → one written form, with the way back kept.
//!
//! Reports come with full-width digits, spaces between characters, lines broken
//! inside sentences and page numbers between lines. [`fold`] brings all of it to
//! one form, so that no later room meets a variant: widths are folded, blanks
//! dropped, broken lines joined, and `\n` stands between paragraphs only.
//! Punctuation becomes the full-width kind, except inside numbers.
//!
//! Characters are replaced one for one or dropped, never added, so a folded text
//! keeps its offsets by remembering where something was dropped
//! ([`Folded::code_point`]). Spelling and wording are left alone.

use super::lines::{self, LineEnd, Wrapping};
use super::marks::{Meaning, mark};
use crate::span::Span;

/// A folded text that knows where its characters stood in the decoded text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub text: String,
    anchors: Vec<Anchor>,
    replaced: Vec<Replaced>,
}

/// A character whose width in bytes changed, or that stands for a mark of several.
#[derive(Clone, Copy, Debug)]
struct Replaced {
    /// Byte in the folded text.
    at: u32,
    /// What stood there, in bytes and in code points.
    bytes: u8,
    code_points: u8,
}

/// From `folded` on, the bytes of both texts run side by side.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Byte in the folded text.
    folded: u32,
    /// Byte in the decoded text.
    decoded: u32,
    /// Code points of the decoded text before it.
    code_point: u32,
}

/// A stretch of the decoded text, in code points and in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub code_points: Span,
    pub bytes: Span,
}

impl Folded {
    fn anchor_of(&self, byte: usize) -> Anchor {
        let at = self.anchors.partition_point(|a| a.folded as usize <= byte);
        at.checked_sub(1)
            .map_or(Anchor { folded: 0, decoded: 0, code_point: 0 }, |i| self.anchors[i])
    }

    /// The code point of the decoded text at which the character at `byte` stood.
    #[must_use]
    pub fn code_point(&self, byte: usize) -> u32 {
        let anchor = self.anchor_of(byte);
        anchor.code_point + count_chars(&self.text.as_bytes()[anchor.folded as usize..byte])
    }

    /// Where in the decoded text a folded span came from; blanks dropped behind its
    /// last character stay outside.
    #[must_use]
    pub fn origin(&self, span: Span) -> Origin {
        let (start, end) = (span.start as usize, span.end as usize);
        let last =
            self.text[start..end].char_indices().next_back().map_or(start, |(i, _)| start + i);
        let (first, anchor) = (self.anchor_of(start), self.anchor_of(last));
        let start_byte = first.decoded as usize + start - first.folded as usize;
        // A character that was replaced was of another width.
        let replaced = self.replaced.binary_search_by_key(&(last as u32), |r| r.at);
        let replaced = replaced.ok().map(|i| self.replaced[i]);
        let last_byte = anchor.decoded as usize + last - anchor.folded as usize;
        let width = replaced.map_or(end - last, |r| r.bytes as usize);
        let points = replaced.map_or(1, |r| u32::from(r.code_points));
        let end_byte = if end > start { last_byte + width } else { start_byte };
        let end_point = self.code_point(last) + if end > start { points } else { 0 };
        Origin {
            code_points: Span { start: self.code_point(start), end: end_point },
            bytes: Span::new(start_byte, end_byte),
        }
    }
}

/// Characters in UTF-8 bytes: those that do not continue another.
fn count_chars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

/// Folds a decoded text.
///
/// ```
/// use zhibiao::document::fold::fold;
/// use zhibiao::span::Span;
/// let folded = fold("增长 ８．８ ％");
/// assert_eq!(folded.text, "增长8.8%");
/// let origin = folded.origin(Span::new(6, 10));
/// assert_eq!(origin.code_points, Span::new(3, 8));
/// ```
#[must_use]
pub fn fold(decoded: &str) -> Folded {
    let mut folder = Folder::new(decoded);
    folder.run();
    Folded { text: folder.out, anchors: folder.anchors, replaced: folder.replaced }
}

/// An anchor at least every so many bytes keeps the way back short.
const FAR: u32 = 96;

struct Folder<'t> {
    decoded: &'t str,
    /// Byte in `decoded`.
    at: usize,
    /// Code points before `at`.
    code_points: u32,
    out: String,
    anchors: Vec<Anchor>,
    replaced: Vec<Replaced>,
    /// The texts have parted since the last anchor.
    parted: bool,
    /// Whether something was dropped right before the next character.
    dropped: bool,
    /// Where in `out` something was dropped last.
    last_drop: usize,
    /// Where the current paragraph starts in `out`.
    paragraph: usize,
    /// Where the current line starts in `out`.
    line: usize,
    wrapping: Wrapping,
}

/// What becomes of one character.
enum Fate {
    Keep,
    Replace(char),
    /// One character for a mark of so many bytes.
    Stand(char, usize),
    /// Drop so many bytes, blanks and scraper's marks.
    Drop(usize),
    /// A line ends; so many bytes of line ends and blanks follow.
    LineEnd(usize),
}

impl<'t> Folder<'t> {
    fn new(decoded: &'t str) -> Self {
        Self {
            decoded,
            at: 0,
            code_points: 0,
            out: String::with_capacity(decoded.len()),
            anchors: Vec::new(),
            replaced: Vec::new(),
            parted: false,
            dropped: false,
            last_drop: 0,
            paragraph: 0,
            line: 0,
            wrapping: Wrapping::of(decoded),
        }
    }

    fn run(&mut self) {
        let bytes = self.decoded.as_bytes();
        while self.at < bytes.len() {
            let plain = bytes[self.at..].iter().take_while(|&&b| !SPECIAL[b as usize]).count();
            if plain > 0 {
                self.copy(plain);
                continue;
            }
            let c = self.decoded[self.at..].chars().next().unwrap_or(' ');
            match self.fate(c) {
                Fate::Keep => self.copy(c.len_utf8()),
                Fate::Replace(with) => self.replace(c, with),
                Fate::Stand(with, bytes) => self.stand(with, bytes),
                Fate::Drop(bytes) => self.drop(bytes),
                Fate::LineEnd(bytes) => self.line_end(bytes),
            }
        }
    }

    /// Copies in pieces, so that there are anchors in a text that holds nothing to fold.
    fn copy(&mut self, bytes: usize) {
        let end = self.at + bytes;
        while self.at < end {
            self.anchor();
            let far = self.decoded.floor_char_boundary(end.min(self.at + FAR as usize));
            let piece = &self.decoded[self.at..far];
            self.out.push_str(piece);
            self.code_points += count_chars(piece.as_bytes());
            self.at = far;
        }
    }

    fn replace(&mut self, c: char, with: char) {
        self.anchor();
        if c.len_utf8() != with.len_utf8() {
            self.note_replaced(c.len_utf8(), 1);
        }
        self.out.push(with);
        self.code_points += 1;
        self.at += c.len_utf8();
    }

    /// Marks are ASCII and short.
    fn stand(&mut self, with: char, bytes: usize) {
        self.anchor();
        self.note_replaced(bytes, bytes);
        self.out.push(with);
        self.code_points += bytes as u32;
        self.at += bytes;
    }

    /// Notes that what is pushed next stood for something of another width.
    fn note_replaced(&mut self, bytes: usize, code_points: usize) {
        let (bytes, code_points) = (bytes as u8, code_points as u8);
        self.replaced.push(Replaced { at: self.out.len() as u32, bytes, code_points });
        self.parted = true;
    }

    fn drop(&mut self, bytes: usize) {
        self.code_points += count_chars(&self.decoded.as_bytes()[self.at..self.at + bytes]);
        self.at += bytes;
        self.parted = true;
        self.dropped = true;
    }

    /// Notes where the texts stand to each other, if they have parted or run far.
    fn anchor(&mut self) {
        let folded = self.out.len() as u32;
        let far = self.anchors.last().is_none_or(|a| folded - a.folded > FAR);
        if self.parted || far {
            self.anchors.push(Anchor {
                folded,
                decoded: self.at as u32,
                code_point: self.code_points,
            });
            self.parted = false;
        }
        if self.dropped {
            self.last_drop = self.out.len();
            self.dropped = false;
        }
    }

    /// Joins the next line to the paragraph, or begins a new one.
    fn line_end(&mut self, bytes: usize) {
        let mut skip = bytes;
        let mut over_page = false;
        let rest = loop {
            let rest = &self.decoded[self.at + skip..];
            let Some(number) = lines::page_number(rest) else { break rest };
            skip += number;
            over_page = true;
        };
        let paragraph = &self.out[self.paragraph..];
        if paragraph.is_empty()
            || lines::joins(
                LineEnd { paragraph, line: &self.out[self.line..], next: rest, over_page },
                self.wrapping,
            )
        {
            self.drop(skip);
        } else {
            let first = self.decoded[self.at..].chars().next().unwrap_or('\n');
            self.replace(first, '\n');
            if skip > first.len_utf8() {
                self.drop(skip - first.len_utf8());
            }
            self.paragraph = self.out.len();
        }
        self.line = self.out.len();
    }

    fn fate(&self, c: char) -> Fate {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' | '\u{85}' => {
                Fate::LineEnd(blank_run(&self.decoded[self.at..]))
            }
            ' '
            | '\t'
            | '\u{a0}'
            | '\u{3000}'
            | '\u{2000}'..='\u{200f}'
            | '\u{202a}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ad}' => self.blank(c),
            '<' | '&' | '_' | '\\' => self.marked(),
            '"' => Fate::Replace(self.quote()),
            ',' | '，' if self.inside_number(c, true) => Fate::Drop(c.len_utf8()),
            ',' => Fate::Replace('，'),
            ';' => Fate::Replace('；'),
            ':' if !self.inside_number(c, false) => Fate::Replace('：'),
            '(' => Fate::Replace('（'),
            ')' => Fate::Replace('）'),
            '?' if self.decoded[self.at..].starts_with("??") => {
                let rest = &self.decoded[self.at..];
                Fate::Drop(rest.len() - rest.trim_start_matches('?').len())
            }
            '?' => Fate::Replace('？'),
            '!' => Fate::Replace('！'),
            '﹪' => Fate::Replace('%'),
            '．' | '﹒' => Fate::Replace(if self.after_digit() { '.' } else { '．' }),
            '·' | '•' if self.is_decimal_point(c) => Fate::Replace('.'),
            '\u{ff10}'..='\u{ff19}'
            | '\u{ff21}'..='\u{ff3a}'
            | '\u{ff41}'..='\u{ff5a}'
            | '％'
            | '＋'
            | '／' => Fate::Replace(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
            _ => Fate::Keep,
        }
    }

    /// A straight quote opens where none of its paragraph stands open, and else closes.
    fn quote(&self) -> char {
        let paragraph = &self.out[self.paragraph..];
        let stands_open = paragraph.matches('“').count() > paragraph.matches('”').count();
        if stands_open { '”' } else { '“' }
    }

    /// A blank goes, except between two words of Latin letters or two numbers.
    fn blank(&self, c: char) -> Fate {
        let run = inline_blank_run(&self.decoded[self.at..]);
        let before = self.out.bytes().next_back().unwrap_or(b'\n');
        let after = self.decoded[self.at + run..].chars().next().unwrap_or('\n');
        let apart = before.is_ascii_alphabetic() && after.is_ascii_alphabetic()
            || before.is_ascii_digit() && is_digit(after) && !self.spaced_digits(run);
        match (apart, c) {
            (true, ' ') => Fate::Keep, // what blanks follow it are dropped
            (true, _) if c.is_whitespace() => Fate::Replace(' '),
            _ => Fate::Drop(run),
        }
    }

    /// `1 9 9 7年`: digits set apart one by one, which belong together.
    fn spaced_digits(&self, run: usize) -> bool {
        let single = |b: Option<u8>| !b.is_some_and(|b| b.is_ascii_digit());
        let out = self.out.as_bytes();
        let next = self.decoded[self.at + run..].chars().nth(1);
        let joined_before = out.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        (single(out.iter().rev().nth(1).copied()) || self.dropped_before(joined_before))
            && !next.is_some_and(is_digit)
    }

    fn dropped_before(&self, digits: usize) -> bool {
        self.last_drop > self.out.len() - digits
    }

    /// What a program wrote for a character; see [`mark`].
    fn marked(&self) -> Fate {
        let rest = &self.decoded[self.at..];
        match mark(rest) {
            Some((Meaning::Blank, _)) => self.blank('\u{a0}'),
            Some((Meaning::LineEnd, _)) => Fate::LineEnd(blank_run(rest)),
            Some((Meaning::Nothing, bytes)) => Fate::Drop(bytes),
            Some((Meaning::Character('"'), bytes)) => Fate::Stand(self.quote(), bytes),
            Some((Meaning::Character(c), bytes)) => Fate::Stand(c, bytes),
            None => Fate::Keep,
        }
    }

    /// 增长14·1％: one or two digits and a per cent sign behind the dot.
    fn is_decimal_point(&self, c: char) -> bool {
        let (digits, rest) = digits_ahead(&self.decoded[self.at + c.len_utf8()..]);
        self.after_digit() && (1..=2).contains(&digits) && rest.starts_with(['%', '％'])
    }

    fn after_digit(&self) -> bool {
        self.out.bytes().next_back().is_some_and(|b| b.is_ascii_digit())
    }

    /// Between two digits; for a thousands separator before just three of them.
    fn inside_number(&self, c: char, thousands: bool) -> bool {
        if !self.after_digit() {
            return false;
        }
        let (digits, rest) = digits_ahead(&self.decoded[self.at + c.len_utf8()..]);
        if !thousands {
            return digits > 0;
        }
        // 1，026亿元: the comma of a sentence stands behind a unit, and not before one.
        let counts = c == ',' || rest.starts_with(char::is_alphabetic);
        digits == 3 && counts && self.thousands_before()
    }

    /// One to three digits stand before, and no decimal point before them.
    fn thousands_before(&self) -> bool {
        let out = self.out.as_bytes();
        let digits = out.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let grouped = digits > 3 && self.last_drop + 3 == out.len();
        (digits <= 3 || grouped) && out.get(out.len().wrapping_sub(digits + 1)) != Some(&b'.')
    }
}

/// The digits at the head of `text`, in either width and with single blanks among them, and
/// what follows.
fn digits_ahead(text: &str) -> (usize, &str) {
    let mut digits = 0;
    let mut rest = text;
    loop {
        let next = rest.strip_prefix(' ').unwrap_or(rest);
        let Some(behind) = next.strip_prefix(is_digit) else { break };
        digits += 1;
        rest = behind;
    }
    (digits, rest.strip_prefix(' ').unwrap_or(rest))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Bytes of blanks and line ends at the head of `text`, marks for them among them.
pub(super) fn blank_run(text: &str) -> usize {
    run_of(text, true)
}

/// Does a line end here, or a mark for its end stand?
pub(super) fn line_end(text: &str) -> bool {
    text.starts_with(is_line_end) || matches!(mark(text), Some((Meaning::LineEnd, _)))
}

fn inline_blank_run(text: &str) -> usize {
    run_of(text, false)
}

fn run_of(text: &str, with_line_ends: bool) -> usize {
    let blank = |c| is_blank(c) && (with_line_ends || !is_line_end(c));
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(blank);
        match mark(rest) {
            Some((Meaning::Blank, bytes)) => rest = &rest[bytes..],
            Some((Meaning::LineEnd, bytes)) if with_line_ends => rest = &rest[bytes..],
            _ => return text.len() - rest.len(),
        }
    }
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}')
}

pub(super) const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Lead bytes of characters that may need folding; all other bytes are copied in runs.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i <= 0x20 {
        table[i] = true;
        i += 1;
    }
    let leads = b",;:()?!<&_\\\xc2\xe2\xe3\xef";
    let mut i = 0;
    while i < leads.len() {
        table[leads[i] as usize] = true;
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn law(decoded: &str) {
        let folded = fold(decoded);
        let chars: Vec<char> = decoded.chars().collect();
        for (byte, c) in folded.text.char_indices() {
            let original = chars[folded.code_point(byte) as usize];
            assert!(
                fold(&original.to_string()).text.is_empty() || c == '\n' || {
                    let alone = fold(&original.to_string()).text;
                    alone == c.to_string() || "．·:：,".contains(original)
                },
                "{c} came from {original}"
            );
        }
    }

    #[test]
    fn folds_widths_blanks_and_spaced_digits() {
        for (decoded, folded) in [
            ("增长８．８％", "增长8.8%"),
            ("1 9 9 7 年增长8 ．8 ％", "1997年增长8.8%"),
            ("完成 20 亿 元,同比增长3%;", "完成20亿元，同比增长3%；"),
            ("共1,234,567元,增长5%", "共1234567元，增长5%"),
            ("增长14·1％,在7·26", "增长14.1%，在7·26"),
            ("达到4601.5,增长", "达到4601.5，增长"),
            ("2023 2024", "2023 2024"),
            ("１ ９ ９ ７年增长８．８％", "1997年增长8.8%"),
            ("２０２３ ２０２４", "2023 2024"),
            ("２０２３　２０２４", "2023 2024"),
            ("全年<U+00A0>增长\u{3000}8%", "全年增长8%"),
            ("12:30(会议)", "12:30（会议）"),
        ] {
            assert_eq!(fold(decoded).text, folded, "{decoded}");
            law(decoded);
        }
    }

    #[test]
    fn keeps_the_way_back() {
        let decoded = "\u{3000}\u{3000}增长 8 %左 右。\r\n\r\n下一段";
        let folded = fold(decoded);
        assert_eq!(folded.text, "增长8%左右。\n下一段");
        let at = folded.text.find("8%左右").unwrap();
        let origin = folded.origin(Span::new(at, at + "8%左右".len()));
        assert_eq!(origin.bytes.of(decoded), "8 %左 右");
        let Span { start, end } = origin.code_points;
        let cut: String =
            decoded.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(cut, "8 %左 右");
    }
}
