//! Numbers that are no quantity: dates, ordinals, names, thresholds.
//!
//! The contract lists them under *What is no observation*. Each test below is one
//! reason; `tests/cases/nothing.toml` holds its sentences.

use super::numeral::Numeral;
use crate::lexicon::{Cue, Lexicon, Phrases, Scan, Unit, UnitKind};
use crate::span::Span;

/// Is the number at `span` (with its unit) no quantity?
pub(super) fn applies(
    lexicon: &Lexicon,
    text: &str,
    words: &Scan,
    span: Span,
    unit: Option<&Unit>,
) -> bool {
    let head = span.of(text).chars().next();
    let is_bare = head.is_some_and(|c| "百千万亿".contains(c));
    let here = Place {
        before: &text[..span.start as usize],
        after: &text[span.end as usize..],
        span,
        is_bare,
    };
    here.is_dated(unit)
        || here.is_ordinal()
        || here.before.ends_with('每')
        || here.is_in_a_name(unit)
        || here.is_ratio()
        || here.is_quoted()
        || here.is_threshold(lexicon, words, unit)
}

/// A quote opens or closes no farther from a number than this, in bytes.
const QUOTE: usize = 90;

/// A clause is no longer than this, in bytes.
pub(super) const CLAUSE: usize = 600;

/// What a quote names from its number on is no longer than this, in bytes.
const NAME: usize = 60;

fn first_bytes(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

pub(super) fn last_bytes(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

struct Place<'a> {
    before: &'a str,
    after: &'a str,
    span: Span,
    /// A multiplier without a figure: 超亿元.
    is_bare: bool,
}

impl Place<'_> {
    fn previous(&self) -> char {
        self.before.chars().next_back().unwrap_or('\n')
    }

    fn next(&self) -> char {
        self.after.chars().next().unwrap_or('\n')
    }

    /// 2024年, 7月26日, 用时4个月.
    fn is_dated(&self, unit: Option<&Unit>) -> bool {
        unit.is_some_and(|u| {
            matches!(u.kind, UnitKind::NotAQuantity | UnitKind::Duration | UnitKind::Score)
        }) || unit
            .is_some_and(|u| u.text == "日" || u.text == "岁" && !self.before.ends_with("寿命"))
            && !self.before_in_clause().contains("寿命")
    }

    /// 第56位, 前20名, 三届.
    fn is_ordinal(&self) -> bool {
        let previous = self.previous();
        previous == '第'
            || previous == '前' && !self.before.ends_with("提前")
            || Phrases::RankMarks.at_end(self.before).is_some() && self.next() != '%'
    }

    /// “12345”行动, 222奋斗目标, G93, 5G, 1+N, 「7·26」.
    fn is_in_a_name(&self, unit: Option<&Unit>) -> bool {
        let (previous, next) = (self.previous(), self.next());
        previous.is_ascii_alphabetic()
            || "+·.#×_".contains(previous)
            || "+·×".contains(next)
            || unit.is_none() && next.is_ascii_alphabetic()
            || "“‘「《".contains(previous) && !"%".contains(next) && self.quoted_name()
    }

    /// A quote that opens right before the number and holds more than the quantity
    /// names something: “15分钟便民圈”, “三个代表”.
    fn quoted_name(&self) -> bool {
        first_bytes(self.after, NAME).contains(['”', '’', '」', '》'])
    }

    /// “416盏路灯照亮3万群众”: a name or a slogan in quotes that is longer than the figure.
    fn is_quoted(&self) -> bool {
        let (before, after) = (last_bytes(self.before, QUOTE), first_bytes(self.after, QUOTE));
        let closed = before.rfind('”');
        let Some(open) = before.rfind('“').filter(|o| closed.is_none_or(|c| c < *o)) else {
            return false;
        };
        let Some(close) = after.find('”') else { return false };
        let inside = &before[open + '“'.len_utf8()..];
        let outside = inside.chars().count() + after[..close].chars().count();
        outside >= 4 && !inside.contains(['，', '。', '；'])
    }

    /// 2.6∶1, 24/7
    fn is_ratio(&self) -> bool {
        let digit_follows = || self.after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        "∶:：/".contains(self.next()) && digit_follows() || "∶:/".contains(self.previous())
    }

    /// 亿元以上项目12个, 税收过500万元企业: says only what is counted.
    fn is_threshold(&self, lexicon: &Lexicon, scan: &Scan, unit: Option<&Unit>) -> bool {
        if !unit.is_some_and(|u| {
            matches!(u.kind, UnitKind::Money | UnitKind::Measure | UnitKind::People)
        }) {
            return false;
        }
        let passed =
            self.previous() == '过' && !["超过", "突破过"].iter().any(|w| self.before.ends_with(w));
        let bound = Phrases::BoundWords.at_head(self.after).map(|w| &self.after[w.len()..]);
        let over = lexicon.comparator_before(self.before).is_some();
        let (rest, bounded) = match bound {
            Some(rest) => (rest, true),
            None => (self.after, passed || over && (self.next() == '的' || self.is_bare)),
        };
        bounded && (passed || self.noun_follows(scan, rest))
    }

    /// A noun, or 的 before one, stands right behind.
    fn noun_follows(&self, scan: &Scan, rest: &str) -> bool {
        let at = self.span.end as usize + self.after.len() - rest.len();
        let Some(c) = rest.chars().next() else { return false };
        if c == '的' {
            return rest[c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
        }
        let verb = scan.starting_at(at).is_some_and(|h| {
            h.word.cues.any(&[
                Cue::Do,
                Cue::Verb,
                Cue::Light,
                Cue::Reach,
                Cue::Up,
                Cue::Down,
                Cue::Conj,
                Cue::To,
                // 突破百亿元大关
                Cue::Milestone,
            ])
        });
        c.is_alphabetic() && !verb
    }

    fn before_in_clause(&self) -> &str {
        let near = last_bytes(self.before, CLAUSE);
        let start = near.rfind(['，', '。', '；', '\n']).unwrap_or(0);
        &near[start..]
    }
}

/// Does a Chinese numeral count something? 三支突击队, 十件实事 do; 三大, 两个维护,
/// 一个 and most sets of less than ten do not: they name a set.
pub(super) fn counts(text: &str, words: &Scan, numeral: &Numeral, unit: &Unit) -> bool {
    if unit.kind == UnitKind::Times {
        return words.ending_at(numeral.start).is_some_and(|h| h.is(Cue::Up));
    }
    if !matches!(
        unit.kind,
        UnitKind::Count | UnitKind::People | UnitKind::Money | UnitKind::Visits | UnitKind::Measure
    ) {
        return false;
    }
    let value = numeral.value().to_f64();
    let acts = words.ending_at(numeral.start).is_some_and(|h| h.is(Cue::Do));
    let preceding = text[..numeral.start].chars().next_back().unwrap_or('\n');
    if "“‘第十百千万亿一二三四五六七八九两几数".contains(preceding) {
        return false;
    }
    let set_counter = Phrases::VagueCounters.has(&unit.text);
    if numeral.inside.is_some() || value >= 100.0 {
        return true;
    }
    if value >= 10.0 {
        return !set_counter || acts || unit.text == "件" || unit.text == "项";
    }
    value >= 2.0 && acts && !set_counter
}
