//! Lists: values that belong to subjects one by one.
//!
//! 城乡居民收入分别增长5.6%、6.9% has two values and two subjects; so has 达到
//! 40831元、24302元，分别增长6.0%、7.5%, whose subjects stand in the clause before.

use super::Context;
use super::peel::Peeled;
use super::subject::Subject;
use crate::lexicon::{Cue, Phrases};
use crate::mention::{Mention, numeral};
use crate::span::Span;

impl Context<'_> {
    /// How many values from `first` on stand side by side: 5.6%、6.9%和7%.
    pub(super) fn run_length(&self, mentions: &[Mention], first: usize) -> usize {
        let mut length = 1;
        while let Some(next) = mentions.get(first + length) {
            let previous = &mentions[first + length - 1];
            let gap = Span { start: previous.span.end, end: next.span.start };
            let joined = matches!(
                gap.of(self.text),
                "、" | "和" | "，" | "与" | "及" | "以及" | "、和" | "，和" | "或"
            );
            if !joined {
                break;
            }
            length += 1;
        }
        length
    }

    /// The subjects of a list of `count` values, one for each, or none where the
    /// words before them name no such list.
    pub(super) fn listed(
        &self,
        start: usize,
        peeled: &Peeled,
        count: usize,
    ) -> Option<Vec<Subject>> {
        let head = self.trim_head(start, peeled.edge);
        if head >= peeled.edge {
            return None;
        }
        if let Some(canonical) = self.canonical(start, peeled.edge) {
            let form = self.lexicon.form(canonical.form);
            if form.metrics.len() == count {
                let of = |&metric| Subject {
                    text: self.lexicon.metric(metric).zh.clone(),
                    term: canonical.term,
                    form: Some(canonical.form),
                    metric: Some(metric),
                    ..Subject::default()
                };
                return Some(form.metrics.iter().map(of).collect());
            }
        }
        let items = self.items(head, peeled.edge);
        if items.len() < count || items.len() > count && !peeled.has(Cue::Respectively) {
            return None;
        }
        let items = &items[items.len() - count..];
        let done = self.words_of_doing(peeled);
        let of = |(i, &item)| self.item(start, item, items, i, done);
        Some(items.iter().enumerate().map(of).collect())
    }

    /// The subjects that one value holds of: 二氧化硫和化学需氧量均削减5.5%, and two
    /// canonical metrics named side by side.
    pub(super) fn shared(&self, start: usize, peeled: &Peeled) -> Option<Vec<Subject>> {
        let head = self.trim_head(start, peeled.edge);
        if head >= peeled.edge {
            return None;
        }
        if peeled.cues.any(&[Cue::Each, Cue::Respectively])
            && let Some(canonical) = self.canonical(start, peeled.edge)
        {
            let form = self.lexicon.form(canonical.form);
            if form.metrics.len() > 1 {
                return self.listed(start, peeled, form.metrics.len());
            }
        }
        let items = self.items(head, peeled.edge);
        if items.len() < 2 {
            return None;
        }
        let subjects: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(i, &item)| self.item(start, item, &items, i, ""))
            .collect();
        let canonical = subjects.iter().all(|s| s.metric.is_some());
        let told = peeled.cues.any(&[Cue::Each, Cue::Respectively]);
        (told || canonical).then_some(subjects)
    }

    /// Where the item of a list that holds `at` starts: behind the last 、和与及 or comma.
    pub(super) fn item_start(&self, floor: usize, at: usize) -> usize {
        let start = self.clause_start(floor, at);
        self.items(start, at)
            .last()
            .filter(|i| i.end as usize == at)
            .map_or(at, |i| i.start as usize)
    }

    /// The phrase cut at 、和与及, but not inside a written form.
    pub(super) fn items(&self, start: usize, edge: usize) -> Vec<Span> {
        let mut items = Vec::new();
        let mut at = start;
        let mut depth = 0_i32;
        let mut brackets = self.text[start..edge].char_indices().peekable();
        for hit in self.scan.inside(start, edge) {
            while let Some(&(i, c)) = brackets.peek() {
                if start + i >= hit.span.start as usize {
                    break;
                }
                depth += match c {
                    '（' | '“' | '《' => 1,
                    '）' | '”' | '》' => -1,
                    _ => 0,
                };
                brackets.next();
            }
            let word = hit.span.of(self.text);
            let joins = hit.is(Cue::Conj) && matches!(word, "、" | "和" | "与" | "及" | "以及");
            if depth == 0 && joins && hit.word.form.is_none() && hit.span.start as usize > at {
                items.push(Span::new(at, hit.span.start as usize));
                at = hit.span.end as usize;
            }
        }
        if at < edge {
            items.push(Span::new(at, edge));
        }
        items
    }

    /// The subject of one item; a head that only the last item has is lent to the
    /// others: 城镇、农村居民人均可支配收入.
    fn item(&self, start: usize, item: Span, items: &[Span], index: usize, done: &str) -> Subject {
        let (from, to) = (item.start as usize, item.end as usize);
        let floor = if index == 0 { start } else { from };
        if let Some(canonical) = self.canonical(floor, to) {
            return self.subject(item.of(self.text), Some((canonical.term, canonical.form)));
        }
        let last = items[items.len() - 1];
        // 服务业、装备制造和高新技术产业的投资分别增长: the word of doing is what each has.
        if !done.is_empty() {
            let own = item.of(self.text).trim_end_matches('的');
            return self.subject(&format!("{own}{done}"), None);
        }
        let own = without_set(item.of(self.text));
        if index > 0 {
            for earlier in items[..index].iter().rev() {
                let subject = self.borrowing(self.subject(own, None), earlier.of(self.text));
                if subject.form.is_some() {
                    return subject;
                }
            }
        }
        if index + 1 < items.len() {
            if let Some((joined, form)) = self.lent_form(own, last) {
                return self.subject(&joined, Some((last, form)));
            }
            if let Some(head) = lent_head(own, last.of(self.text)) {
                return self.subject(&format!("{own}{head}"), None);
            }
        }
        let tail = last.of(self.text);
        let produced = Phrases::ProducedHeads.at_end(tail).filter(|h| !own.ends_with(h));
        self.subject(&format!("{own}{}", produced.unwrap_or("")), None)
    }

    /// A subject that is a written form with a head borrowed from an earlier one:
    /// 产量 behind 粮食播种面积 is 粮食产量.
    pub(super) fn borrowing(&self, subject: Subject, earlier: &str) -> Subject {
        if subject.text.chars().count() < 2 {
            return subject;
        }
        let heads = earlier.char_indices().skip(2).map(|(i, _)| &earlier[..i]);
        for head in heads {
            let joined = format!("{head}{}", subject.text);
            if let Some(form) = self.lexicon.form_id_of(&joined) {
                let metric = self.lexicon.form(form).metrics.first().copied();
                return Subject { text: joined, form: Some(form), metric, ..subject };
            }
        }
        subject
    }

    /// `own` with the longest tail of the last item that makes it a written form.
    fn lent_form(&self, own: &str, last: Span) -> Option<(String, crate::lexicon::FormId)> {
        let tail = last.of(self.text);
        tail.char_indices().skip(1).find_map(|(i, _)| {
            let joined = format!("{own}{}", &tail[i..]);
            self.lexicon.form_id_of(&joined).map(|form| (joined, form))
        })
    }
}

/// What the last item of a list lends to the others: the noun behind its 的, or, where it
/// is much longer than they, all but the two characters that stand beside them:
/// 城镇职工、居民医保住院费用报销比例.
fn lent_head<'t>(own: &str, last: &'t str) -> Option<&'t str> {
    if let Some((_, head)) = last.rsplit_once('的') {
        return Some(head);
    }
    if let Some(head) = Phrases::ProducedHeads.at_end(last).filter(|h| last.len() > h.len()) {
        return Some(&last[last.len() - head.len()..]);
    }
    let longer = last.chars().count() >= own.chars().count().min(4) + 3;
    let tail = last.char_indices().nth(2).map(|(i, _)| &last[i..]);
    tail.filter(|_| longer)
}

/// 新材料三大主导产业: the item without the name of the set that it closes.
fn without_set(item: &str) -> &str {
    let set = item.char_indices().find(|(i, c)| {
        *i > 0
            && numeral::digit(*c).is_some()
            && item[i + c.len_utf8()..].starts_with(['大', '个', '类', '项'])
    });
    set.map_or(item, |(i, _)| &item[..i])
}
