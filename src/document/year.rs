//! Of which year is it?
//!
//! The report year is the year whose work is planned. Each rule here casts
//! votes; the year with most weight wins. A printed day of delivery and the
//! headings (2023年工作回顾, 2024年重点任务) say it outright; a title may carry
//! the year that is reviewed instead; dates of publication, plan periods and
//! plain mentions only help where nothing better is found.

use super::dates::{Day, Printed, bare_year, day, years};
use super::title::{Frame, List, start};

/// What the text says of its year.
#[derive(Clone, Debug, Default)]
pub(super) struct Dating {
    pub(super) year: Option<i16>,
    pub(super) delivered: Option<Day>,
    /// Why the years do not fit together, where they do not.
    pub(super) inconsistent: Option<&'static str>,
}

/// Weights by year; small, so a list will do.
#[derive(Debug, Default)]
struct Votes(Vec<(i16, f32)>);

impl Votes {
    fn cast(&mut self, year: i16, weight: f32) {
        match self.0.iter_mut().find(|(known, _)| *known == year) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((year, weight)),
        }
    }

    fn total(&self) -> f32 {
        self.0.iter().map(|(_, weight)| weight).sum()
    }

    fn winner(&self) -> Option<i16> {
        let mut best = None;
        for (year, weight) in &self.0 {
            if best.is_none_or(|(_, most)| *weight > most) {
                best = Some((*year, *weight));
            }
        }
        best.map(|(year, _)| year)
    }
}

/// Reads the report year and the day of delivery; `stem` is the file's name.
pub(super) fn date(frame: &Frame, stem: &str) -> Dating {
    let printed = years(frame.text);
    let mut votes = Votes::default();
    let delivered = delivery(frame);
    from_delivery(delivered, &mut votes);
    let headings = from_headings(frame.text, &printed, &mut votes);
    from_titles(frame, &mut votes);
    from_publication(frame, &mut votes);
    from_this_year(frame.opening, &mut votes);
    if votes.total() < 5.0 {
        from_plan_periods(frame, &mut votes);
        from_mentions(frame, &printed, &mut votes);
    }
    if votes.total() < 3.0 {
        years(stem).iter().chain(&bare_year(stem)).for_each(|y| votes.cast(y.year, 1.0));
    }
    let inconsistent = contradiction(delivered, headings, frame, &printed);
    Dating { year: votes.winner(), delivered, inconsistent }
}

/// Delivered in spring: the year itself. In December: mostly the next. In autumn a new congress hears a report
/// whose plan reaches further; the year is still its own.
fn from_delivery(delivered: Option<Day>, votes: &mut Votes) {
    let Some(day) = delivered else { return };
    match day.month {
        12 => {
            votes.cast(day.year + 1, 5.0);
            votes.cast(day.year, 3.0);
        }
        10 | 11 => votes.cast(day.year, 5.0),
        _ => votes.cast(day.year, 8.0),
    }
}

/// The first heading of each kind: (year reviewed, year planned).
type Headings = (Option<i16>, Option<i16>);

/// 2023年工作回顾 votes for 2024, 2024年重点任务 for 2024.
fn from_headings(text: &str, printed: &[Printed], votes: &mut Votes) -> Headings {
    let mut found = (None, None);
    for (i, hit) in printed.iter().enumerate() {
        let next = printed.get(i + 1).map_or(text.len(), |next| next.start);
        let rest = phrase(start(&text[hit.end..next], 60));
        let Some(kind) = heading(text, *hit, rest) else { continue };
        let slot = if kind == List::Review { &mut found.0 } else { &mut found.1 };
        if slot.is_none() {
            *slot = Some(hit.year);
            votes.cast(hit.year + i16::from(kind == List::Review), 5.0);
        }
    }
    found
}

/// Is the printed year part of a heading, and of which kind?
fn heading(text: &str, hit: Printed, rest: &str) -> Option<List> {
    let before = text[..hit.start].trim_end_matches(['"', '“']);
    let opens = before.is_empty()
        || before.ends_with([
            '\n', '、', ')', '）', '>', '.', ':', '：', ';', '；', '和', '及', '与', '对', '作',
        ]);
    if !opens {
        return None;
    }
    // …发展成就和2020年主要工作: the words before tell what 主要工作 is.
    let line = super::title::end(before, 75).rsplit('\n').next().unwrap_or_default();
    if List::Review.stands_in(rest) {
        Some(List::Review)
    } else if List::Plan.stands_in(rest) {
        Some(List::Plan)
    } else if List::Work.stands_in(rest) {
        Some(if List::Review.stands_in(line) { List::Review } else { List::Plan })
    } else {
        None
    }
}

/// The words up to the first mark that ends a heading.
fn phrase(text: &str) -> &str {
    let stop = text.find(['，', ',', '。', '；', ';', '\n', '<', '\\', '!', '！', '?']);
    &text[..stop.unwrap_or(text.len())]
}

/// A title's year may be the year reviewed; it counts less than delivery and headings together.
fn from_titles(frame: &Frame, votes: &mut Votes) {
    let mut seen = Vec::new();
    for title in frame.titles() {
        for hit in years(title) {
            if !seen.contains(&hit.year) {
                seen.push(hit.year);
                votes.cast(hit.year, if seen.len() == 1 { 4.0 } else { 1.0 });
            }
        }
    }
}

/// Dates of publication: reports appear weeks, sometimes years after delivery.
fn from_publication(frame: &Frame, votes: &mut Votes) {
    let metadata = frame.head_lines().filter(|line| List::Metadata.stands_in(line));
    if let Some(day) = metadata.filter_map(day).find(|day| day.month <= 6) {
        votes.cast(day.year, 1.0);
    }
}

/// “十二五”时期 … 回顾 is said in the first year of the next plan, and so is the outline of that plan (第十三个五年规划).
fn from_plan_periods(frame: &Frame, votes: &mut Votes) {
    let text = start(frame.opening, 900);
    for (at, _) in text.match_indices('五') {
        let rest = phrase(start(&text[at..], 90));
        let reviewed = ["取得", "执行", "成就"].iter().any(|word| rest.contains(word))
            || List::Review.stands_in(rest);
        if let Some(plan) = text[..at].strip_suffix('个').and_then(plan_number) {
            votes.cast(plan_end(plan) - 4, 3.0);
            return;
        }
        if let Some(plan) = plan_number(&text[..at]).filter(|_| reviewed) {
            votes.cast(plan_end(plan) + 1, 3.0);
            return;
        }
    }
}

/// 从今年(2011年)开始
fn from_this_year(text: &str, votes: &mut Votes) {
    let Some(at) = text.find("今年(").or(text.find("今年（")) else { return };
    if let Some(hit) = years(start(&text[at..], 40)).first() {
        votes.cast(hit.year, 4.0);
    }
}

/// 十二 before 五 → 12.
fn plan_number(before: &str) -> Option<i16> {
    const DIGITS: &str = "一二三四五六七八九";
    let mut back = before.chars().rev();
    let last = back.next()?;
    let unit = DIGITS.chars().position(|digit| digit == last).map(|at| at as i16 + 1);
    match (unit, back.next()) {
        (Some(unit), Some('十')) => Some(10 + unit),
        (Some(unit @ 6..=9), Some('“' | '"' | '\n' | '、')) => Some(unit),
        (None, _) if last == '十' => Some(10),
        _ => None,
    }
}

/// Last year of the n-th five-year plan.
const fn plan_end(plan: i16) -> i16 {
    1955 + 5 * plan
}

/// The year most talked about in the first part is the one just past; where the text plans it and never names the
/// next one, it is the report's own.
fn from_mentions(frame: &Frame, printed: &[Printed], votes: &mut Votes) {
    // The second half looks ahead; a fragment may be all second half.
    let reach = if frame.salutes { frame.text.len() * 2 / 5 } else { frame.text.len() };
    let first = printed.partition_point(|hit| hit.start < reach);
    let year = most_past(frame.text, &printed[..first]).or_else(|| most_past(frame.text, printed));
    let Some(year) = year else { return };
    let planned = |hit: &Printed| hit.year == year && plans(&frame.text[hit.end..]);
    let own = printed.iter().any(planned) && !printed.iter().any(|hit| hit.year == year + 1);
    votes.cast(year + i16::from(!own), 2.0);
}

/// The year most named as past; a year that is planned speaks for the one before it.
fn most_past(text: &str, printed: &[Printed]) -> Option<i16> {
    let mut past: Vec<(i16, i32)> = Vec::new();
    for hit in printed {
        let before = text[..hit.start].trim_end_matches(['(', '（', '“', '"']);
        let after = phrase(start(&text[hit.end..], 75));
        let base = before
            .ends_with(['比', '从', '由', '到', '至', '较', '自', '于', '—', '-', '~'])
            || ["底", "末", "前", "远景", "《"].iter().any(|word| after.starts_with(word))
            || after.contains("以来");
        if base {
            continue;
        }
        let year = hit.year - i16::from(plans(&text[hit.end..]));
        match past.iter_mut().find(|(known, _)| *known == year) {
            Some((_, count)) => *count += 1,
            None => past.push((year, 1)),
        }
    }
    past.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// Does the text behind a year speak of plans?
fn plans(after: &str) -> bool {
    let words = ["计划", "力争", "安排", "的工作", "主要任务", "要"];
    words.iter().any(|word| start(after, 30).contains(word))
}

/// The day of delivery: in the line of the congress, in a line of its own, or beside the speaker.
fn delivery(frame: &Frame) -> Option<Day> {
    let printed = |line: &&str| line.contains(['年', '-', '/']);
    let lines = frame.head_lines().filter(printed).filter(|line| !List::Metadata.stands_in(line));
    let lines: Vec<_> = lines.collect();
    let within = |most: usize| {
        let short = lines.iter().filter(move |line| line.chars().count() < most);
        short.copied().find_map(day)
    };
    let congress = lines.iter().filter(|line| line.contains("会议")).copied().find_map(day);
    congress.or_else(|| within(24)).or_else(|| within(60)).or_else(|| {
        let at = frame.head.find("会议上")?;
        day(super::title::end(&frame.head[..at], 150))
    })
}

/// Signs that years were altered: January's report reviews its own year; a plan period lies far from the years
/// printed beside it; one year stands in place of all.
fn contradiction(
    delivered: Option<Day>,
    (review, plan): Headings,
    frame: &Frame,
    printed: &[Printed],
) -> Option<&'static str> {
    if delivered.is_some_and(|day| day.month <= 6 && review.is_some_and(|year| year >= day.year)) {
        return Some("the year reviewed is not over on the day of delivery");
    }
    if plan.zip(review).is_some_and(|(plan, review)| plan < review) {
        return Some("the year planned lies before the year reviewed");
    }
    let head = start(frame.opening, 700);
    // “十五”时期, but not 十五届 nor the first half of “十五五”
    let names = |rest: &str| {
        rest.starts_with(['”', '"', '〞', '’'])
            || ["时期", "期间", "规划", "计划"].iter().any(|w| rest.starts_with(w))
    };
    let mut periods = head.match_indices('五').filter(|(at, five)| names(&head[at + five.len()..]));
    let period = periods.find_map(|(at, _)| plan_number(&head[..at]));
    let latest = printed.iter().filter(|hit| hit.start < 6_000).map(|hit| hit.year).max();
    if let Some((period, latest)) = period.zip(latest)
        && latest > plan_end(period) + 16
    {
        return Some("the plan period named lies far before the years printed");
    }
    let same = printed
        .first()
        .map_or(0, |first| printed.iter().filter(|hit| hit.year == first.year).count());
    (printed.len() >= 12 && same == printed.len()).then_some("one year stands for all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_by_number() {
        assert_eq!(plan_number("“十二").map(plan_end), Some(2015));
        assert_eq!(plan_number("“十").map(plan_end), Some(2005));
        assert_eq!(plan_number("“九").map(plan_end), Some(2000));
        assert_eq!(plan_number("过去"), None);
    }
}
