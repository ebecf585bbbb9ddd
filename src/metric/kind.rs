//! Told as reached or to be reached, and how firmly.

use super::Context;
use super::time::{Standing, When};
use super::vocabulary::{Kind, Modality, Vintage};
use crate::layout::Outlook;
use crate::lexicon::{Cue, Phrases};
use crate::mention::Subperiod;
use crate::span::Span;

/// 力争, 确保 with what they govern.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Will {
    pub(super) modality: Option<Modality>,
    pub(super) word: Span,
}

impl Context<'_> {
    pub(super) fn kind(&self, standing: &Standing, when: When, sentence: usize, at: usize) -> Kind {
        let end = when.period.end;
        match standing.outlook {
            Outlook::Back if end > self.year => Kind::Target,
            Outlook::Back if end == self.year && self.is_to_come(when, sentence, at) => {
                Kind::Target
            }
            Outlook::Back => Kind::Actual,
            Outlook::Ahead if end < self.year => Kind::Actual,
            Outlook::Ahead => Kind::Target,
        }
    }

    /// 国务院决定：今年固定资产投资规模压缩920亿元: a report is given in spring, and what it
    /// tells of the whole year that runs is to come, unless it is an estimate.
    fn is_to_come(&self, when: When, sentence: usize, at: usize) -> bool {
        let told = self.times.iter().rfind(|t| {
            let year = t.frame.is_some_and(|f| f.period().end == self.year);
            year && t.span.end as usize <= at
        });
        let Some(told) = told else { return false };
        let estimated = self.scan.inside(sentence, at).iter().any(|h| h.is(Cue::Expect));
        let hits = self.scan.inside(told.span.end as usize, at);
        let done = hits.iter().any(|h| Phrases::DoneMarks.has(h.span.of(self.text)));
        !estimated && !done && when.subperiod == Subperiod::Year
    }

    /// The word of will that governs a value: the last one between the start of its
    /// group and the value, unless another verb with an object took over.
    ///
    /// `own` is where the value's own subject starts: a will behind it (进出口总额力争
    /// 增长4%) governs this value alone.
    pub(super) fn will(&self, group: usize, clause: usize, at: usize) -> Will {
        let hits = self.scan.inside(group, at);
        let Some(found) = hits.iter().rposition(|h| h.word.cues.any(&[Cue::Ensure, Cue::Strive]))
        else {
            return Will::default();
        };
        let hit = hits[found];
        let modality = if hit.is(Cue::Ensure) { Modality::Ensure } else { Modality::Strive };
        let will = Will { modality: Some(modality), word: self.word_of_will(hit.span) };
        if hit.span.start as usize >= clause {
            return will;
        }
        // 坚决遏制耕地非农化，粮食播种面积稳定在1000万亩: it was about something else.
        let own = &self.text[hit.span.end as usize..at];
        let figures = |words: &str| words.contains(|c: char| c.is_ascii_digit());
        let idle = own.find('，').is_some_and(|comma| !figures(&own[..comma]))
            && Phrases::Adverbs.has(hit.span.of(self.text));
        if idle {
            return Will::default();
        }
        if self.has_own_subject_before(hit.span.start as usize, group)
            || self.is_taken_over(hit.span.end as usize, at)
        {
            return Will::default();
        }
        will
    }

    /// 力争 of 力争实现, 坚决 of 坚决完成.
    fn word_of_will(&self, phrase: Span) -> Span {
        let text = phrase.of(self.text);
        let found =
            Phrases::WillWords.words().iter().find_map(|w| text.find(w).map(|i| (i, w.len())));
        let (at, length) = found.unwrap_or((0, text.len()));
        let start = phrase.start as usize + at;
        Span::new(start, start + length)
    }

    /// 进出口总额力争增长4%: a noun stands between the last comma and the will.
    fn has_own_subject_before(&self, will: usize, group: usize) -> bool {
        let clause = self.clause_start(group, will);
        let head = self.trim_head(clause, will);
        head < will && self.text[head..will].chars().count() > 1
    }

    /// A clause behind the will opens with a verb of its own.
    fn is_taken_over(&self, will: usize, at: usize) -> bool {
        let mut start = will;
        while let Some(comma) = self.text[start..at].find('，') {
            start += comma + '，'.len_utf8();
            while let Some(light) =
                self.scan.starting_at(start).filter(|h| h.is(Cue::Light) && !h.is(Cue::Do))
            {
                start = light.span.end as usize;
            }
            if start >= at {
                return false;
            }
            let verb = self.scan.starting_at(start).filter(|h| (h.span.end as usize) <= at);
            let adds = |h: &crate::lexicon::Hit| {
                Phrases::Additions.at_head(h.span.of(self.text)).is_some()
            };
            if verb.is_some_and(|h| {
                h.word.form.is_some() && adds(&h)
                    || h.word.form.is_none()
                        && h.word.cues.any(&[Cue::Do, Cue::Verb])
                        && !h.word.cues.any(&[Cue::Reach, Cue::Up, Cue::Down, Cue::Light])
            }) {
                return true;
            }
        }
        false
    }

    /// 预计 and 初步核算 reach to the end of the sentence.
    pub(super) fn vintage(&self, sentence: usize, at: usize) -> Vintage {
        let hits = self.scan.inside(sentence, at);
        if hits.iter().any(|h| h.is(Cue::Preliminary)) {
            return Vintage::Preliminary;
        }
        if hits.iter().any(|h| h.is(Cue::Expect)) { Vintage::Expected } else { Vintage::Unstated }
    }
}
