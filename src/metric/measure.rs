//! Level, growth, change or share?

use super::Context;
use super::peel::{Direction, Peeled};
use super::subject::Subject;
use super::vocabulary::Measure;
use crate::lexicon::{MetricId, UnitKind};
use crate::mention::Mention;

/// A measure with the sign and scale that the words give the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) measure: Measure,
    pub(super) falls: bool,
    pub(super) hundredfold: bool,
}

impl Measured {
    const fn plain(measure: Measure) -> Self {
        Self { measure, falls: false, hundredfold: false }
    }
}

/// Words that begin a phrase and say how its figure changed: 压减一般性支出8.52%.
const FALLS: &[&str] = &["压减", "压缩", "削减", "减少", "降低", "下调", "缩减", "核减", "节约"];
const RISES: &[&str] = &["提高", "提升", "增加", "上调", "扩大", "增长"];

/// Names of rates: a figure in % behind one is its level.
const RATES: &[&str] = &["率", "强度", "水平", "覆盖面", "度", "达标", "指数", "满意"];
const SHARES: &[&str] = &["比重", "占比", "份额"];

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
                falls: falls || starts(phrase, FALLS),
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
        if peeled.share {
            return Measured::plain(Measure::Share);
        }
        let negative = mention.low.is_some_and(|d| d.to_f64() < 0.0);
        if peeled.direction.is_some() && !peeled.arrives || negative {
            return Measured { falls: falls && !negative, ..Measured::plain(Measure::Growth) };
        }
        if let Some(metric) = subject.metric {
            return Measured::plain(self.rate_of_metric(mention, metric, phrase));
        }
        if starts(phrase, FALLS) {
            return Measured { falls: true, ..Measured::plain(Measure::Growth) };
        }
        if starts(phrase, RISES) && !ends(phrase, RATES) {
            return Measured::plain(Measure::Growth);
        }
        if ends(phrase, SHARES) {
            return Measured::plain(Measure::Share);
        }
        if ends(phrase, &["增速", "增幅", "涨幅", "增长率"]) {
            return Measured::plain(Measure::Growth);
        }
        Measured::plain(Measure::Level)
    }

    /// A bare rate of a canonical metric: 物价涨幅3% grows, 登记失业率4% is a level,
    /// an index of 103 % too.
    fn rate_of_metric(&self, mention: &Mention, metric: MetricId, phrase: &str) -> Measure {
        let metric = self.lexicon.metric(metric);
        let is_price = metric.id == "cpi" || metric.id == "retail_price";
        let figure = mention.low.or(mention.high).map_or(0.0, |d| d.to_f64());
        if is_price {
            return if figure >= 60.0 { Measure::Level } else { Measure::Growth };
        }
        let is_rate = metric.level_units.iter().any(|u| u == "%" || u == "‰");
        if is_rate || ends(phrase, SHARES) && !ends(phrase, &["增速"]) {
            return if is_rate { Measure::Level } else { Measure::Share };
        }
        Measure::Growth
    }
}

fn starts(phrase: &str, words: &[&str]) -> bool {
    words.iter().any(|w| phrase.starts_with(w))
}

fn ends(phrase: &str, words: &[&str]) -> bool {
    words.iter().any(|w| phrase.ends_with(w))
}
