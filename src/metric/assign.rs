//! Which noun phrase does a value measure: the one before it, the one behind it, or one
//! carried over?

use super::clause::Clause;
use super::sentence::Reader;
use super::subject::{Subject, counts_newcomers};
use crate::lexicon::{Cue, MetricId, Phrases, UnitKind};
use crate::mention::Mention;
use crate::span::Span;

/// What is told behind 实现 is no state where it is longer than this.
const LONGEST_STATE: usize = 8;

impl Reader<'_, '_> {
    /// The subject before the value, behind it, or carried over.
    pub(super) fn subject(&self, i: usize, clause: &Clause) -> (Subject, &'static str) {
        let context = self.context;
        let mention = &self.mentions[i];
        let before = context.subject_before(clause.start, &clause.peeled);
        if self.names_target(mention)
            && let Some((carried, _)) = self.history.last()
        {
            return (carried.clone(), "carried");
        }
        if let Some(subject) = self.people_who(mention) {
            return (subject, "people_who");
        }
        let after = self.noun_after(i, clause);
        let before = before.map(|subject| self.without_joint_metric(subject, clause));
        if let Some(told) = before.as_ref().and_then(|head| self.amount_of_noun(i, head)) {
            return (told, "amount_of_noun");
        }
        if let Some(subject) = after.and_then(|noun| self.further_of_same(i, clause, noun)) {
            return (subject, "predicate_after");
        }
        let lead = match self.lead_of_list(i) {
            "" => context.lead_of_examples(clause.start, clause.peeled.edge),
            lead => lead,
        };
        match (before, after) {
            (Some(before), Some(noun)) if self.noun_wins(&before, mention, clause, noun) => {
                (self.behind(Some(&before), clause, noun, lead, mention), "noun_after")
            }
            (Some(before), _) => (self.completed(i, before, lead, clause), "noun_before"),
            (None, Some(noun)) => (self.behind(None, clause, noun, lead, mention), "noun_after"),
            (None, None) => self.carried(i, clause),
        }
    }

    /// The noun behind a value, with the words before it that end in 的: 销售收入超百亿元的
    /// 30家企业.
    fn behind(
        &self,
        before: Option<&Subject>,
        clause: &Clause,
        noun: Span,
        lead: &str,
        mention: &Mention,
    ) -> Subject {
        let lead = self.verb_on_noun(mention, clause).unwrap_or(lead);
        let subject = self.context.subject_after(&clause.peeled, noun, lead);
        let attributive = self.context.text[..mention.span.start as usize].ends_with('的');
        if let Some(before) = before.filter(|_| attributive && subject.form.is_none()) {
            Subject { text: format!("{}{}", before.text, subject.text), ..subject }
        } else {
            let subject = self.told_of_what(subject, clause);
            self.with_state(subject, noun)
        }
    }

    /// 2.65万人实现脱贫: what became of people is the name of a metric.
    fn people_who(&self, mention: &Mention) -> Option<Subject> {
        let context = self.context;
        let behind = &context.text[mention.span.end as usize..self.sentence.end as usize];
        let became = behind.strip_prefix("实现").filter(|_| mention.unit.base == "人")?;
        let became = became.trim_start_matches('了').trim_start_matches("稳定");
        let end = became.find(['，', '、', '；', '。']).unwrap_or(became.len());
        let text = format!("人口{}", &became[..end]);
        let form = context.lexicon.form_id_of(&text)?;
        Some(context.subject(&text, Some((Span::default(), form))))
    }

    /// 517项政务服务事项实现“零跑腿”: the state that so many things are in belongs to them.
    fn with_state(&self, subject: Subject, noun: Span) -> Subject {
        let end = noun.end as usize;
        let text = self.context.text;
        let Some(behind) = text[end..self.sentence.end as usize].strip_prefix("实现") else {
            return subject;
        };
        let state =
            behind.find(['，', '、', '；', '。', '！', '\n']).map_or(behind, |i| &behind[..i]);
        if subject.form.is_some() || state.is_empty() || state.chars().count() > LONGEST_STATE {
            return subject;
        }
        let text = format!("{}{state}", subject.text);
        let form = self.context.lexicon.form_id_of(&text).map(|form| (noun, form));
        let base = Some(subject.text);
        Subject { base, lead: subject.lead, ..self.context.subject(&text, form) }
    }

    /// 营业收入、固定资产投资实现两位数增长: told of both together, it is the figure of
    /// neither.
    pub(super) fn without_joint_metric(&self, mut subject: Subject, clause: &Clause) -> Subject {
        let context = self.context;
        let head = context.trim_head(clause.start, clause.peeled.edge);
        let items = context.items(head, clause.peeled.edge);
        // 开工建设保障房、棚户区改造住房1000万套: a verb at the head holds for all items.
        let acts = |item: &Span| {
            let lead = context.leading_words(item.start as usize, item.end as usize).len();
            let hits = context.scan.inside(item.start as usize + lead, item.end as usize);
            hits.iter().any(|h| {
                h.word.form.is_none() && h.word.cues.any(&[Cue::Do, Cue::Verb, Cue::Reach])
            })
        };
        if items.len() > 1 && !items[..items.len() - 1].iter().any(acts) {
            subject.metric = None;
            subject.form = None;
        }
        subject
    }

    /// The words of doing that hold for this value too: it follows another at 、 or 和.
    pub(super) fn lead_of_list(&self, i: usize) -> &str {
        let between = &self.context.text[self.floor(i)..self.mentions[i].span.start as usize];
        let joined = between.starts_with(['、', '和', '及', '与'])
            || between.ends_with(['、', '和', '及', '与']);
        match self.history.last() {
            Some((subject, _)) if joined && i > 0 => &subject.lead,
            _ => "",
        }
    }

    /// Is the value of the kind of the one before it: a count, money, a rate?
    fn same_kind(&self, i: usize) -> bool {
        i > 0 && self.mentions[i - 1].unit.kind == self.mentions[i].unit.kind
    }

    pub(super) fn noun_after(&self, i: usize, clause: &Clause) -> Option<Span> {
        let mention = &self.mentions[i];
        let limit = self.mentions.get(i + 1).map_or(self.sentence.end, |m| m.span.start) as usize;
        let counts = matches!(
            mention.unit.kind,
            UnitKind::Count
                | UnitKind::People
                | UnitKind::Visits
                | UnitKind::Measure
                | UnitKind::Money
                | UnitKind::Rate
        );
        // 加快3个老旧小区改造: a verb with its object, no change.
        let acts = self.acts_on_noun(mention, clause);
        if !counts
            || clause.peeled.direction.is_some() && !acts
            || clause.peeled.has(Cue::Share)
            || clause.peeled.arrives
        {
            return None;
        }
        self.context.noun_after(mention, limit)
    }

    /// 提升18个污水处理厂, 降低900多万个体户税负: a rise or fall word opens the clause and
    /// what is counted stands behind.
    pub(super) fn acts_on_noun(&self, mention: &Mention, clause: &Clause) -> bool {
        let counted = matches!(mention.unit.kind, UnitKind::Count | UnitKind::People);
        let start = self.context.trim_head(clause.start, clause.peeled.edge);
        clause.peeled.direction.is_some() && counted && start >= clause.peeled.edge
    }

    /// 降低900多万个体户税负: the verb that acts on what is counted opens its subject.
    fn verb_on_noun(&self, mention: &Mention, clause: &Clause) -> Option<&str> {
        let context = self.context;
        let hits = context.scan.inside(clause.peeled.edge, mention.span.start as usize);
        let verb = hits.iter().rfind(|h| h.word.cues.any(&[Cue::Up, Cue::Down]))?;
        self.acts_on_noun(mention, clause).then(|| verb.span.of(context.text))
    }

    /// Both sides hold a noun: which of them is measured?
    pub(super) fn noun_wins(
        &self,
        before: &Subject,
        mention: &Mention,
        clause: &Clause,
        noun: Span,
    ) -> bool {
        let of = self.context.text[mention.span.end as usize..].starts_with('的');
        match mention.unit.kind {
            _ if before.form.is_some() || clause.peeled.reaches => false,
            // 标准厂房一期7.4万平方米厂房全部建成: the noun behind only repeats it.
            UnitKind::Measure if self.repeats(before, noun) => false,
            UnitKind::Rate => {
                let names_rate = Phrases::RateHeads.at_end(&before.text).is_some();
                of && before.text.chars().count() <= 4 && !names_rate
            }
            UnitKind::Money => false,
            UnitKind::Measure if of => false,
            _ => !noun.is_empty(),
        }
    }

    /// Does the noun open with two characters that the subject before has?
    fn repeats(&self, before: &Subject, noun: Span) -> bool {
        let noun = noun.of(self.context.text);
        noun.char_indices().nth(2).is_some_and(|(end, _)| before.text.contains(&noun[..end]))
    }

    /// A short subject in the light of the one before it: 总产 after 粮食播种面积, 农民
    /// after 居民人均可支配收入, 军工企业 after 新增规上企业.
    pub(super) fn completed(
        &self,
        i: usize,
        subject: Subject,
        lead: &str,
        clause: &Clause,
    ) -> Subject {
        let short = subject.text.chars().count() <= 6;
        let subject = if short { self.in_light_of_earlier(subject, clause) } else { subject };
        let subject = self.told_of_what(subject, clause);
        // 新增学位900个、学前教育学位300个, but 新增城镇就业5000人、登记失业率4%以内
        let newcomers = counts_newcomers(lead) && self.same_kind(i);
        let leads = subject.lead.is_empty() && !subject.text.starts_with(lead);
        if subject.form.is_some() && !newcomers || !leads {
            return subject;
        }
        Subject {
            text: format!("{lead}{}", subject.text),
            term: Span::default(),
            form: None,
            metric: None,
            lead: lead.to_owned(),
            ..subject
        }
    }

    /// 产量 after 粮食播种面积, 增加值 after 规模以上工业总产值.
    pub(super) fn elided(&self, text: &str) -> Option<MetricId> {
        let last = self.history.last().map(|(last, _)| last).or(self.before_group.as_ref())?;
        let mut elisions = self.context.lexicon.elisions().iter();
        let elided = elisions.find(|e| text == e.form && last.text.contains(&e.after))?;
        Some(elided.metric)
    }

    pub(super) fn in_light_of_earlier(&self, mut subject: Subject, clause: &Clause) -> Subject {
        let context = self.context;
        let last = self.history.last().map(|(last, _)| last).or(self.before_group.as_ref());
        let last = last.map(|last| last.text.as_str());
        if let Some(metric) = self.elided(&subject.text) {
            subject.metric = Some(metric);
            return subject;
        }
        if subject.form.is_some() {
            return subject;
        }
        let heads = self.heads_of_clauses_before(clause);
        for earlier in last.into_iter().chain(heads) {
            let borrowed = context.borrowing(subject.clone(), earlier);
            if borrowed.form.is_some() {
                return borrowed;
            }
        }
        subject
    }
}
