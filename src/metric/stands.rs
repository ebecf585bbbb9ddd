//! Does the metric of the subject stand, or is the value none of its figures?

use super::clause::Clause;
use super::sentence::Reader;
use super::subject::Subject;
use super::vocabulary::Measure;
use crate::lexicon::{Cue, MetricId, Phrases, UnitKind};
use crate::mention::Mention;

impl Reader<'_, '_> {
    /// The metric of the subject, unless the value is none of its figures.
    pub(super) fn metric_that_stands(
        &self,
        subject: &Subject,
        mention: &Mention,
        measure: Measure,
        clause: &Clause,
    ) -> Option<MetricId> {
        let of_plan = measure == Measure::Share
            && Phrases::Plans.within(clause.peeled.whole.of(self.context.text));
        subject
            .metric
            .filter(|_| !of_plan && !self.is_share_done(mention, clause))
            .filter(|_| !self.is_goal_of_others(mention) && !self.is_part_of_it(mention, clause))
            .filter(|_| {
                !self.is_driven(subject, measure, clause) && !self.is_of_the_rate(mention, clause)
            })
            .filter(|&m| self.fits(mention, measure, m))
            .filter(|_| !self.is_of_actor(mention.span.start as usize))
    }

    /// Can a level or share of this metric be told in this unit?
    pub(super) fn fits(&self, mention: &Mention, measure: Measure, metric: MetricId) -> bool {
        let metric = self.context.lexicon.metric(metric);
        let base = mention.unit.base.as_str();
        match measure {
            Measure::Growth => base == "%" || base == "倍",
            Measure::Share => base == "%",
            Measure::Change if base == "百分点" => true,
            Measure::Level | Measure::Change => {
                let money = base == "元" && metric.level_units.iter().any(|u| u == "元");
                money || metric.level_units.iter().any(|u| u == base || u == "‰" && base == "%")
            }
        }
    }

    /// 省属企业创新导向更加突出，研发投入增长15%: an earlier clause of the group named a
    /// part of the region, and none since the region itself.
    pub(super) fn is_of_actor(&self, at: usize) -> bool {
        let context = self.context;
        let hits = context.scan.inside(self.sentence.start as usize, at);
        let group = self.group(at);
        let named = hits.iter().rfind(|h| {
            let names = h.word.form.is_none() && h.word.cues.any(&[Cue::Actor, Cue::Own]);
            let start = h.span.start as usize;
            // 2002年高新区完成总收入150亿元；实现财政收入3亿元: it acts in the whole sentence.
            let acts = || {
                let behind = context.scan.starting_at(h.span.end as usize);
                behind.is_some_and(|verb| verb.is(Cue::Reach))
            };
            names && self.opens_clause(start) && (start >= group || h.is(Cue::Own) || acts())
        });
        named.is_some_and(|h| {
            h.is(Cue::Actor) && !(context.is_county && h.span.of(context.text).starts_with("县域"))
        })
    }

    /// 城市更新带动固定资产投资103亿元: so much of it, not the whole.
    pub(super) fn is_driven(&self, subject: &Subject, measure: Measure, clause: &Clause) -> bool {
        let before = &self.context.text[..subject.term.start as usize];
        let amount = matches!(measure, Measure::Level | Measure::Change);
        // 带动固定资产投资完成3300亿元: driven, but told of the whole.
        let bare = !subject.term.is_empty() && !clause.peeled.reaches;
        amount && bare && Phrases::Driving.at_end(before).is_some()
    }

    /// 增速较去年增长9倍, 增速较近两年翻一番: what grew is the rate.
    pub(super) fn is_of_the_rate(&self, mention: &Mention, clause: &Clause) -> bool {
        let at = mention.span.start as usize;
        let words = &self.context.text[clause.start.min(at)..at];
        let multiplies = mention.unit.kind == UnitKind::Times
            || mention.is_growth && mention.span.of(self.context.text).starts_with('翻');
        multiplies && Phrases::Growths.within(words)
    }

    /// 财政收入的60%来自企业: a part of the metric, not its figure.
    pub(super) fn is_part_of_it(&self, mention: &Mention, clause: &Clause) -> bool {
        let context = self.context;
        let at = mention.span.start as usize;
        let told = clause.peeled.direction.is_some() || clause.peeled.has(Cue::Share);
        let whole = context.text[clause.start.min(at)..at].strip_suffix('的');
        // 城镇化率由2015年的41%提高到49%
        let of_a_whole = whole.is_some_and(|words| {
            context.time_before(clause.start, clause.start + words.len()).is_none()
        });
        mention.unit.kind == UnitKind::Rate && of_a_whole && !told
    }

    /// 党的十六大提出…翻两番 is another's goal; 提前实现比2010年翻一番 meets an older one early,
    /// in which years, is not told.
    pub(super) fn is_goal_of_others(&self, mention: &Mention) -> bool {
        let context = self.context;
        let at = mention.span.start as usize;
        let words = &context.text[self.group(at)..at];
        let doubles = mention.span.of(context.text).starts_with('翻');
        doubles && words.contains("提前")
            || !context.is_nation && Phrases::SetByOthers.within(words)
    }

    /// 预算收入97亿元，完成101.1%: how much of a plan was done.
    pub(super) fn is_share_done(&self, mention: &Mention, clause: &Clause) -> bool {
        let before = &self.context.text[..mention.span.start as usize];
        let rate = mention.unit.kind == UnitKind::Rate && clause.peeled.direction.is_none();
        rate && before.ends_with("完成")
    }

    /// Only words of time and the rank of a zone (每个市级工业园区) stand before in the clause.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        let context = self.context;
        let head = context.trim_head(context.clause_start(self.sentence.start as usize, at), at);
        let ranked = context.scan.starting_at(head).filter(|h| h.is(Cue::PartScope));
        head == at || ranked.is_some_and(|h| h.span.end as usize == at)
    }
}
