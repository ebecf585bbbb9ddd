//! Where the report itself stands on the page.
//!
//! Around a report lie toolbars, forum headers, lists of links and, in some files,
//! the same report once more. The body starts at the salutation (各位代表：), or
//! at the first paragraph of prose, and ends with the last one before its copy.

use crate::span::Span;

/// A body with what is missing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    pub span: Span,
    /// Head or tail are missing.
    pub is_fragment: bool,
}

const SALUTATIONS: &[&str] = &["各位代表", "各位委员", "同志们："];

/// The first body in a folded text.
#[must_use]
pub fn find(text: &str) -> Body {
    let salutation = salutation(text);
    let start = salutation.unwrap_or_else(|| first_prose(text));
    let end = copy_of(text, start).unwrap_or(text.len());
    let end = start + last_prose(&text[start..end]);
    let complete = text[start..end].trim_end().ends_with(['。', '！', '？', '）', '”']);
    Body { span: Span::new(start, end), is_fragment: salutation.is_none() || !complete }
}

/// The line of the salutation, which stands in the first third of a report.
fn salutation(text: &str) -> Option<usize> {
    let at = SALUTATIONS.iter().filter_map(|s| text.find(s)).min()?;
    let near = at <= text.len() / 3 || at < 3000;
    near.then(|| text[..at].rfind('\n').map_or(0, |n| n + 1))
}

fn first_prose(text: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_prose(line) && line.chars().count() > 40 {
            return start;
        }
        start += line.len();
    }
    0
}

/// Bytes up to and with the last line of prose.
fn last_prose(body: &str) -> usize {
    let mut end = body.len();
    for line in body.split_inclusive('\n').rev() {
        if is_prose(line) {
            return end;
        }
        end -= line.len();
    }
    body.len()
}

fn is_prose(line: &str) -> bool {
    line.contains(['。', '！', '；']) || line.contains('，') && line.len() > 120
}

/// Where the body from `start` on begins once more: at a passage of its opening
/// that comes again.
fn copy_of(text: &str, start: usize) -> Option<usize> {
    let body = &text[start..];
    let opening = body.split('\n').find(|line| line.chars().count() >= 40)?;
    let from = start + (opening.as_ptr() as usize - body.as_ptr() as usize);
    let signature = &opening[..opening.char_indices().nth(36).map_or(opening.len(), |(i, _)| i)];
    let again = from + opening.len() + text[from + opening.len()..].find(signature)?;
    let line = text[..again].rfind('\n').map_or(again, |n| n + 1);
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_chrome_and_copies_out() {
        let report = "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议，并请各位政协委员和列席会议的同志提出意见。\n一、回顾\n增长8%。\n谢谢大家！\n";
        let page = format!("首页\n打印本页\n{report}上一篇\n下一篇\n");
        let body = find(&page);
        assert_eq!(body.span.of(&page), report);
        assert!(!body.is_fragment);
        let twice = format!("{report}当前位置\n{report}");
        assert_eq!(find(&twice).span.of(&twice), report);
    }

    #[test]
    fn a_cut_report_is_a_fragment() {
        assert!(find("全市地区生产总值增长8%，固定资产投资增长9%，城镇新增就业5万人以上，居民消费价格涨幅控制在3%以内。固定资产").is_fragment);
    }
}
