//! Body → parts and sentences; nothing added, dropped or altered.
//!
//! A report looks back and then ahead, and only its headings say where it turns.
//! [`lay_out`] cuts the body into sentences and tells for each the [`Part`] and
//! [`Outlook`] it stands under. It reads headings and the few sentences that open
//! the plan; it knows nothing of numbers.

use crate::lexicon::{Lexicon, Phrases, Scan};
use crate::span::Span;
use crate::vocabulary::vocabulary;

mod heading;
mod parts;
mod sentence;

pub use heading::{Heading, Rank};

vocabulary! {
    /// The part of a report that a sentence stands in.
    Part {
        /// What the past year, or the past five, brought.
        Review = "review",
        /// What this year, or the next five, shall bring.
        Plan = "plan",
        /// 民生实事: the numbered list of things to be done for the people.
        Pledges = "pledges",
        /// 政府自身建设: the government's own conduct.
        Governance = "governance",
        /// 名词解释: notes behind the report.
        Glossary = "glossary",
        Other = "other",
    }
}

/// Does the text around look back or ahead?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    Back,
    Ahead,
}

/// A sentence of the body, up to and with its 。！？ or line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    pub part: Part,
    pub outlook: Outlook,
    /// Index of the heading it stands under.
    pub heading: Option<u32>,
    /// The first sentence of its paragraph.
    pub opens_paragraph: bool,
    pub is_heading: bool,
}

/// The sentences of a body under their headings.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub sentences: Vec<Sentence>,
    pub headings: Vec<Heading>,
}

/// Lays out `body`, a stretch of the folded text of a report of `year`.
#[must_use]
pub fn lay_out(lexicon: &Lexicon, text: &str, scan: &Scan, body: Span, year: i16) -> Layout {
    let mut layout = Layout::default();
    let mut position = parts::Position::at_start(body.of(text), year);
    let mut start = body.start as usize;
    for line in body.of(text).split_inclusive('\n') {
        let paragraph = Span::new(start, start + line.len());
        start += line.len();
        let title = heading::of_paragraph(text, paragraph);
        if let Some(heading) = title {
            let hits = scan.inside(heading.span.start as usize, heading.span.end as usize);
            position.enter(heading.span.of(text), heading.rank, hits, lexicon);
            layout.headings.push(heading);
        }
        let mut opens = true;
        for (i, span) in sentence::split(text, paragraph).enumerate() {
            let is_heading =
                i == 0 && title.is_some_and(|h| h.span.end >= span.end.saturating_sub(1));
            if !is_heading {
                position.read(span.of(text), scan.inside(span.start as usize, span.end as usize));
            }
            layout.sentences.push(Sentence {
                span,
                part: position.part,
                outlook: position.outlook,
                heading: layout.headings.len().checked_sub(1).map(|h| h as u32),
                opens_paragraph: opens,
                is_heading,
            });
            // 各位代表！刚刚过去的2015年: the greeting opens nothing.
            opens = Phrases::Salutations.has(span.of(text).trim_end_matches(['！', '：']));
        }
    }
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "各位代表：\n一、2023年工作回顾\n过去一年，增长8%。成绩来之不易！\n（一）经济向好。完成投资20亿元。\n二、2024年工作安排\n今年目标是：增长7%。\n三、加强政府自身建设\n办理建议20件。\n";

    #[test]
    fn sentences_give_the_body_back() {
        let layout = lay_out(
            Lexicon::builtin(),
            BODY,
            &Lexicon::builtin().scan(BODY),
            Span::new(0, BODY.len()),
            2024,
        );
        let joined: String = layout.sentences.iter().map(|s| s.span.of(BODY)).collect();
        assert_eq!(joined, BODY);
    }

    fn laid_out(body: &str, year: i16) -> Layout {
        let lexicon = Lexicon::builtin();
        lay_out(lexicon, body, &lexicon.scan(body), Span::new(0, body.len()), year)
    }

    #[test]
    fn a_greeting_opens_no_paragraph() {
        let body = "各位代表！过去五年，增长8%。新建学校4所。\n同志们：我们要努力。\n好！再干。\n";
        let opens: Vec<_> = laid_out(body, 2024)
            .sentences
            .iter()
            .filter(|s| s.opens_paragraph)
            .map(|s| s.span.of(body).trim_end())
            .collect();
        assert_eq!(opens, ["各位代表！", "过去五年，增长8%。", "同志们：我们要努力。", "好！"]);
    }

    /// What the last sentence of a report of 2024 stands under.
    fn last(body: &str) -> (Part, Outlook) {
        let layout = laid_out(body, 2024);
        let last = layout.sentences.last().expect("a sentence");
        (last.part, last.outlook)
    }

    #[test]
    fn a_heading_turns_by_its_words_then_by_a_year_then_by_a_plan() {
        let (back, ahead) = ((Part::Review, Outlook::Back), (Part::Plan, Outlook::Ahead));
        for (heading, turned) in [
            ("二、2023年工作安排", ahead),
            ("二、2024年工作回顾", back),
            ("二、“十三五”时期的工作安排", ahead),
            ("二、奋力写好2024年答卷", ahead),
            ("二、今年怎么干", ahead),
            ("二、“十五五”的战略布局", ahead),
            ("二、“十四五”的战略布局", back),
            // A section turns nothing by a year.
            ("（二）奋力写好2024年答卷", back),
        ] {
            let body = format!("一、2023年工作回顾\n增长8%。\n{heading}\n增长7%。");
            assert_eq!(last(&body), turned, "{heading}");
        }
        for (heading, turned) in [
            ("三、难忘的2023年", back),
            ("三、“十三五”的历程", back),
            ("三、“十四五”的历程", ahead),
            ("三、再接再厉", ahead),
        ] {
            let body = format!("一、2024年工作安排\n增长8%。\n{heading}\n增长7%。");
            assert_eq!(last(&body), turned, "{heading}");
        }
    }

    #[test]
    fn a_heading_that_turns_nothing_among_plans_is_of_the_plan() {
        let pledges = "二、2024年工作安排\n增长8%。\n三、民生实事\n新建学校4所。";
        assert_eq!(last(pledges), (Part::Pledges, Outlook::Ahead));
        let behind = format!("{pledges}\n四、再接再厉\n增长7%。");
        assert_eq!(last(&behind), (Part::Plan, Outlook::Ahead));
    }

    #[test]
    fn a_heading_of_both_leaves_it_to_the_sentences() {
        let both = "一、2023年工作回顾和2024年主要任务\n增长8%。";
        assert_eq!(last(both), (Part::Review, Outlook::Back));
        let opened = format!("{both}\n今年主要预期目标是：增长7%。");
        assert_eq!(last(&opened), (Part::Plan, Outlook::Ahead));
    }

    #[test]
    fn tells_review_from_plan() {
        let layout = lay_out(
            Lexicon::builtin(),
            BODY,
            &Lexicon::builtin().scan(BODY),
            Span::new(0, BODY.len()),
            2024,
        );
        let of = |words: &str| {
            *layout.sentences.iter().find(|s| s.span.of(BODY).contains(words)).unwrap()
        };
        assert_eq!((of("增长8%").part, of("增长8%").outlook), (Part::Review, Outlook::Back));
        assert_eq!(of("完成投资").outlook, Outlook::Back);
        assert_eq!((of("增长7%").part, of("增长7%").outlook), (Part::Plan, Outlook::Ahead));
        assert_eq!(
            (of("办理建议").part, of("办理建议").outlook),
            (Part::Governance, Outlook::Ahead)
        );
        let heading = of("增长7%").heading.unwrap() as usize;
        assert_eq!(layout.headings[heading].span.of(BODY), "二、2024年工作安排");
    }
}
