//! The clause of a value: where it starts, and its predicate.

use super::peel::Peeled;
use super::sentence::Reader;
use crate::lexicon::{Cue, UnitKind};
use crate::span::Span;

/// A value's clause with what it says of the value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    /// Where it starts: behind the last comma or value.
    pub(super) start: usize,
    pub(super) peeled: Peeled,
}

impl Reader<'_, '_> {
    /// Where the group of clauses around `at` starts: behind the last semicolon.
    pub(super) fn group(&self, at: usize) -> usize {
        let start = self.sentence.start as usize;
        self.context.text[start..at].rfind('；').map_or(start, |i| start + i + '；'.len_utf8())
    }

    pub(super) fn floor(&self, i: usize) -> usize {
        i.checked_sub(1)
            .map_or(self.sentence.start as usize, |p| self.mentions[p].span.end as usize)
    }

    pub(super) fn forget_at_semicolon(&mut self, i: usize) {
        let gap = &self.context.text[self.floor(i)..self.mentions[i].span.start as usize];
        if gap.contains('；') {
            self.before_group = self.history.pop().map(|(subject, _)| subject);
            self.history.clear();
            self.old_year = None;
        }
    }

    pub(super) fn clause(&self, i: usize) -> Clause {
        let context = self.context;
        let mention = &self.mentions[i];
        // 低于每立方米19微克: the comparing word is no part of the subject.
        let word = mention.comparator_word;
        let before = !word.is_empty() && word.end <= mention.span.start;
        let at = if before { word.start } else { mention.span.start } as usize;
        let start = context.clause_start(self.floor(i), at);
        let start = context.behind_item(start, at);
        let mut peeled = context.peel(start, at);
        if matches!(self.mentions[i].unit.kind, UnitKind::Rate | UnitKind::Points)
            && let Some(share) = self.share_word(start, peeled.edge)
        {
            // 高技术产业增加值占GDP的13%: the subject stands before 占.
            peeled.edge = context.peel(start, share).edge;
            peeled.cues.add(Cue::Share);
            peeled.whole = Span::new(share, at);
        }
        if let Some(reach) = self.whole_before(i, start, at) {
            peeled.edge = context.peel(start, reach).edge;
            peeled.direction = None;
            peeled.cues.add(Cue::Share);
            peeled.whole = Span::new(reach, at);
        }
        // …、稳居全国前十、增长4.8%: a predicate alone behind 、 has no subject here.
        let alone = peeled.direction.is_some() && context.text[start..peeled.edge].ends_with('、');
        if alone && !self.history.is_empty() {
            peeled.edge = start;
        }
        self.add_cues_of_clause(start, at, &mut peeled);
        Clause { start, peeled }
    }

    /// 实缴税金达到财政收入的50%: where the verb before the whole starts.
    pub(super) fn whole_before(&self, i: usize, start: usize, at: usize) -> Option<usize> {
        let context = self.context;
        let is_rate = self.mentions[i].unit.kind == UnitKind::Rate && !self.mentions[i].is_growth;
        let before = &context.text[start..at];
        let scoped =
            context.scan.ending_at(at).is_some_and(|h| h.word.cues.any(&[Cue::Own, Cue::Superior]));
        let whole = match before.strip_suffix('的') {
            Some(whole) if !whole.is_empty() => start + whole.len(),
            _ if scoped => at,
            _ => return None,
        };
        if !is_rate || context.time_before(start, whole).is_some() {
            return None;
        }
        let hits = context.scan.inside(start, whole);
        let reach = hits.iter().rfind(|h| {
            h.is(Cue::Reach) && !matches!(h.span.of(context.text), "在" | "有" | "是")
        })?;
        Some(reach.span.start as usize)
    }

    /// 每年城镇新增就业60万人: what is said of time before the subject.
    pub(super) fn add_cues_of_clause(&self, start: usize, at: usize, peeled: &mut Peeled) {
        for hit in self.context.scan.inside(start, at).iter().filter(|h| h.word.form.is_none()) {
            for cue in [Cue::Average, Cue::Cumulative, Cue::EachYear] {
                if hit.is(cue) {
                    peeled.cues.add(cue);
                }
            }
        }
    }

    pub(super) fn share_word(&self, start: usize, edge: usize) -> Option<usize> {
        let hits = self.context.scan.inside(start, edge);
        let hit =
            hits.iter().rfind(|h| h.is(Cue::Share) && h.span.of(self.context.text) == "占")?;
        Some(hit.span.start as usize)
    }

    /// Where the comma that a clause follows starts.
    pub(super) fn comma_before(&self, clause: &Clause) -> Option<usize> {
        self.context.text[..clause.start].strip_suffix('，').map(str::len)
    }
}
