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
use super::vocabulary::{Aggregation, Basis, Kind, Measure, Modality};
use crate::lexicon::{Cue, MetricId, UnitKind};
use crate::mention::{Comparator, Decimal, Mention, Subperiod, WrittenUnit};
use crate::span::Span;

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
            let several = relation.comparator == Comparator::Assigned || peeled.has(Cue::Each);
            for (subject, metric) in self.related(start, &peeled, several) {
                let reading = self.relation_reading(relation, start, subject, metric);
                self.readings.push(reading);
            }
        }
    }

    /// The canonical subjects of a comparing phrase: one, or those of a list.
    pub(super) fn related(
        &self,
        start: usize,
        peeled: &Peeled,
        several: bool,
    ) -> Vec<(Canonical, MetricId)> {
        let context = self.context;
        let items = context.items(context.trim_head(start, peeled.edge), peeled.edge);
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
        canonicals.filter_map(|c| self.metric_of(c).map(|m| (c, m))).collect()
    }

    pub(super) fn metric_of(&self, canonical: Canonical) -> Option<MetricId> {
        let form = self.context.lexicon.form(canonical.form);
        if form.metrics.len() == 1 { form.metrics.first().copied() } else { form.single }
    }

    pub(super) fn relation_reading(
        &self,
        relation: &Relation,
        start: usize,
        canonical: Canonical,
        metric: MetricId,
    ) -> Reading {
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
        let kind = context.kind(self.standing, &when, self.sentence.start as usize, at);
        let will = if kind == Kind::Target {
            context.will(self.group(at), start, at)
        } else {
            Will::default()
        };
        let words = self.words_of_term(canonical.term, "");
        let variant = self.variant(metric, words, &mention, Measure::Growth, when.period);
        let sentence = self.sentence.start as usize;
        Reading {
            mention,
            variant: Some(variant),
            subject: canonical.term.of(context.text).to_owned(),
            term: canonical.term,
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
            basis: self.basis_of_relation(canonical.term.end as usize, at),
            vintage: (kind == Kind::Actual).then(|| context.vintage(sentence, at)),
            reference: relation.reference,
            doubts: Doubts::default(),
            rule: "relation",
        }
    }
}

impl Reader<'_, '_> {
    /// 城乡居民收入实际增长与经济增长同步
    fn basis_of_relation(&self, term: usize, at: usize) -> Basis {
        let real = self.context.scan.inside(term, at.max(term)).iter().any(|h| h.is(Cue::Real));
        if real { Basis::Real } else { Basis::Unstated }
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
