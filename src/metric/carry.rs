//! What is carried over from earlier clauses: subjects, lists of them, comparing words.
//!
//! After 地区生产总值383亿元 the words 增长7.8% have no subject of their own and take
//! the last one; 分别增长6.0%、7.5% takes the last two.

use super::clause::Clause;
use super::peel::Peeled;
use super::sentence::Reader;
use super::subject::{Subject, counts_newcomers};
use super::vocabulary::Measure;
use crate::lexicon::Cue;
use crate::mention::{Comparator, Mention};
use crate::span::Span;

/// What a clause may tell of the metric that it opens with, without a figure.
const TELLING: &[Cue] =
    &[Cue::Light, Cue::Verb, Cue::Reach, Cue::From, Cue::Up, Cue::Down, Cue::RiseTo, Cue::Hold];

impl Reader<'_, '_> {
    /// 分别 with no subject before it takes the last ones of the clauses before.
    pub(super) fn carried_list(&self, run: usize, clause: &Clause) -> Option<Vec<Subject>> {
        let empty = self.context.trim_head(clause.start, clause.peeled.edge) >= clause.peeled.edge;
        let after_list = self.readings.len() >= run
            && self.readings[self.readings.len() - run..].iter().all(|r| r.rule == "respectively");
        if !empty || !clause.peeled.has(Cue::Respectively) && !after_list && !self.are_pair(run) {
            return None;
        }
        let mut distinct: Vec<Subject> = Vec::new();
        for (subject, _) in self.history.iter().rev() {
            if !distinct.iter().any(|d| d.text == subject.text) {
                distinct.push(subject.clone());
            }
            if distinct.len() == run {
                distinct.reverse();
                return Some(distinct);
            }
        }
        None
    }

    /// 城镇居民收入17175元，农村居民收入5153元，实际增长9.8%和8.5%: as many levels of
    /// canonical metrics, in the same unit, as there are values now.
    pub(super) fn are_pair(&self, run: usize) -> bool {
        let Some(first) = self.readings.len().checked_sub(run) else { return false };
        let levels = &self.readings[first..];
        let unit = &levels[0].mention.unit.base;
        let distinct = levels.windows(2).all(|w| w[0].metric != w[1].metric);
        distinct
            && levels.iter().all(|r| {
                r.measured.measure == Measure::Level
                    && r.metric.is_some()
                    && r.mention.unit.base == *unit
            })
    }

    /// A、B、C，分别增长…: the list stands before the comma.
    pub(super) fn list_across_comma(
        &self,
        first: usize,
        run: usize,
        clause: &Clause,
    ) -> Option<Vec<Subject>> {
        let floor = self.floor(first);
        let comma = self.comma_before(clause)?;
        if !clause.peeled.has(Cue::Respectively) || comma <= floor {
            return None;
        }
        let start = self.context.clause_start(floor, comma);
        // 甲和乙均实现快速增长，分别增收10亿元和5亿元: its own predicate is no item.
        let edge = self.context.peel(start, comma).edge;
        let listed = |edge| self.context.listed(start, &Peeled { edge, ..clause.peeled }, run);
        // 综合指数、PM2.5浓度实现“双下降”，分别下降5%、8%: nor what is told of all.
        let hits = self.context.scan.inside(start, edge);
        let told = hits.iter().find(|h| h.word.form.is_none() && h.is(Cue::Reach));
        let told = told.map(|h| h.span.start as usize).filter(|&at| at > start);
        told.and_then(listed).or_else(|| listed(edge))
    }

    /// …1.9万元，…1.2万元，同比分别增长11%: one value that holds of both.
    pub(super) fn carried_pair(&self, clause: &Clause) -> Option<Vec<Subject>> {
        clause.peeled.has(Cue::Respectively).then(|| self.carried_list(2, clause)).flatten()
    }

    /// A comparing word behind the last of coordinated values governs all of them, and so
    /// does one right behind 分别: 分别超过8万元、4.5万元.
    pub(super) fn shared_comparator(
        &self,
        first: usize,
        run: usize,
        clause: &Clause,
    ) -> Option<Comparator> {
        let values = &self.mentions[first..first + run];
        let (head, tail) = (&values[0], &values[run - 1]);
        let bounding = |c| matches!(c, Comparator::Approx | Comparator::Ge | Comparator::Le);
        let plain = |ms: &[Mention]| ms.iter().all(|m| m.comparator == Comparator::Eq);
        let behind = tail.comparator_word.start >= tail.figure.end;
        if behind && plain(&values[..run - 1]) && bounding(tail.comparator) {
            return Some(tail.comparator);
        }
        let before = head.comparator_word.start < head.comparator_word.end
            && head.comparator_word.end <= head.figure.start;
        let governs = before
            && clause.peeled.has(Cue::Respectively)
            && plain(&values[1..])
            && bounding(head.comparator);
        governs.then_some(head.comparator)
    }

    pub(super) fn carried(&self, i: usize, clause: &Clause) -> (Subject, &'static str) {
        let context = self.context;
        let words = context.words_of_doing(&clause.peeled);
        if words.is_empty()
            && let Some(subject) = self.told_of_since(i, clause)
        {
            return (subject, "clause_before");
        }
        if let Some((subject, _)) = self.history.last()
            && words.is_empty()
        {
            return (self.stock_or_same(subject, clause), "carried");
        }
        if !words.is_empty() {
            return (self.doing(i, words, clause), "doing");
        }
        let before = self.before_comma(clause).unwrap_or_default();
        (self.stock_or_same(&before, clause), "clause_before")
    }

    /// 新认定高新技术企业48家，总数达286家: what there is, behind what was added.
    fn stock_or_same(&self, added: &Subject, clause: &Clause) -> Subject {
        let told = clause.peeled.has(Cue::Tail) || clause.peeled.reaches;
        if !told || !counts_newcomers(&added.lead) {
            return added.clone();
        }
        let things = added.text.strip_prefix(added.lead.as_str()).unwrap_or(&added.text);
        let form = self.context.lexicon.form_id_of(things).map(|id| (Span::default(), id));
        self.context.subject(things, form)
    }

    /// 地区生产总值增长6%，进出口总额由负转正，增长3%: a clause without a figure turned to
    /// another metric.
    fn told_of_since(&self, i: usize, clause: &Clause) -> Option<Subject> {
        let floor = self.floor(i).max(self.sentence.start as usize);
        let mut end = self.comma_before(clause);
        while let Some(comma) = end.filter(|&c| c > floor) {
            let start = self.context.clause_start(floor, comma);
            if let Some(subject) = self.told_of(start, comma) {
                return Some(subject);
            }
            end = self.context.text[..start].strip_suffix('，').map(str::len);
        }
        None
    }

    /// The metric that opens `start..end` and of which the words behind it tell something.
    fn told_of(&self, start: usize, end: usize) -> Option<Subject> {
        let context = self.context;
        let opens = context.scan.inside(start, end).iter().find(|h| h.word.form.is_some())?;
        let behind = opens.span.end as usize;
        let canonical = context.canonical(start, behind)?;
        let tells = context.scan.starting_at(behind).is_some_and(|h| h.word.cues.any(TELLING));
        let head = context.trim_head(start, behind);
        let form = Some((canonical.term, canonical.form));
        tells.then(|| context.subject(&context.text[head..behind], form))
    }

    /// 城镇新增就业人数，达到5万人: the subject stands before the comma, or in an earlier
    /// clause that ends in a written form, or opened the sentence before.
    pub(super) fn before_comma(&self, clause: &Clause) -> Option<Subject> {
        let floor = self.sentence.start as usize;
        let mut nearest = None;
        let mut end = self.comma_before(clause);
        while let Some(comma) = end.filter(|&c| c > floor) {
            let start = self.context.clause_start(floor, comma);
            let peeled = self.context.peel(start, comma);
            let subject = self.context.subject_before(start, &peeled);
            if subject.as_ref().is_some_and(|s| s.metric.is_some()) {
                return subject;
            }
            nearest = nearest.or(subject);
            end = self.context.text[..start].strip_suffix('，').map(str::len);
        }
        self.topic.clone().or(nearest)
    }

    /// The first words of the clauses before, nearest first: 粮食 in 粮食生产再获丰收，总产
    /// 达到557亿斤.
    pub(super) fn heads_of_clauses_before(&self, clause: &Clause) -> Vec<&str> {
        let context = self.context;
        let floor = self.group(clause.start);
        let mut heads = Vec::new();
        let mut end = self.comma_before(clause);
        while let Some(comma) = end.filter(|&c| c > floor && heads.len() < 3) {
            let start = context.clause_start(floor, comma);
            let head = context.trim_head(start, comma);
            // 全国粮食连续四年增产，产量达到5亿吨, in the report of the nation
            let nation =
                context.scan.starting_at(head).filter(|h| context.is_nation && h.is(Cue::Nation));
            let head = nation.map_or(head, |h| h.span.end as usize);
            let limit =
                context.text[head..comma].char_indices().nth(6).map_or(comma, |(i, _)| head + i);
            heads.push(&context.text[head..limit]);
            end = context.text[..start].strip_suffix('，').map(str::len);
        }
        heads
    }
}
