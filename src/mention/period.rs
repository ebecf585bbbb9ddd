//! Expressions of time as written: 2023年, 去年, “十四五”期间, 五年来, 到2025年.
//!
//! What a figure is about depends on its measure too; [`crate::metric`] decides.

use super::{Period, Subperiod, numeral};
use crate::lexicon::{Cue, Hit, Lexicon, PeriodWord, Phrases, Scan};
use crate::span::Span;

/// How an expression of time names its years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// One year, as such.
    Year(i16),
    /// Several years, as a whole: 五年来, 2021-2025年.
    Span(Period),
    /// A five-year plan; whether it lies behind or ahead depends on the report's year.
    Plan(Period),
    /// The end of a way: 到2025年, “十四五”末.
    End(i16),
    /// Each of several years: 连续五年.
    Each(Period),
}

impl Frame {
    #[must_use]
    pub const fn period(self) -> Period {
        match self {
            Self::Year(y) | Self::End(y) => Period { start: y, end: y },
            Self::Span(p) | Self::Plan(p) | Self::Each(p) => p,
        }
    }
}

/// What an expression of time does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It says when.
    Plain,
    /// It names what a change is measured against: 比2020年, 较“十三五”末.
    Base,
    /// It is the year of an old value, and of no other: 由2005年的1.47万元提高到2.8万元.
    Old,
}

/// An expression of time where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    pub span: Span,
    pub frame: Option<Frame>,
    pub subperiod: Option<Subperiod>,
    pub role: Role,
    /// It opens its sentence and holds for all of it.
    pub opens: bool,
    /// 五年累计: the words do not say whether the years are behind or ahead.
    pub is_neutral: bool,
}

/// The expressions of time in `sentence`, in order; `year` is the report's.
#[must_use]
pub fn time_expressions(
    lexicon: &Lexicon,
    text: &str,
    scan: &Scan,
    sentence: Span,
    year: i16,
) -> Vec<TimeExpression> {
    let text = &text[..sentence.end as usize]; // as for quantities, where a sentence breaks off
    let finder = Finder { lexicon, text, scan, year, end: sentence.end as usize };
    let mut found = Vec::new();
    for hit in scan.inside(sentence.start as usize, sentence.end as usize) {
        found.extend(finder.of_word(hit));
    }
    finder.add_years(sentence, &mut found);
    for time in &mut found {
        let words = time.span.of(text).trim_end_matches('，');
        time.is_neutral =
            words.chars().next().is_some_and(|c| c.is_ascii_digit() || numeral::digit(c).is_some())
                && !words.ends_with(['来', '间'])
                && matches!(time.frame, Some(Frame::Span(p)) if p.end == year - 1);
        let lead = &text[sentence.start as usize..time.span.start as usize];
        time.opens = lead.chars().count() <= 12;
    }
    found.sort_by_key(|e| e.span.start);
    found
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    scan: &'a Scan,
    year: i16,
    end: usize,
}

impl Finder<'_> {
    fn of_word(&self, hit: &Hit) -> Option<TimeExpression> {
        let (before, after) =
            (&self.text[..hit.span.start as usize], &self.text[hit.span.end as usize..self.end]);
        let (frame, subperiod) = match hit.word.period.map(|id| self.lexicon.period_word(id)) {
            Some(PeriodWord::Part(part)) => (None, Some(part)),
            Some(PeriodWord::Plan(_)) if !self.names_years(hit.span.end as usize, after) => {
                return None;
            }
            Some(PeriodWord::Plan(period)) => {
                let ends = after.starts_with(['末', '底'])
                    || after.starts_with("期末")
                    || before.ends_with('到');
                let frame = if ends { Frame::End(period.end) } else { Frame::Plan(period) };
                (Some(frame), None)
            }
            None => (Some(self.frame_of_cue(hit, before)?), None),
        };
        Some(TimeExpression {
            span: hit.span,
            frame,
            subperiod,
            role: role(before, after),
            opens: false,
            is_neutral: false,
        })
    }

    /// “十三五”期间, “十三五”末 and “十三五”新建 are years; “八五”普法 and “十四五”规划 are things.
    fn names_years(&self, end: usize, after: &str) -> bool {
        let quote = after.len() - after.trim_start_matches('”').len();
        let near: String = after[quote..].chars().take(5).collect();
        let acts = self.scan.starting_at(end + quote).is_some_and(|h| {
            h.word.form.is_none()
                && h.word.cues.any(&[Cue::Do, Cue::Up, Cue::Down])
                && !Phrases::Programmes.within(&near)
        });
        acts || Phrases::PlanIsTime.at_head(after).is_some()
    }

    fn frame_of_cue(&self, hit: &Hit, before: &str) -> Option<Frame> {
        if hit.is(Cue::LastYear) {
            return Some(Frame::Year(self.year - 1));
        }
        // 五年行动计划 is a thing, and so is 十五年教育.
        let after = &self.text[hit.span.end as usize..self.end];
        let goes_on = before.ends_with(|c| numeral::digit(c).is_some() || c == '十');
        if hit.is(Cue::PastYears) && !goes_on && Phrases::Programmes.at_head(after).is_none() {
            let past = self.past(self.number_of_years(hit.span).unwrap_or(5));
            let running = Phrases::Running.at_end(before).is_some();
            return Some(if running { Frame::Each(past) } else { Frame::Span(past) });
        }
        if hit.is(Cue::NextYears) {
            let years = self.number_of_years(hit.span).unwrap_or(5);
            return Some(Frame::Plan(Period { start: self.year, end: self.year + years - 1 }));
        }
        let this = hit.span.of(self.text);
        (hit.is(Cue::ThisYear) && !Phrases::PartYearWords.has(this))
            .then_some(Frame::Year(self.year))
    }

    const fn past(&self, years: i16) -> Period {
        Period { start: self.year - years, end: self.year - 1 }
    }

    fn number_of_years(&self, span: Span) -> Option<i16> {
        span.of(self.text).char_indices().find_map(|(i, _)| {
            let at = span.start as usize + i;
            let n = numeral::arabic(self.text, at).or_else(|| numeral::chinese(self.text, at))?;
            Some(n.value().to_f64() as i16).filter(|n| (2..=20).contains(n))
        })
    }

    /// Years in digits, and numbers of years.
    fn add_years(&self, sentence: Span, found: &mut Vec<TimeExpression>) {
        let mut at = sentence.start as usize;
        while let Some(i) = self.text[at..self.end].find('年').map(|i| at + i) {
            at = i + '年'.len_utf8();
            let covered =
                found.iter().any(|e| (e.span.start as usize) <= i && i < e.span.end as usize);
            if covered {
                continue;
            }
            let before = &self.text[sentence.start as usize..i];
            let expression =
                self.year_in_digits(before, i).or_else(|| self.count_of_years(before, i));
            found.extend(expression);
        }
    }

    fn year_in_digits(&self, before: &str, at: usize) -> Option<TimeExpression> {
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return self.year_in_characters(before, at);
        }
        let last = year_of(&before[before.len() - digits..])?;
        let head = before[..before.len() - digits]
            .trim_end_matches(['-', '－', '—', '–', '~', '～', '至', '到', '年']);
        let first_digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
        let is_range = head.len() < before.len() - digits && first_digits == 4;
        let first = if is_range { year_of(&head[head.len() - 4..]) } else { None };
        let start = at - digits;
        let after = &self.text[at + '年'.len_utf8()..self.end];
        let (start, frame, before) = match first {
            Some(first) if first < last => {
                let start = at - before.len() + head.len() - 4;
                (start, Frame::Span(Period { start: first, end: last }), &head[..head.len() - 4])
            }
            _ => {
                let before = &before[..before.len() - digits];
                (start, self.single_year(last, before, after), before)
            }
        };
        let span = Span::new(start, at + '年'.len_utf8());
        let subperiod = Phrases::UpTo.at_end(before).and_then(|_| months_to(after));
        if before.ends_with(['《', '“'])
            || inside_title(before)
            || after.starts_with("远景")
            || Phrases::PriceWords.at_head(after).is_some()
        {
            return None;
        }
        Some(TimeExpression {
            span,
            frame: Some(frame),
            subperiod,
            role: role(before, after),
            opens: false,
            is_neutral: false,
        })
    }

    /// 一九九一年, 二〇二五年
    fn year_in_characters(&self, before: &str, at: usize) -> Option<TimeExpression> {
        let (start, _) = before.char_indices().rev().nth(3)?;
        let digits = before[start..].chars().map(|c| match c {
            '○' | 'O' | '０' => Some(0),
            c => numeral::digit(c),
        });
        let year = digits.collect::<Option<Vec<_>>>()?.iter().fold(0, |year, d| year * 10 + d);
        let year = i16::try_from(year).ok().filter(|y| (1949..=2060).contains(y))?;
        let (lead, after) = (&before[..start], &self.text[at + '年'.len_utf8()..self.end]);
        if lead.ends_with(['《', '“']) || inside_title(lead) || after.starts_with("远景") {
            return None;
        }
        Some(TimeExpression {
            span: Span::new(at - (before.len() - start), at + '年'.len_utf8()),
            frame: Some(self.single_year(year, lead, after)),
            subperiod: None,
            role: role(lead, after),
            opens: false,
            is_neutral: false,
        })
    }

    fn single_year(&self, year: i16, before: &str, after: &str) -> Frame {
        if after.starts_with("以来") || after.starts_with("起") {
            let end = if year < self.year { self.year - 1 } else { year };
            return Frame::Span(Period { start: year, end });
        }
        let to = (before.ends_with(['到', '至']) && !before.ends_with("达到"))
            || before.ends_with("力争");
        if to && year >= self.year { Frame::End(year) } else { Frame::Year(year) }
    }

    /// “十四五”前 before 四年: the plan whose first years are meant.
    fn plan_before(&self, lead: &str) -> Option<Period> {
        let lead = lead.strip_suffix('前')?.trim_end_matches('”');
        let tail = lead.char_indices().rev().nth(3).map_or(lead, |(i, _)| &lead[i..]);
        let scan = self.lexicon.scan(tail);
        let hits = scan.inside(0, tail.len());
        hits.iter().rev().find_map(|h| match self.lexicon.period_word(h.word.period?) {
            PeriodWord::Plan(plan) => Some(plan),
            PeriodWord::Part(_) => None,
        })
    }

    const fn first_years(&self, plan: Period, years: i16) -> Frame {
        let period = Period { start: plan.start, end: plan.start + years - 1 };
        if period.end < self.year { Frame::Span(period) } else { Frame::Plan(period) }
    }

    /// 连续6年, 近三年, 今后3年, 五年累计.
    fn count_of_years(&self, before: &str, at: usize) -> Option<TimeExpression> {
        let start = before.char_indices().rev().map_while(|(i, c)| {
            (c.is_ascii_digit() || numeral::digit(c).is_some() || c == '十').then_some(i)
        });
        let start = at - before.len() + start.last()?;
        let read = |i| numeral::arabic(self.text, i).or_else(|| numeral::chinese(self.text, i));
        let numeral = read(start).filter(|n| n.end == at)?;
        let years = Some(numeral.value().to_f64() as i16).filter(|n| (2..=30).contains(n))?;
        let lead = &self.text[..start];
        let after = &self.text[at + '年'.len_utf8()..self.end];
        let frame = if let Some(plan) = self.plan_before(lead) {
            self.first_years(plan, years)
        } else if Phrases::Running.at_end(lead).is_some() {
            Frame::Each(self.past(years))
        } else if Phrases::YearsAhead.at_end(lead).is_some() {
            Frame::Plan(Period { start: self.year, end: self.year + years - 1 })
        } else if Phrases::YearsBehind.at_end(lead).is_some()
            || Phrases::YearsSummed.at_head(after).is_some()
        {
            Frame::Span(self.past(years))
        } else {
            return None;
        };
        let span = Span::new(start, at + '年'.len_utf8());
        Some(TimeExpression {
            span,
            frame: Some(frame),
            subperiod: None,
            role: Role::Plain,
            opens: false,
            is_neutral: false,
        })
    }
}

/// 截至2023年11月底: the months up to there.
fn months_to(after: &str) -> Option<Subperiod> {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let month: u32 = after[..digits].parse().ok()?;
    let name = format!("m1_m{month}");
    after[digits..].starts_with('月').then_some(())?;
    match month {
        3 => Some(Subperiod::Q1),
        6 => Some(Subperiod::H1),
        9 => Some(Subperiod::Q1Q3),
        _ => Subperiod::of_name(&name),
    }
}

/// A year as printed: 2023, 97 (of 97年).
fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    (digits.len() == 4 && (1949..=2060).contains(&year)).then_some(year)
}

fn role(before: &str, after: &str) -> Role {
    if is_base(before, after) {
        Role::Base
    } else if is_old(before) || grounds(before, after).is_some_and(has_figure) {
        Role::Old
    } else {
        Role::Plain
    }
}

/// 比2020年, 较“十三五”末, 与2020年相比
fn is_base(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches('“');
    Phrases::MeasuredAgainst.at_end(before).is_some()
        || grounds(before, after).is_some_and(|words| !has_figure(words))
        || (before.ends_with(['与', '同', '和'])
            && (after.chars().take(4).collect::<String>().contains("相比")
                || Phrases::Equals.at_head(after).is_some()))
        || after.starts_with("的") && Phrases::Multiples.at_end(before).is_some()
}

/// The words between the year and 基础上: 在去年的基础上增长8%, 在2012年增加3个百分点的基础上.
fn grounds<'t>(before: &str, after: &'t str) -> Option<&'t str> {
    if !before.ends_with('在') {
        return None;
    }
    let clause = after.split(['，', '；', '。']).next()?;
    clause.split_once("基础上").map(|(words, _)| words)
}

/// A figure outside brackets.
fn has_figure(words: &str) -> bool {
    let outside = words.split('（').next().unwrap_or(words);
    outside.contains(|c: char| c.is_ascii_digit())
}

/// 由2005年, 从“十三五”末
fn is_old(before: &str) -> bool {
    before.trim_end_matches('“').ends_with(['由', '从', '自'])
}

/// Inside 《…规划（2021—2035年）》.
fn inside_title(before: &str) -> bool {
    before.rfind('《').is_some_and(|open| !before[open..].contains('》'))
}
