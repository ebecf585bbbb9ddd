//! A page around a text, and a row in one line: what several tests need.

use zhibiao::lexicon::Lexicon;
use zhibiao::observation::Observation;

/// A report that holds nothing but its own frame.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) region: &'a str,
    pub(crate) year: i16,
    /// Stands above the text in place of the usual heading.
    pub(crate) heading: Option<&'a str>,
}

impl Page<'_> {
    /// The text under 一、2023年工作回顾.
    pub(crate) fn review(self, text: &str) -> String {
        let usual = format!("一、{}年工作回顾", self.year - 1);
        let (opening, heading) = (self.opening(), self.heading.unwrap_or(&usual));
        format!("{opening}\n{heading}\n{text}\n二、{}年工作安排\n坚持稳中求进。\n", self.year)
    }

    /// The text under 二、2024年工作安排.
    pub(crate) fn plan(self, text: &str) -> String {
        let usual = format!("二、{}年工作安排", self.year);
        let (opening, heading) = (self.opening(), self.heading.unwrap_or(&usual));
        format!("{opening}\n一、{}年工作回顾\n成绩来之不易。\n{heading}\n{text}\n", self.year - 1)
    }

    fn opening(self) -> String {
        let Self { region, year, .. } = self;
        let title = if region == "国务院" {
            format!("政府工作报告\n——{year}年3月5日在全国人民代表大会会议上\n国务院总理 甲乙丙")
        } else {
            format!("{year}年{region}政府工作报告")
        };
        format!("{title}\n各位代表：\n现在，我代表{region}人民政府向大会报告工作，请予审议。")
    }
}

/// A row in one line.
pub(crate) fn line(o: &Observation) -> String {
    let bound = |value: Option<f64>| value.map_or_else(|| "…".to_owned(), |v| v.to_string());
    let metric = o.metric.map_or("-", |id| Lexicon::builtin().metric(id).id.as_str());
    let years = if o.period.start == o.period.end {
        o.period.end.to_string()
    } else {
        format!("{}-{}", o.period.start, o.period.end)
    };
    let value = if o.value.low == o.value.high {
        bound(o.value.low)
    } else {
        format!("{} to {}", bound(o.value.low), bound(o.value.high))
    };
    let mut words = vec![
        format!("{} | {} | {metric} |", o.text.split_whitespace().collect::<String>(), o.subject),
        o.kind.name().to_owned(),
        o.measure.name().to_owned(),
        o.comparator.name().to_owned(),
        value,
        format!("{} | {years}", o.unit),
        o.aggregation.name().to_owned(),
    ];
    if o.subperiod.name() != "year" {
        words.push(o.subperiod.name().to_owned());
    }
    words.extend(o.modality.map(|m| m.name().to_owned()));
    for (flag, name) in
        [(o.stretch, "stretch"), (o.baseline, "baseline"), (o.estimated(), "estimated")]
    {
        words.extend(flag.then(|| name.to_owned()));
    }
    if !o.reference.is_empty() {
        words.push(format!("→ {}", o.reference));
    }
    words.push(format!("[{}]", o.rule));
    words.join(" ")
}
