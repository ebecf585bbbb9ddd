//! Which metrics a report names, with or without a figure, and what it claims of them in words.
//!
//! A cell of a panel without a number needs a reason. Here is what tells `named without number`
//! from `not named`, and what a report says of a target in words alone: 固定资产投资未达预期目标.
//! Whose metric it is (a district's, the nation's) is not asked: a metric counts as named as soon
//! as a written form of it stands anywhere, so that `not named` is certain.

use std::collections::BTreeSet;

use super::Context;
use crate::layout::Outlook;
use crate::lexicon::{Cue, Direction, MetricId, Phrases, direction};
use crate::span::Span;

/// The metrics that one report names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Where it looks ahead.
    pub in_plan: BTreeSet<MetricId>,
    /// Where it looks back.
    pub in_review: BTreeSet<MetricId>,
    /// Said to have reached their targets.
    pub claimed_met: BTreeSet<MetricId>,
    /// Said to have fallen short of them.
    pub claimed_missed: BTreeSet<MetricId>,
}

/// What a clause says of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    Attained,
    FellShort,
    /// 低于预期目标: good of prices, bad of growth.
    Below,
}

impl Named {
    /// Takes in a sentence.
    pub fn note(&mut self, context: &Context, sentence: Span, outlook: Outlook) {
        let named = metrics_in(context, sentence);
        match outlook {
            Outlook::Ahead => self.in_plan.extend(named),
            Outlook::Back => {
                self.in_review.extend(named);
                if Phrases::Goals.within(sentence.of(context.text)) {
                    self.note_claims(context, sentence);
                }
            }
        }
    }

    fn note_claims(&mut self, context: &Context, sentence: Span) {
        let mut before = Vec::new();
        for clause in clauses(context.text, sentence) {
            let mut of: Vec<MetricId> = metrics_in(context, clause).collect();
            if let Some(claim) = claim(context, clause) {
                if of.is_empty() {
                    of = std::mem::take(&mut before);
                }
                for metric in &of {
                    self.claim(context, *metric, claim);
                }
            }
            // What is told by a number needs no claim.
            let told = clause.of(context.text).contains(|c: char| c.is_ascii_digit());
            before = if told { Vec::new() } else { of };
        }
    }

    fn claim(&mut self, context: &Context, metric: MetricId, claim: Claim) {
        let id = context.lexicon.metric(metric).id.as_str();
        let floor = direction(id, context.year - 1) == Direction::Floor;
        let met = claim == Claim::Attained || claim == Claim::Below && !floor;
        if met { &mut self.claimed_met } else { &mut self.claimed_missed }.insert(metric);
    }
}

fn metrics_in<'a>(context: &Context<'a>, span: Span) -> impl Iterator<Item = MetricId> + use<'a> {
    let lexicon = context.lexicon;
    let hits = context.scan.inside(span.start as usize, span.end as usize);
    let forms = hits.iter().filter_map(|hit| hit.word.form);
    forms.flat_map(move |form| lexicon.form(form).metrics.iter().copied())
}

/// The stretches between commas, semicolons and the end.
fn clauses(text: &str, sentence: Span) -> impl Iterator<Item = Span> {
    let mut at = sentence.start as usize;
    sentence.of(text).split_inclusive(['，', '；', '。', '：']).map(move |clause| {
        let span = Span::new(at, at + clause.len());
        at += clause.len();
        span
    })
}

/// 未达到预期目标, 圆满完成年度任务; none where the clause only wills it (确保完成全年目标), or tells a
/// number (完成年度计划的95%).
fn claim(context: &Context, clause: Span) -> Option<Claim> {
    let words = clause.of(context.text);
    let hits = context.scan.inside(clause.start as usize, clause.end as usize);
    let willed = hits.iter().any(|hit| hit.word.cues.any(&[Cue::Ensure, Cue::Strive]));
    let numbered = words.contains(|c: char| c.is_ascii_digit());
    if willed || numbered || !Phrases::Goals.within(words) {
        return None;
    }
    [
        (Phrases::FellShort, Claim::FellShort),
        (Phrases::BelowGoals, Claim::Below),
        (Phrases::Attained, Claim::Attained),
    ]
    .into_iter()
    .find_map(|(list, claim)| list.within(words).then_some(claim))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn named(text: &str, outlook: Outlook) -> [String; 4] {
        let lexicon = Lexicon::builtin();
        let scan = lexicon.scan(text);
        let context = Context {
            lexicon,
            text,
            scan: &scan,
            year: 2024,
            own_names: &[],
            is_nation: false,
            is_county: false,
            above: &[],
            sentence: 0,
            times: &[],
        };
        let mut named = Named::default();
        named.note(&context, Span::new(0, text.len()), outlook);
        let ids = |set: &BTreeSet<MetricId>| {
            set.iter().map(|m| lexicon.metric(*m).id.as_str()).collect::<Vec<_>>().join(" ")
        };
        let Named { in_plan, in_review, claimed_met, claimed_missed } = &named;
        [in_plan, in_review, claimed_met, claimed_missed].map(ids)
    }

    #[test]
    fn names_by_outlook() {
        let words = "着力稳定粮食产量，促进居民消费价格合理回升。";
        assert_eq!(named(words, Outlook::Ahead), ["cpi grain_output", "", "", ""]);
        assert_eq!(named(words, Outlook::Back), ["", "cpi grain_output", "", ""]);
    }

    #[test]
    fn claims_in_words() {
        for (words, met, missed) in [
            (
                "固定资产投资、一般公共预算收入等指标未达到年初预期目标。",
                "",
                "fixed_asset_investment budget_revenue",
            ),
            (
                "受多种因素影响，固定资产投资增速低于预期，与目标有差距。",
                "",
                "fixed_asset_investment",
            ),
            ("居民消费价格涨幅低于预期调控目标。", "cpi", ""),
            ("地区生产总值增长率达到预期目标。", "gdp", ""),
            ("进出口总额较快增长，圆满完成全年目标任务。", "trade_total", ""),
            ("确保完成地区生产总值全年目标。", "", ""),
            ("固定资产投资完成年度计划的95%。", "", ""),
            ("全年各项目标任务圆满完成。", "", ""),
        ] {
            let [_, _, is_met, is_missed] = named(words, Outlook::Back);
            assert_eq!((is_met.as_str(), is_missed.as_str()), (met, missed), "{words}");
        }
    }
}
