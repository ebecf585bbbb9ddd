//! Is this noun phrase a canonical metric of the whole reporting region?
//!
//! A written form of the lexicon must end the phrase, and what stands before it
//! must not make it another's: 服务业固定资产投资, 高新区一般公共预算收入 and 全国
//! 居民消费价格 are no figures of the region. Words of time, doing and the
//! region's own name are harmless; any other noun is taken seriously.

use super::Context;
use crate::lexicon::{Cue, FormId, Hit};
use crate::span::Span;

/// A written form in a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canonical {
    pub(super) term: Span,
    pub(super) form: FormId,
}

/// What stands right before a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attachment {
    /// Nothing, or words that do not narrow it.
    Free,
    /// A noun: it is that noun's figure.
    Noun,
    /// Another jurisdiction, or a part of the region.
    OtherScope,
}

const HARMLESS: &[Cue] = &[
    Cue::Light,
    Cue::Tail,
    Cue::Expect,
    Cue::Ensure,
    Cue::Strive,
    Cue::LastYear,
    Cue::ThisYear,
    Cue::PastYears,
    Cue::NextYears,
    Cue::Average,
    Cue::Cumulative,
    Cue::EachYear,
    Cue::Among,
];

impl Context<'_> {
    /// The form that ends the phrase `start..edge`, if it is the region's own.
    pub(super) fn canonical(&self, start: usize, edge: usize) -> Option<Canonical> {
        let hit = self.last_form(start, edge)?;
        let at = hit.span.start as usize;
        let form = hit.word.form?;
        (self.attachment(start, at) == Attachment::Free)
            .then_some(Canonical { term: hit.span, form })
    }

    /// Does the phrase end in a written form that is another place's?
    pub(super) fn is_of_others(&self, start: usize, edge: usize) -> bool {
        let form = self.last_form(start, edge).map(|hit| hit.span.start as usize);
        form.is_some_and(|at| self.attachment(start, at) != Attachment::Free)
    }

    /// The last form of the phrase, with only harmless words or brackets behind it.
    fn last_form(&self, start: usize, edge: usize) -> Option<Hit> {
        let hits = self.scan.inside(start, edge);
        let last = hits.iter().rposition(|h| h.word.form.is_some())?;
        let mut at = hits[last].span.end as usize;
        for hit in &hits[last + 1..] {
            if hit.span.start as usize != at
                || !hit.word.cues.any(&[Cue::Light, Cue::Tail, Cue::Up, Cue::Down, Cue::Reach])
            {
                return None;
            }
            at = hit.span.end as usize;
        }
        (at == edge || self.text[at..edge].starts_with('（') && self.text[..edge].ends_with('）'))
            .then_some(hits[last])
    }

    fn attachment(&self, start: usize, form: usize) -> Attachment {
        let mut at = form;
        loop {
            if at <= start {
                return Attachment::Free;
            }
            let before = &self.text[start..at];
            if self.own_names.iter().any(|n| before.ends_with(n.as_str())) {
                return Attachment::Free;
            }
            if let Some(before_time) = self.time_before(start, at) {
                at = before_time;
                continue;
            }
            if let Some(hit) = self.scan.ending_at(at).filter(|h| h.span.start as usize >= start) {
                if let Some(told) = self.told_by(&hit) {
                    return if told == Attachment::Free { self.actor(start, at) } else { told };
                }
                at = hit.span.start as usize;
                continue;
            }
            let last = before.chars().next_back().unwrap_or('，');
            match last {
                '、' | '，' | '：' | '；' | '“' | '（' | '。' | '\n' | '．' | '.' => {
                    return Attachment::Free;
                }
                '）' => match before.rfind('（') {
                    Some(open) => at = start + open,
                    None => return Attachment::Noun,
                },
                _ => return Attachment::Noun,
            }
        }
    }

    /// What a word right before the form says, or none where one must look on.
    fn told_by(&self, hit: &Hit) -> Option<Attachment> {
        if self.names_unit_above(hit) {
            return Some(Attachment::OtherScope);
        }
        if hit.is(Cue::Own) || self.is_nation && hit.is(Cue::Nation) {
            return Some(Attachment::Free);
        }
        if self.is_county && hit.span.of(self.text).starts_with("县域") {
            return Some(Attachment::Free);
        }
        if hit.word.cues.any(&[Cue::Superior, Cue::PartScope, Cue::Actor]) {
            return Some(Attachment::OtherScope);
        }
        // 亩均税收, 户均贷款, 城市更新固定资产投资
        if hit.word.cues.any(&[Cue::Per, Cue::Mask]) {
            return Some(Attachment::Noun);
        }
        // 工业项目固定资产投资
        if hit.is(Cue::Generic) && !hit.word.cues.any(&[Cue::Do, Cue::Tail]) {
            return Some(Attachment::Noun);
        }
        if hit.word.cues.any(HARMLESS) || hit.word.period.is_some() {
            return None;
        }
        if hit.word.form.is_some() {
            return Some(Attachment::Noun);
        }
        Some(Attachment::Free)
    }

    /// 全市 in the report of a county, 我省 in that of a city.
    pub(super) fn names_unit_above(&self, hit: &Hit) -> bool {
        let mut word = hit.span.of(self.text).chars();
        hit.is(Cue::Own)
            && word.next().is_some_and(|c| "全我本".contains(c))
            && word.next().is_some_and(|c| self.above.contains(&c))
    }

    /// Who does what the verb before the form says: 高新区完成固定资产投资.
    fn actor(&self, start: usize, verb_end: usize) -> Attachment {
        let Some(verb) = self.scan.ending_at(verb_end) else { return Attachment::Free };
        let before = &self.text[start..verb.span.start as usize];
        let before = before.trim_start_matches(['、', '和', '，', '其', '中']);
        if before.is_empty() || self.own_names.iter().any(|n| before.ends_with(n.as_str())) {
            return Attachment::Free;
        }
        let scoped = self.scan.inside(start, verb.span.start as usize).last().is_some_and(|h| {
            h.span.end == verb.span.start && h.word.cues.any(&[Cue::PartScope, Cue::Actor])
        });
        let named = before.ends_with(['县', '镇', '乡', '园', '团', '司', '港']);
        if scoped || named { Attachment::OtherScope } else { Attachment::Free }
    }
}
