//! Years and days as texts print them.
//!
//! 2024年1月26日, 二〇一九年一月十四日, 2015-04-28. No calendar is kept: a day is
//! what was printed, if month and day are possible at all.

use memchr::memmem;

/// A year printed in a text: where it ends (behind 年) and which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) year: i16,
}

/// A printed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i16,
    pub(super) month: u8,
    pub(super) of_month: u8,
}

impl Day {
    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

/// Every printed year with 年 behind it, in digits or in Chinese numerals.
pub(super) fn years(text: &str) -> Vec<Printed> {
    let finder = memmem::find_iter(text.as_bytes(), "年".as_bytes());
    finder.filter_map(|at| year_before(text, at, at + "年".len())).collect()
}

fn year_before(text: &str, at: usize, end: usize) -> Option<Printed> {
    let mut value = 0i16;
    let mut start = at;
    for (i, place) in [1i16, 10, 100, 1000].iter().enumerate() {
        let digit = text[..start].chars().next_back()?;
        value += place * numeral(digit)?;
        start -= digit.len_utf8();
        if i == 3 && !(1949..=2049).contains(&value) {
            return None;
        }
    }
    let longer = text[..start].chars().next_back().is_some_and(|c| c.is_ascii_digit());
    (!longer).then_some(Printed { start, end, year: value })
}

fn numeral(digit: char) -> Option<i16> {
    match digit {
        '0'..='9' => Some(digit as i16 - '0' as i16),
        '〇' | '○' | '零' | 'O' | 'Ο' => Some(0),
        _ => "一二三四五六七八九".chars().position(|c| c == digit).map(|at| at as i16 + 1),
    }
}

/// A year that stands in a file's name without 年: `2014_3`, `report2014`.
pub(super) fn bare_year(stem: &str) -> Vec<Printed> {
    let bytes = stem.as_bytes();
    let runs = bytes.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let four = runs.filter(|run| run.len() == 4).filter_map(|run| str::from_utf8(run).ok());
    let known = four.filter_map(|run| run.parse().ok()).filter(|year| (1949..=2049).contains(year));
    known.map(|year| Printed { start: 0, end: 0, year }).collect()
}

/// The first day printed in `text`: 2024年1月26日, 二〇一九年一月十四日, 2015-04-28, 2024/1/23.
pub(super) fn day(text: &str) -> Option<Day> {
    for hit in years(text) {
        let rest = &text[hit.end..];
        if let Some((month, rest)) = number_until(rest, '月') {
            let day = number_until(rest, '日').map_or(1, |(day, _)| day);
            return valid(hit.year, month, day);
        }
    }
    let dashed = text.split(|c: char| !c.is_ascii_digit() && c != '-' && c != '/' && c != '.');
    dashed.filter(|run| run.len() >= 8).find_map(|run| {
        let mut parts = run.split(['-', '/', '.']);
        let year = parts.next()?.parse().ok().filter(|year| (1949..=2049).contains(year))?;
        valid(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
    })
}

fn valid(year: i16, month: u8, day: u8) -> Option<Day> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day {
        year,
        month,
        of_month: day,
    })
}

/// A number of one or two digits (or up to 三十一) that ends at `mark`, and the text behind it.
fn number_until(text: &str, mark: char) -> Option<(u8, &str)> {
    let at = text.char_indices().take(4).find(|(_, c)| *c == mark)?.0;
    let word = text[..at].trim();
    let rest = &text[at + mark.len_utf8()..];
    if let Ok(number) = word.parse() {
        return Some((number, rest));
    }
    let mut number = 0i16;
    for digit in word.chars() {
        number = match digit {
            '十' => number.max(1) * 10,
            _ => number + numeral(digit)?,
        };
    }
    (number > 0).then_some((number as u8, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_every_form() {
        let cases = [
            ("(2024年1月26日)", "2024-01-26"),
            ("二〇一九年一月十四日在", "2019-01-14"),
            ("二○○三年一月二十一日", "2003-01-21"),
            ("发文时间:2015-04-28", "2015-04-28"),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).map(Day::iso).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(day("1978年以来"), None);
    }

    #[test]
    fn years_in_digits_and_numerals() {
        let found: Vec<_> =
            years("一九九一年计划,12024年,2024年").iter().map(|hit| hit.year).collect();
        assert_eq!(found, [1991, 2024]);
    }
}
