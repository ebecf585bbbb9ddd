//! Peels the predicate off the words before a value.
//!
//! In 一般公共预算收入预计同比增长8.4% the words 预计同比增长 say how the value
//! relates to its subject, and what is left is the subject. [`peel`] walks from the
//! value to the left over such words, notes what they say, and stops at the noun.

use super::Context;
use crate::lexicon::{Cue, Cues, Phrases};
use crate::span::Span;

/// What stands between the subject and its value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Peeled {
    /// Where the noun phrase ends.
    pub(super) edge: usize,
    /// Words of doing right before the value: 关停 in 涉水企业关停20家.
    pub(super) done: Option<Span>,
    /// The last word that says rise or fall, nearest to the value.
    pub(super) direction: Option<Direction>,
    /// 提高到, 降至: a level reached after a change.
    pub(super) arrives: bool,
    /// 由210万吨: an old value.
    pub(super) from: bool,
    /// Of a share, the words of the whole: 占GDP的.
    pub(super) whole: Span,
    /// 达到, 为, 是
    pub(super) reaches: bool,
    /// All classes of words met on the way.
    pub(super) cues: Cues,
}

impl Peeled {
    pub(super) const fn has(&self, cue: Cue) -> bool {
        self.cues.has(cue)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

const PREDICATE: &[Cue] = &[
    Cue::Up,
    Cue::Down,
    Cue::DropTo,
    Cue::RiseTo,
    Cue::Reach,
    Cue::Control,
    Cue::Share,
    Cue::From,
    Cue::To,
    Cue::Light,
    Cue::Tail,
    Cue::Expect,
    Cue::Preliminary,
    Cue::Ensure,
    Cue::Strive,
    Cue::PlanWord,
    Cue::PlanOpening,
    Cue::Respectively,
    Cue::Each,
    Cue::Average,
    Cue::Cumulative,
    Cue::EachYear,
    Cue::Real,
    Cue::Nominal,
    Cue::Comparable,
    Cue::LastYear,
    Cue::ThisYear,
    Cue::PastYears,
    Cue::NextYears,
];

impl Context<'_> {
    /// Peels `start..at`, where `at` is where the value starts.
    pub(super) fn peel(&self, start: usize, at: usize) -> Peeled {
        // 城镇居民人均可支配收入（40831元）: no predicate stands before a bracket.
        if let Some(before) = self.text[start..at].strip_suffix('（') {
            return Peeled { edge: start + before.len(), ..Peeled::default() };
        }
        let mut peeled = Peeled { edge: at, ..Peeled::default() };
        while peeled.edge > start {
            let Some(next) = self.step(start, &mut peeled) else { break };
            peeled.edge = next;
        }
        peeled
    }

    /// Where the word before the edge starts, if it is no noun.
    fn step(&self, start: usize, peeled: &mut Peeled) -> Option<usize> {
        let edge = peeled.edge;
        if let Some(at) = self.time_before(start, edge) {
            return Some(at);
        }
        if let Some(hit) = self.scan.ending_at(edge).filter(|h| h.span.start as usize >= start) {
            if hit.word.form.is_some() {
                return None;
            }
            let is_time = hit.word.period.is_some();
            if is_time || hit.word.cues.any(PREDICATE) {
                Self::note(hit.word.cues, peeled);
                return Some(hit.span.start as usize);
            }
            if hit.is(Cue::Per) && self.follows_predicate(start, hit.span.start as usize) {
                return Some(hit.span.start as usize);
            }
            if hit.is(Cue::Do) {
                let end = peeled.done.map_or(hit.span.end, |done| done.end);
                peeled.done = Some(Span { start: hit.span.start, end });
                return Some(hit.span.start as usize);
            }
        }
        self.bracket_before(start, edge)
            .or_else(|| self.base_before(start, edge))
            .or_else(|| self.reckoning_before(start, peeled))
    }

    /// 由每人每月120元提高到每人每月200元: of what one gets stands behind the predicate.
    fn follows_predicate(&self, start: usize, at: usize) -> bool {
        let word = self.scan.ending_at(at).filter(|h| h.span.start as usize >= start);
        word.is_some_and(|h| {
            h.word.form.is_none()
                && h.word.cues.any(&[Cue::From, Cue::To, Cue::RiseTo, Cue::DropTo])
        })
    }

    /// 剔除减税降费因素增长6%, 按2020年价格计算增长6%: how the change was reckoned stands
    /// between the subject and the change.
    fn reckoning_before(&self, start: usize, peeled: &mut Peeled) -> Option<usize> {
        peeled.direction?;
        let hits = self.scan.inside(start, peeled.edge);
        if let Some(adjusted) = hits.iter().rfind(|h| h.is(Cue::Adjusted)) {
            Self::note(adjusted.word.cues, peeled);
            return Some(adjusted.span.start as usize);
        }
        let before = &self.text[start..peeled.edge];
        Phrases::ReckonedTails.at_end(before)?;
        let by = before.rfind('按').filter(|&i| before[i..].chars().count() < 16)?;
        peeled.cues.add(Cue::Real);
        Some(start + by)
    }

    /// 生产总值在2000年的基础上翻一番
    fn base_before(&self, start: usize, edge: usize) -> Option<usize> {
        let before = self.text[start..edge].strip_suffix("的基础上")?;
        let at = self.time_before(start, start + before.len())?;
        (at < start + before.len()).then_some(at)
    }

    fn note(cues: Cues, peeled: &mut Peeled) {
        if peeled.direction.is_none() && !peeled.arrives {
            peeled.direction = direction(cues);
        }
        let nearest = peeled.direction.is_none() && !peeled.reaches;
        peeled.arrives |= cues.any(&[Cue::RiseTo, Cue::DropTo]) || cues.has(Cue::To) && nearest;
        peeled.from |= cues.has(Cue::From) && nearest;
        peeled.reaches |= cues.has(Cue::Reach) && !cues.any(&[Cue::Up, Cue::Down]);
        peeled.cues.merge(cues);
    }

    /// `2023年`, `比“十三五”末`, `2025年底`, `连续6年`
    pub(super) fn time_before(&self, start: usize, edge: usize) -> Option<usize> {
        let before = &self.text[start..edge];
        let tail = Phrases::TimeTails.at_end(before).unwrap_or("");
        let bare = &before[..before.len() - tail.len()];
        let ends = [before, bare, bare.trim_end_matches('”')].map(|b| start + b.len());
        let time = self.times.iter().find(|t| ends.contains(&(t.span.end as usize)))?;
        let at = (time.span.start as usize).max(start);
        let lead = self.text[start..at].trim_end_matches('“');
        let lead = lead.strip_suffix(['比', '较', '与', '在', '于', '近', '过']).unwrap_or(lead);
        let lead = lead.strip_suffix("连续").unwrap_or(lead);
        Some(start + lead.len())
    }

    /// `（下同）`, `（5）`: a bracket between subject and predicate.
    fn bracket_before(&self, start: usize, edge: usize) -> Option<usize> {
        let before = self.text[start..edge].strip_suffix('）')?;
        let open = before.rfind('（')?;
        let inside = &before[open + '（'.len_utf8()..];
        (inside.chars().count() <= 14).then_some(start + open)
    }
}

fn direction(cues: Cues) -> Option<Direction> {
    if cues.any(&[Cue::RiseTo, Cue::DropTo]) {
        return None;
    }
    if cues.has(Cue::Up) {
        return Some(Direction::Up);
    }
    cues.has(Cue::Down).then_some(Direction::Down)
}
