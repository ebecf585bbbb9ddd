//! What fuzzing found, as small as it could be made; see `fuzz/README.md`.

use zhibiao::lexicon::Lexicon;
use zhibiao::mention;
use zhibiao::pipeline::read_text;
use zhibiao::span::Span;

/// A sentence that breaks off within a number: 4 and not 4亿元, since 亿元 is another's.
///
/// Seen where a page without line ends holds its report twice and the body was cut before the copy.
#[test]
fn nothing_behind_a_sentence_is_read() {
    let lexicon = Lexicon::builtin();
    for text in [
        "完成技改投资4亿元，增长8%至9%左右，力争突破百亿元大关",
        "2023年12月到2025年，“十四五”期间，五年来新增就业二十一万八千余人",
        "人均预期寿命每立方米19.5微克百分之八点五，翻了近一番",
    ] {
        let scan = lexicon.scan(text);
        for (end, _) in text.char_indices() {
            let sentence = Span::new(0, end);
            let mentions = mention::find(lexicon, text, &scan, sentence).into_iter();
            let times = mention::time_expressions(lexicon, text, &scan, sentence, 2024).into_iter();
            for span in mentions.map(|m| m.span).chain(times.map(|t| t.span)) {
                assert!(sentence.contains(span), "{:?} of {text}", &text[..end]);
            }
        }
    }
}

/// The same through the whole pipeline: the body ends before its copy, in the middle of a number.
#[test]
fn a_body_may_break_off_anywhere() {
    let opening =
        "各位代表：现在，我代表市人民政府向大会报告工作，请予审议，并请各位委员提出意见。";
    let filler = "全市上下团结一心，攻坚克难，".repeat(12);
    for behind in ["4亿元", "投资14亿元", "第十四个五年规划期间", "百分之八"] {
        for (cut, _) in behind.char_indices() {
            let (start, end) = behind.split_at(cut);
            let text = format!("{opening}{filler}完成技改投资{start}{opening}{filler}{end}。");
            for report in read_text(Lexicon::builtin(), "page", &text).unwrap_or_default() {
                for row in &report.observations {
                    assert!(report.sentences[row.sentence as usize].span.contains(row.span));
                }
            }
        }
    }
}
