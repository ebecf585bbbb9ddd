//! Which definition of its metric is a figure of?

use super::sentence::Reader;
use super::vocabulary::Measure;
use crate::lexicon::{MetricId, Phrases, UNSPECIFIED, variants};
use crate::mention::{Mention, Period};
use crate::span::Span;

impl Reader<'_, '_> {
    /// By the words of the term, the unit or the years. A rate of trade has the currency
    /// that its clause names, or that of the level before it: 进出口总额50亿美元，增长8%.
    pub(super) fn variant(
        &self,
        metric: MetricId,
        words: &str,
        mention: &Mention,
        measure: Measure,
        period: Period,
    ) -> &'static str {
        let context = self.context;
        let unit = match measure {
            Measure::Level | Measure::Change => mention.unit.base.as_str(),
            Measure::Growth | Measure::Share => "",
        };
        let id = &context.lexicon.metric(metric).id;
        if let Some(variant) = variants(id).find(|v| v.holds(words, unit, period)) {
            return variant.name;
        }
        let currency =
            self.currency(mention).and_then(|unit| variants(id).find(|v| v.unit == unit));
        let kept = self.readings.iter().rev().find(|r| r.metric == Some(metric));
        let of_level =
            kept.and_then(|r| r.variant).filter(|_| variants(id).any(|v| !v.unit.is_empty()));
        currency.map(|v| v.name).or(of_level).unwrap_or(UNSPECIFIED)
    }

    /// The words that tell of which definition a term is: the term with what stands before
    /// it in its item and the bracket behind; the subject where no term is written here.
    pub(super) fn words_of_term<'w>(&'w self, term: Span, subject: &'w str) -> &'w str {
        if term.is_empty() || term.start < self.sentence.start {
            return subject;
        }
        let start = self.context.item_start(self.sentence.start as usize, term.start as usize);
        &self.context.text[start..self.behind_term(term.end as usize)]
    }

    /// The base unit of the currency in which a rate is reckoned: 按美元计.
    fn currency(&self, mention: &Mention) -> Option<&'static str> {
        let at = mention.span.start as usize;
        let start = self.context.clause_start(self.sentence.start as usize, at);
        let clause = &self.context.text[start..at];
        let before = self.context.text[self.sentence.start as usize..start].strip_suffix('，');
        let opening = before.map_or("", |b| b.rsplit(['，', '；']).next().unwrap_or(b));
        [clause, opening].into_iter().find_map(|words| {
            if Phrases::InDollars.within(words) {
                Some("美元")
            } else if Phrases::InYuan.within(words) {
                Some("元")
            } else {
                None
            }
        })
    }

    /// Behind a bracket that follows the term: 固定资产投资（不含农户）.
    fn behind_term(&self, end: usize) -> usize {
        let text = &self.context.text[end..self.sentence.end as usize];
        let bracket = text.strip_prefix('（').and_then(|t| t.find('）'));
        end + bracket.map_or(0, |close| close + "（）".len())
    }
}
