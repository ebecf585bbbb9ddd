//! How a change was reckoned: in constant prices, of the same scope, something taken out.

use super::clause::Clause;
use super::sentence::Reader;
use super::vocabulary::{Basis, Measure};
use crate::lexicon::{Cue, Hit, Phrases};

/// Of a change the word means without inflation, of a level that it was done.
const REALLY: &str = "实际";

impl Reader<'_, '_> {
    /// 剔除减税降费因素，一般公共预算收入增长6%; 按可比口径，可达839.8亿元、增长32.3%: where
    /// the words start that say how a value was reckoned.
    fn reckoned_from(&self, clause: usize, rule: &str) -> usize {
        let context = self.context;
        let floor = self.group(clause);
        let joined = context.text[floor..clause.max(floor)].ends_with('、')
            || context.text[clause..].starts_with('、');
        let mut start = if joined { context.clause_start(floor, clause) } else { clause };
        let mut from = start;
        // What is carried over keeps how it was reckoned; else only the clause before tells.
        let mut clauses = if rule == "carried" { 3 } else { 1 };
        while let Some(comma) = context.text[floor..start].strip_suffix('，')
            && clauses > 0
        {
            start = context.clause_start(floor, floor + comma.len());
            let opening = start + context.text[start..].find(|c| c != '（').unwrap_or(0);
            let reckons = |h: &Hit| {
                h.word.cues.any(&[Cue::Adjusted, Cue::Comparable])
                    || h.is(Cue::Real) && h.span.of(context.text) != REALLY
            };
            // 增长23%（按可比口径，增长32.3%）
            let comma_at = floor + comma.len();
            let told = self.mentions.iter().rfind(|m| (m.span.end as usize) < comma_at);
            let behind = told.map_or(comma_at, |m| m.span.end as usize).max(start);
            let bracket = behind < comma_at && context.text[behind..].starts_with('（');
            let says = context.scan.starting_at(opening).is_some_and(|h| reckons(&h))
                || bracket && context.scan.inside(behind, comma_at).iter().any(reckons);
            if says || context.text[opening..].starts_with('按') {
                from = start;
            }
            clauses -= 1;
        }
        from
    }

    /// Growth in constant prices, of the same scope, or with something taken out.
    pub(super) fn basis(&self, clause: &Clause, at: usize, measure: Measure, rule: &str) -> Basis {
        let context = self.context;
        let start = self.reckoned_from(clause.start, rule);
        // 实际完成4亿元 says nothing of prices.
        let counts = |h: &&Hit| measure != Measure::Level || h.span.of(context.text) != REALLY;
        let hits: Vec<_> = context.scan.inside(start, at).iter().filter(counts).collect();
        let has = |cue| hits.iter().any(|h| h.is(cue));
        let words = &context.text[start..at];
        let of_prices = || Phrases::PriceWords.within(words);
        // 按2010年价格计算，2015年国内生产总值将超过55万亿元
        let of_year = words.starts_with('按') && of_prices();
        if has(Cue::Adjusted) && !has(Cue::Real) && !of_prices() {
            Basis::Adjusted
        } else if has(Cue::Comparable) && !has(Cue::Real) {
            Basis::Comparable
        } else if (has(Cue::Real) || has(Cue::Adjusted) || of_year && !has(Cue::Nominal))
            && hits.iter().all(|h| !h.is(Cue::Real) || h.word.form.is_none())
        {
            Basis::Real
        } else if has(Cue::Nominal) {
            Basis::Nominal
        } else {
            Basis::Unstated
        }
    }

    /// 城乡居民收入实际增长与经济增长同步
    pub(super) fn basis_of_relation(&self, term: usize, at: usize) -> Basis {
        let real = self.context.scan.inside(term, at.max(term)).iter().any(|h| h.is(Cue::Real));
        if real { Basis::Real } else { Basis::Unstated }
    }
}
