//! Where the report itself stands on the page.
//!
//! Around a report lie toolbars, forum headers, lists of links and, in some files,
//! the same report once more. The body starts at the salutation (各位代表：), or
//! at the first paragraph of prose, and ends with the last one before its copy.

use crate::lexicon::Phrases;
use crate::span::Span;

/// A body with what is missing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    pub span: Span,
    /// Head or tail are missing.
    pub is_fragment: bool,
}

/// The first body in a folded text.
#[must_use]
pub fn find(text: &str) -> Body {
    let salutation = salutation(text);
    let mut start = salutation.unwrap_or_else(|| first_prose(text));
    let mut copy = copy_of(text, start);
    // 内容摘要：…: what breaks off and recurs at once was only a summary.
    let breaks_off = |at: &usize| {
        let tail = text[start..*at].rsplit('。').next().unwrap_or("");
        at - start < SUMMARY && (tail.contains("...") || tail.contains('…'))
    };
    if let Some(at) = copy.filter(breaks_off) {
        start = at;
        copy = copy_of(text, start);
    }
    let last = copy.unwrap_or(text.len());
    let end = start + last_prose(&text[start..last]);
    let closed = text[start..end].trim_end().ends_with(['。', '！', '？', '）', '”']);
    // 今后五年的奋斗目标是，: behind the last whole line a further one begins.
    let begins = text[end..last].lines().any(|line| line.trim_end().ends_with(['，', '、']));
    let complete = closed && !begins;
    Body { span: Span::new(start, end), is_fragment: salutation.is_none() || !complete }
}

/// Bytes within which an opening that recurs was quoted in a summary above the report.
const SUMMARY: usize = 3000;

/// The line of the salutation, which stands in the first third of a report.
fn salutation(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > text.len() / 3 && start > 3000 {
            return None;
        }
        // A salutation closes with a colon; 各位代表！ and 各位代表，成绩来之不易 do not.
        let greeting = line.find(['：', '\n']).map(|i| &line[..i]);
        let greets =
            greeting.is_some_and(|g| g.len() < 60 && Phrases::Salutations.at_head(g).is_some());
        if greets || line.contains("各位代表：") || line.contains("我代表") && line.contains("审议")
        {
            return Some(start);
        }
        start += line.len();
    }
    None
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
/// (请予审议, the first sentences) that comes again.
fn copy_of(text: &str, start: usize) -> Option<usize> {
    let body = &text[start..];
    let from = start
        + body
            .find("现在，")
            .or_else(|| body.find("各位代表："))
            .filter(|&i| i < 3000)
            .unwrap_or(0);
    let mut at = from;
    for (i, sentence) in text[from..].split_inclusive('。').take(OPENING).enumerate() {
        let passage = if i == 0 { sentence } else { &text[at..] };
        let length = if i == 0 { 40 } else { PASSAGE };
        let signature = passage.char_indices().nth(length).map_or(passage, |(i, _)| &passage[..i]);
        let long = signature.trim().chars().count() >= if i == 0 { 20 } else { PASSAGE };
        let behind = at + signature.len();
        if long && let Some(again) = text[behind..].find(signature) {
            let mut begin = behind + again - (at - from);
            while !text.is_char_boundary(begin) {
                begin += 1;
            }
            return Some(text[..begin].rfind('\n').map_or(begin, |n| n + 1));
        }
        at += sentence.len();
    }
    None
}

/// So many characters behind the first sentence come twice in no report.
const PASSAGE: usize = 80;

/// As many sentences of the opening are looked for again; a copy may leave one out.
const OPENING: usize = 4;

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

    const OPENING_WORDS: &str =
        "现在，我代表市人民政府向大会报告工作，请予审议，并请列席会议的同志提出意见。";

    /// Longer than a passage that tells a copy, also without its first sentence.
    const LOOK_BACK: &str = "刚刚过去的一年很不平凡。面对复杂多变的外部形势和艰巨繁重的发展任务，我们紧紧依靠全市人民，稳增长、促改革、调结构、惠民生、防风险，较好完成了市人民代表大会确定的各项目标任务，经济社会发展迈出了新的步伐，为今后打下了更加坚实的基础。";

    fn report(opening: &str) -> String {
        format!("各位代表：\n{opening}\n{LOOK_BACK}\n增长8%。\n谢谢大家！\n")
    }

    /// A page with the report twice, the second time with other words for its first sentence.
    fn twice(other_words: &str) -> String {
        let chrome = "当前位置　首页　政府信息公开　法定主动公开内容　政府工作报告\n".repeat(3);
        format!("{}{chrome}{other_words}{LOOK_BACK}\n增长8%。\n谢谢大家！\n", report(OPENING_WORDS))
    }

    #[test]
    fn a_copy_with_another_first_sentence_is_found_by_a_later_one() {
        let page = twice("我代表市人民政府，向大会作工作报告。");
        assert_eq!(find(&page).span.of(&page), report(OPENING_WORDS));
    }

    /// Broken: what is missing of the copy is taken off the end of the report before it.
    #[test]
    #[should_panic(expected = "谢谢大家")]
    fn a_copy_right_behind_leaves_the_report_whole() {
        let first = report(OPENING_WORDS);
        let page = format!("{first}{LOOK_BACK}\n增长8%。\n谢谢大家！\n");
        assert_eq!(find(&page).span.of(&page), first);
    }

    /// Broken: a passage that opens its paragraph is short of its length by the line end.
    #[test]
    #[should_panic(expected = "1")]
    fn a_copy_is_found_by_a_passage_that_opens_its_paragraph() {
        let whole = LOOK_BACK.replace("很不平凡。", "里，");
        let page = twice("我代表市人民政府，向大会作工作报告。\n").replace(LOOK_BACK, &whole);
        assert_eq!(find(&page).span.of(&page).matches(&whole).count(), 1);
    }

    #[test]
    fn a_slogan_that_comes_again_opens_no_copy() {
        let slogan = "我们坚持稳中求进工作总基调，完整准确全面贯彻新发展理念。";
        assert!(slogan.chars().count() < PASSAGE);
        let page = format!(
            "各位代表：\n{OPENING_WORDS}\n{slogan}增长8%。\n二、今年工作\n{slogan}增长7%。\n谢谢大家！\n"
        );
        assert_eq!(find(&page).span.of(&page), page);
    }

    #[test]
    fn a_summary_that_breaks_off_above_the_report_is_left_out() {
        let page = format!(
            "内容摘要：各位代表：{OPENING_WORDS}过去一年，经济……\n{}",
            report(OPENING_WORDS)
        );
        assert_eq!(find(&page).span.of(&page).matches(OPENING_WORDS).count(), 1);
        assert!(find(&page).span.of(&page).contains(LOOK_BACK));
    }

    #[test]
    fn a_cut_report_is_a_fragment() {
        assert!(find("全市地区生产总值增长8%，固定资产投资增长9%，城镇新增就业5万人以上，居民消费价格涨幅控制在3%以内。固定资产").is_fragment);
        let whole = format!("各位代表：\n{OPENING_WORDS}\n{LOOK_BACK}\n");
        assert!(!find(&whole).is_fragment);
        assert!(find(&format!("{whole}今后五年的奋斗目标是，\n")).is_fragment);
    }
}
