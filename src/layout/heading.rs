//! What looks like a heading.

use crate::span::Span;

/// A heading as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    pub span: Span,
    pub rank: Rank,
}

/// How high a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// `一、`, or a line of its own without a number.
    Part,
    /// `（一）`
    Section,
    /// `1.`, `一是`
    Item,
}

/// Longer lines are no headings.
const LONGEST: usize = 46;

/// The heading that a paragraph is, or opens with.
pub(super) fn of_paragraph(text: &str, paragraph: Span) -> Option<Heading> {
    let line = paragraph.of(text).trim_end_matches('\n');
    let rank = rank(line);
    if rank.is_none() && !stands_alone(text, paragraph, line) {
        return None;
    }
    let end = match line.find(['。', '！', '；']) {
        None => line.len(),
        // （一）经济向好。完成投资20亿元。: a numbered head before the first full stop.
        Some(stop) if rank.is_some_and(|r| r < Rank::Item) => stop,
        Some(_) => return None,
    };
    let head = &line[..end];
    let long = head.chars().nth(LONGEST).is_some();
    if head.is_empty() || long || head.ends_with(['：', '，', '、']) || head.starts_with("各位")
    {
        return None;
    }
    let rank = rank.unwrap_or(Rank::Part);
    if rank == Rank::Item && end == line.len() && head.contains('，') {
        return None;
    }
    Some(Heading {
        span: Span::new(paragraph.start as usize, paragraph.start as usize + end),
        rank,
    })
}

/// A line without a number is a heading where it is no part of a sentence that a hard
/// line break cuts, and no line under the title (——1981年11月30日在…).
fn stands_alone(text: &str, paragraph: Span, line: &str) -> bool {
    let before = text[..paragraph.start as usize].trim_end_matches('\n');
    let last = before.lines().next_back().unwrap_or("");
    let closed = last.is_empty()
        || last.ends_with(['。', '！', '？', '；', '：', '”', '）', '》'])
        || !last.contains(['，', '。', '、']);
    closed && !line.contains('，') && !line.starts_with(['—', '-', '（'])
}

fn rank(line: &str) -> Option<Rank> {
    let numerals = |s: &str| s.trim_start_matches(|c| "一二三四五六七八九十".contains(c)).len();
    if let Some(rest) = line.strip_prefix('（') {
        let after = numerals(rest);
        return (after < rest.len() && rest[rest.len() - after..].starts_with('）'))
            .then_some(Rank::Section);
    }
    let ordinal = line.strip_prefix('第');
    let rest = ordinal.unwrap_or(line);
    let after = &rest[rest.len() - numerals(rest)..];
    if after.len() < rest.len() {
        return match after.chars().next() {
            Some('部') if after.starts_with("部分") => Some(Rank::Part),
            // 第一、切实加强农业: a point of a list.
            Some('、' | '，') if ordinal.is_some() => Some(Rank::Item),
            Some('、' | '.' | '．') => Some(Rank::Part),
            Some('是' | '要') => Some(Rank::Item),
            _ => None,
        };
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < 3 && line[digits..].starts_with(['.', '、', '．']))
        .then_some(Rank::Item)
}
