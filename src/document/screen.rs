//! Is the text a government work report at all?
//!
//! Search results and crawled folders hold news of the congress, plan and
//! budget reports, work summaries and even novels that quote a report. No
//! single sign tells them apart, since reports lose their titles and news
//! quotes their openings; each kind of evidence below adds to a score, and a
//! text is a report from [`ENOUGH`] on. The score is no probability.

use super::title::{Frame, List, says, start, times};

/// The score from which a text is a report.
pub(super) const ENOUGH: f32 = 3.0;
/// How much of the text the signs are looked for in, in bytes.
const LOOK: usize = 18_000;

/// What speaks for and against a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Judgement {
    pub(super) score: f32,
    /// The signs that counted, for a person: `+2 title, -1.6 news`.
    pub(super) signs: Vec<(f32, &'static str)>,
}

impl Judgement {
    fn add(&mut self, weight: f32, sign: &'static str) {
        if weight != 0.0 {
            self.score += weight;
            self.signs.push((weight, sign));
        }
    }

    pub(super) fn is_report(&self) -> bool {
        self.score >= ENOUGH
    }

    /// The signs in a line.
    pub(super) fn why(&self) -> String {
        let signs: Vec<_> =
            self.signs.iter().map(|(weight, sign)| format!("{weight:+.1} {sign}")).collect();
        if signs.is_empty() { "no sign of a report".to_owned() } else { signs.join(", ") }
    }
}

/// Weighs the signs.
pub(super) fn judge(frame: &Frame) -> Judgement {
    let look = start(frame.text, LOOK);
    let mut judgement = Judgement::default();
    judgement.add(title(frame), "title");
    judgement.add(if frame.salutes { 1.5 } else { salutes_later(frame) }, "salutation");
    judgement.add(opening(frame), "opening");
    judgement.add(congress(frame), "congress");
    judgement.add(headings(look), "headings");
    judgement.add(figures(look), "figures");
    judgement.add(if List::Closes.stands_in(frame.close) { 0.7 } else { 0.0 }, "closing call");
    judgement.add(own(look), "speaks for its region");
    judgement.add(-news(frame), "news");
    judgement.add(-other(frame), "another kind of report");
    judgement.add(-fiction(look), "fiction");
    judgement
}

/// 政府工作报告 in a line of the head; 工作报告 alone may be anyone's.
fn title(frame: &Frame) -> f32 {
    if frame.titles().any(|line| line.contains("政府工作报告")) {
        2.0
    } else if frame.titles().next().is_some() {
        1.0
    } else {
        0.0
    }
}

/// A fragment without its head may still turn to the deputies.
fn salutes_later(frame: &Frame) -> f32 {
    match times(frame.text, "各位代表") {
        0 => 0.0,
        1 => 1.0,
        _ => 2.0,
    }
}

/// 现在,我代表…人民政府…请予审议
fn opening(frame: &Frame) -> f32 {
    if !frame.salutes {
        return 0.0;
    }
    let opening = start(frame.opening, 600);
    let speaks = opening.contains("代表") && (opening.contains('受') || opening.contains('我'));
    let governs = List::Government.stands_in(opening) || opening.contains("国务院");
    let presents = List::Presents.stands_in(opening);
    match (speaks && governs, presents) {
        (true, true) => 2.5,
        (true, false) | (false, true) => 1.0,
        (false, false) => 0.0,
    }
}

fn congress(frame: &Frame) -> f32 {
    let held = frame.head.contains("人民代表大会") && frame.head.contains("会议上");
    if held { 0.7 } else { 0.0 }
}

/// A review and a plan among the headings, or the part on the government itself.
fn headings(look: &str) -> f32 {
    let review =
        ["工作回顾", "年工作的回顾", "工作情况", "发展回顾", "时期工作", "的回顾", "年回顾"];
    let plan = [
        "重点工作",
        "工作安排",
        "总体要求",
        "主要任务",
        "目标任务",
        "奋斗目标",
        "预期目标",
        "重点任务",
        "主要工作",
        "主要目标",
        "工作重点",
        "政府工作的",
    ];
    let own = ["政府自身建设", "自身建设", "建设人民满意"];
    let any = |words: &[&str]| words.iter().any(|word| says(look, word));
    0.7 * (f32::from(any(&review)) + f32::from(any(&plan)) + f32::from(any(&own)))
}

/// Reports are dense with figures: percentages, money, areas.
fn figures(look: &str) -> f32 {
    let marks = ["%", "％", "亿元", "万元", "万人", "万亩", "百分之", "个百分点"];
    let count: usize = marks.iter().map(|mark| times(look, mark)).sum();
    let per_page = count as f32 * 3_000.0 / look.len().max(1_500) as f32;
    match per_page {
        dense if dense >= 3.0 => 1.5,
        some if some >= 1.0 => 1.0,
        few if few >= 0.3 => 0.0,
        _ => -1.5,
    }
}

/// 我市, 全县 and the like, said often.
fn own(look: &str) -> f32 {
    let words = [
        "我省", "我市", "我县", "我区", "我州", "我旗", "全省", "全市", "全县", "全区", "全州",
        "全旗", "全盟", "全镇", "新区", "我国", "全国",
    ];
    let said: usize = words.iter().map(|word| times(look, word)).sum();
    if said >= 4 { 0.5 } else { 0.0 }
}

/// Words of a news story in the head and the first paragraphs.
fn news(frame: &Frame) -> f32 {
    let first = start(frame.text, frame.head.len().clamp(4_500, 9_000));
    let variety = List::News.variety(first) as f32;
    // A speaker's line may sit beside a reporter's name; one word says nothing.
    if variety <= 1.0 { 0.0 } else { (variety * 0.7).min(4.0) }
}

/// Title or opening name a plan, a budget or another body's report. A title that says 政府工作报告 outweighs them,
/// since sites file the plan report of a session under it.
fn other(frame: &Frame) -> f32 {
    let first = start(frame.opening, 400);
    let first = &first[..first.find('。').unwrap_or(first.len())];
    let named =
        frame.head_lines().filter(|line| line.len() < 240).any(|line| List::Other.stands_in(line));
    let spoken = frame.salutes && List::Other.stands_in(first);
    let titled = frame.head.contains("政府工作");
    match (named, spoken, titled) {
        (_, true, false) | (true, _, false) => 6.0,
        (true, _, true) => 0.5,
        _ => 0.0,
    }
}

/// 第七百章 before the text, people's moods in it.
fn fiction(look: &str) -> f32 {
    let first = start(look, 600);
    let chapter = first.find('第').is_some_and(|at| start(&first[at..], 24).contains('章'));
    let moods = List::Fiction.variety(start(look, 6_000)) as f32;
    if chapter && moods > 0.0 { 4.0 + moods } else { (moods - 1.0).max(0.0) * 0.7 }
}
