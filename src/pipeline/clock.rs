//! Keeps time while the sentences of a report are read: which years do headings, paragraphs
//! and asides speak of?

use crate::layout::{self, Layout};
use crate::lexicon::{Cue, Phrases};
use crate::mention::{Frame, Period, Role};
use crate::metric::{Context, Standing};
use crate::span::Span;

/// Keeps what headings and openings of paragraphs say of time.
#[derive(Default)]
pub(super) struct Clock {
    paragraph: Option<Frame>,
    section: Option<Frame>,
    term: Option<Period>,
    before: Option<Span>,
    /// What opened the paragraph before its first item (一是…).
    before_items: Option<Frame>,
    /// Sentences so far, and those of them that open no paragraph.
    sentences: usize,
    inside: usize,
}

/// An expression of time this near to the start of a sentence opens it, in bytes.
const OPENING: u32 = 60;

/// A year long past opens a paragraph only so near to its start, in bytes.
const LEAD: u32 = 12;

/// A term of government or a plan, last year less first.
const TERM: i16 = 3;

/// So many sentences show how a text is set.
const SETTING: usize = 12;

/// Of a text set in paragraphs, more than one sentence in so many stands inside of one.
const INSIDE_SHARE: usize = 8;

/// More years than this are no term that a paragraph is about.
const LONGEST_TERM: i16 = 6;

impl Clock {
    pub(super) fn stand(
        &mut self,
        context: &Context,
        layout: &Layout,
        sentence: &layout::Sentence,
    ) -> Standing {
        self.sentences += 1;
        self.inside += usize::from(!sentence.opens_paragraph);
        let aside = self.is_aside(context, sentence);
        if sentence.opens_paragraph && !aside || self.turns_ahead(context, sentence) {
            self.paragraph = None;
            self.before_items = None;
        }
        // 一是…。力争“十四五”末做优4个产业集群。二是…: the time was of the first item only.
        let words = sentence.span.of(context.text);
        if Phrases::Items.at_head(words).is_some() {
            self.paragraph = self.before_items;
        } else if Phrases::FirstItems.within(words) {
            self.before_items = self.paragraph;
        }
        let frame = self.opening_frame(context, sentence);
        if sentence.is_heading {
            let is_part = sentence
                .heading
                .is_some_and(|h| layout.headings[h as usize].rank == layout::Rank::Part);
            if is_part || frame.is_some() {
                self.section = frame.filter(|f| !matches!(f, Frame::Year(_)));
            }
        } else if frame.is_some() {
            self.paragraph = frame;
            let turns = frame.is_some_and(|f| match f {
                Frame::Year(y) => (context.year - 1..=context.year).contains(&y),
                _ => true,
            });
            if sentence.opens_paragraph && turns {
                let term = |f: &Frame| f.period().end - f.period().start >= TERM;
                let fits = |f: &Frame| match sentence.outlook {
                    layout::Outlook::Back => matches!(f, Frame::Span(_) | Frame::Plan(_)),
                    // Years that are over are no term of a plan.
                    layout::Outlook::Ahead => {
                        matches!(f, Frame::Plan(p) if p.start >= context.year)
                    }
                };
                self.section = frame.filter(|f| fits(f) && term(f));
            }
        }
        if let Some(frame @ (Frame::Span(_) | Frame::Plan(_))) = frame {
            self.term = Some(frame.period());
        }
        let before = self.before.filter(|_| !sentence.opens_paragraph);
        self.before = Some(sentence.span);
        // 全年零售物价上涨2.1%, also behind a sentence about an earlier year.
        let whole_year = sentence.outlook == layout::Outlook::Back
            && sentence.span.of(context.text).starts_with("全年");
        let last_year = whole_year.then_some(Frame::Year(context.year - 1));
        Standing {
            before,
            outlook: sentence.outlook,
            paragraph: last_year.or(self.paragraph),
            section: self.section,
            term: self.term,
        }
    }

    /// 过去一年，成绩很大。⏎生产总值增长10%。⏎今年，…: among plans of a text set by sentences a look
    /// back goes on over its lines.
    fn is_aside(&self, context: &Context, sentence: &layout::Sentence) -> bool {
        let past = self.paragraph.is_some_and(|f| f.period().end < context.year);
        let span = sentence.span;
        let mut words = context.scan.inside(span.start as usize, span.end as usize).iter();
        let plans = words.any(|h| h.word.cues.any(&[Cue::PlanWord, Cue::Ensure, Cue::Strive]));
        past && !plans
            && !sentence.is_heading
            && sentence.outlook == layout::Outlook::Ahead
            && self.is_set_by_sentence()
    }

    /// Has each sentence so far a line of its own, so that a line is no paragraph?
    const fn is_set_by_sentence(&self) -> bool {
        self.sentences > SETTING && self.inside * INSIDE_SHARE < self.sentences
    }

    /// Among plans 五年来… tells of its own sentence, and of what follows only until one
    /// opens with a verb: 加快城市更新步伐.
    fn turns_ahead(&self, context: &Context, sentence: &layout::Sentence) -> bool {
        let past = self.paragraph.is_some_and(|f| f.period().end < context.year);
        let opening = context.scan.starting_at(sentence.span.start as usize);
        let acts = opening.is_some_and(|h| {
            h.word.form.is_none()
                && !Phrases::DoneMarks.has(h.span.of(context.text))
                && h.word.cues.any(&[Cue::Verb, Cue::Do, Cue::Ensure, Cue::Strive, Cue::Light])
        });
        sentence.outlook == layout::Outlook::Ahead && past && acts
    }

    fn opening_frame(&self, context: &Context, sentence: &layout::Sentence) -> Option<Frame> {
        let _ = self;
        let limit = if sentence.is_heading { u32::MAX } else { sentence.span.start + OPENING };
        context
            .times
            .iter()
            .filter(|e| e.role == Role::Plain && e.span.start < limit)
            // 生产总值2015年为7.5万亿元，2020年超过11万亿元: the other years are for comparison.
            .filter(|e| {
                let lead = e.span.start - sentence.span.start;
                let first = match sentence.outlook {
                    layout::Outlook::Back => context.year - 1,
                    // 推动2021年招商大会签约项目落地
                    layout::Outlook::Ahead => context.year,
                };
                lead <= LEAD || !matches!(e.frame, Some(Frame::Year(y)) if y < first)
            })
            // 增长5%左右，到2026年达到30亿元: what stands behind a figure opens nothing.
            .filter(|e| {
                !Span::new(sentence.span.start as usize, e.span.start as usize)
                    .of(context.text)
                    .contains(|c: char| c.is_ascii_digit())
            })
            .find_map(|e| e.frame)
            .filter(|f| !matches!(f, Frame::Each(_)))
            .filter(|f| f.period().end - f.period().start < LONGEST_TERM)
            // 实现2025年整体脱贫的目标, 赢得2022年冬奥会举办权: a look back names years to come
            // for its own sentence only.
            .filter(|f| {
                let to_come = matches!(f, Frame::Year(y) | Frame::End(y) if *y > context.year);
                !to_come || sentence.outlook == layout::Outlook::Ahead
            })
    }
}
