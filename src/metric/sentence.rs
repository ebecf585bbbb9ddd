//! Reads the quantities of one sentence, from left to right.
//!
//! Subjects are carried over: after 地区生产总值383亿元 the words 增长7.8% have no
//! subject of their own and take the last one. A semicolon ends what is carried.

use super::clause::Clause;
use super::peel::Peeled;
use super::subject::Subject;
use super::time::{Standing, Timed};
use super::vocabulary::Measure;
use super::{Context, Reading};
use crate::lexicon::{Cue, OverYears, Phrases, UnitKind};
use crate::mention::{self, Comparator, Mention};
use crate::span::Span;

/// Reads a sentence of the folded text.
#[must_use]
pub fn read(context: &Context, standing: &Standing, sentence: Span) -> Vec<Reading> {
    let mentions = mention::find(context.lexicon, context.text, context.scan, sentence);
    let relations = context.relations(sentence);
    if mentions.is_empty() && relations.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader {
        context,
        standing,
        sentence,
        mentions,
        history: Vec::new(),
        before_group: None,
        old_year: None,
        topic: topic(context, standing),
        readings: Vec::new(),
    };
    reader.read_mentions();
    reader.read_relations(&relations);
    reader.readings.sort_by_key(|r| r.mention.span.start);
    reader.readings
}

/// Reads one sentence.
pub(super) struct Reader<'a, 'c> {
    pub(super) context: &'a Context<'c>,
    pub(super) standing: &'a Standing,
    pub(super) sentence: Span,
    pub(super) mentions: Vec<Mention>,
    /// The subjects read so far in this group of clauses, with their measures.
    pub(super) history: Vec<(Subject, Measure)>,
    /// The last subject of the group of clauses before.
    pub(super) before_group: Option<Subject>,
    /// The year of an old value that a later change is measured against.
    pub(super) old_year: Option<i16>,
    /// The canonical metric that the sentence before was about.
    pub(super) topic: Option<Subject>,
    pub(super) readings: Vec<Reading>,
}

impl Reader<'_, '_> {
    fn read_mentions(&mut self) {
        let mut i = 0;
        while i < self.mentions.len() {
            self.forget_at_semicolon(i);
            let run = self.context.run_length(&self.mentions, i);
            let clause = self.clause(i);
            let Some(read) = self.list(i, run, &clause) else {
                self.single(i, &clause);
                i += 1;
                continue;
            };
            i += read;
        }
    }

    /// Reads a run of values whose subjects are listed; gives how many.
    fn list(&mut self, first: usize, run: usize, clause: &Clause) -> Option<usize> {
        if run < 2 {
            return None;
        }
        if self.is_difference(first, run, clause) {
            return Some(run);
        }
        let subjects = self
            .context
            .listed(clause.start, &clause.peeled, run)
            .or_else(|| self.carried_list(run, clause))
            .or_else(|| self.list_across_comma(first, run, clause))?;
        let shared = self.shared_comparator(first, run, clause);
        for (offset, subject) in subjects.into_iter().enumerate() {
            if let Some(comparator) = shared {
                bound_by(&mut self.mentions[first + offset], comparator);
                if self.mentions[first + offset].comparator_word.is_empty() {
                    self.mentions[first + offset].comparator_word =
                        self.mentions[first].comparator_word;
                }
            }
            self.add(first + offset, clause, subject, "respectively");
        }
        Some(run)
    }

    fn single(&mut self, i: usize, clause: &Clause) {
        let context = self.context;
        if self.is_difference(i, 1, clause) || self.is_duration(i, clause) {
            return;
        }
        if let Some(subjects) = context.shared(clause.start, &clause.peeled) {
            for subject in subjects {
                self.add(i, clause, subject, "each");
            }
            return;
        }
        if let Some(subjects) = self.carried_pair(clause) {
            for subject in subjects {
                self.add(i, clause, subject, "each");
            }
            return;
        }
        let (subject, rule) = self.subject(i, clause);
        self.add(i, clause, subject, rule);
    }

    /// 15天签约率: days that are not counted as such (优良天数) say how long something took.
    fn is_duration(&self, i: usize, clause: &Clause) -> bool {
        let mention = &self.mentions[i];
        let words = &self.context.text[self.group(clause.start)..mention.span.start as usize];
        mention.unit.kind == UnitKind::Days && !Phrases::CountedDays.within(words)
    }

    /// 高于全国平均水平0.5个百分点, 高于全省7个和5个百分点: differences to another's figure.
    fn is_difference(&self, i: usize, run: usize, clause: &Clause) -> bool {
        let mention = &self.mentions[i];
        let words = &self.context.text[clause.start..mention.span.start as usize];
        if self.names_target(mention) {
            return false;
        }
        let rate = self.mentions[i..i + run]
            .iter()
            .any(|m| matches!(m.unit.kind, UnitKind::Points | UnitKind::Rate));
        // 为全国的70%: measured by another's figure.
        let of_others =
            words.strip_suffix('的').and_then(|w| context_end(self.context, mention, w));
        if rate && of_others.is_some() {
            return true;
        }
        rate && Phrases::Differences.within(words)
    }

    /// 拥有高新技术企业100家, 开放病床位数662张: what there is.
    fn owns(&self, start: usize, at: usize) -> bool {
        let context = self.context;
        let hits = context.scan.inside(start, at);
        hits.iter().any(|h| Phrases::Owning.has(h.span.of(context.text)))
    }

    fn add(&mut self, i: usize, clause: &Clause, subject: Subject, rule: &'static str) {
        let context = self.context;
        let mention = self.mentions[i].clone();
        let phrase = subject.text.clone();
        let peeled = clause.peeled;
        let mut subject = subject;
        let acts = rule == "noun_after" && self.acts_on_noun(&mention, clause);
        let said = Peeled { direction: peeled.direction.filter(|_| !acts), ..peeled };
        let Some(mut measured) = context.measure(&mention, &said, &phrase, &subject) else {
            return;
        };
        let of_noun =
            rule == "noun_after" && context.text[mention.span.end as usize..].starts_with('的');
        if of_noun && mention.unit.kind == UnitKind::Rate && measured.measure == Measure::Level {
            measured.measure = Measure::Share;
        }
        self.minds_old_measure(&mention, &peeled, rule, &mut measured);
        self.names_share(&peeled, &mut subject, &mut measured);
        let timed = Timed {
            mention: &mention,
            peeled: &peeled,
            measured,
            clause: clause.start,
            is_flow: self.is_flow(&subject),
            owns: self.over_years(&subject) == OverYears::Stands
                || self.owns(clause.start, mention.span.start as usize),
        };
        let mut when = context.when(self.standing, &timed);
        self.minds_old_year(&mut when, &mention, measured.measure, &peeled);
        self.keeps_average(&mut when, &mention, measured.measure);
        let reading = self.reading(mention.clone(), &subject, measured, when, clause, rule);
        let of_share = measured.measure == Measure::Change && peeled.has(Cue::Share);
        let stands_as = if of_share { Measure::Share } else { measured.measure };
        // 跨过3个万亿元级台阶、年均增长5%: a stage passed has no rate of growth.
        if Phrases::Stages.at_end(&subject.text).is_none() {
            self.history.push((subject, stands_as));
        }
        self.readings.push(reading);
    }
}

/// The name of a superior region that `words`, right before a value, end in.
fn context_end(context: &Context, mention: &Mention, words: &str) -> Option<()> {
    let end = mention.span.start as usize - '的'.len_utf8();
    let hit = context.scan.ending_at(end)?;
    (hit.is(Cue::Superior) && !context.is_nation && !words.contains('占')).then_some(())
}

/// The metric whose written form opens the sentence before.
fn topic(context: &Context, standing: &Standing) -> Option<Subject> {
    let before = standing.before?;
    let head = context.trim_head(before.start as usize, before.end as usize);
    let hit = context.scan.starting_at(head)?;
    let form = hit.word.form?;
    Some(context.subject(hit.span.of(context.text), Some((hit.span, form))))
}

/// Gives a plain figure a comparator.
pub(super) fn bound_by(mention: &mut Mention, comparator: Comparator) {
    let value = mention.low.or(mention.high);
    mention.comparator = comparator;
    (mention.low, mention.high) = match comparator {
        Comparator::Ge => (value, None),
        Comparator::Le => (None, value),
        _ => (value, value),
    };
}
