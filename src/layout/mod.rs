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
