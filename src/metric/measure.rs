//! Level, growth, change or share?

use super::Context;
use super::peel::{Direction, Peeled};
use super::subject::Subject;
use super::vocabulary::Measure;
use crate::lexicon::{Cue, MetricId, Phrases, UnitKind};
use crate::mention::{Decimal, Mention};

/// A measure with the sign and scale that the words give the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub measure: Measure,
    /// The value is a fall: its bounds change sign.
    pub falls: bool,
    /// 增长1.5倍: the figure is in hundreds of a per cent.
    pub hundredfold: bool,
}

impl Measured {
    pub(super) const fn plain(measure: Measure) -> Self {
        Self { measure, falls: false, hundredfold: false }
    }
}

impl Context<'_> {
    /// None where the figure is a multiple of another and so no observation.
    pub(super) fn measure(
        &self,
        mention: &Mention,
        peeled: &Peeled,
        phrase: &str,
        subject: &Subject,
    ) -> Option<Measured> {
        if mention.is_growth {
            return Some(Measured::plain(Measure::Growth));
        }
        let falls = peeled.direction == Some(Direction::Down);
        match mention.unit.kind {
            UnitKind::Times => self.times(peeled, falls),
            UnitKind::Points => Some(Measured {
                falls: falls || Phrases::FallVerbs.at_head(phrase).is_some(),
                ..Measured::plain(Measure::Change)
            }),
            UnitKind::Rate => Some(self.rate(mention, peeled, phrase, subject, falls)),
            _ if peeled.direction.is_some() && !peeled.arrives => {
                Some(Measured { falls, ..Measured::plain(Measure::Change) })
            }
            _ => Some(Measured::plain(Measure::Level)),
        }
    }

    /// 增长1.5倍 is a growth of 150 %; 是上年的2.2倍 is no observation.
    fn times(&self, peeled: &Peeled, falls: bool) -> Option<Measured> {
        let _ = self;
        peeled.direction?;
        Some(Measured { measure: Measure::Growth, falls, hundredfold: true })
    }

    fn rate(
        &self,
        mention: &Mention,
        peeled: &Peeled,
        phrase: &str,
        subject: &Subject,
        falls: bool,
    ) -> Measured {
        // 优良天数占比达80%: the metric is a share itself, and that is its level.
        let is_share = subject.metric.is_some_and(|m| self.is_rate(m)) && peeled.whole.is_empty();
        if peeled.has(Cue::Share) && !is_share {
            return Measured::plain(Measure::Share);
        }
        // 降幅收窄到3%: a fall that is smaller than before is a fall.
        if peeled.arrives && peeled.has(Cue::Down) {
            return Measured { falls: true, ..Measured::plain(Measure::Growth) };
        }
        let negative = mention.low.is_some_and(|d| d.to_f64() < 0.0);
        if peeled.direction.is_some() && !peeled.arrives || negative {
            return Measured { falls: falls && !negative, ..Measured::plain(Measure::Growth) };
        }
        if let Some(metric) = subject.metric {
            return Measured::plain(self.rate_of_metric(mention, metric, phrase));
        }
        if Phrases::FallVerbs.at_head(phrase).is_some() {
            return Measured { falls: true, ..Measured::plain(Measure::Growth) };
        }
        if Phrases::RiseVerbs.at_head(phrase).is_some()
            && Phrases::RateHeads.at_end(phrase).is_none()
        {
            return Measured::plain(Measure::Growth);
        }
        if Phrases::ShareHeads.at_end(phrase).is_some() {
            return Measured::plain(Measure::Share);
        }
        if Phrases::GrowthHeads.at_end(phrase).is_some() {
            return Measured::plain(Measure::Growth);
        }
        Measured::plain(Measure::Level)
    }

    fn is_rate(&self, metric: MetricId) -> bool {
        self.lexicon.metric(metric).level_units.iter().any(|u| u == "%" || u == "‰")
    }

    /// A bare rate of a canonical metric: 物价涨幅3% grows, 登记失业率4% is a level,
    /// an index of 103 % too.
    fn rate_of_metric(&self, mention: &Mention, metric: MetricId, phrase: &str) -> Measure {
        let is_rate = self.is_rate(metric);
        let metric = self.lexicon.metric(metric);
        let figure = mention.low.or(mention.high).map_or(0.0, Decimal::to_f64);
        if metric.is_index {
            return if figure >= 60.0 { Measure::Level } else { Measure::Growth };
        }
        if is_rate || Phrases::ShareHeads.at_end(phrase).is_some() {
            return if is_rate { Measure::Level } else { Measure::Share };
        }
        Measure::Growth
    }
}
