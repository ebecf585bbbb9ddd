//! The noun phrase that a value measures.

use std::borrow::Cow;

use super::Context;
use super::peel::Peeled;
use crate::lexicon::{Cue, FormId, MetricId, Phrases};
use crate::mention::Mention;
use crate::span::Span;

/// What a value measures, in the report's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    pub(super) text: String,
    pub(super) term: Span,
    pub(super) form: Option<FormId>,
    /// The one metric that the form stands for here.
    pub(super) metric: Option<MetricId>,
    /// The words of doing that open it and hold for a list: 新增 in 新增企业3家、农场5个.
    pub(super) lead: String,
    /// Of a subject completed by an earlier one, that earlier one.
    pub(super) base: Option<String>,
}

/// Words that may be trimmed off the head of a phrase.
const HEAD: &[Cue] = &[
    Cue::Light,
    Cue::Expect,
    Cue::Preliminary,
    Cue::Ensure,
    Cue::Strive,
    Cue::LastYear,
    Cue::ThisYear,
    Cue::PastYears,
    Cue::NextYears,
    Cue::Verb,
    Cue::Reach,
    Cue::Own,
    Cue::Among,
    Cue::Conj,
    Cue::Average,
    Cue::Cumulative,
    Cue::PlanWord,
];

/// A verb behind which the noun to the right of a value ends.
const ENDS_NOUN: &[Cue] = &[
    Cue::Up,
    Cue::Down,
    Cue::RiseTo,
    Cue::DropTo,
    Cue::Share,
    Cue::Respectively,
    Cue::RelationalAbove,
];

/// A noun phrase longer than this is cut.
const LONGEST_NOUN: usize = 18;

impl Context<'_> {
    /// The clause of a value starts behind the last comma, or behind `floor`.
    pub(super) fn clause_start(&self, floor: usize, at: usize) -> usize {
        let mut before = self.text[floor..at].chars();
        while let Some(c) = before.next_back() {
            if matches!(c, '，' | '；' | '：' | '。' | '\n' | '！') {
                return floor + before.as_str().len() + c.len_utf8();
            }
        }
        floor
    }

    /// 四是实现37个城中村达标: what numbers an item is no part of its clause.
    pub(super) fn behind_item(&self, start: usize, at: usize) -> usize {
        let words = &self.text[start..at];
        let item = Phrases::Items.at_head(words).or(Phrases::FirstItems.at_head(words));
        start + item.map_or(0, str::len)
    }

    /// `start..end` without words that say nothing about what is measured.
    pub(super) fn trim_head(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            if let Some(behind) = self.time_behind(at, end) {
                at = behind;
                continue;
            }
            if let Some(hit) = self.scan.starting_at(at).filter(|h| h.span.end as usize <= end) {
                let keeps = hit.word.form.is_some()
                    || self.names_unit_above(&hit)
                    || hit.is(Cue::Do) && !hit.word.cues.any(&[Cue::Light, Cue::Reach]);
                if keeps || !(hit.word.cues.any(HEAD) || hit.word.period.is_some()) {
                    return at;
                }
                at = hit.span.end as usize;
                continue;
            }
            let rest = &self.text[at..end];
            let c = rest.chars().next().unwrap_or('，');
            // “最多跑一次”事项
            if c == '“' && rest.contains('”') {
                return at;
            }
            if "、，；：“”‘’（）—-·".contains(c) {
                at += c.len_utf8();
                continue;
            }
            return at;
        }
        end
    }

    /// Behind expressions of time and words of these classes that open `start..end`.
    pub(super) fn skip(&self, start: usize, end: usize, cues: &[Cue]) -> usize {
        let mut at = start;
        loop {
            let word = self.scan.starting_at(at).filter(|h| {
                let end = h.span.end as usize <= end;
                end && h.word.form.is_none() && (h.word.cues.any(cues) || h.word.period.is_some())
            });
            let behind = self.time_behind(at, end).or(word.map(|h| h.span.end as usize));
            match behind.filter(|&b| b > at) {
                Some(behind) => at = behind,
                None => return at,
            }
        }
    }

    /// Where an expression of time that starts at `at`, with 比 before and 期间 behind, ends.
    fn time_behind(&self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.text[at..end];
        let lead = rest.trim_start_matches(['比', '较', '到', '在', '近', '由', '从']);
        let lead = lead.strip_prefix("连续").unwrap_or(lead).trim_start_matches('“');
        let start = end - lead.len();
        let time = self
            .times
            .iter()
            .find(|t| t.span.start as usize == start || t.span.start as usize == at)?;
        let behind = (time.span.end as usize).min(end);
        let tail = &self.text[behind..end];
        let tail = tail.trim_start_matches('”');
        let closing = Phrases::TimeTails.at_head(tail).unwrap_or("");
        // 今年中央财政: a longer word starts here.
        let longer = self.scan.starting_at(end - tail.len()).filter(|h| h.word.form.is_none());
        let longer = longer.is_some_and(|h| (h.span.end - h.span.start) as usize > closing.len());
        let tail = if longer { tail } else { &tail[closing.len()..] };
        Some(end - tail.len())
    }

    /// The subject in the words before a value.
    pub(super) fn subject_before(&self, start: usize, peeled: &Peeled) -> Option<Subject> {
        let head = self.trim_head(start, peeled.edge);
        let circumstance =
            self.scan.ending_at(peeled.edge).is_some_and(|h| h.is(Cue::Circumstance));
        if head >= peeled.edge || circumstance {
            return None;
        }
        let canonical = self.canonical(start, peeled.edge);
        let lead = self.leading_words(head, peeled.edge);
        let noun = self.behind_examples(head + lead.len(), peeled.edge);
        // 培育甲、乙等100个产业聚集区: only examples stand before the value.
        if self.text[noun..peeled.edge].ends_with('等') && peeled.done.is_none() {
            return None;
        }
        let said = peeled.done.map_or(peeled.edge, |done| done.end as usize);
        let tail = if canonical.is_some() { "" } else { self.tail_at(said) };
        let phrase = &self.text[noun..peeled.edge];
        let text = format!("{lead}{phrase}{}{tail}", self.words_of_doing(peeled));
        let form = canonical.filter(|_| !counts_newcomers(lead)).map(|c| (c.term, c.form));
        // 城镇保障性住房基本建成470万套: what was done completes the name.
        let done = peeled.done.filter(|_| form.is_none());
        let form = form.or_else(|| {
            let whole = Span::new(noun, done?.end as usize);
            self.lexicon.form_id_of(&text).map(|form| (whole, form))
        });
        let mut subject = self.subject(&text, form);
        // 棚户区改造开工11万套、建成13万套: the things without what was done.
        subject.base = peeled.done.filter(|_| subject.form.is_none()).map(|_| phrase.to_owned());
        // 新增规上工业企业15家、限上商贸企业20家: the form itself opens with the word.
        let lead = Phrases::Newcomers.at_head(&subject.text).unwrap_or(lead);
        lead.clone_into(&mut subject.lead);
        Some(subject)
    }

    /// 公园总数达119个: words that are no part of a metric's name are one of a noun's.
    fn tail_at(&self, edge: usize) -> &str {
        let Some(hit) = self.scan.starting_at(edge).filter(|h| !h.is(Cue::Up)) else { return "" };
        let word = hit.span.of(self.text);
        let bare = word.strip_suffix('达').unwrap_or(word);
        if self.lexicon.has_cue(bare, Cue::Tail) { bare } else { "" }
    }

    /// 重点培育甲、乙等100个产业聚集区: what opens the examples holds for the noun behind.
    pub(super) fn lead_of_examples(&self, start: usize, edge: usize) -> &str {
        let head = self.trim_head(start, edge);
        if head < edge && self.text[head..edge].ends_with('等') {
            self.leading_words(head, edge)
        } else {
            ""
        }
    }

    /// The words of doing that open a phrase: 新增, 改造升级.
    pub(super) fn leading_words(&self, head: usize, edge: usize) -> &str {
        let mut at = head;
        while let Some(hit) = self.scan.starting_at(at) {
            let opens = hit.is(Cue::Do)
                && !hit.is(Cue::Reach)
                && hit.word.form.is_none()
                && (hit.span.end as usize) < edge;
            if !opens {
                break;
            }
            at = hit.span.end as usize;
        }
        &self.text[head..at]
    }

    /// 举办读书活动、舞蹈大赛等文体活动: what is counted stands behind 等.
    pub(super) fn behind_examples(&self, start: usize, edge: usize) -> usize {
        let phrase = &self.text[start..edge];
        let Some(at) = phrase.rfind('等') else { return start };
        let (before, after) = (&phrase[..at], &phrase[at + '等'.len_utf8()..]);
        let is_word = before
            .ends_with(['高', '中', '初', '平', '同', '上', '均', '优', '相', '何', '对'])
            || after.starts_with(['级', '次', '于', '候', '额', '奖']);
        if is_word
            || after.chars().count() < 2
            || !before.contains('、') && before.chars().count() < 4
        {
            return start;
        }
        start + at + '等'.len_utf8()
    }

    /// The words of doing right before a value.
    pub(super) fn words_of_doing(&self, peeled: &Peeled) -> &str {
        peeled.done.map_or("", |done| done.of(self.text))
    }

    pub(super) fn subject(&self, text: &str, form: Option<(Span, FormId)>) -> Subject {
        let metric = form.and_then(|(_, id)| {
            let form = self.lexicon.form(id);
            if self.is_nation && form.national.is_some() {
                return form.national;
            }
            if form.metrics.len() == 1 { form.metrics.first().copied() } else { form.single }
        });
        Subject {
            text: tidy(text),
            term: form.map_or(Span::default(), |(span, _)| span),
            form: form.map(|(_, id)| id),
            metric,
            lead: String::new(),
            base: None,
        }
    }

    /// The noun right behind a value: 花漾街区 in 建成10个花漾街区.
    pub(super) fn noun_after(&self, mention: &Mention, limit: usize) -> Option<Span> {
        let start = mention.span.end as usize;
        let start =
            start + if self.text[start..limit].starts_with('的') { '的'.len_utf8() } else { 0 };
        let mut end = self.noun_stop(start, limit);
        let hits = self.scan.inside(start, end);
        if let Some(verb) = hits.iter().find(|h| h.word.form.is_none() && self.ends_noun(h, start))
        {
            end = verb.span.start as usize;
        }
        // 186个市级重点项目完成投资335亿元: the form of a metric hides the verb.
        let verb = Phrases::HiddenVerbs.within_at(&self.text[start..end]).filter(|&i| i > 0);
        end = verb.map_or(end, |i| start + i);
        // 十件民生实事全部完成
        let cut = end < self.noun_stop(start, limit);
        while let Some(conj) = self.scan.ending_at(end).filter(|h| {
            let trails = h.is(Cue::Conj) || h.is(Cue::Light) && cut;
            (h.span.start as usize) > start && trails && h.word.form.is_none()
        }) {
            end = conj.span.start as usize;
        }
        let noun = &self.text[start..end.max(start)];
        if self.scan.starting_at(start).is_some_and(|h| h.is(Cue::Milestone)) {
            return None;
        }
        let is_noun = noun.starts_with(char::is_alphanumeric) && !names_a_set(noun)
            || noun.starts_with(['“', '《', '‘']);
        is_noun.then_some(Span::new(start, end))
    }

    fn ends_noun(&self, hit: &crate::lexicon::Hit, start: usize) -> bool {
        let _ = self;
        let long = hit.span.end - hit.span.start > 3;
        let at_start = hit.span.start as usize == start;
        // 186个市级重点项目完成投资335亿元, but 3个完成搬迁的村
        let reaches = hit.is(Cue::Reach) && !(hit.is(Cue::Do) && at_start);
        long && hit.word.cues.any(ENDS_NOUN)
            || reaches && (long || at_start)
            || at_start && hit.word.cues.any(&[Cue::Each, Cue::Up, Cue::Down, Cue::To, Cue::Conj])
            || at_start && long && hit.is(Cue::Light) && !self.modifies(hit)
    }

    /// 10所高标准永久学校: an adverb before a noun, not before a verb (10所全部建成).
    fn modifies(&self, adverb: &crate::lexicon::Hit) -> bool {
        let end = adverb.span.end as usize;
        let verb = self.scan.starting_at(end).is_some_and(|h| {
            h.word.cues.any(&[Cue::Do, Cue::Verb, Cue::Reach, Cue::Light, Cue::Up, Cue::Down])
        });
        !verb && self.text[end..].starts_with(char::is_alphabetic)
    }

    fn list_goes_on(&self, at: usize, limit: usize) -> bool {
        self.text[at..limit].contains(['，', '。', '；', '\n'])
    }

    /// Where the words behind a value end: at punctuation that is in no bracket or quote.
    fn noun_stop(&self, start: usize, limit: usize) -> usize {
        let mut depth = 0;
        let mut chars = 0;
        for (i, c) in self.text[start..limit].char_indices() {
            chars += 1;
            if depth < 0 {
                return start + i - '”'.len_utf8();
            }
            match c {
                '（' | '“' | '《' => depth += 1,
                '）' | '”' | '》' => depth -= 1,
                '。' | '；' | '\n' | '！' | '，' | '：' => return start + i,
                // 44家博物馆、纪念馆免费开放: a list goes on where no other value stands in it.
                '、' if depth == 0 && !self.list_goes_on(start + i, limit) => return start + i,
                _ if depth == 0 && chars > LONGEST_NOUN => return start + i,
                _ => {}
            }
        }
        limit
    }

    /// The subject in the noun behind a value, with the words of doing before it.
    /// `lead` are those of the value before it in a list.
    pub(super) fn subject_after(&self, peeled: &Peeled, noun: Span, lead: &str) -> Subject {
        let done = match peeled.done {
            Some(done) => done.of(self.text),
            None => lead,
        };
        let noun_text = self.act_first(noun);
        let joined = format!("{done}{noun_text}");
        let in_noun = self.scan.starting_at(noun.start as usize).filter(|h| {
            h.word.form.is_some() && self.only_doing(h.span.end as usize, noun.end as usize)
        });
        let form = match in_noun {
            Some(hit) if !counts_newcomers(done) => hit.word.form.map(|id| (hit.span, id)),
            _ => self.lexicon.form_id_of(&joined).map(|id| (noun, id)),
        };
        let mut subject = self.subject(&joined, form);
        done.clone_into(&mut subject.lead);
        subject
    }

    /// 对100家拟上市企业的指导和服务 counts enterprises: 指导和服务拟上市企业.
    fn act_first(&self, noun: Span) -> Cow<'_, str> {
        let text = noun.of(self.text);
        let acted = self.scan.starting_at(noun.start as usize).filter(|h| {
            h.word.form.is_none() && h.word.cues.any(&[Cue::Do, Cue::Verb, Cue::Light, Cue::Up])
        });
        let Some((things, act)) = text.split_once('的').filter(|_| acted.is_none()) else {
            return Cow::Borrowed(text);
        };
        let at = noun.end as usize - act.len();
        let verb = self.scan.starting_at(at);
        let acts =
            verb.is_some_and(|h| h.word.cues.any(&[Cue::Do, Cue::Verb])) || act.ends_with("工作");
        let act = act.strip_suffix("力度").unwrap_or(act);
        if acts && !things.is_empty() && things.chars().count() > 2 {
            Cow::Owned(format!("{act}{things}"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// 改造, 建设: a noun of doing behind the form leaves the metric as it is.
    fn only_doing(&self, start: usize, end: usize) -> bool {
        start == end
            || self
                .scan
                .starting_at(start)
                .is_some_and(|h| h.is(Cue::Do) && h.span.end as usize == end)
    }
}

/// 新增高新技术企业30家 is no number of 高新技术企业. Where a metric is about what is added
/// (新增学位), these words belong to its form.
pub(super) fn counts_newcomers(lead: &str) -> bool {
    Phrases::Newcomers.at_head(lead).is_some()
}

/// 三大台阶, 9个: a noun phrase that opens with a number.
fn names_a_set(noun: &str) -> bool {
    let rest = noun.trim_start_matches(|c: char| {
        c.is_ascii_digit() || crate::mention::numeral::digit(c).is_some() || c == '十'
    });
    rest.len() < noun.len() && Phrases::SetWords.at_head(rest).is_some()
}

/// A phrase without punctuation at its ends.
fn tidy(text: &str) -> String {
    let mut text = text.trim_matches(|c: char| "、，；：—-·的,".contains(c));
    text = text.trim_start_matches('）').trim_end_matches('（');
    if !text.contains('（') {
        text = text.trim_end_matches('）');
    }
    if !text.contains('）') {
        text = text.trim_start_matches('（');
    }
    text.replace('\n', "")
}
