//! Why a reading may be wrong.
//!
//! Where the text leaves a question open, the reading says so instead of hiding it: each
//! [`Doubt`] is one such question. They are asked of canonical metrics, whose figures go
//! into panels. Which doubts are worth a look is told in docs/accuracy.md.

use super::clause::Clause;
use super::sentence::Reader;
use super::subject::Subject;
use super::time::When;
use super::vocabulary::{Aggregation, Kind, Measure};
use crate::layout::Outlook;
use crate::lexicon::{Cue, Phrases, UnitKind};
use crate::mention::{Frame, Mention, Role};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A question that the text leaves open.
    Doubt {
        /// The subject stands in an earlier clause, and other words lie between.
        FarSubject = "far_subject",
        /// The subject is put together from words that stand apart: 产量 behind 粮食播种面积.
        PutTogether = "put_together",
        /// The years are not told in the sentence, but around it.
        YearsFromAround = "years_from_around",
        /// An earlier base year is named in the sentence: is the change since then, or since
        /// the year before?
        OtherBase = "other_base",
        /// Several years are told: of their sum, or of the last of them?
        SumOrEnd = "sum_or_end",
        /// 翻一番: from which year to which?
        Doubling = "doubling",
        /// Told as reached among plans, or as planned among results.
        AgainstItsPart = "against_its_part",
        /// A zone, a firm or another region is named before.
        OtherScope = "other_scope",
        /// Projects are counted before: their money may be meant.
        OfProjects = "of_projects",
        /// The report tells another value of the same.
        Disagrees = "disagrees",
        /// Hardly possible: growth of 60 %, a share of 120 %.
        Implausible = "implausible",
    }
}

/// A set of [`Doubt`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubts(u16);

impl Doubts {
    pub const fn add(&mut self, doubt: Doubt) {
        self.0 |= 1 << doubt as u16;
    }

    #[must_use]
    pub const fn has(self, doubt: Doubt) -> bool {
        self.0 & (1 << doubt as u16) != 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The doubts of the set, in the order of the codebook.
    pub fn iter(self) -> impl Iterator<Item = Doubt> {
        Doubt::ALL.iter().copied().filter(move |&d| self.has(d))
    }
}

/// What is doubted of.
pub(super) struct Doubted<'a> {
    pub(super) mention: &'a Mention,
    pub(super) subject: &'a Subject,
    pub(super) clause: &'a Clause,
    pub(super) when: &'a When,
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    pub(super) rule: &'static str,
}

/// As many characters between a carried subject and its value may be no words of the lists.
const STRANGE: usize = 3;

impl Reader<'_, '_> {
    pub(super) fn doubts(&self, of: &Doubted) -> Doubts {
        let mut doubts = Doubts::default();
        let questions = [
            (Doubt::FarSubject, self.is_far(of)),
            (Doubt::PutTogether, of.subject.term.is_empty() || Self::lacks_values(of)),
            (Doubt::YearsFromAround, self.has_years_from_around(of) || self.has_strange_years(of)),
            (Doubt::OtherBase, self.has_other_base(of)),
            (Doubt::SumOrEnd, Self::is_sum_or_end(of)),
            (Doubt::Doubling, self.doubles(of)),
            (Doubt::AgainstItsPart, self.is_against_part(of) || self.is_against_year(of)),
            (Doubt::OtherScope, self.has_other_scope(of) || self.is_of_a_part(of)),
            (Doubt::OfProjects, self.may_be_of_projects(of)),
        ];
        for (doubt, _) in questions.into_iter().filter(|(_, asked)| *asked) {
            doubts.add(doubt);
        }
        doubts
    }

    /// 地区生产总值383亿元，经济结构继续优化，增长7.8%
    fn is_far(&self, of: &Doubted) -> bool {
        if !matches!(of.rule, "carried" | "clause_before" | "doing") {
            return false;
        }
        let at = of.mention.span.start as usize;
        let before = self.mentions.iter().rfind(|m| (m.span.end as usize) <= at);
        let floor = before.map_or(self.sentence.start as usize, |m| m.span.end as usize);
        let hits = self.context.scan.inside(floor, at);
        // 财政总收入187亿元，其中地方财政收入再创新高，增长25%: another metric lies between.
        if hits.iter().any(|h| h.word.form.is_some_and(|f| Some(f) != of.subject.form)) {
            return true;
        }
        let known = hits.iter().map(|h| h.span);
        let times = self.context.times.iter().map(|t| t.span);
        let covered: Vec<_> = known.chain(times).collect();
        let strange = self.context.text[floor..at].char_indices().filter(|(i, c)| {
            let place = (floor + i) as u32;
            c.is_alphanumeric() && !covered.iter().any(|s| s.start <= place && place < s.end)
        });
        strange.count() > STRANGE
    }

    /// Under 过去五年: an amount of one year, of all, or of the last of them?
    fn has_years_from_around(&self, of: &Doubted) -> bool {
        let at = of.mention.span.start;
        let told = self.context.times.iter().any(|t| t.frame.is_some() && t.span.end <= at);
        let of_years = |f: Option<Frame>| matches!(f, Some(Frame::Span(_) | Frame::Plan(_)));
        let around = of_years(self.standing.paragraph) || of_years(self.standing.section);
        let cues = of.clause.peeled.cues;
        let says = cues.any(&[Cue::Average, Cue::Cumulative, Cue::EachYear, Cue::LastYear])
            || of.clause.peeled.arrives;
        let open = match of.measure {
            // 登记失业率控制在4%以内: in each of the years, or in the last of them?
            Measure::Level if of.mention.unit.kind == UnitKind::Rate => {
                of.clause.peeled.cues.any(&[Cue::Hold, Cue::Control])
            }
            Measure::Level => matches!(of.mention.unit.kind, UnitKind::Money | UnitKind::People),
            Measure::Growth => of.when.period.start < of.when.period.end,
            // 净增160亿元: since the year before, or since the term began?
            Measure::Change => of.when.period.start == of.when.period.end,
            Measure::Share => false,
        };
        !told && around && !says && open
    }

    /// 分别 speaks of several, and one subject and one value were found; or the other way round
    /// 甲和乙增长8%, of each or of both together?
    fn lacks_values(of: &Doubted) -> bool {
        let cues = of.clause.peeled.cues;
        let listed = matches!(of.rule, "respectively" | "each");
        cues.has(Cue::Respectively) && !listed
            || of.rule == "each" && !cues.any(&[Cue::Each, Cue::Respectively])
    }

    /// The years come from around and are neither the year past nor the one that runs, or an
    /// average has no years at all.
    fn has_strange_years(&self, of: &Doubted) -> bool {
        let at = of.mention.span.start;
        let year = self.context.year;
        if self.context.times.iter().any(|t| t.frame.is_some() && t.span.end <= at) {
            return false;
        }
        let Some(around) = self.standing.paragraph.or(self.standing.section) else {
            let averaged = of.when.aggregation == Aggregation::Average;
            return averaged && self.standing.term.is_none();
        };
        match around {
            Frame::Year(y) => y != year && y != year - 1,
            Frame::End(y) => y > year,
            _ => false,
        }
    }

    /// 生产总值比2012年增长12%；财政收入17亿元，增长56%
    fn has_other_base(&self, of: &Doubted) -> bool {
        let at = of.mention.span.start;
        let is_change = matches!(of.measure, Measure::Growth | Measure::Change);
        let single = of.when.period.start == of.when.period.end;
        is_change
            && single
            && self.context.times.iter().any(|t| {
                let early = t.frame.is_some_and(|f| f.period().end < of.when.period.start - 1);
                t.role == Role::Base && early && t.span.end <= at
            })
    }

    /// 比2010年翻一番: from which year to which, is seldom told.
    fn doubles(&self, of: &Doubted) -> bool {
        of.mention.span.of(self.context.text).starts_with('翻')
    }

    /// 五年来固定资产投资达到600亿元
    fn is_sum_or_end(of: &Doubted) -> bool {
        let summed = of.when.aggregation == Aggregation::Cumulative
            && !of.clause.peeled.has(Cue::Cumulative);
        of.measure == Measure::Level && summed
    }

    fn is_against_part(&self, of: &Doubted) -> bool {
        let usual = match self.standing.outlook {
            Outlook::Back => Kind::Actual,
            Outlook::Ahead => Kind::Target,
        };
        of.kind != usual
    }

    /// The last year named is past and the value is a target, or the other way round.
    fn is_against_year(&self, of: &Doubted) -> bool {
        let at = of.mention.span.start;
        let plain = |t: &&crate::mention::TimeExpression| {
            t.role == Role::Plain && t.frame.is_some() && t.span.end <= at
        };
        let last = self.context.times.iter().rfind(plain).and_then(|t| t.frame);
        last.is_some_and(|f| match of.kind {
            Kind::Target => f.period().end < self.context.year,
            Kind::Actual => f.period().end > self.context.year,
        })
    }

    /// 市区空气质量优良天数300天; 总量占全省三成: of a part, or measured by another's total.
    fn is_of_a_part(&self, of: &Doubted) -> bool {
        let context = self.context;
        let at = of.mention.span.start as usize;
        let whole = of.clause.peeled.whole;
        let of_others = of.measure == Measure::Share
            && context
                .scan
                .inside(whole.start as usize, whole.end as usize)
                .iter()
                .any(|h| context.names_unit_above(h) || h.is(Cue::Superior));
        of_others || Phrases::CityParts.within(&context.text[of.clause.start.min(at)..at])
    }

    /// A part of the region or another one, and the region itself not since.
    fn has_other_scope(&self, of: &Doubted) -> bool {
        let context = self.context;
        let at = of.mention.span.start as usize;
        let others: &[Cue] = if context.is_nation {
            &[Cue::Actor]
        } else {
            &[Cue::Actor, Cue::PartScope, Cue::Superior]
        };
        let names = |h: &&crate::lexicon::Hit| {
            let own = h.is(Cue::Own) || context.is_nation && h.is(Cue::Nation);
            let county = context.is_county && h.span.of(context.text).starts_with("县域");
            h.word.form.is_none()
                && !county
                && (own || h.word.cues.any(others) && self.opens_clause(h.span.start as usize))
        };
        let last = context.scan.inside(self.sentence.start as usize, at).iter().rfind(names);
        if let Some(last) = last {
            return last.word.cues.any(others) && !last.is(Cue::Own);
        }
        // 高新区引进项目912个。实际利用外资5123万美元: the sentence before was about it.
        let opens = |sentence: crate::span::Span| {
            let head = context.trim_head(sentence.start as usize, sentence.end as usize);
            context.scan.starting_at(head).is_some_and(|h| h.is(Cue::Actor))
        };
        self.standing.before.is_some_and(opens)
    }

    /// 推进96个城市更新项目，固定资产投资超200亿元
    fn may_be_of_projects(&self, of: &Doubted) -> bool {
        if !of.subject.text.contains("投资") || Phrases::Projects.within(&of.subject.text) {
            return false;
        }
        let at = of.mention.span.start;
        self.readings.iter().rev().take(3).any(|r| {
            r.metric.is_none() && Phrases::Projects.within(&r.subject) && r.mention.span.end < at
        })
    }
}
