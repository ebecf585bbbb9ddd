//! The noun phrase that a value measures.

use super::Context;
use super::peel::Peeled;
use crate::lexicon::{Cue, FormId, MetricId};
use crate::mention::Mention;
use crate::span::Span;

/// What a value measures, in the report's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    pub(super) text: String,
    pub(super) term: Span,
    pub(super) form: Option<FormId>,
    /// The one metric that the form stands for here.
    pub(super) metric: Option<MetricId>,
}

/// Words that may be trimmed off the head of a phrase.
const HEAD: &[Cue] = &[
    Cue::Light,
    Cue::Expect,
    Cue::Preliminary,
    Cue::Ensure,
    Cue::Strive,
    Cue::LastYear,
    Cue::ThisYear,
    Cue::PastYears,
    Cue::NextYears,
    Cue::Verb,
    Cue::Reach,
    Cue::Own,
    Cue::Among,
    Cue::Conj,
    Cue::Average,
    Cue::Cumulative,
    Cue::PlanWord,
];

/// A verb behind which the noun to the right of a value ends.
const ENDS_NOUN: &[Cue] = &[
    Cue::Reach,
    Cue::Up,
    Cue::Down,
    Cue::RiseTo,
    Cue::DropTo,
    Cue::Share,
    Cue::Each,
    Cue::Respectively,
    Cue::RelationalAbove,
    Cue::Do,
    Cue::Verb,
    Cue::Light,
];

impl Context<'_> {
    /// The clause of a value starts behind the last comma, or behind `floor`.
    pub(super) fn clause_start(&self, floor: usize, at: usize) -> usize {
        let before = &self.text[floor..at];
        let comma = before.rfind(['，', '；', '：', '。', '\n', '！']).map_or(0, |i| {
            i + before[i..].chars().next().map_or(0, char::len_utf8)
        });
        floor + comma
    }

    /// `start..end` without words that say nothing about what is measured.
    pub(super) fn trim_head(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            if let Some(hit) = self.scan.starting_at(at).filter(|h| h.span.end as usize <= end) {
                let keeps = hit.word.form.is_some() || hit.is(Cue::Do) && !hit.is(Cue::Light);
                if keeps || !(hit.word.cues.any(HEAD) || hit.word.period.is_some()) {
                    return at;
                }
                at = hit.span.end as usize;
                continue;
            }
            let rest = &self.text[at..end];
            let c = rest.chars().next().unwrap_or('，');
            if "、，；：“”‘’（）—-·".contains(c) {
                at += c.len_utf8();
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 4 && rest[digits..].starts_with('年') {
                at += digits + '年'.len_utf8();
                continue;
            }
            return at;
        }
        end
    }

    /// The subject in the words before a value.
    pub(super) fn subject_before(&self, start: usize, peeled: &Peeled) -> Option<Subject> {
        let head = self.trim_head(start, peeled.edge);
        if head >= peeled.edge {
            return None;
        }
        let canonical = self.canonical(start, peeled.edge);
        let done = self.words_of_doing(peeled);
        let text = format!("{}{done}", &self.text[head..peeled.edge]);
        Some(self.subject(text, canonical.map(|c| (c.term, c.form))))
    }

    /// The words of doing right before a value.
    pub(super) fn words_of_doing(&self, peeled: &Peeled) -> &str {
        peeled.done.map_or("", |done| done.of(self.text))
    }

    pub(super) fn subject(&self, text: String, form: Option<(Span, FormId)>) -> Subject {
        let metric = form.and_then(|(_, id)| {
            let form = self.lexicon.form(id);
            if form.metrics.len() == 1 { form.metrics.first().copied() } else { form.single }
        });
        Subject {
            text: tidy(&text),
            term: form.map_or(Span::default(), |(span, _)| span),
            form: form.map(|(_, id)| id),
            metric,
        }
    }

    /// The noun right behind a value: 花漾街区 in 建成10个花漾街区.
    pub(super) fn noun_after(&self, mention: &Mention, limit: usize) -> Option<Span> {
        let start = mention.span.end as usize;
        let rest = &self.text[start..limit];
        let start = start + if rest.starts_with('的') { '的'.len_utf8() } else { 0 };
        let stop = self.text[start..limit]
            .find(['，', '。', '；', '：', '、', '！', '\n', '（', '）', ',', '！', '”'])
            .map_or(limit, |i| start + i);
        let mut end = stop;
        for hit in self.scan.inside(start, stop) {
            let at = hit.span.start as usize;
            let predicate = hit.word.form.is_none()
                && hit.word.cues.any(ENDS_NOUN)
                && (hit.span.end - hit.span.start > 3 || at == start && !hit.is(Cue::Conj));
            if predicate {
                end = at;
                break;
            }
        }
        while end > start && self.scan.ending_at(end).is_some_and(|h| h.is(Cue::Conj) && h.word.form.is_none()) {
            end = self.scan.ending_at(end).map_or(start, |h| h.span.start as usize);
        }
        (end > start && self.text[start..end].starts_with(char::is_alphanumeric) || self.text[start..end].starts_with(['“', '《', '‘']))
            .then_some(Span::new(start, end))
    }

    /// The subject in the noun behind a value, with the words of doing before it.
    pub(super) fn subject_after(&self, peeled: &Peeled, noun: Span) -> Subject {
        let done = self.words_of_doing(peeled);
        let noun_text = noun.of(self.text);
        let joined = format!("{done}{noun_text}");
        let in_noun = self.scan.starting_at(noun.start as usize).filter(|h| {
            h.word.form.is_some() && self.only_doing(h.span.end as usize, noun.end as usize)
        });
        let form = match in_noun {
            Some(hit) => hit.word.form.map(|id| (hit.span, id)),
            None => self.lexicon.form_id_of(&joined).map(|id| (noun, id)),
        };
        self.subject(joined, form)
    }

    /// 改造, 建设: a noun of doing behind the form leaves the metric as it is.
    fn only_doing(&self, start: usize, end: usize) -> bool {
        start == end || self.scan.starting_at(start).is_some_and(|h| h.is(Cue::Do) && h.span.end as usize == end)
    }
}

/// A phrase without punctuation at its ends.
fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| "、，；：（）—-·的,".contains(c));
    text.replace('\n', "")
}
