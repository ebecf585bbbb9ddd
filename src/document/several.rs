//! Several reports in one text.
//!
//! A file may hold the report of one year behind that of another, or the same one twice. Each
//! report turns to the deputies and says that it reports to the congress; what lies between two
//! such openings belongs to the one before, but for the title right above the second.

use super::sketch::Sketch;
use super::title::says;
use crate::span::Span;

/// A report shorter than this, in bytes, is no report of its own but a quotation.
const SHORTEST: usize = 3_000;
/// A title stands no farther above the opening than this, in bytes.
const TITLE: usize = 1_500;
/// How much of the opening tells that a report begins, in bytes.
const OPENING: usize = 700;
/// From this share on a report is the one before once more.
const COPY: f64 = 0.5;

/// The stretches of a folded text that hold a report each; copies of an earlier one are left out.
/// A text with a single opening, or none, is one stretch.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let openings = openings(text);
    let mut starts: Vec<usize> = openings.iter().map(|&at| title_above(text, at)).collect();
    let Some(first) = starts.first_mut() else { return vec![Span::new(0, text.len())] };
    *first = 0;
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let stretches: Vec<Span> =
        starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect();
    if stretches.len() == 1 {
        return stretches;
    }
    let mut kept: Vec<(Span, Sketch)> = Vec::new();
    for stretch in stretches {
        let sketch = Sketch::of(stretch.of(text));
        if !kept.iter().any(|(_, known)| known.containment(&sketch) >= COPY) {
            kept.push((stretch, sketch));
        }
    }
    kept.into_iter().map(|(stretch, _)| stretch).collect()
}

/// Lines that turn to the deputies and open a report, a report apart.
fn openings(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let far = found.last().is_none_or(|&last| start - last >= SHORTEST);
        if far && greets(line) && presents(super::title::start(&text[start..], OPENING)) {
            found.push(start);
        }
        start += line.len();
    }
    found
}

fn greets(line: &str) -> bool {
    line.len() < 90 && (line.contains("各位代表：") || line.contains("各位代表:"))
}

/// 现在，我代表市人民政府向大会报告工作，请予审议
fn presents(opening: &str) -> bool {
    says(opening, "代表") && says(opening, "报告") && says(opening, "审议")
}

/// Where the title above an opening starts, or the opening itself.
fn title_above(text: &str, at: usize) -> usize {
    let above = super::title::end(&text[..at], TITLE);
    let from = at - above.len();
    let title = above.rfind("工作报告");
    title.map_or(at, |i| above[..i].rfind('\n').map_or(from, |n| from + n + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(year: u32, words: &str) -> String {
        let line = |i| format!("{words}第{i}项工作完成投资{}万元。\n", i * year);
        let body = (0..120).map(line).collect::<Vec<_>>().concat();
        format!(
            "{year}年洪湖市政府工作报告\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n{body}谢谢大家！\n"
        )
    }

    #[test]
    fn one_report_is_one_stretch() {
        let text = format!("首页\n{}上一篇\n", report(2023, "道路"));
        assert_eq!(split(&text), [Span::new(0, text.len())]);
        assert_eq!(split("没有报告"), [Span::new(0, "没有报告".len())]);
    }

    #[test]
    fn two_reports_are_two_each_with_its_title() {
        let (first, second) = (report(2023, "道路"), report(2024, "水利"));
        let text = format!("{first}{second}");
        assert_eq!(split(&text), [Span::new(0, first.len()), Span::new(first.len(), text.len())]);
    }

    #[test]
    fn a_report_that_stands_six_times_is_read_once() {
        let text = report(2023, "道路").repeat(6);
        assert_eq!(split(&text).len(), 1);
    }

    #[test]
    fn a_report_between_copies_of_another_is_kept() {
        let (first, second) = (report(2023, "道路"), report(2024, "水利"));
        let text = format!("{first}{second}{first}");
        let found = split(&text);
        assert_eq!(found.len(), 2);
        assert!(found[1].of(&text).starts_with("2024年"));
    }
}
