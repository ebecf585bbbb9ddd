//! Readings of targets without a number of their own.

use super::Reading;
use super::canonical::Canonical;
use super::doubt::Doubts;
use super::kind::Will;
use super::measure::Measured;
use super::peel::Peeled;
use super::relation::Relation;
use super::sentence::Reader;
use super::time::Timed;
use super::vocabulary::{Aggregation, Kind, Measure, Modality};
use crate::lexicon::{Cue, Hit, MetricId, Phrases, UnitKind};
use crate::mention::{Comparator, Decimal, Mention, Subperiod, WrittenUnit};
use crate::span::Span;

/// A metric that a comparing phrase is told of.
#[derive(Clone, Copy, Debug)]
struct Compared {
    term: Span,
    metric: MetricId,
}

impl Reader<'_, '_> {
    pub(super) fn read_relations(&mut self, relations: &[Relation]) {
        let mut last = self.sentence.start;
        for relation in relations {
            let at = relation.span.start as usize;
            if self
                .mentions
                .iter()
                .any(|m| m.span.start < relation.span.end && relation.span.start < m.span.end)
            {
                continue;
            }
            let floor = self
                .mentions
                .iter()
                .rev()
                .find(|m| m.span.end as usize <= at)
                .map_or(self.sentence.start, |m| m.span.end);
            let start = self.context.clause_start(floor.max(last) as usize, at);
            last = relation.span.end;
            let peeled = self.context.peel(start, at);
            if peeled.has(Cue::Share) {
                continue;
            }
            let bare = self.context.trim_head(start, peeled.edge) >= peeled.edge;
            let compared = if bare {
                let named = self.named_in(relation);
                named
                    .or_else(|| self.listed_before(start, &peeled))
                    .unwrap_or_else(|| self.told_before(relation))
            } else {
                let several = relation.comparator == Comparator::Assigned || peeled.has(Cue::Each);
                self.compared(start, &peeled, several)
            };
            for subject in compared {
                let reading = self.relation_reading(relation, start, subject);
                self.readings.push(reading);
            }
        }
    }

    /// 完成国家下达的能耗强度控制目标、粮食生产任务: the task names what it is about.
    fn named_in(&self, relation: &Relation) -> Option<Vec<Compared>> {
        let context = self.context;
        let task = relation.reference;
        let assigned = relation.comparator == Comparator::Assigned;
        if !assigned || Phrases::SetTasks.at_end(task.of(context.text)).is_none() {
            return None;
        }
        let hits = context.scan.inside(task.start as usize, task.end as usize).iter();
        // 粮食生产任务, 高标准农田建设任务 tell of work, not of a figure.
        let is_work = |h: &Hit| {
            let behind = &context.text[h.span.end as usize..task.end as usize];
            Phrases::Works.at_head(behind).is_some()
                || Phrases::Works.at_end(h.span.of(context.text)).is_some()
        };
        let named = hits.filter(|h| !is_work(h)).filter_map(|h| {
            let form = context.lexicon.form(h.word.form?);
            Some(form.metrics.iter().map(|&metric| Compared { term: h.span, metric }))
        });
        let named = named.flatten();
        let named: Vec<_> = named.collect();
        (!named.is_empty()).then_some(named)
    }

    /// 外资、外贸等指标，均完成市定任务: the list stands before the comma.
    fn listed_before(&self, start: usize, peeled: &Peeled) -> Option<Vec<Compared>> {
        let comma = self.context.text[..start].strip_suffix('，').map(str::len)?;
        let floor = self.group(comma);
        let before = self.context.clause_start(floor, comma);
        let figures =
            self.mentions.iter().any(|m| (before..comma).contains(&(m.span.start as usize)));
        if figures || !peeled.has(Cue::Each) {
            return None;
        }
        let list = self.compared(before, &self.context.peel(before, comma), true);
        (!list.is_empty()).then_some(list)
    }

    /// 生产总值增长6%、全省第二，高于全国平均水平: what the value before is told of.
    fn told_before(&self, relation: &Relation) -> Vec<Compared> {
        let ends = self.readings.iter().map(|r| r.mention.span.end);
        let Some(end) = ends.filter(|&e| e <= relation.span.start).max() else {
            return Vec::new();
        };
        let between = Span { start: end, end: relation.span.start }.of(self.context.text);
        if between.matches(['，', '、']).count() > 2 || between.contains(['；', '。']) {
            return Vec::new();
        }
        let assigned = relation.comparator == Comparator::Assigned;
        let told = self.readings.iter().filter(|r| r.mention.span.end == end);
        told.filter(|r| assigned || r.measured.measure == Measure::Growth)
            .filter_map(|r| Some(Compared { term: r.term, metric: r.metric? }))
            .collect()
    }

    /// The canonical subjects of a comparing phrase: one, or those of a list.
    fn compared(&self, start: usize, peeled: &Peeled, several: bool) -> Vec<Compared> {
        let context = self.context;
        let list = &context.text[start..peeled.edge];
        let closing = Phrases::ListTails.at_end(list).unwrap_or("");
        let edge = peeled.edge - closing.len();
        let items = context.items(context.trim_head(start, edge), edge);
        // 粤北地区生产总值、固定资产投资等指标增幅高于全省: the list is of another place.
        let first = items.first().copied().unwrap_or_default();
        if items.len() > 1 && context.is_of_others(start, first.end as usize) {
            return Vec::new();
        }
        let skip = if several { 0 } else { items.len().saturating_sub(1) };
        let items = &items[skip..];
        let floors = items
            .iter()
            .enumerate()
            .map(|(i, item)| if i + skip == 0 { start } else { item.start as usize });
        let canonicals = items.iter().zip(floors).filter_map(|(item, floor)| {
            let edge = context.peel(floor, item.end as usize).edge;
            context.canonical(floor, edge)
        });
        let known = |c: Canonical| Some(Compared { term: c.term, metric: self.metric_of(c)? });
        canonicals.filter_map(known).collect()
    }

    fn metric_of(&self, canonical: Canonical) -> Option<MetricId> {
        let form = self.context.lexicon.form(canonical.form);
        if form.metrics.len() == 1 { form.metrics.first().copied() } else { form.single }
    }

    fn relation_reading(&self, relation: &Relation, start: usize, compared: Compared) -> Reading {
        let Compared { term, metric } = compared;
        let context = self.context;
        let at = relation.span.start as usize;
        let mention = relational_mention(relation);
        let peeled = context.peel(start, at);
        let timed = Timed {
            mention: &mention,
            peeled: &peeled,
            measured: Measured { falls: true, ..Measured::plain(Measure::Growth) },
            clause: start,
            is_flow: false,
            owns: false,
        };
        let when = context.when(self.standing, &timed);
        let kind = context.kind(self.standing, when, self.sentence.start as usize, at);
        let will = if kind == Kind::Target {
            context.will(self.group(at), start, at)
        } else {
            Will::default()
        };
        let words = self.words_of_term(term, "");
        let variant = self.variant(metric, words, &mention, Measure::Growth, when.period);
        let sentence = self.sentence.start as usize;
        Reading {
            mention,
            variant: Some(variant),
            subject: term.of(context.text).to_owned(),
            term,
            metric: Some(metric),
            measured: Measured::plain(Measure::Growth),
            kind,
            modality: (kind == Kind::Target).then(|| will.modality.unwrap_or(Modality::Plain)),
            modality_word: will.word,
            stretch: false,
            baseline: false,
            period: when.period,
            aggregation: if when.aggregation == Aggregation::End {
                Aggregation::Annual
            } else {
                when.aggregation
            },
            subperiod: Subperiod::Year,
            basis: self.basis_of_relation(term.end as usize, at),
            vintage: (kind == Kind::Actual).then(|| context.vintage(sentence, at)),
            reference: relation.reference,
            doubts: Doubts::default(),
            rule: "relation",
        }
    }
}

fn relational_mention(relation: &Relation) -> Mention {
    Mention {
        span: relation.span,
        figure: Span::default(),
        low: None,
        high: None,
        comparator: relation.comparator,
        comparator_word: relation.span,
        unit: WrittenUnit {
            text: String::new(),
            base: String::new(),
            factor: Decimal::ONE,
            kind: UnitKind::Rate,
        },
        is_growth: true,
    }
}
