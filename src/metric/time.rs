//! Which years is a figure about?
//!
//! The nearest expression of time before the value says it, or else the one that
//! opened the paragraph, or the heading of the part, or the report's year. Over
//! several years the measure decides: 五年来城镇新增就业40万人 flows over all of
//! them, 城镇化率达到60% stands at their end, 年均 is their mean.

use super::Context;
use super::measure::Measured;
use super::peel::Peeled;
use super::vocabulary::{Aggregation, Measure};
use crate::layout::Outlook;
use crate::lexicon::{Cue, UnitKind};
use crate::mention::{Frame, Mention, Period, Role, Subperiod, TimeExpression};
use crate::span::Span;

/// Where a sentence stands: what is known about time before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub outlook: Outlook,
    /// What opened the paragraph: 五年来，…
    pub paragraph: Option<Frame>,
    /// What the heading of the part says: 过去五年工作回顾.
    pub section: Option<Frame>,
    /// The last several years spoken of, also where a single year was named since.
    pub term: Option<Period>,
    /// The sentence before in the same paragraph.
    pub before: Option<Span>,
}

/// When a figure was or shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) period: Period,
    pub(super) aggregation: Aggregation,
    pub(super) subperiod: Subperiod,
    /// The years were told right here, and not taken from around.
    pub(super) is_told: bool,
}

impl When {
    const fn over(period: Period, aggregation: Aggregation) -> Self {
        Self { period, aggregation, subperiod: Subperiod::Year, is_told: false }
    }
}

/// The figure as far as time needs to know it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timed<'a> {
    pub(super) mention: &'a Mention,
    pub(super) peeled: &'a Peeled,
    pub(super) measured: Measured,
    /// Where the clause of the value starts.
    pub(super) clause: usize,
    /// What was added or built flows over years, it does not stand at their end.
    pub(super) is_flow: bool,
    /// 拥有高新技术企业100家, 生产总值300亿元: what there is, stands at the end.
    pub(super) owns: bool,
}

impl Timed<'_> {
    const fn is_change(&self) -> bool {
        matches!(self.measured.measure, Measure::Growth | Measure::Change)
    }

    fn is_average(&self) -> bool {
        self.peeled.has(Cue::Average) && self.is_change()
    }
}

impl Context<'_> {
    pub(super) fn when(&self, standing: &Standing, figure: &Timed) -> When {
        let times = self.times;
        let at = figure.mention.span.start as usize;
        let before = |e: &&TimeExpression| (e.span.end as usize) <= at;
        let told = times.iter().filter(before).rfind(|e| {
            e.role != Role::Base && e.frame.is_some() && self.reaches(e, standing, figure)
        });
        let part = times
            .iter()
            .filter(before)
            .rfind(|e| e.subperiod.is_some() && self.part_reaches(e, figure));
        let averaged = figure.peeled.has(Cue::Average);
        let base = times.iter().filter(before).rfind(|e| {
            e.role == Role::Base
                && (averaged
                    || e.span.start as usize >= figure.clause
                    || self.opens_clause(e, figure)
                    || self.holds_below(e))
        });
        let around = standing.paragraph.or(standing.section);
        // Under 过去五年的工作: 累计完成投资599亿元, though the paragraph named a year.
        let around = if self.is_summed(standing, figure) { standing.section } else { around };
        let frame = told.and_then(|e| self.turned(e, standing.outlook)).or(around);
        // Under 今后五年 a plain 增长10% is still the year's, 年均增长10% is the plan's.
        let doubles = figure.mention.low.is_some_and(|d| d.to_f64() >= 100.0);
        let plain_growth = figure.measured.measure == Measure::Growth
            && !averaged
            && !figure.measured.falls
            && !figure.measured.hundredfold
            && !doubles;
        let is_plan = matches!(frame, Some(Frame::Plan(p)) if p.start >= self.year);
        let frame = frame.filter(|_| !(told.is_none() && is_plan && plain_growth));
        let mut when = self.over(frame, standing, figure);
        when.is_told = told.is_some_and(|e| e.span.start as usize >= figure.clause);
        let whole_year = |p: &TimeExpression| self.text[p.span.end as usize..at].contains("全年");
        if let Some(part) = part.filter(|p| !whole_year(p)).filter(|p| {
            told.is_none_or(|t| t.span.start <= p.span.start || p.span.end >= t.span.start)
        }) {
            when.subperiod = part.subperiod.unwrap_or(Subperiod::Year);
        }
        if let Some(base) = base.and_then(|b| b.frame).map(|f| f.period().end) {
            let near = !averaged || (when.period.start - base - 1).abs() <= 1;
            if near {
                self.since(base, &mut when, figure.measured.measure);
            }
        }
        self.minds_growth_behind(&mut when, standing, figure);
        when.aggregation = self.aggregated(when, figure);
        when
    }

    /// 生产总值达到526亿元、净增160亿元、年均增长5%: the change is that of the years averaged.
    fn minds_growth_behind(&self, when: &mut When, standing: &Standing, figure: &Timed) {
        let past = standing.term.filter(|t| {
            standing.outlook == Outlook::Back && t.end == self.year - 1 && when.period.end == t.end
        });
        let averaged = self.grew_on_average(figure);
        let single = when.period.start == when.period.end;
        if let Some(term) = past.filter(|_| averaged && single)
            && figure.measured.measure == Measure::Change
        {
            when.period = term;
        }
    }

    /// What is told of several years is their sum unless its words say otherwise; a level
    /// of one later year is that of a plan's end.
    fn aggregated(&self, when: When, figure: &Timed) -> Aggregation {
        let Period { start, end } = when.period;
        match when.aggregation {
            Aggregation::EachYear if figure.is_average() => Aggregation::Average,
            Aggregation::Annual | Aggregation::End if start < end => Aggregation::Cumulative,
            Aggregation::Annual if end > self.year => Aggregation::End,
            // The last year of a term that is over is told like any other.
            Aggregation::End if end < self.year => Aggregation::Annual,
            other => other,
        }
    }

    /// 五年累计 in the plan are the five years ahead.
    fn turned(&self, time: &TimeExpression, outlook: Outlook) -> Option<Frame> {
        match time.frame? {
            Frame::Span(p) if time.is_neutral && outlook == Outlook::Ahead => {
                let end = self.year + p.end - p.start;
                Some(Frame::Plan(Period { start: self.year, end }))
            }
            frame => Some(frame),
        }
    }

    /// 比2020年增长20%: the years after the base.
    fn since(&self, base: i16, when: &mut When, measure: Measure) {
        let is_change = matches!(measure, Measure::Growth | Measure::Change);
        if is_change && base < when.period.end - 1 {
            when.period.start = base + 1;
            if when.aggregation != Aggregation::Average {
                when.aggregation = Aggregation::Cumulative;
            }
        }
        let _ = self;
    }

    fn over(&self, frame: Option<Frame>, standing: &Standing, figure: &Timed) -> When {
        match frame {
            Some(Frame::Each(period)) => When::over(period, Aggregation::EachYear),
            Some(Frame::Span(period) | Frame::Plan(period)) => {
                self.over_years(period, standing.outlook, figure)
            }
            Some(Frame::End(y)) => self.by_end_of(y, standing, figure),
            Some(Frame::Year(y)) => self.in_year(Some(y), standing, figure),
            None => self.in_year(None, standing, figure),
        }
    }

    /// A figure of one year, named or not, unless its words speak of more: 年均, 每年, or a
    /// growth of 1.5 times in a review of a term.
    fn in_year(&self, year: Option<i16>, standing: &Standing, figure: &Timed) -> When {
        let default = if standing.outlook == Outlook::Back { self.year - 1 } else { self.year };
        let y = year.unwrap_or(default);
        let back = standing.outlook == Outlook::Back;
        let past_term = standing.term.filter(|t| back && t.end == self.year - 1);
        if let Some(term) = past_term {
            if figure.measured.hundredfold {
                return When::over(term, Aggregation::Cumulative);
            }
            if figure.peeled.has(Cue::EachYear) {
                return When::over(term, Aggregation::EachYear);
            }
            // 民生支出累计达到1.8万亿元、年均增长8.5%
            if figure.peeled.has(Cue::Cumulative) && self.grew_on_average(figure) {
                return When::over(term, Aggregation::Cumulative);
            }
        }
        if figure.is_average() {
            let ahead = Period { start: self.year, end: y };
            return if y > self.year {
                When::over(ahead, Aggregation::Average)
            } else {
                self.averaged(standing, y < self.year)
            };
        }
        When::over(Period { start: y, end: y }, Aggregation::Annual)
    }

    /// 预计完成增加值15亿元: only the last of several years is estimated; 增加值127亿元，年均
    /// 增长13.9%: only a level at the end has grown on average.
    fn is_of_last_year(&self, figure: &Timed) -> bool {
        let hits = self.scan.inside(figure.clause, figure.mention.span.start as usize);
        let estimated = hits.iter().any(|h| h.is(Cue::Expect));
        let grew = self.grew_on_average(figure);
        // 五年新增开发区4个，实际利用外资170亿美元、年均增长13.9%: the sum of the years told.
        let told = self.times.iter().any(|t| {
            let years = matches!(t.frame, Some(Frame::Span(_) | Frame::Plan(_)));
            years && t.span.end as usize <= figure.mention.span.start as usize
        });
        let before = &self.text[self.sentence..figure.mention.span.start as usize];
        let group = before.rfind(['；', '。', '\n']).map_or(before, |i| &before[i..]);
        let told = told || group.contains("累计");
        (estimated || grew && !told) && !figure.peeled.has(Cue::Cumulative)
    }

    /// 年均增长… is told right behind the figure.
    fn grew_on_average(&self, figure: &Timed) -> bool {
        let end = figure.mention.span.end as usize;
        let behind = self.scan.starting_at(end + '，'.len_utf8());
        self.text[end..].starts_with(['，', '、']) && behind.is_some_and(|h| h.is(Cue::Average))
    }

    /// 五年全社会固定资产投资完成26000亿元: the years stand before an amount of money.
    fn is_sum_of_years(&self, figure: &Timed) -> bool {
        let at = figure.mention.span.start as usize;
        let told = self.times.iter().any(|t| {
            let here = figure.clause <= t.span.start as usize && t.span.end as usize <= at;
            here && matches!(t.frame, Some(Frame::Span(_)))
        });
        told && !figure.peeled.arrives && figure.mention.unit.kind == UnitKind::Money
    }

    /// 累计 in a part that is about several years.
    fn is_summed(&self, standing: &Standing, figure: &Timed) -> bool {
        let of_years = match standing.section {
            Some(Frame::Span(_)) => true,
            Some(Frame::Plan(plan)) => plan.end < self.year,
            _ => false,
        };
        let words = &self.text[figure.clause..figure.mention.span.start as usize];
        of_years && standing.outlook == Outlook::Back && words.contains("累计")
    }

    /// 到2025年: a level stands at its end, a change runs up to it.
    fn by_end_of(&self, y: i16, standing: &Standing, figure: &Timed) -> When {
        let ahead = Period { start: self.year.min(y), end: y };
        if figure.peeled.has(Cue::Average) {
            let in_term = standing.term.is_some_and(|t| t.start >= self.year);
            return if in_term {
                self.averaged(standing, false)
            } else {
                When::over(ahead, Aggregation::Average)
            };
        }
        // 到2016年，固定资产投资累计完成240亿元
        let summed = figure.is_change() || figure.peeled.has(Cue::Cumulative);
        if summed && y > self.year {
            return When::over(ahead, Aggregation::Cumulative);
        }
        let end = Period { start: y, end: y };
        When::over(end, if y > self.year { Aggregation::End } else { Aggregation::Annual })
    }

    /// 年均 without a span of its own: the five years behind or ahead.
    fn averaged(&self, standing: &Standing, is_past: bool) -> When {
        let five = if is_past {
            Period { start: self.year - 5, end: self.year - 1 }
        } else {
            Period { start: self.year, end: self.year + 4 }
        };
        let fits = |t: &Period| (t.end < self.year) == is_past;
        let period = standing.term.filter(fits).unwrap_or(five);
        When::over(period, Aggregation::Average)
    }

    fn over_years(&self, period: Period, outlook: Outlook, figure: &Timed) -> When {
        // A plan that runs now: its past part is behind, its future part ahead.
        let whole = period;
        let ends =
            if outlook == Outlook::Back && period.end >= self.year && period.start < self.year {
                self.year - 1
            } else {
                period.end
            };
        let period = Period { start: period.start, end: ends };
        let cues = figure.peeled.cues;
        let aggregation = if cues.has(Cue::Average) {
            Aggregation::Average
        } else if cues.has(Cue::EachYear)
            || figure.peeled.has(Cue::Hold) && figure.measured.measure == Measure::Level
        {
            Aggregation::EachYear
        } else if matches!(figure.measured.measure, Measure::Growth | Measure::Change)
            || cues.has(Cue::Cumulative)
        {
            Aggregation::Cumulative
        } else if self.is_of_last_year(figure)
            || figure.owns && !figure.is_change()
            || !figure.is_flow && !self.is_sum_of_years(figure) && stands_at_end(figure)
        {
            Aggregation::End
        } else {
            Aggregation::Cumulative
        };
        let period = match aggregation {
            Aggregation::End => Period { start: whole.end.min(ends), end: whole.end.min(ends) },
            _ => period,
        };
        When::over(period, aggregation)
    }
}

/// A level reached, or a rate, stands at the end of the years; an amount brought
/// about flows over them.
fn stands_at_end(figure: &Timed) -> bool {
    let peeled = figure.peeled;
    matches!(figure.mention.unit.kind, UnitKind::Rate | UnitKind::Days)
        || figure.measured.measure == Measure::Share
        || peeled.arrives
        || figure.owns
        || peeled.reaches && peeled.done.is_none()
        || !figure.mention.comparator_word.is_empty()
            && figure.mention.comparator_word.end <= figure.mention.figure.start
            && figure.mention.low.is_some()
            && figure.mention.high.is_none()
}
