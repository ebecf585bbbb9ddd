//! Finds the quantities of a sentence, from left to right.

use super::numeral::{self, Numeral, Script};
use super::{Comparator, Decimal, Mention, WrittenUnit, exclusion};
use crate::lexicon::{Cue, Lexicon, Phrases, Scan, Unit, UnitKind};
use crate::span::Span;

/// The quantities of `sentence`, a stretch of the folded text.
#[must_use]
pub fn find(lexicon: &Lexicon, text: &str, scan: &Scan, sentence: Span) -> Vec<Mention> {
    // A page without line ends may break off in a number: nothing of what follows is read.
    let text = &text[..sentence.end as usize];
    let finder = Finder { lexicon, text, scan, end: sentence.end as usize };
    let mut mentions = Vec::new();
    let mut at = sentence.start as usize;
    while let Some(start) = finder.next_start(at) {
        at = match finder.read(start) {
            Read::Quantity(mention) => {
                let end = mention.span.end as usize;
                mentions.push(mention);
                end
            }
            Read::Nothing(end) => end.max(start + 1),
        };
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    finder.add_word_figures(sentence, &mut mentions);
    mentions
}

#[allow(clippy::large_enum_variant, reason = "it lives for a call")]
enum Read {
    Quantity(Mention),
    /// No quantity up to this byte.
    Nothing(usize),
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    scan: &'a Scan,
    end: usize,
}

/// A numeral with the unit behind it.
struct Amount<'a> {
    numeral: Numeral,
    unit: Option<&'a Unit>,
    /// Behind the unit.
    end: usize,
}

impl<'a> Finder<'a> {
    /// The next byte at which a numeral may start.
    fn next_start(&self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.end];
        let mut at = at;
        while let Some(&lead) = bytes.get(at) {
            match lead {
                b'0'..=b'9' => return Some(at),
                0xe3..=0xe9 if numeral::starts(&bytes[at..]) => return Some(at),
                0xe0..0xf0 => at += 3,
                0xf0.. => at += 4,
                _ => at += 1, // Latin letters
            }
        }
        None
    }

    fn rest(&self, at: usize) -> &'a str {
        &self.text[at.min(self.end)..self.end]
    }

    fn read(&self, at: usize) -> Read {
        let rest = self.rest(at);
        if let Some(behind) = rest.strip_prefix("百分之") {
            return self.percent_in_words(at, at + rest.len() - behind.len());
        }
        if rest.as_bytes()[0].is_ascii_digit() {
            return self.arabic(at);
        }
        self.chinese(at)
    }

    /// `百分之八至九`, `百分之8.5`
    fn percent_in_words(&self, at: usize, figure: usize) -> Read {
        let read =
            |i: usize| numeral::arabic(self.text, i).or_else(|| numeral::chinese(self.text, i));
        let Some(first) = read(figure) else { return Read::Nothing(figure) };
        let second = self.range_mark(at, first.end).and_then(|i| {
            let i = i + if self.rest(i).starts_with("百分之") { "百分之".len() } else { 0 };
            read(i)
        });
        let end = second.map_or(first.end, |s| s.end);
        let figure = Span::new(at, end);
        let unit = Self::rate();
        let (low, high) = (first.value(), second.map(|s| s.value()));
        self.quantity(Span::new(at, end), figure, low, high, first.inside, unit)
    }

    fn rate() -> WrittenUnit {
        WrittenUnit {
            text: "%".into(),
            base: "%".into(),
            factor: Decimal::ONE,
            kind: UnitKind::Rate,
        }
    }

    fn arabic(&self, at: usize) -> Read {
        let Some(numeral) = numeral::arabic(self.text, at) else {
            let digits = self.rest(at).bytes().take_while(u8::is_ascii_digit).count();
            return Read::Nothing(at + digits);
        };
        if let Some(tenths) = self.tenths(&numeral) {
            return tenths;
        }
        let first = self.amount(numeral);
        if let Some(second) = self.range(&first) {
            return self.range_quantity(&first, &second);
        }
        self.single(&first)
    }

    fn amount(&self, numeral: Numeral) -> Amount<'a> {
        // 突破2000亿大关: its 大 is not that of 四大产业.
        let passed = self.scan.starting_at(numeral.end).is_some_and(|h| h.is(Cue::Milestone));
        let unit = self.lexicon.unit(self.rest(numeral.end)).filter(|_| !passed);
        Amount { numeral, unit, end: numeral.end + unit.map_or(0, |u| u.text.len()) }
    }

    /// The byte behind a dash or 至, or behind 到 where no 由 opens it.
    fn range_mark(&self, start: usize, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if rest.starts_with('到') {
            // A text without commas is not searched to its beginning.
            let near = exclusion::last_bytes(&self.text[..start], exclusion::CLAUSE);
            let comma = near.rfind(['，', '。', '；', '、', '\n']).unwrap_or(0);
            let clause = start - near.len() + comma;
            let from = |h: &crate::lexicon::Hit| h.is(Cue::From);
            let opened = self.scan.inside(clause, start).iter().any(from);
            return (!opened).then_some(at + '到'.len_utf8());
        }
        let dashes = rest.trim_start_matches(['-', '－', '–', '—', '―', '~', '～', '−', '‐', '至']);
        let taken = rest.len() - dashes.len();
        (taken > 0 && taken <= "——".len()).then_some(at + taken)
    }

    /// The second end of `5%-6%`, `4.5-5%`, `30万至40万元`.
    fn range(&self, first: &Amount) -> Option<Amount<'a>> {
        let at = self.range_mark(first.numeral.start, first.end)?;
        let second = self.amount(numeral::arabic(self.text, at)?);
        let same = match (first.unit, second.unit) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(a), Some(b)) => a.base == b.base,
        };
        same.then_some(second)
    }

    fn range_quantity(&self, first: &Amount, second: &Amount) -> Read {
        let span = Span::new(first.numeral.start, second.end);
        let Some(unit) = second.unit.filter(|u| u.kind != UnitKind::NotAQuantity) else {
            return Read::Nothing(second.end);
        };
        if exclusion::applies(self.lexicon, self.text, self.scan, span, Some(unit)) {
            return Read::Nothing(second.end);
        }
        // 5-10万人: the multiplier of the second end holds for both.
        let shared = first.unit.is_none() && first.numeral.power == 0;
        let shift = if shared { 0 } else { first.numeral.power - second.numeral.power };
        let figure = Span::new(first.numeral.start, second.numeral.figure_end);
        let low = first.numeral.figure.shift(shift);
        let written = self.written(&second.numeral, unit);
        self.quantity(span, figure, low, Some(second.numeral.figure), None, written)
    }

    fn single(&self, amount: &Amount) -> Read {
        let numeral = &amount.numeral;
        let span = Span::new(numeral.start - self.minus(numeral.start), amount.end);
        if exclusion::applies(self.lexicon, self.text, self.scan, span, amount.unit) {
            return Read::Nothing(amount.end);
        }
        let figure = Span::new(numeral.start, numeral.figure_end);
        let unit = match amount.unit {
            Some(unit) => self.written(numeral, unit),
            None if numeral.power > 0 => self.bare_multiplier(numeral),
            None if self.names_rate(numeral) => Self::rate(),
            None => return Read::Nothing(amount.end),
        };
        let value =
            if span.start < figure.start { numeral.figure.negate() } else { numeral.figure };
        self.quantity(span, figure, value, None, numeral.inside, unit)
    }

    /// Bytes of a minus sign before a number: 收窄到-1.4%.
    fn minus(&self, at: usize) -> usize {
        let before = &self.text[..at];
        let Some(rest) = before.strip_suffix(['-', '－', '−']) else { return 0 };
        let joins = rest.ends_with(|c: char| c.is_ascii_alphanumeric() || "%-—".contains(c));
        if joins || rest.ends_with('\n') || rest.is_empty() { 0 } else { before.len() - rest.len() }
    }

    /// 研发投入强度达2.6以上: a rate printed without its %.
    fn names_rate(&self, numeral: &Numeral) -> bool {
        let mut at = numeral.start;
        while let Some(hit) = self.scan.ending_at(at) {
            if let Some(form) = hit.word.form.map(|id| self.lexicon.form(id)) {
                let rate = |m: &crate::lexicon::MetricId| self.lexicon.metric(*m).unit == "%";
                return form.metrics.iter().all(rate)
                    && self.text[numeral.start..numeral.figure_end].contains('.');
            }
            if !hit.word.cues.any(&[Cue::Reach, Cue::Light, Cue::RiseTo]) {
                return false;
            }
            at = hit.span.start as usize;
        }
        false
    }

    /// The unit with the multipliers before it, without the 余 among them.
    fn written(&self, numeral: &Numeral, unit: &Unit) -> WrittenUnit {
        let mut text = self.multipliers(numeral);
        text.push_str(unit.shown.as_deref().unwrap_or(&unit.text));
        let factor = Decimal::parse(&unit.factor).unwrap_or(Decimal::ONE).shift(numeral.power);
        WrittenUnit { text, base: unit.base.clone(), factor, kind: unit.kind }
    }

    /// 超1500万: counts something, the text does not say in what.
    fn bare_multiplier(&self, numeral: &Numeral) -> WrittenUnit {
        let factor = Decimal::ONE.shift(numeral.power);
        WrittenUnit {
            text: self.multipliers(numeral),
            base: String::new(),
            factor,
            kind: UnitKind::Count,
        }
    }

    fn multipliers(&self, numeral: &Numeral) -> String {
        self.text[numeral.figure_end..numeral.end]
            .chars()
            .filter(|c| !"余多".contains(*c))
            .collect()
    }

    fn chinese(&self, at: usize) -> Read {
        let Some(numeral) = numeral::chinese(self.text, at) else {
            return Read::Nothing(at + self.numeral_run(at));
        };
        if let Some(tenths) = self.tenths(&numeral) {
            return tenths;
        }
        let bare = numeral::bare(self.text, at).filter(|b| b.end == numeral.end);
        let amount = self.amount(bare.unwrap_or(numeral));
        if let Some(round) = bare.and_then(|b| self.round_figure(&b)) {
            return round;
        }
        let Some(unit) = amount.unit else { return Read::Nothing(numeral.end) };
        let span = Span::new(at, amount.end);
        let bounded = self.lexicon.comparator_before(&self.text[..at]).is_some()
            || self.lexicon.comparator_after(self.rest(amount.end)).is_some()
            || numeral.inside.is_some();
        // 跃上一个新台阶
        if numeral.value().to_f64() < 2.0 && Phrases::VagueCounters.has(&unit.text) {
            return Read::Nothing(numeral.end);
        }
        let is_bare = bare.is_some() && !self.rest(at).starts_with('十');
        let counts = if is_bare {
            bounded
        } else {
            exclusion::counts(self.text, self.scan, &numeral, unit) || bounded
        };
        if !counts || exclusion::applies(self.lexicon, self.text, self.scan, span, Some(unit)) {
            return Read::Nothing(numeral.end);
        }
        let figure = Span::new(at, numeral.figure_end);
        let mut written = self.written(&numeral, unit);
        written.text = unit.shown.clone().unwrap_or_else(|| unit.text.clone());
        written.factor = Decimal::parse(&unit.factor).unwrap_or(Decimal::ONE);
        debug_assert!(numeral.script == Script::Chinese);
        self.quantity(span, figure, numeral.value(), None, numeral.inside, written)
    }

    /// 突破百亿大关, 跨上千亿台阶: a round figure that was passed, its unit is understood.
    fn round_figure(&self, bare: &Numeral) -> Option<Read> {
        let passed = self.lexicon.comparator_before(&self.text[..bare.start]).is_some();
        let behind = self.scan.starting_at(bare.end);
        if !passed || !behind.is_some_and(|h| h.is(Cue::Milestone)) {
            return None;
        }
        let unit = WrittenUnit {
            text: String::new(),
            base: String::new(),
            factor: Decimal::ONE,
            kind: UnitKind::Count,
        };
        let span = Span::new(bare.start, bare.end);
        let figure = Span::new(bare.start, bare.figure_end);
        Some(self.quantity(span, figure, bare.value(), None, None, unit))
    }

    fn numeral_run(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let run =
            rest.trim_start_matches(|c| numeral::digit(c).is_some() || "十百千万亿点".contains(c));
        (rest.len() - run.len()).max(1)
    }

    /// `四成以上`, `超过七成`: tenths of a whole.
    fn tenths(&self, numeral: &Numeral) -> Option<Read> {
        let behind = self.rest(numeral.end).strip_prefix('成')?;
        let value = numeral.value();
        let small = value.to_f64() < 10.0 && numeral.figure_end == numeral.end;
        if !small
            || behind.starts_with(|c| "立为功果员效都本长就绩熟品年分型交份群套真全败".contains(c))
        {
            return None;
        }
        let end = numeral.end + '成'.len_utf8();
        let figure = Span::new(numeral.start, numeral.figure_end);
        Some(self.quantity(
            Span::new(numeral.start, end),
            figure,
            value.shift(1),
            None,
            None,
            Self::rate(),
        ))
    }

    /// Puts the comparing words around a number and its unit.
    fn quantity(
        &self,
        core: Span,
        figure: Span,
        low: Decimal,
        high: Option<Decimal>,
        inside: Option<char>,
        unit: WrittenUnit,
    ) -> Read {
        let mut span = core;
        let mut word = Span::default();
        let mut comparator = if high.is_some() { Comparator::Range } else { Comparator::Eq };
        if let Some(found) = inside.and_then(|c| self.lexicon.comparator_inside(c)) {
            comparator = found;
            word = self.inside_word(core);
        }
        let before = self.words_before(core.start as usize);
        if let Some((text, found)) = self.lexicon.comparator_before(before) {
            word = Span::new(before.len() - text.len(), before.len());
            // The words of 低于每立方米19微克 do not touch the number.
            span.start = if word.end == core.start { word.start } else { core.start };
            if high.is_none() {
                comparator = found;
            }
        }
        let after = self.rest(core.end as usize);
        if unit.kind == UnitKind::Times && after.starts_with('多') {
            span.end += '多'.len_utf8() as u32;
            comparator = Comparator::Ge;
        }
        if let Some((text, found)) = self.lexicon.comparator_after(after) {
            span.end += text.len() as u32;
            word = Span { start: core.end, end: span.end };
            if high.is_none() {
                comparator = found;
            }
        }
        let (low, high) = match (comparator, high) {
            (_, Some(high)) => (Some(low), Some(high)),
            (Comparator::Ge, None) => (Some(low), None),
            (Comparator::Le, None) => (None, Some(low)),
            (_, None) => (Some(low), Some(low)),
        };
        Read::Quantity(Mention {
            span,
            figure,
            low,
            high,
            comparator,
            comparator_word: word,
            unit,
            is_growth: false,
        })
    }

    /// The words before a number, without the 每立方米 that belongs to its unit.
    fn words_before(&self, at: usize) -> &str {
        let before = &self.text[..at];
        before.strip_suffix("每立方米").unwrap_or(before)
    }

    fn inside_word(&self, core: Span) -> Span {
        let start = core.start as usize;
        core.of(self.text)
            .char_indices()
            .find(|(_, c)| "余多".contains(*c))
            .map_or(Span::default(), |(i, c)| Span::new(start + i, start + i + c.len_utf8()))
    }

    /// 两位数增长, 零增长, 持平: figures told in words, where no number was read.
    fn add_word_figures(&self, sentence: Span, mentions: &mut Vec<Mention>) {
        for hit in self.scan.inside(sentence.start as usize, sentence.end as usize) {
            let Some(figure) = hit.word.figure.map(|id| self.lexicon.word_figure(id)) else {
                continue;
            };
            let at = mentions.partition_point(|m| m.span.end <= hit.span.start);
            // 翻了近一番 holds the numeral 一番.
            let inside = |m: &Mention| hit.span.start <= m.span.start && m.span.end <= hit.span.end;
            if mentions.get(at).is_some_and(inside) {
                mentions.remove(at);
            }
            if mentions.get(at).is_some_and(|m| m.span.start < hit.span.end) {
                continue;
            }
            let mention = Mention {
                span: hit.span,
                figure: hit.span,
                low: figure.low,
                high: figure.high,
                comparator: figure.comparator,
                comparator_word: Span::default(),
                unit: Self::rate(),
                is_growth: figure.is_growth,
            };
            mentions.insert(at, mention);
        }
    }
}
