//! Reads the quantities of one sentence, from left to right.
//!
//! Subjects are carried over: after 地区生产总值383亿元 the words 增长7.8% have no
//! subject of their own and take the last one. A semicolon ends what is carried.

use super::canonical::Canonical;
use super::kind::Will;
use super::measure::Measured;
use super::peel::Peeled;
use super::relation::Relation;
use super::subject::Subject;
use super::time::{Standing, Timed, When};
use super::vocabulary::{Aggregation, Basis, Kind, Measure, Modality, Vintage};
use super::{Context, Reading};
use crate::lexicon::{Cue, MetricId, UnitKind};
use crate::mention::{self, Comparator, Decimal, Mention, Subperiod, WrittenUnit};
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
        old_year: None,
        topic: topic(context, standing),
        readings: Vec::new(),
    };
    reader.read_mentions();
    reader.read_relations(&relations);
    reader.readings.sort_by_key(|r| r.mention.span.start);
    reader.readings
}

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
    standing: &'a Standing,
    sentence: Span,
    mentions: Vec<Mention>,
    /// The subjects read so far in this group of clauses, with their measures.
    history: Vec<(Subject, Measure)>,
    /// The year of an old value that a later change is measured against.
    old_year: Option<i16>,
    /// The canonical metric that the sentence before was about.
    topic: Option<Subject>,
    readings: Vec<Reading>,
}

/// A value with what its clause says of it.
struct Clause {
    /// Where it starts: behind the last comma or value.
    start: usize,
    peeled: Peeled,
}

impl Reader<'_, '_> {
    fn read_mentions(&mut self) {
        let mut i = 0;
        while i < self.mentions.len() {
            self.forget_at_semicolon(i);
            let run = self.context.run_length(&self.mentions, i);
            let clause = self.clause(i);
            i += match self.list(i, run, &clause) {
                Some(read) => read,
                None => {
                    self.single(i, &clause);
                    1
                }
            };
        }
    }

    /// Where the group of clauses around `at` starts: behind the last semicolon.
    fn group(&self, at: usize) -> usize {
        let start = self.sentence.start as usize;
        self.context.text[start..at].rfind('；').map_or(start, |i| start + i + '；'.len_utf8())
    }

    fn floor(&self, i: usize) -> usize {
        i.checked_sub(1)
            .map_or(self.sentence.start as usize, |p| self.mentions[p].span.end as usize)
    }

    fn forget_at_semicolon(&mut self, i: usize) {
        let gap = &self.context.text[self.floor(i)..self.mentions[i].span.start as usize];
        if gap.contains('；') {
            self.history.clear();
            self.old_year = None;
        }
    }

    fn clause(&self, i: usize) -> Clause {
        let context = self.context;
        let at = self.mentions[i].span.start as usize;
        let start = context.clause_start(self.floor(i), at);
        let mut peeled = context.peel(start, at);
        if self.mentions[i].unit.kind == UnitKind::Rate
            && let Some(share) = self.share_word(start, peeled.edge)
        {
            // 高技术产业增加值占GDP的13%: the subject stands before 占.
            peeled = Peeled { edge: context.peel(start, share).edge, share: true, ..peeled };
            peeled.whole = Span::new(share, at);
        }
        if let Some(reach) = self.whole_before(i, start, at) {
            peeled = Peeled {
                edge: context.peel(start, reach).edge,
                share: true,
                direction: None,
                ..peeled
            };
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
    fn whole_before(&self, i: usize, start: usize, at: usize) -> Option<usize> {
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
        let reach = hits.iter().rfind(|h| h.is(Cue::Reach) && h.span.end - h.span.start > 3)?;
        Some(reach.span.start as usize)
    }

    /// 每年城镇新增就业60万人: what is said of time before the subject.
    fn add_cues_of_clause(&self, start: usize, at: usize, peeled: &mut Peeled) {
        for hit in self.context.scan.inside(start, at).iter().filter(|h| h.word.form.is_none()) {
            peeled.cues.average |= hit.is(Cue::Average);
            peeled.cues.cumulative |= hit.is(Cue::Cumulative);
            peeled.cues.each_year |= hit.is(Cue::EachYear);
        }
    }

    fn share_word(&self, start: usize, edge: usize) -> Option<usize> {
        let hits = self.context.scan.inside(start, edge);
        let hit =
            hits.iter().rfind(|h| h.is(Cue::Share) && h.span.of(self.context.text) == "占")?;
        Some(hit.span.start as usize)
    }

    /// Reads a run of values whose subjects are listed; gives how many.
    fn list(&mut self, first: usize, run: usize, clause: &Clause) -> Option<usize> {
        if run < 2 {
            return None;
        }
        if self.is_difference(first, clause) {
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

    /// 分别 with no subject before it takes the last ones of the clauses before.
    fn carried_list(&self, run: usize, clause: &Clause) -> Option<Vec<Subject>> {
        let empty = self.context.trim_head(clause.start, clause.peeled.edge) >= clause.peeled.edge;
        let after_list = self.readings.len() >= run
            && self.readings[self.readings.len() - run..].iter().all(|r| r.rule == "respectively");
        if !empty || !clause.peeled.respectively && !after_list && !self.are_pair(run) {
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
    fn are_pair(&self, run: usize) -> bool {
        let Some(first) = self.readings.len().checked_sub(run) else { return false };
        let levels = &self.readings[first..];
        let unit = &levels[0].mention.unit.base;
        let distinct = levels.windows(2).all(|w| w[0].metric != w[1].metric);
        distinct
            && levels.iter().all(|r| {
                r.measure == Measure::Level && r.metric.is_some() && r.mention.unit.base == *unit
            })
    }

    /// A、B、C，分别增长…: the list stands before the comma.
    fn list_across_comma(&self, first: usize, run: usize, clause: &Clause) -> Option<Vec<Subject>> {
        let floor = self.floor(first);
        let comma = self.comma_before(clause)?;
        if !clause.peeled.respectively || comma <= floor {
            return None;
        }
        let start = self.context.clause_start(floor, comma);
        let peeled = Peeled { edge: comma, ..clause.peeled };
        self.context.listed(start, &peeled, run)
    }

    /// Where the comma that a clause follows starts.
    fn comma_before(&self, clause: &Clause) -> Option<usize> {
        self.context.text[..clause.start].strip_suffix('，').map(str::len)
    }

    /// A comparing word behind the last of coordinated values governs all of them, and so
    /// does one right behind 分别: 分别超过8万元、4.5万元.
    fn shared_comparator(&self, first: usize, run: usize, clause: &Clause) -> Option<Comparator> {
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
            && clause.peeled.respectively
            && plain(&values[1..])
            && bounding(head.comparator);
        governs.then_some(head.comparator)
    }

    fn single(&mut self, i: usize, clause: &Clause) {
        let context = self.context;
        if self.is_difference(i, clause) || self.is_duration(i, clause) {
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

    /// …1.9万元，…1.2万元，同比分别增长11%: one value that holds of both.
    fn carried_pair(&self, clause: &Clause) -> Option<Vec<Subject>> {
        clause.peeled.respectively.then(|| self.carried_list(2, clause)).flatten()
    }

    /// 15天签约率: days that are not counted as such (优良天数) say how long something took.
    fn is_duration(&self, i: usize, clause: &Clause) -> bool {
        let mention = &self.mentions[i];
        let words = &self.context.text[self.group(clause.start)..mention.span.start as usize];
        mention.unit.kind == UnitKind::Days
            && !["天数", "优良", "二级", "达标"].iter().any(|w| words.contains(w))
    }

    /// 高于全国平均水平0.5个百分点: a difference to another's figure.
    fn is_difference(&self, i: usize, clause: &Clause) -> bool {
        let mention = &self.mentions[i];
        let words = &self.context.text[clause.start..mention.span.start as usize];
        if self.names_target(mention) {
            return false;
        }
        let rate = matches!(mention.unit.kind, UnitKind::Points | UnitKind::Rate);
        // 为全国的70%: measured by another's figure.
        let of_others =
            words.strip_suffix('的').and_then(|w| context_end(self.context, mention, w));
        if rate && of_others.is_some() {
            return true;
        }
        rate && ["高于", "低于", "快于", "高出", "好于", "慢于", "领先", "比全", "超出", "跑赢"]
            .iter()
            .any(|w| words.contains(w))
    }

    /// The subject before the value, behind it, or carried over.
    fn subject(&self, i: usize, clause: &Clause) -> (Subject, &'static str) {
        let context = self.context;
        let mention = &self.mentions[i];
        let before = context.subject_before(clause.start, &clause.peeled);
        let after = self.noun_after(i, clause);
        let before = before.map(|subject| self.without_joint_metric(subject, clause));
        let lead = self.lead_of_list(i);
        match (before, after) {
            (Some(before), Some(noun)) if self.noun_wins(&before, mention, clause, noun) => {
                (context.subject_after(&clause.peeled, noun, lead), "noun_after")
            }
            (Some(before), _) => (self.completed(before, lead, clause), "noun_before"),
            (None, Some(noun)) => (context.subject_after(&clause.peeled, noun, lead), "noun_after"),
            (None, None) => self.carried(i, clause),
        }
    }

    /// 营业收入、固定资产投资实现两位数增长: told of both together, it is the figure of
    /// neither.
    fn without_joint_metric(&self, mut subject: Subject, clause: &Clause) -> Subject {
        let context = self.context;
        let head = context.trim_head(clause.start, clause.peeled.edge);
        let items = context.items(head, clause.peeled.edge);
        let acts = |item: &Span| {
            let hits = context.scan.inside(item.start as usize, item.end as usize);
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
    fn lead_of_list(&self, i: usize) -> &str {
        let between = &self.context.text[self.floor(i)..self.mentions[i].span.start as usize];
        let joined = between.starts_with(['、', '和', '及', '与'])
            || between.ends_with(['、', '和', '及', '与']);
        match self.history.last() {
            Some((subject, _)) if joined && i > 0 => &subject.lead,
            _ => "",
        }
    }

    fn noun_after(&self, i: usize, clause: &Clause) -> Option<Span> {
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
            || clause.peeled.share
            || clause.peeled.arrives
        {
            return None;
        }
        self.context.noun_after(mention, limit)
    }

    /// 提升18个污水处理厂, 降低900多万个体户税负: a rise or fall word opens the clause and
    /// what is counted stands behind.
    fn acts_on_noun(&self, mention: &Mention, clause: &Clause) -> bool {
        let counted = matches!(mention.unit.kind, UnitKind::Count | UnitKind::People);
        let start = self.context.trim_head(clause.start, clause.peeled.edge);
        clause.peeled.direction.is_some() && counted && start >= clause.peeled.edge
    }

    /// Both sides hold a noun: which of them is measured?
    fn noun_wins(&self, before: &Subject, mention: &Mention, clause: &Clause, noun: Span) -> bool {
        let of = self.context.text[mention.span.end as usize..].starts_with('的');
        match mention.unit.kind {
            _ if before.form.is_some() || clause.peeled.reaches => false,
            UnitKind::Rate => of && before.text.chars().count() <= 4,
            UnitKind::Money => false,
            UnitKind::Measure if of => false,
            _ => !noun.is_empty(),
        }
    }

    /// A short subject in the light of the one before it: 总产 after 粮食播种面积, 农民
    /// after 居民人均可支配收入, 军工企业 after 新增规上企业.
    fn completed(&self, subject: Subject, lead: &str, clause: &Clause) -> Subject {
        let short = subject.text.chars().count() <= 6;
        let subject = if short { self.in_light_of_earlier(subject, clause) } else { subject };
        let subject = self.told_of_what(subject);
        if subject.form.is_some() || !subject.lead.is_empty() || lead.is_empty() {
            return subject;
        }
        Subject { text: format!("{lead}{}", subject.text), lead: lead.to_owned(), ..subject }
    }

    /// 参合率 behind 新型农村合作医疗补助标准: a head that says little alone.
    fn told_of_what(&self, subject: Subject) -> Subject {
        let generic = self.context.lexicon.has_cue(&subject.text, Cue::Generic);
        let Some((earlier, _)) =
            self.history.last().filter(|_| generic && subject.metric.is_none())
        else {
            return subject;
        };
        if earlier.text.chars().count() > 24 || earlier.text.contains(&subject.text) {
            return subject;
        }
        Subject { text: format!("{}{}", earlier.text, subject.text), ..subject }
    }

    fn in_light_of_earlier(&self, mut subject: Subject, clause: &Clause) -> Subject {
        let context = self.context;
        let last = self.history.last().map(|(last, _)| last.text.as_str());
        let elided =
            context.lexicon.elisions().iter().find(|e| {
                subject.text == e.form && last.is_some_and(|text| text.contains(&e.after))
            });
        if let Some(elided) = elided {
            subject.metric = Some(elided.metric);
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

    /// The first words of the clauses before, nearest first: 粮食 in 粮食生产再获丰收，总产
    /// 达到557亿斤.
    fn heads_of_clauses_before(&self, clause: &Clause) -> Vec<&str> {
        let context = self.context;
        let floor = self.group(clause.start);
        let mut heads = Vec::new();
        let mut end = self.comma_before(clause);
        while let Some(comma) = end.filter(|&c| c > floor && heads.len() < 3) {
            let start = context.clause_start(floor, comma);
            let head = context.trim_head(start, comma);
            let limit =
                context.text[head..comma].char_indices().nth(6).map_or(comma, |(i, _)| head + i);
            heads.push(&context.text[head..limit]);
            end = context.text[..start].strip_suffix('，').map(str::len);
        }
        heads
    }

    fn carried(&self, i: usize, clause: &Clause) -> (Subject, &'static str) {
        let context = self.context;
        let words = context.words_of_doing(&clause.peeled);
        if let Some((subject, _)) = self.history.last() {
            if words.is_empty() {
                return (subject.clone(), "carried");
            }
            let same = i > 0 && self.mentions[i - 1].unit.base == self.mentions[i].unit.base;
            let text =
                if same { format!("{words}{}", subject.text) } else { self.named_doing(clause) };
            return (Subject { text, ..Subject::default() }, "doing");
        }
        if !words.is_empty() {
            return (Subject { text: self.named_doing(clause), ..Subject::default() }, "doing");
        }
        (self.before_comma(clause).unwrap_or_default(), "clause_before")
    }

    /// Words of doing that name an amount, with their tail: 投资总额, 融资.
    fn named_doing(&self, clause: &Clause) -> String {
        let Some(done) = clause.peeled.done else { return String::new() };
        let text = self.context.text;
        let tail = ["总额", "规模", "总量", "金额", "总数", "额", "数", "量"];
        let rest = &text[done.end as usize..];
        let tail = tail.iter().find(|t| rest.starts_with(*t)).copied().unwrap_or("");
        format!("{}{tail}", done.of(text))
    }

    /// 城镇新增就业人数，达到5万人: the subject stands before the comma, or in an earlier
    /// clause that ends in a written form, or opened the sentence before.
    fn before_comma(&self, clause: &Clause) -> Option<Subject> {
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
            measure: measured.measure,
            clause: clause.start,
            hundredfold: measured.hundredfold,
            falls: measured.falls,
            is_flow: self.is_flow(&subject),
        };
        let mut when = context.when(self.standing, &timed);
        self.minds_old_year(&mut when, &mention, measured.measure, &peeled);
        let reading = self.reading(mention.clone(), &subject, measured, when, clause, rule);
        self.history.push((subject, measured.measure));
        self.readings.push(reading);
    }

    /// 占比从14%提升到15.5%: the new value is what the old one was.
    fn minds_old_measure(
        &self,
        mention: &Mention,
        peeled: &Peeled,
        rule: &str,
        measured: &mut Measured,
    ) {
        if rule != "carried" || !peeled.arrives || mention.unit.kind != UnitKind::Rate {
            return;
        }
        if let Some((_, old)) = self.history.last()
            && matches!(old, Measure::Share | Measure::Level)
        {
            measured.measure = *old;
        }
    }

    /// 研发经费占生产总值的比重 is the intensity.
    fn names_share(&self, peeled: &Peeled, subject: &mut Subject, measured: &mut Measured) {
        let whole = peeled.whole.of(self.context.text);
        let mut named = self.context.lexicon.named_shares().iter();
        if let Some(share) =
            named.find(|s| Some(s.metric) == subject.metric && whole.contains(&s.whole))
        {
            subject.metric = Some(share.becomes);
            subject.form = None;
            measured.measure = Measure::Level;
        }
    }

    /// 新增, 建成, 城镇新增就业: what was brought about over the years.
    fn is_flow(&self, subject: &Subject) -> bool {
        let _ = self;
        !subject.lead.is_empty() || subject.text.contains("新增")
    }

    /// 从2002年的1.89万亿元增加到5.13万亿元，增长1.71倍: the change runs from the old
    /// value's year.
    fn minds_old_year(
        &mut self,
        when: &mut When,
        mention: &Mention,
        measure: Measure,
        peeled: &Peeled,
    ) {
        let at = mention.span.start;
        let times = self.context.times;
        let old = times.iter().rfind(|t| t.is_old && t.span.end <= at);
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

    fn reading(
        &self,
        mut mention: Mention,
        subject: &Subject,
        measured: Measured,
        when: When,
        clause: &Clause,
        rule: &'static str,
    ) -> Reading {
        let context = self.context;
        let at = mention.span.start as usize;
        let kind = if self.names_target(&mention) {
            Kind::Target
        } else if self.is_done(clause, at) {
            Kind::Actual
        } else {
            context.kind(self.standing, &when)
        };
        self.name_people(&mut mention, subject);
        self.name_money(&mut mention, subject);
        if kind == Kind::Target && clause.peeled.control && mention.comparator == Comparator::Eq {
            bound_by(&mut mention, Comparator::Le);
        }
        let will = if kind == Kind::Target {
            context.will(self.group(at), clause.start, at)
        } else {
            Will::default()
        };
        let metric = subject
            .metric
            .filter(|&m| self.fits(&mention, measured.measure, m) && !self.is_of_actor(at));
        Reading {
            subject: subject.text.clone(),
            term: if metric.is_some() { subject.term } else { Span::default() },
            metric,
            measure: measured.measure,
            falls: measured.falls,
            hundredfold: measured.hundredfold,
            kind,
            modality: (kind == Kind::Target).then(|| will.modality.unwrap_or(Modality::Plain)),
            modality_word: will.word,
            stretch: self.is_stretch(subject, kind, will, measured.measure),
            baseline: clause.peeled.from && !when.is_told && self.leads_to_new_value(at),
            period: when.period,
            aggregation: when.aggregation,
            subperiod: when.subperiod,
            basis: self.basis(clause, at),
            vintage: (kind == Kind::Actual)
                .then(|| context.vintage(self.sentence.start as usize, at)),
            reference: Span::default(),
            rule,
            mention,
        }
    }

    /// 没有完成12.5%的预期目标, 略低于8%的预定目标: a target, also where it lies behind.
    fn names_target(&self, mention: &Mention) -> bool {
        let after = &self.context.text[mention.span.end as usize..self.sentence.end as usize];
        let after = after.strip_prefix('的').unwrap_or(after);
        ["预期目标", "预定目标", "既定目标", "年度目标", "年初目标", "调控目标", "计划目标"]
            .iter()
            .any(|w| after.starts_with(w))
    }

    /// 已精简的319项: told as done, also in the plan.
    fn is_done(&self, clause: &Clause, at: usize) -> bool {
        let hits = self.context.scan.inside(clause.start, at);
        hits.iter().any(|h| ["已", "目前已", "现已"].contains(&h.span.of(self.context.text)))
    }

    /// A bare 20万 of people counts 万人.
    fn name_people(&self, mention: &mut Mention, subject: &Subject) {
        let people =
            mention.unit.base.is_empty() && PEOPLE.iter().any(|p| subject.text.contains(p));
        if people {
            mention.unit.text.push('人');
            mention.unit.base.push('人');
        }
    }

    /// 地区生产总值迈上5万亿台阶 counts 元.
    fn name_money(&self, mention: &mut Mention, subject: &Subject) {
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

    /// Can a level or share of this metric be told in this unit?
    fn fits(&self, mention: &Mention, measure: Measure, metric: MetricId) -> bool {
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
    fn is_of_actor(&self, at: usize) -> bool {
        let context = self.context;
        let hits = context.scan.inside(self.group(at), at);
        let named = hits.iter().rfind(|h| {
            let names = h.word.form.is_none() && h.word.cues.any(&[Cue::Actor, Cue::Own]);
            let start = h.span.start as usize;
            names
                && context
                    .trim_head(context.clause_start(self.sentence.start as usize, start), start)
                    == start
        });
        named.is_some_and(|h| {
            h.is(Cue::Actor) && !(context.is_county && h.span.of(context.text).starts_with("县域"))
        })
    }

    /// 由210万吨提高至570万吨: a new value follows the old one.
    fn leads_to_new_value(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| m.span.start as usize > at)
    }

    /// 增长8%、力争9%: a second, more ambitious value of the same subject.
    fn is_stretch(&self, subject: &Subject, kind: Kind, will: Will, measure: Measure) -> bool {
        let Some(last) = self.readings.last() else { return false };
        kind == Kind::Target
            && will.modality == Some(Modality::Strive)
            && last.subject == subject.text
            && last.measure == measure
            && last.kind == Kind::Target
            && will.word.start >= last.mention.span.end
    }

    fn basis(&self, clause: &Clause, at: usize) -> Basis {
        let hits = self.context.scan.inside(clause.start, at);
        let has = |cue| hits.iter().any(|h| h.is(cue));
        if has(Cue::Adjusted) && !has(Cue::Real) {
            Basis::Adjusted
        } else if has(Cue::Comparable) {
            Basis::Comparable
        } else if has(Cue::Real) && hits.iter().all(|h| !h.is(Cue::Real) || h.word.form.is_none()) {
            Basis::Real
        } else if has(Cue::Nominal) {
            Basis::Nominal
        } else {
            Basis::Unstated
        }
    }

    fn read_relations(&mut self, relations: &[Relation]) {
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
            if peeled.share {
                continue;
            }
            let several = relation.comparator == Comparator::Assigned || peeled.each;
            for (subject, metric) in self.related(start, &peeled, several) {
                let reading = self.relation_reading(relation, start, subject, metric);
                self.readings.push(reading);
            }
        }
    }

    /// The canonical subjects of a comparing phrase: one, or those of a list.
    fn related(&self, start: usize, peeled: &Peeled, several: bool) -> Vec<(Canonical, MetricId)> {
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

    fn metric_of(&self, canonical: Canonical) -> Option<MetricId> {
        let form = self.context.lexicon.form(canonical.form);
        if form.metrics.len() == 1 { form.metrics.first().copied() } else { form.single }
    }

    fn relation_reading(
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
            measure: Measure::Growth,
            clause: start,
            hundredfold: false,
            falls: true,
            is_flow: false,
        };
        let when = context.when(self.standing, &timed);
        let kind = context.kind(self.standing, &when);
        let will = if kind == Kind::Target {
            context.will(self.group(at), start, at)
        } else {
            Will::default()
        };
        Reading {
            mention,
            subject: canonical.term.of(context.text).to_owned(),
            term: canonical.term,
            metric: Some(metric),
            measure: Measure::Growth,
            falls: false,
            hundredfold: false,
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
            basis: Basis::Unstated,
            vintage: (kind == Kind::Actual).then_some(Vintage::Unstated),
            reference: relation.reference,
            rule: "relation",
        }
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
    Some(context.subject(hit.span.of(context.text).to_owned(), Some((hit.span, form))))
}

/// Nouns of people: a bare 20万 before one counts people.
const PEOPLE: &[&str] = &[
    "人口",
    "群众",
    "居民",
    "农民",
    "职工",
    "学生",
    "儿童",
    "老人",
    "老年人",
    "劳动力",
    "人员",
    "对象",
    "教师",
    "毕业生",
    "牧民",
    "市民",
    "民众",
    "移民",
    "妇女",
    "残疾人",
    "就业",
];

/// Gives a plain figure a comparator.
fn bound_by(mention: &mut Mention, comparator: Comparator) {
    let value = mention.low.or(mention.high);
    mention.comparator = comparator;
    (mention.low, mention.high) = match comparator {
        Comparator::Ge => (value, None),
        Comparator::Le => (None, value),
        _ => (value, value),
    };
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
