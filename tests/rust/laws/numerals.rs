//! Numerals and units: what is printed has the value that it prints.

#![allow(clippy::float_cmp, reason = "the nearest double of a decimal is one number")]

use proptest::prelude::*;
use proptest::sample::{Index, select};
use zhibiao::lexicon::Lexicon;
use zhibiao::mention::numeral::{arabic, bare, chinese};
use zhibiao::mention::{Mention, find};
use zhibiao::span::Span;

use super::{config, figures};

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
    fn a_number_in_characters_has_its_value(number in prop_oneof![1_u32..100_000, 1_u32..2_000_000_000]) {
        let text = in_characters(number);
        let numeral = chinese(&text, 0).expect("a numeral");
        prop_assert_eq!(numeral.value().to_f64(), f64::from(number), "{}", text);
        prop_assert_eq!(numeral.end, text.len());
    }

    #[test]
    fn a_larger_unit_says_the_same_as_a_smaller(whole in 0_u32..100_000, part in 0_u32..10_000) {
        let whole = u64::from(whole);
        let [large, small] = [
            format!("完成投资{whole}.{part:04}亿元，"),
            format!("完成投资{}万元，", whole * 10_000 + u64::from(part)),
        ]
        .map(|text| {
            let mentions = mentions(&text);
            let value = |m: &Mention| m.low.expect("a value").times(m.unit.factor).to_f64();
            mentions.iter().map(value).collect::<Vec<_>>()
        });
        prop_assert_eq!(large.len(), 1);
        prop_assert_eq!(large, small);
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
    let mut out = String::new();
    for (power, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let group = number / power % 10_000;
        if group > 0 {
            let gap = group < 1000 && !out.is_empty();
            out += if gap { "零" } else { "" };
            out += &group_in_characters(group);
            out += name;
        }
    }
    out
}

/// 2050 → 二千零五十
fn group_in_characters(group: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (mut out, mut gap) = (String::new(), false);
    for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = group / power % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        out += if gap { "零" } else { "" };
        gap = false;
        out += DIGITS[digit as usize];
        out += name;
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
    let table = include_str!("../../../src/lexicon/units.tsv");
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
