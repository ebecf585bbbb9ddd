//! How far does an expression of time reach: does it hold for this figure?

use super::Context;
use super::time::{Standing, Timed};
use crate::layout::Outlook;
use crate::lexicon::{Phrases, UnitKind};
use crate::mention::{Frame, Role, TimeExpression};

/// Behind so many characters a time no longer opens its group of clauses.
const OPENING_WORDS: usize = 6;

/// 11月底 behind a year.
fn is_of_date(c: char) -> bool {
    c.is_ascii_digit() || "月底末份".contains(c)
}

impl Context<'_> {
    /// An old value's year is of that value only, 连续五年 and 五年累计 of their clause,
    /// unless they open the sentence.
    pub(super) fn reaches(
        &self,
        time: &TimeExpression,
        standing: &Standing,
        figure: &Timed,
    ) -> bool {
        if time.role == Role::Old {
            let at = figure.mention.span.start as usize;
            return self.is_of(time, at) || self.grounds(time, at);
        }
        match time.frame {
            // 提前实现“十一五”末达到20亿元的目标；城镇居民收入13717元
            Some(Frame::End(y)) if standing.outlook == Outlook::Back && y >= self.year => {
                let at = figure.mention.span.start as usize;
                !self.text[time.span.end as usize..at].contains('；')
            }
            // 物价略有上涨，2023年增长2%；失业率控制在4%以内: among plans a look back is an aside.
            Some(Frame::Year(y)) if standing.outlook == Outlook::Ahead && y < self.year => {
                let at = figure.mention.span.start as usize;
                self.words_before(time, &['。', '\n']) <= OPENING_WORDS
                    || !self.text[time.span.end as usize..at].contains('；')
            }
            Some(Frame::Each(_)) => time.span.start as usize >= figure.clause,
            // 2015年生产总值530亿元，“十二五”时期年均增长9.4%；财政收入92.5亿元
            Some(Frame::Span(_) | Frame::Plan(_)) => {
                let behind = time.span.end as usize..figure.mention.span.start as usize;
                time.span.start as usize >= figure.clause
                    || time.opens
                    || self.opens_group(time, figure)
                    // “十一五”累计培训69万人次、转移就业40万人
                    || !self.text[behind].contains(['，', '；'])
            }
            _ => true,
        }
    }

    /// A part of the year holds for its clause, and for the sentence where it opens it with a
    /// comma; and 一季度跌入谷底，生产总值同比下降5% tells of that quarter too.
    pub(super) fn part_reaches(&self, part: &TimeExpression, figure: &Timed) -> bool {
        let (end, at) = (part.span.end as usize, figure.mention.span.start as usize);
        let behind = &self.text[end..at];
        let compares = figure.peeled.direction.is_some()
            && Phrases::Yearly.within(&self.text[figure.clause.min(at)..at]);
        // 1-11月固定资产投资增长17%；社会消费品零售总额增长27%: a list of rates goes on.
        let first = behind.split('，').next().unwrap_or("");
        let opens =
            part.opens || self.words_before(part, &['；', '：', '。', '\n']) <= OPENING_WORDS;
        let lists = opens && first.contains('%') && !first.starts_with('的');
        part.span.start as usize >= figure.clause
            || lists && figure.mention.unit.kind == UnitKind::Rate
            || part.opens && behind.trim_start_matches(is_of_date).starts_with('，')
            || compares && !behind.contains(|c: char| c.is_ascii_digit() || c == '；')
    }

    /// …；“十四五”时期，年均增长6%，…: the time opens the group of clauses of the figure.
    pub(super) fn opens_group(&self, time: &TimeExpression, figure: &Timed) -> bool {
        let (start, at) = (time.span.start as usize, figure.mention.span.start as usize);
        self.words_before(time, &['；', '：', '。', '\n']) <= OPENING_WORDS
            && !self.text[start..at].contains('；')
    }

    /// How many characters stand between the last of `stops` and the time.
    pub(super) fn words_before(&self, time: &TimeExpression, stops: &[char]) -> usize {
        let before = &self.text[self.sentence..time.span.start as usize];
        before.rfind(stops).map_or(before, |i| &before[i..]).chars().count()
    }

    /// 与2020年相比，…: the base is a clause of its own, right before that of the figure.
    pub(super) fn opens_clause(&self, time: &TimeExpression, figure: &Timed) -> bool {
        let end = time.span.end as usize;
        if end >= figure.clause {
            return false;
        }
        // 2005年与2000年相比，生产总值增长57.3%；财政收入增长1.36倍: it opens the sentence.
        let behind = self.text[end..figure.clause].trim_start_matches('”');
        let closing = Phrases::TimeTails.at_head(behind).unwrap_or("");
        let behind = &behind[closing.len()..];
        Phrases::ComparisonTails.has(behind)
            || time.opens && Phrases::ComparisonTails.at_head(behind).is_some()
    }

    /// 比2012年（下同）增长12%
    pub(super) fn holds_below(&self, time: &TimeExpression) -> bool {
        self.text[time.span.end as usize..].starts_with("（下同）")
    }

    /// 在2012年增加3个百分点的基础上又提高5个百分点: the year is that of the first figure.
    pub(super) fn grounds(&self, time: &TimeExpression, at: usize) -> bool {
        let between = &self.text[time.span.end as usize..at];
        self.text[..time.span.start as usize].ends_with('在')
            && !between.contains(|c: char| c.is_ascii_digit() || "，；、".contains(c))
    }

    /// Does the time stand right before the value?
    pub(super) fn is_of(&self, time: &TimeExpression, at: usize) -> bool {
        let between = &self.text[time.span.end as usize..at];
        between.chars().all(|c| "的底末为初期”约".contains(c))
    }
}
