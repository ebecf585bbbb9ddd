//! Settles what is left open once subject, measure and time are known: kind, will and the
//! units that the words imply.

use super::Reading;
use super::clause::Clause;
use super::doubt::{Doubted, Doubts};
use super::kind::Will;
use super::measure::Measured;
use super::peel::Peeled;
use super::sentence::{Reader, bound_by};
use super::subject::Subject;
use super::time::When;
use super::vocabulary::{Aggregation, Kind, Measure, Modality};
use crate::layout::Outlook;
use crate::lexicon::{Cue, OverYears, Phrases, UnitKind};
use crate::mention::{Comparator, Mention, Period, Role, Subperiod};
use crate::span::Span;

impl Reader<'_, '_> {
    /// 占比从14%提升到15.5%: the new value is what the old one was; 占比提高2个百分点，达到48%:
    /// what a share has reached is a share.
    pub(super) fn minds_old_measure(
        &self,
        mention: &Mention,
        peeled: &Peeled,
        rule: &str,
        measured: &mut Measured,
    ) {
        let stands = peeled.arrives || peeled.reaches;
        let is_level = mention.unit.kind == UnitKind::Rate && !mention.is_growth;
        if rule != "carried" || !stands || !is_level {
            return;
        }
        match self.history.last() {
            Some((_, Measure::Share)) => measured.measure = Measure::Share,
            Some((_, Measure::Level)) if peeled.arrives => measured.measure = Measure::Level,
            _ => {}
        }
    }

    /// 研发经费占生产总值的比重 is the intensity.
    pub(super) fn names_share(
        &self,
        peeled: &Peeled,
        subject: &mut Subject,
        measured: &mut Measured,
    ) {
        let whole = peeled.whole.of(self.context.text);
        let mut named = self.context.lexicon.named_shares().iter();
        if let Some(share) =
            named.find(|s| Some(s.metric) == subject.metric && whole.contains(&s.whole))
        {
            subject.metric = Some(share.becomes);
            subject.form = None;
            measured.measure = Measure::Level;
        }
        // 战略性新兴产业占GDP的比重 is that of its value added.
        let of_product =
            self.context.lexicon.named_shares().iter().any(|s| whole.contains(&s.whole));
        if of_product && subject.form.is_none() && measured.measure == Measure::Share {
            let added = format!("{}增加值", subject.text);
            if let Some(form) = self.context.lexicon.form_id_of(&added) {
                let named = self.context.subject(&added, Some((Span::default(), form)));
                subject.metric = named.metric;
                subject.form = named.form;
            }
        }
    }

    /// 新增, 建成, 城镇新增就业: what was brought about over the years.
    pub(super) fn is_flow(&self, subject: &Subject) -> bool {
        let adds = self.over_years(subject) == OverYears::Adds;
        adds || !subject.lead.is_empty() && !Phrases::Owning.has(&subject.lead)
            || subject.text.contains("新增")
    }

    pub(super) fn over_years(&self, subject: &Subject) -> OverYears {
        let metric = subject.metric.map(|m| self.context.lexicon.metric(m));
        metric.map(|m| m.over_years).unwrap_or_default()
    }

    /// 从2002年的1.89万亿元增加到5.13万亿元，增长1.71倍: the change runs from the old
    /// value's year.
    pub(super) fn minds_old_year(
        &mut self,
        when: &mut When,
        mention: &Mention,
        measure: Measure,
        peeled: &Peeled,
    ) {
        let at = mention.span.start;
        let times = self.context.times;
        let old = times.iter().rfind(|t| t.role == Role::Old && t.span.end <= at);
        if let Some(year) = old.and_then(|t| t.frame).map(|f| f.period().end)
            && peeled.from
        {
            self.old_year = Some(year);
            return;
        }
        let is_change = matches!(measure, Measure::Growth | Measure::Change);
        if let Some(year) =
            self.old_year.filter(|&y| is_change && y < when.period.end - 1 && !when.is_told)
        {
            when.period.start = year + 1;
            if when.aggregation != Aggregation::Average {
                when.aggregation = Aggregation::Cumulative;
            }
        }
    }

    /// 平均每年城镇新增就业1000万人、农村劳动力转移就业800万人: what 、 joins is told of the
    /// same years in the same way.
    pub(super) fn keeps_average(&self, when: &mut When, mention: &Mention, measure: Measure) {
        let Some(last) = self.readings.last() else { return };
        let (end, at) = (last.mention.span.end as usize, mention.span.start as usize);
        let joined = end <= at && self.context.text[end..at].starts_with('、');
        let mean = matches!(last.aggregation, Aggregation::Average | Aggregation::EachYear);
        let same = last.measured.measure == measure && last.period == when.period;
        if joined && mean && same && measure == Measure::Level {
            when.aggregation = last.aggregation;
        }
    }

    /// 1-11月一般公共预算收入30亿元，增长5%: what is carried over is of the same part of the year.
    fn keeps_part(&self, when: &mut When, mention: &Mention) {
        let Some(last) = self.readings.last() else { return };
        let between = Span { start: last.mention.span.end, end: mention.span.start };
        let whole = between.of(self.context.text).contains("全年");
        if when.subperiod == Subperiod::Year && !whole && last.period == when.period {
            when.subperiod = last.subperiod;
        }
    }

    pub(super) fn reading(
        &self,
        mut mention: Mention,
        subject: &Subject,
        measured: Measured,
        mut when: When,
        clause: &Clause,
        rule: &'static str,
    ) -> Reading {
        let context = self.context;
        let at = mention.span.start as usize;
        if rule == "carried" && !clause.peeled.arrives {
            self.keeps_part(&mut when, &mention);
        }
        let kind = self.settled_kind(&mut mention, &mut when, clause);
        Self::name_people(&mut mention, subject);
        self.name_money(&mut mention, subject);
        let held = kind == Kind::Target && clause.peeled.has(Cue::Control);
        if held && mention.comparator == Comparator::Eq {
            bound_by(&mut mention, Comparator::Le);
        }
        let base_year = self.base_year(at);
        if let Some(year) = base_year {
            when.period = Period { start: year, end: year };
        }
        let will = self.will_for(subject, kind, clause, at, rule);
        let measure = measured.measure;
        let metric = self.metric_that_stands(subject, &mention, measure, clause);
        let words = self.words_of_term(subject.term, &subject.text);
        let variant =
            metric.map(|metric| self.variant(metric, words, &mention, measure, when.period));
        let doubted =
            Doubted { mention: &mention, subject, clause, when: &when, measure, kind, rule };
        let doubts = metric.map_or_else(Doubts::default, |_| self.doubts(&doubted));
        Reading {
            subject: subject.text.clone(),
            term: if metric.is_some() { subject.term } else { Span::default() },
            metric,
            variant,
            measured,
            kind,
            modality: (kind == Kind::Target).then(|| will.modality.unwrap_or(Modality::Plain)),
            modality_word: will.word,
            stretch: self.is_stretch(subject, kind, will, measure),
            baseline: base_year.is_some()
                || clause.peeled.from
                    && (!when.is_told || self.is_of_year_before(clause, at))
                    && self.leads_to_new_value(at),
            period: when.period,
            aggregation: when.aggregation,
            subperiod: when.subperiod,
            basis: self.basis(clause, at, measure, rule),
            vintage: (kind == Kind::Actual)
                .then(|| context.vintage(self.sentence.start as usize, at)),
            reference: Span::default(),
            doubts,
            rule,
            mention,
        }
    }

    /// 占比由上年的33.4%提高到35.5%: in a review the old value is that of the year before.
    fn is_of_year_before(&self, clause: &Clause, at: usize) -> bool {
        let told = self.context.times.iter().rfind(|t| t.span.end as usize <= at);
        self.standing.outlook == Outlook::Back
            && told.is_some_and(|t| {
                t.span.start as usize >= clause.start
                    && Phrases::YearBefore.at_head(t.span.of(self.context.text)).is_some()
            })
    }

    /// Kind, with the year that follows from it where the words named none.
    fn settled_kind(&self, mention: &mut Mention, when: &mut When, clause: &Clause) -> Kind {
        let year = self.context.year;
        let at = mention.span.start as usize;
        if self.names_target(mention) {
            // 略低于8%的预定目标: the word compares the outcome, not the target.
            let compares = !mention.comparator_word.is_empty()
                && mention.comparator_word.end <= mention.figure.start;
            if compares {
                bound_by(mention, Comparator::Eq);
                mention.span.start = mention.figure.start;
                mention.comparator_word = Span::default();
            }
            return Kind::Target;
        }
        if self.is_called_target(clause, at) {
            if self.standing.outlook == Outlook::Back && !when.is_told {
                when.period = Period { start: year, end: year };
            }
            return Kind::Target;
        }
        if self.is_done(clause, at) {
            let dated = self.context.times.iter().any(|t| t.span.end as usize <= at);
            if !dated && when.period.end == year {
                when.period = Period { start: year - 1, end: year - 1 };
            }
            return Kind::Actual;
        }
        if self.is_part_told(mention, *when, clause) {
            return Kind::Actual;
        }
        self.context.kind(self.standing, *when, self.sentence.start as usize, at)
    }

    /// 今年一季度，生产总值增长9.6%: among plans, what a part of the year brought, if no word
    /// says that it shall bring it.
    fn is_part_told(&self, mention: &Mention, when: When, clause: &Clause) -> bool {
        let (start, at) = (self.sentence.start as usize, mention.span.start as usize);
        let hits = self.context.scan.inside(start, at);
        let wills = hits
            .iter()
            .any(|h| h.word.cues.any(&[Cue::PlanWord, Cue::Ensure, Cue::Strive, Cue::PlanOpening]));
        let plain = mention.comparator == Comparator::Eq && mention.unit.kind == UnitKind::Rate;
        when.subperiod != Subperiod::Year && clause.peeled.direction.is_some() && plain && !wills
    }

    fn will_for(
        &self,
        subject: &Subject,
        kind: Kind,
        clause: &Clause,
        at: usize,
        rule: &str,
    ) -> Will {
        if kind == Kind::Actual {
            return Will::default();
        }
        let will = self.context.will(self.group(at), clause.start, at);
        if rule == "carried" { self.kept_will(will, subject, kind) } else { will }
    }

    /// 社会消费品零售总额力争达到6740亿元，增长17%: what is carried over keeps its will.
    fn kept_will(&self, will: Will, subject: &Subject, kind: Kind) -> Will {
        let last = self.readings.last().filter(|r| r.subject == subject.text && r.kind == kind);
        match last {
            Some(last) if will.modality.is_none() => {
                let modality = last.modality.filter(|m| *m != Modality::Plain);
                Will { modality, word: last.modality_word }
            }
            _ => will,
        }
    }

    /// 没有完成12.5%的预期目标, 略低于8%的预定目标: a target, also where it lies behind.
    pub(super) fn names_target(&self, mention: &Mention) -> bool {
        let after = &self.context.text[mention.span.end as usize..self.sentence.end as usize];
        let after = after.strip_prefix('的').unwrap_or(after);
        Phrases::TargetNouns.at_head(after).is_some()
    }

    /// 调控目标定为8%: the words between subject and value call it a target.
    fn is_called_target(&self, clause: &Clause, at: usize) -> bool {
        let predicate = &self.context.text[clause.peeled.edge.min(at)..at];
        Phrases::TargetNouns.within(predicate) && clause.peeled.reaches
    }

    /// 已精简的319项审批事项和清理规范的281项收费: told as done, also in the plan.
    pub(super) fn is_done(&self, clause: &Clause, at: usize) -> bool {
        let joined = self.context.text[clause.start..at].contains('和');
        let floor = if joined { self.sentence.start as usize } else { clause.start };
        let start = self.context.clause_start(floor, clause.start);
        let hits = self.context.scan.inside(start, at);
        hits.iter().any(|h| Phrases::DoneMarks.has(h.span.of(self.context.text)))
    }

    /// A bare 20万 of people counts 万人.
    pub(super) fn name_people(mention: &mut Mention, subject: &Subject) {
        let people = mention.unit.base.is_empty() && Phrases::People.within(&subject.text);
        if people {
            mention.unit.text.push('人');
            mention.unit.base.push('人');
        }
    }

    /// 地区生产总值迈上5万亿台阶 counts 元.
    pub(super) fn name_money(&self, mention: &mut Mention, subject: &Subject) {
        let in_money = |m| self.context.lexicon.metric(m).unit == "元";
        if mention.unit.base.is_empty()
            && mention.comparator != Comparator::Eq
            && subject.metric.is_some_and(in_money)
        {
            mention.unit.text.push('元');
            mention.unit.base.push('元');
            mention.unit.kind = UnitKind::Money;
        }
    }

    /// 较“十三五”末的9323亿元: the value of the base year.
    fn base_year(&self, at: usize) -> Option<i16> {
        let context = self.context;
        let mut bases = context
            .times
            .iter()
            .filter(|t| t.role == Role::Base && t.span.end as usize <= at && context.is_of(t, at));
        let year = bases.next_back()?.frame?.period().end;
        context.text[..at].ends_with('的').then_some(year)
    }

    /// 由210万吨提高至570万吨: a new value follows the old one.
    pub(super) fn leads_to_new_value(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| m.span.start as usize > at)
    }

    /// 增长8%、力争9%: a second, more ambitious value of the same subject.
    pub(super) fn is_stretch(
        &self,
        subject: &Subject,
        kind: Kind,
        will: Will,
        measure: Measure,
    ) -> bool {
        let Some(last) = self.readings.last() else { return false };
        kind == Kind::Target
            && will.modality == Some(Modality::Strive)
            && last.subject == subject.text
            && last.measured.measure == measure
            && last.kind == Kind::Target
            && will.word.start >= last.mention.span.end
    }
}
