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

#[cfg(test)]
mod tests {
    use super::*;

    /// The heading of the last line.
    fn of_last(text: &str) -> Option<(&str, Rank)> {
        let start = text.trim_end_matches('\n').rfind('\n').map_or(0, |i| i + 1);
        let heading = of_paragraph(text, Span::new(start, text.len()))?;
        Some((heading.span.of(text), heading.rank))
    }

    #[test]
    fn numbers_tell_the_rank() {
        for (line, rank) in [
            ("一、2023年工作回顾", Rank::Part),
            ("第一部分 2023年工作回顾", Rank::Part),
            ("（一）经济向好", Rank::Section),
            ("第一、切实加强农业", Rank::Item),
            ("第二，切实加强农业", Rank::Item),
            ("一是切实加强农业", Rank::Item),
            ("1.切实加强农业", Rank::Item),
            ("切实加强农业", Rank::Part),
        ] {
            let expected = (rank != Rank::Item || !line.contains('，')).then_some((line, rank));
            assert_eq!(of_last(line), expected, "{line}");
        }
        let opens = of_last("（一）经济向好。完成投资20亿元。");
        assert_eq!(opens, Some(("（一）经济向好", Rank::Section)));
    }

    #[test]
    fn a_line_without_a_number_stands_between_whole_sentences() {
        for before in ["成绩来之不易。", "谢谢大家！", "其中：", "（下同）", "乘风破浪", ""]
        {
            let text = format!("{before}\n今年主要任务\n");
            assert_eq!(of_last(&text), Some(("今年主要任务", Rank::Part)), "{before}");
        }
        for text in [
            // The end of a sentence that a hard line break cuts.
            "全市人民齐心协力，完成了\n年度主要任务\n",
            "成绩来之不易。\n围绕主要任务，抓重点\n",
            // The line under the title.
            "政府工作报告\n——2024年1月8日在市人民代表大会上\n",
            "政府工作报告\n（2024年1月8日）\n",
            "成绩来之不易。\n各位代表\n",
            "成绩来之不易。\n主要任务是：\n",
            "成绩来之不易。\n完成主要任务。再接再厉。\n",
        ] {
            assert_eq!(of_last(text), None, "{text}");
        }
    }

    #[test]
    fn a_numbered_line_is_a_heading_wherever_it_stands() {
        let text = "全市人民齐心协力，完成了\n二、主要任务\n";
        assert_eq!(of_last(text), Some(("二、主要任务", Rank::Part)));
    }
}
