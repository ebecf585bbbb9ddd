//! What holds of every text: numerals, units, folding, layout and whole reports.

#![allow(clippy::float_cmp, reason = "the nearest double of a decimal is one number")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use zhibiao::corpus;
use zhibiao::document::fold::{Folded, fold};
use zhibiao::layout::lay_out;
use zhibiao::lexicon::Lexicon;
use zhibiao::mention::numeral::{arabic, bare, chinese};
use zhibiao::mention::{Mention, find};
use zhibiao::pipeline::{Hints, Options, Problem, Progress, Report, extract, read_text};
use zhibiao::span::Span;

use crate::report::Page;

/// What fails is told with its input; a case that matters is written down as a test.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

// --- numerals and units ---

/// Text as lexers meet it: numerals, units, comparing words, and anything else.
fn figures() -> impl Strategy<Value = String> {
    let known = "0123456789.．,，-－—~至到余多来零〇一二三四五六七八九十百千万亿两点半成几第百分之%‰个百分点元美亿元公顷斤克吨千瓦时立方米微克/μg超近约左右以上";
    let known: Vec<char> = known.chars().collect();
    let one = prop_oneof![9 => select(known), 1 => any::<char>()];
    proptest::collection::vec(one, 0..40).prop_map(String::from_iter)
}

/// The figure, the multipliers and 余 as they are printed, and the value as a literal.
fn printed() -> impl Strategy<Value = (String, f64)> {
    let figure = prop_oneof![
        (0_u64..1_000_000).prop_map(|whole| whole.to_string()),
        (0_u64..1_000_000, 0_u32..10_000).prop_map(|(whole, part)| format!("{whole}.{part:04}")),
        (0_u64..1000, 0_u32..10).prop_map(|(whole, part)| format!("{whole}.{part}")),
    ];
    let multipliers = select(vec![
        ("", 0),
        ("百", 2),
        ("千", 3),
        ("万", 4),
        ("百万", 6),
        ("千万", 7),
        ("亿", 8),
        ("千亿", 11),
        ("万亿", 12),
    ]);
    let inside = select(vec!["", "余", "多"]);
    (figure, multipliers, inside).prop_map(|(figure, (word, power), inside)| {
        let value = format!("{figure}e{power}").parse().expect("a decimal literal");
        (format!("{figure}{word}{inside}"), value)
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn numerals_end_on_characters(text in figures(), at in any::<Index>()) {
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        prop_assume!(!starts.is_empty());
        let at = starts[at.index(starts.len())];
        let read = [arabic(&text, at), chinese(&text, at), bare(&text, at)];
        for numeral in read.into_iter().flatten() {
            prop_assert_eq!(numeral.start, at);
            prop_assert!(numeral.start <= numeral.figure_end && numeral.figure_end <= numeral.end);
            prop_assert!(numeral.end > at);
            prop_assert!(text.is_char_boundary(numeral.figure_end));
            prop_assert!(text.is_char_boundary(numeral.end));
            prop_assert!(numeral.value().to_f64().is_finite());
        }
    }

    #[test]
    fn a_printed_number_has_the_value_that_it_prints((text, value) in printed(), tail in "[元%，。人a]?") {
        let numeral = arabic(&format!("{text}{tail}"), 0).expect("a numeral");
        prop_assert_eq!(numeral.end, text.len());
        prop_assert_eq!(numeral.value().to_f64(), value);
    }

    #[test]
    fn a_number_in_characters_has_its_value(number in 1_u32..100_000) {
        let numeral = chinese(&in_characters(number), 0).expect("a numeral");
        prop_assert_eq!(numeral.value().to_f64(), f64::from(number));
        prop_assert_eq!(numeral.end, in_characters(number).len());
    }

    #[test]
    fn a_unit_is_what_stands_at_the_head(text in figures()) {
        for (at, _) in text.char_indices() {
            if let Some(unit) = Lexicon::builtin().unit(&text[at..]) {
                let rest = text[at..].strip_prefix(unit.text.as_str());
                prop_assert!(rest.is_some_and(|r| !r.starts_with(|c| unit.not_before.contains(c))));
            }
        }
    }

    #[test]
    fn mentions_stand_in_order_and_on_characters(text in figures()) {
        let mut floor = 0;
        for mention in mentions(&text) {
            let Span { start, end } = mention.span;
            prop_assert!(start >= floor && end > start);
            prop_assert!(mention.span.contains(mention.figure));
            prop_assert!(!mention.span.of(&text).is_empty());
            floor = end;
        }
    }
}

/// 12345 → 一万二千三百四十五
fn in_characters(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (mut out, mut gap) = (String::new(), false);
    for (power, name) in [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / power % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        out.push_str(DIGITS[digit as usize]);
        out.push_str(name);
    }
    out
}

fn mentions(text: &str) -> Vec<Mention> {
    let lexicon = Lexicon::builtin();
    find(lexicon, text, &lexicon.scan(text), Span::new(0, text.len()))
}

/// A figure of every unit of the table is read as that unit, and converts by its factor.
#[test]
fn every_unit_is_read_behind_a_figure() {
    let table = include_str!("../../src/lexicon/units.tsv");
    let mut failed = Vec::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (unit, base, factor, kind) = (cells[0], cells[1], cells[2], cells[3]);
        // Durations and ages are no quantities; 分 needs a score before it.
        if ["none", "duration", "score"].contains(&kind) || unit == "岁" {
            continue;
        }
        let text = format!("总规模达到12.5{unit}，");
        let got = mentions(&text);
        let factor: f64 = factor.parse().expect("a number");
        let same = |m: &Mention| {
            let value = m.low.expect("a value").times(m.unit.factor).to_f64();
            m.unit.base == base && (value / (12.5 * factor) - 1.0).abs() < 1e-12
        };
        if !matches!(&got[..], [mention] if same(mention)) {
            failed.push(unit);
        }
    }
    assert_eq!(failed, [""; 0]);
}

// --- folding ---

/// Pieces of report prose as pages carry it.
fn page_text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "增长",
        "8",
        "．",
        "５",
        "％",
        "%",
        " ",
        "\u{3000}",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\n",
        "\r\n",
        "\n\n",
        "，",
        ",",
        "。",
        "；",
        ";",
        "：",
        ":",
        "(",
        ")",
        "（",
        "）",
        "?",
        "!",
        "１２",
        "1,234",
        "亿元",
        "GDP",
        "PM2.5",
        "ａｂ",
        "·",
        "一、",
        "（一）",
        "“",
        "”",
        "全市地区生产总值",
        "2023年",
        "<U+00A0>",
        "_x000D_",
        "\\n",
        "- 3 -",
        "＋",
        "／",
        "🌾",
        "推进行政权力公开透明运行",
        "\u{feff}",
        "é",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
    ]);
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Prose with blanks and line breaks where a page may have put them; not beside digits, where one blot
/// takes the meaning of another.
fn blotted() -> impl Strategy<Value = String> {
    let blots =
        select(vec!["", "", "", "", "", "", " ", "\u{3000}", "\t", "\u{200b}", "\n", "\r\n"]);
    (prose(), proptest::collection::vec(blots, 400)).prop_map(|(prose, blots)| {
        let prose: Vec<char> = prose.chars().collect();
        let figure = |c: Option<&char>| c.is_some_and(|c| c.is_numeric() || ".．".contains(*c));
        let blotted = prose.iter().enumerate().map(|(at, &c)| {
            let beside = figure(Some(&c)) || figure(prose.get(at + 1));
            let blot = if beside { "" } else { blots.get(at).copied().unwrap_or("") };
            format!("{c}{blot}")
        });
        blotted.collect()
    })
}

/// What a character may become.
fn may_become(decoded: char, folded: char) -> bool {
    decoded == folded
        || folded == '\n'
        || folded == ' ' && decoded.is_whitespace()
        || fold(&decoded.to_string()).text == folded.to_string()
        || matches!((decoded, folded), ('．' | '﹒' | '·' | '•', '.') | (':', '：'))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn folded_characters_know_where_they_stood(decoded in page_text()) {
        let folded = fold(&decoded);
        let chars: Vec<char> = decoded.chars().collect();
        let mut before = None;
        for (byte, c) in folded.text.char_indices() {
            let at = folded.code_point(byte);
            prop_assert!(before < Some(at), "{c} stands before its predecessor");
            prop_assert!(may_become(chars[at as usize], c), "{c} came from {:?}", chars[at as usize]);
            before = Some(at);
        }
    }

    #[test]
    fn origins_in_bytes_and_in_code_points_agree(
        decoded in page_text(), from in any::<Index>(), to in any::<Index>()
    ) {
        let folded = fold(&decoded);
        let (start, end) = stretch(&folded, from, to);
        if start == end {
            return Ok(()); // nothing stood anywhere
        }
        let origin = folded.origin(Span::new(start, end));
        let cut = code_points(&decoded, origin.code_points);
        prop_assert_eq!(origin.bytes.of(&decoded), cut);
        prop_assert_eq!(origin.code_points.start, folded.code_point(start));
    }

    #[test]
    fn what_is_folded_stays_as_it_is(decoded in blotted()) {
        let once = fold(&decoded).text;
        let twice = fold(&once).text;
        prop_assert_eq!(twice, once);
    }
}

/// A stretch of the folded text, on characters.
fn stretch(folded: &Folded, from: Index, to: Index) -> (usize, usize) {
    let mut edges: Vec<usize> = folded.text.char_indices().map(|(i, _)| i).collect();
    edges.push(folded.text.len());
    let (from, to) = (edges[from.index(edges.len())], edges[to.index(edges.len())]);
    (from.min(to), from.max(to))
}

fn code_points(text: &str, span: Span) -> String {
    text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}

// --- layout ---

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sentences_together_are_the_body(decoded in page_text()) {
        let text = fold(&decoded).text;
        let scan = Lexicon::builtin().scan(&text);
        let layout = lay_out(&text, &scan, Span::new(0, text.len()), 2024);
        let joined: String = layout.sentences.iter().map(|s| s.span.of(&text)).collect();
        prop_assert_eq!(joined, text);
    }
}

// --- whole reports ---

const PIECES: &[&str] = &[
    "地区生产总值增长6%以上",
    "全市完成固定资产投资218.6亿元，增长8%",
    "城镇和农村居民人均可支配收入分别增长5%、6.5%左右",
    "预计一般公共预算收入12亿元，同口径增长4.5%-5%",
    "新建幼儿园、小学各2所",
    "单位GDP能耗下降3%，完成省下达任务",
    "居民收入与经济增长基本同步",
    "接待游客1.4万余人次、旅游收入９．５亿元",
    "城镇化率由56%提高到58%",
    "五年来，累计新增城镇就业4.2万人",
    "到2025年，森林覆盖率达到45%",
    "确保增长8%、力争9%",
    "进出口总额与上年基本持平",
    "高新区引进亿元以上项目12个",
    "“十四五”期间年均增长百分之六",
    "三大园区加快建设",
    "PM2.5平均浓度为每立方米20微克",
    "地区生产总值翻一番",
    "分别",
    "其中",
    "均达100%",
    "今年主要预期目标是：",
    "二、2024年工作安排",
    "（一）经济运行稳中有进",
    "（2023年12月）",
    "12345",
    "第3届",
    "亿元",
];

const JOINTS: &[&str] = &[
    "，",
    "。",
    "；",
    "、",
    "\n",
    "\r\n\u{3000}\u{3000}",
    " ",
    "",
    "和",
    "：",
    "（",
    "）",
    "”",
    "％",
];

fn prose() -> impl Strategy<Value = String> {
    let piece =
        (select(PIECES), select(JOINTS)).prop_map(|(piece, joint)| format!("{piece}{joint}"));
    proptest::collection::vec(piece, 1..16).prop_map(|pieces| pieces.concat())
}

fn page(text: &str) -> String {
    Page { region: "洪湖市", year: 2024, heading: None }.review(text)
}

/// Every span is where it says; rows follow the text and lie in their sentences.
fn check_report(report: &Report, decoded: &str) -> Result<(), TestCaseError> {
    for sentence in &report.sentences {
        prop_assert_eq!(&code_points(decoded, sentence.span), &sentence.text);
    }
    for observation in &report.observations {
        prop_assert_eq!(&code_points(decoded, observation.span), &observation.text);
        prop_assert!(!observation.text.is_empty());
        let sentence = &report.sentences[observation.sentence as usize];
        prop_assert!(sentence.span.contains(observation.span));
        prop_assert!(observation.period.start <= observation.period.end);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_value_is_the_text_of_its_span(text in prose()) {
        let decoded = page(&text);
        let reports = read_text(Lexicon::builtin(), "law.txt", &decoded);
        for report in reports.map_err(|problem| TestCaseError::fail(problem.message))? {
            check_report(&report, &decoded)?;
        }
    }

    #[test]
    fn nothing_that_is_read_panics(text in page_text(), figures in figures()) {
        let decoded = page(&format!("{text}{figures}。{figures}{text}"));
        for report in read_text(Lexicon::builtin(), "law.txt", &decoded).into_iter().flatten() {
            check_report(&report, &decoded)?;
        }
        let _ = read_text(Lexicon::builtin(), "law.txt", &text);
    }
}

/// Files whose lengths and contents differ, some of them no reports.
fn write_corpus(folder: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(folder).expect("a folder for the test");
    let files = (0..60).map(|number: usize| {
        let texts = (0..=number % 7 * 5).map(|i| PIECES[(number * 7 + i * 3) % PIECES.len()]);
        let text = texts.collect::<Vec<_>>().join(JOINTS[number % 3]);
        let path = folder.join(format!("{number}.txt"));
        let page = if number % 11 == 10 { text } else { page(&text) };
        fs::write(&path, page).expect("a file for the test");
        path
    });
    files.collect()
}

fn extracted(paths: &[PathBuf], threads: usize) -> (Vec<Report>, Vec<Problem>) {
    let (sources, mut problems) = corpus::find(paths);
    let options = Options { lexicon: Lexicon::builtin(), threads, hints: &Hints::default() };
    let mut reports = Vec::new();
    extract(&sources, options, &Progress::default(), |batch| {
        reports.extend(batch.reports);
        problems.extend(batch.problems);
    })
    .expect("nobody stops the run");
    (reports, problems)
}

#[test]
fn one_and_many_threads_give_the_same() {
    let paths = write_corpus(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("threads"));
    let alone = extracted(&paths, 1);
    assert!(alone.0.len() > 40 && !alone.1.is_empty(), "the corpus holds reports and others");
    for threads in [2, 7] {
        assert_eq!(extracted(&paths, threads), alone, "{threads} threads");
    }
}
