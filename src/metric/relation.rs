//! Targets without a number of their own: 与经济增长同步, 高于经济增速, 完成省下达任务.
//!
//! The phrase itself is the value; it counts for canonical metrics only.

use super::Context;
use crate::lexicon::{Cue, Hit, Phrases};
use crate::mention::Comparator;
use crate::span::Span;

/// A comparing phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) span: Span,
    pub(super) comparator: Comparator,
    /// What it refers to: 经济增长, 省下达.
    pub(super) reference: Span,
}

impl Context<'_> {
    /// The comparing phrases of a sentence that hold no number.
    pub(super) fn relations(&self, sentence: Span) -> Vec<Relation> {
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let mut relations: Vec<Relation> = Vec::new();
        for hit in self.scan.inside(start, end) {
            let found = self
                .sync(hit, start)
                .or_else(|| self.above(hit, end))
                .or_else(|| self.assigned(hit, end));
            if let Some(relation) = found {
                let overlaps = relations.last().is_some_and(|r| r.span.end > relation.span.start);
                if !overlaps {
                    relations.push(relation);
                }
            }
        }
        relations
    }

    /// 与经济增长(保持/基本)同步
    fn sync(&self, hit: &Hit, sentence: usize) -> Option<Relation> {
        if !hit.is(Cue::RelationalSync) {
            return None;
        }
        let clause = self.clause_start(sentence, hit.span.start as usize);
        let before = &self.text[clause..hit.span.start as usize];
        let (open, c) = before.char_indices().rev().find(|(i, c)| {
            matches!(c, '与' | '和' | '同' | '跟')
                && !before[..*i].ends_with('共')
                && before[*i..].chars().count() < 16
        })?;
        let reference = Span::new(clause + open + c.len_utf8(), hit.span.start as usize);
        let reference = self.without_tail(reference);
        let words = reference.of(self.text);
        let names_economy = !words.contains(['、', '，']) && Phrases::References.within(words);
        (names_economy && !reference.is_empty()).then_some(Relation {
            span: Span::new(clause + open, hit.span.end as usize),
            comparator: Comparator::Sync,
            reference,
        })
    }

    fn without_tail(&self, mut span: Span) -> Span {
        while let Some(tail) = Phrases::SyncTails.at_end(span.of(self.text)) {
            span.end -= tail.len() as u32;
        }
        span
    }

    /// 高于经济增速, 快于城镇居民收入
    fn above(&self, hit: &Hit, end: usize) -> Option<Relation> {
        if !hit.is(Cue::RelationalAbove) {
            return None;
        }
        let mut phrase = self.phrase_end(hit.span.end as usize, end);
        // 高于全国、全省平均水平
        let other = self.scan.ending_at(phrase).filter(|h| h.is(Cue::Superior));
        if other.is_some_and(|h| h.span.start == hit.span.end)
            && self.text[phrase..end].starts_with('、')
        {
            phrase = self.phrase_end(phrase + '、'.len_utf8(), end);
        }
        let reference = Span::new(hit.span.end as usize, phrase);
        let words = reference.of(self.text);
        // 居民收入增速快于城镇、快于全国
        let of_rate = Phrases::GrowthHeads.at_end(&self.text[..hit.span.start as usize]).is_some();
        let others = self.names_others(hit.span.end as usize, phrase);
        let rate_of_others = of_rate && (others || Phrases::Contrasted.has(words));
        let is_rate = Phrases::ComparedRates.at_end(words).is_some() || rate_of_others;
        (is_rate && !self.names_own(reference) && !words.contains(|c: char| c.is_ascii_digit()))
            .then_some(Relation {
                span: Span::new(hit.span.start as usize, phrase),
                comparator: Comparator::Above,
                reference,
            })
    }

    /// 全国全省, 全国、全省: units above, one or more.
    fn names_others(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while let Some(unit) = self
            .scan
            .starting_at(at)
            .filter(|h| h.word.cues.any(&[Cue::Superior, Cue::Own]) && h.span.end as usize <= end)
        {
            at = unit.span.end as usize;
        }
        at == end && start < end
    }

    /// 各县经济增速要高于全省水平, in the report of the province: what is compared is a part.
    fn names_own(&self, reference: Span) -> bool {
        let hit = self.scan.starting_at(reference.start as usize).filter(|h| h.is(Cue::Own));
        hit.is_some_and(|h| {
            h.span.of(self.text).starts_with(['全', '我', '本']) && !self.names_unit_above(&h)
        })
    }

    /// 完成省下达的任务, 控制在省定目标以内
    fn assigned(&self, hit: &Hit, end: usize) -> Option<Relation> {
        if !hit.is(Cue::Assigned) && !hit.is(Cue::Control) {
            return None;
        }
        let phrase = self.phrase_end(hit.span.end as usize, end);
        let words = &self.text[hit.span.end as usize..phrase];
        let task = Phrases::Tasks
            .words()
            .iter()
            .filter_map(|t| words.find(t).map(|i| i + t.len()))
            .max()?;
        let words = &words[..task];
        let set = Phrases::Setters.within(words);
        let short = words.chars().count() <= 18 && !words.contains(|c: char| c.is_ascii_digit());
        (set && short).then_some(Relation {
            span: Span::new(hit.span.start as usize, hit.span.end as usize + task),
            comparator: Comparator::Assigned,
            reference: Span::new(hit.span.end as usize, hit.span.end as usize + task),
        })
    }

    fn phrase_end(&self, start: usize, end: usize) -> usize {
        self.text[start..end]
            .find(['，', '。', '；', '、', '\n', '！', '（', '）', '：'])
            .map_or(end, |i| start + i)
    }
}
