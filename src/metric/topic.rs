//! What a head that says little alone is told of.
//!
//! In 推进保障性安居工程建设，新开工700万套 the words before the value name an act and no
//! thing. The thing stands in the clause before, or is the subject of the value before.

use super::clause::Clause;
use super::sentence::Reader;
use super::subject::Subject;
use crate::lexicon::{Cue, Phrases, UnitKind};
use crate::mention::Mention;
use crate::span::Span;

/// Words of which a head that says little alone is made.
const SAYS_LITTLE: &[Cue] = &[Cue::Generic, Cue::Do, Cue::Tail, Cue::Own, Cue::Nation];

/// Adverbs that may stand before the verb of a clause.
const ADVERBS: &[Cue] = &[Cue::Light, Cue::Ensure, Cue::Strive];

/// A subject with its topic that is no longer than this is a topic itself.
const SHORT_TOPIC: usize = 12;

/// A topic longer than this says more than a name.
const LONGEST_TOPIC: usize = 16;

impl Reader<'_, '_> {
    /// 参合率 behind 新型农村合作医疗补助标准, 清理土地 behind 攻坚香蜜湖片区整治.
    pub(super) fn told_of_what(&self, subject: Subject, clause: &Clause) -> Subject {
        if let Some(contrasted) = self.contrasted(&subject) {
            return contrasted;
        }
        let named =
            subject.metric.is_some() && !self.context.lexicon.has_cue(&subject.text, Cue::Generic);
        if named || !self.says_little(&subject.text) {
            return subject;
        }
        let Some(topic) = self.topic_for(&subject.text, clause) else { return subject };
        let text = format!("{topic}{}", subject.text);
        // 棚户区改造开工11万套、建成13万套: with its topic it is a metric's name.
        let form = self.context.lexicon.form_id_of(&text).filter(|_| subject.form.is_none());
        let base = Some(topic);
        match form {
            Some(form) => {
                Subject { base, ..self.context.subject(&text, Some((Span::default(), form))) }
            }
            None => Subject { text, base, ..subject },
        }
    }

    /// 总投资16亿元的生态修复工程, 总投资5200亿元、160个重点项目: the noun behind has what the
    /// head before names.
    pub(super) fn amount_of_noun(&self, i: usize, head: &Subject) -> Option<Subject> {
        let mention = &self.mentions[i];
        let behind = &self.context.text[mention.span.end as usize..];
        let of = mention.unit.kind == UnitKind::Money;
        if !of || head.metric.is_some() || !self.says_little(&head.text) {
            return None;
        }
        let owner = if behind.starts_with('的') {
            mention
        } else {
            let next = self.mentions.get(i + 1).filter(|m| m.unit.kind == UnitKind::Count)?;
            let gap = Span { start: mention.span.end, end: next.span.start };
            (gap.of(self.context.text) == "、").then_some(next)?
        };
        let noun = self.context.noun_after(owner, self.sentence.end as usize)?;
        let noun = noun.of(self.context.text);
        let noun = noun.split_once('的').map_or(noun, |(things, _)| things);
        let amount = head.text.strip_prefix(head.lead.as_str()).unwrap_or(&head.text);
        Some(Subject {
            text: format!("{noun}{amount}"),
            base: Some(noun.to_owned()),
            ..Subject::default()
        })
    }

    /// 517项政务服务事项实现“零跑腿”，318项被列入容缺服务: behind the value stands what
    /// happened to so many of the same things.
    pub(super) fn further_of_same(&self, i: usize, clause: &Clause, noun: Span) -> Option<Subject> {
        let context = self.context;
        let behind = noun.of(context.text);
        let verb = context.scan.starting_at(noun.start as usize);
        let passive = behind.starts_with('被');
        let happened = passive || verb.is_some_and(|h| h.is(Cue::Reach) && !h.is(Cue::Do));
        let same = i > 0 && self.mentions[i - 1].unit.text == self.mentions[i].unit.text;
        if !happened || !same || clause.peeled.edge > clause.start {
            return None;
        }
        let (earlier, _) = self.history.last()?;
        let things = earlier.base.as_ref().unwrap_or(&earlier.text);
        let told = if passive { &behind['被'.len_utf8()..] } else { behind };
        Some(Subject {
            text: format!("{things}{told}"),
            base: Some(things.clone()),
            ..Subject::default()
        })
    }

    /// The topic of the clauses before, or what the value before is told of.
    fn topic_for(&self, head: &str, clause: &Clause) -> Option<String> {
        if let Some(topic) = self.object_before(clause) {
            return Some(topic.to_owned());
        }
        let (earlier, _) = self.history.last()?;
        let short = earlier.text.chars().count() <= SHORT_TOPIC;
        let topic = earlier.base.as_ref().filter(|_| !short).unwrap_or(&earlier.text);
        let names = topic.chars().count() <= LONGEST_TOPIC + 8 && !topic.contains(head);
        (names && !topic.is_empty()).then(|| topic.clone())
    }

    /// Is the phrase made of words alone that say little?
    fn says_little(&self, phrase: &str) -> bool {
        let lexicon = self.context.lexicon;
        if phrase.is_empty() || phrase.chars().count() > 8 {
            return false;
        }
        if lexicon.has_cue(phrase, Cue::Generic) {
            return true;
        }
        let scan = lexicon.scan(phrase);
        let (mut at, mut tells) = (0, false);
        loop {
            let hit = scan.starting_at(at).filter(|h| h.word.cues.any(SAYS_LITTLE));
            let people = Phrases::People.at_head(&phrase[at..]);
            let Some(end) = hit.map(|h| h.span.end as usize).or(people.map(|p| at + p.len()))
            else {
                break;
            };
            tells |= hit.is_some_and(|h| h.word.cues.any(&[Cue::Do, Cue::Generic]));
            at = end;
        }
        tells && at == phrase.len()
    }

    /// The object of the nearest clause before that has no figure: 保障性安居工程建设 in
    /// 继续推进保障性安居工程建设，在确保质量的前提下，基本建成500万套.
    fn object_before(&self, clause: &Clause) -> Option<&str> {
        let context = self.context;
        let floor = self.group(clause.start);
        let mut end = self.comma_before(clause);
        while let Some(comma) = end.filter(|&c| c > floor) {
            let start = context.clause_start(floor, comma);
            let told = |m: &&Mention| (m.span.start as usize) >= start;
            if self.mentions.iter().filter(|m| (m.span.start as usize) < comma).any(|m| told(&m)) {
                return None;
            }
            if !context.scan.ending_at(comma).is_some_and(|h| h.is(Cue::Circumstance)) {
                return self.object(Span::new(start, comma));
            }
            end = context.text[..start].strip_suffix('，').map(str::len);
        }
        None
    }

    /// The noun phrase of a clause without the verb before it and what is told behind it.
    fn object(&self, clause: Span) -> Option<&str> {
        let context = self.context;
        let end = clause.end as usize;
        let mut start = context.skip(clause.start as usize, end, ADVERBS);
        if let Some(verb) = context
            .scan
            .starting_at(start)
            .filter(|h| h.word.form.is_none() && h.word.cues.any(&[Cue::Do, Cue::Verb]))
        {
            start = context.skip(verb.span.end as usize, end, ADVERBS);
        }
        let told = context.scan.inside(start, end).iter().find(|h| {
            h.is(Cue::Light) && h.span.end - h.span.start > 3 && h.span.start as usize > start
        });
        let end = told.map_or(end, |h| h.span.start as usize);
        let start = context.behind_examples(start, end);
        let topic = context.text[start..end].trim_start_matches(['、', '在', '为', '对']);
        let length = topic.chars().count();
        let names =
            (3..=LONGEST_TOPIC).contains(&length) && !self.says_little(topic) && is_whole(topic);
        names.then_some(topic)
    }

    /// 城市居民建档率达到40%，农村达到15%: the one stands for the whole subject of the other.
    fn contrasted(&self, subject: &Subject) -> Option<Subject> {
        if !Phrases::Contrasted.has(&subject.text) {
            return None;
        }
        let (earlier, _) = self.history.last()?;
        let head = Phrases::Contrasted.at_head(&earlier.text).unwrap_or("");
        let text = format!("{}{}", subject.text, &earlier.text[head.len()..]);
        (subject.text != head).then(|| {
            let form = self.context.lexicon.form_id_of(&text).map(|id| (Span::default(), id));
            self.context.subject(&text, form)
        })
    }

    /// Words of doing alone: for the things of the value before (新改建厕所500座，今年再改建
    /// 300座), or for the topic.
    pub(super) fn doing(&self, i: usize, words: &str, clause: &Clause) -> Subject {
        let same = i > 0 && self.mentions[i - 1].unit.base == self.mentions[i].unit.base;
        let last = self.history.last().filter(|_| same && self.object_before(clause).is_none());
        if let Some((subject, _)) = last {
            let text = redone(words, subject);
            let base = subject.base.clone();
            let acts = format!("{}{words}", things_of(subject));
            let named = |text| self.context.lexicon.form_id_of(text);
            let form = named(&acts).or_else(|| named(&text)).map(|form| (Span::default(), form));
            return Subject { base, ..self.context.subject(&text, form) };
        }
        let named = Subject { text: self.named_doing(clause), ..Subject::default() };
        let metric = self.elided(&named.text);
        self.told_of_what(Subject { metric, ..named }, clause)
    }

    /// Words of doing that name an amount, with their tail: 投资总额, 融资.
    fn named_doing(&self, clause: &Clause) -> String {
        let Some(done) = clause.peeled.done else { return String::new() };
        let text = self.context.text;
        let tail = Phrases::AmountTails.at_head(&text[done.end as usize..]).unwrap_or("");
        format!("{}{tail}", done.of(text))
    }
}

/// No bracket or quote of it stands open, and no note is in it.
fn is_whole(phrase: &str) -> bool {
    let count = |c| phrase.matches(c).count();
    [('“', '”'), ('（', '）'), ('《', '》')]
        .iter()
        .all(|&(open, close)| count(open) == count(close))
        && !phrase.contains('[')
}

/// What is counted, without what was done with it.
fn things_of(subject: &Subject) -> &str {
    match &subject.base {
        Some(base) => base.as_str(),
        None => subject.text.strip_prefix(subject.lead.as_str()).unwrap_or(&subject.text),
    }
}

/// 新改建厕所500座，今年再改建300座: other words of doing for the same things.
fn redone(words: &str, subject: &Subject) -> String {
    let things = things_of(subject);
    if things.starts_with(words) { things.to_owned() } else { format!("{words}{things}") }
}
