//! Numbers as written: 8.4, 1.4万, 四百多, 百分之八点五.
//!
//! A numeral is a figure with its multipliers and an 余 or 多 inside it. What it
//! counts, and whether it is a quantity at all, is not known here.

use super::Decimal;

/// A number in a text, from `start` to `end` bytes, multipliers and 余/多 included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    pub start: usize,
    pub end: usize,
    /// The figure without multipliers: 1.4 of 1.4万.
    pub figure: Decimal,
    /// Where the figure itself ends.
    pub figure_end: usize,
    /// The multipliers as a power of ten: 4 of 万.
    pub power: i32,
    /// 余, 多: the figure is a lower bound. 来: it is approximate.
    pub inside: Option<char>,
    pub script: Script,
}

/// What the figure is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Arabic,
    Chinese,
    /// A multiplier alone, as in 突破万件.
    Bare,
}

/// The multipliers behind an Arabic figure.
const POWERS: &[(char, i32)] = &[('亿', 8), ('万', 4), ('千', 3), ('百', 2), ('十', 1)];

/// Reads an Arabic numeral that starts at `at`.
///
/// ```
/// use zhibiao::mention::numeral::arabic;
/// let n = arabic("1.4万余人次", 0).unwrap();
/// assert_eq!((n.figure.to_f64(), n.power, n.inside), (1.4, 4, Some('余')));
/// ```
#[must_use]
pub fn arabic(text: &str, at: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let mut end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    if bytes.get(end) == Some(&b'.') {
        let fraction = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        end += if fraction > 0 { 1 + fraction } else { 0 };
    }
    let figure = Decimal::parse(&text[at..end])?;
    let mut numeral = Numeral {
        start: at,
        end,
        figure,
        figure_end: end,
        power: 0,
        inside: None,
        script: Script::Arabic,
    };
    numeral.multipliers(text);
    while let Some(longer) = numeral.with_next_section(text) {
        numeral = longer;
    }
    Some(numeral)
}

/// A multiplier alone: the 万 of 突破万件, the 千亿 of 超千亿元.
#[must_use]
pub fn bare(text: &str, at: usize) -> Option<Numeral> {
    let mut numeral = Numeral {
        start: at,
        end: at,
        figure: Decimal::ONE,
        figure_end: at,
        power: 0,
        inside: None,
        script: Script::Bare,
    };
    numeral.multipliers(text);
    (numeral.power > 0 && numeral.inside.is_none()).then_some(numeral)
}

impl Numeral {
    /// The number with its multipliers, counted in single units.
    #[must_use]
    pub const fn value(&self) -> Decimal {
        self.figure.shift(self.power)
    }

    /// 3亿5千万, 1万2千, 2亿3000万, 3万5000: sections with multipliers of their own make one
    /// number, whose multipliers are then no part of the unit.
    fn with_next_section(&self, text: &str) -> Option<Self> {
        let width = self.open_width(text)?;
        let digits = text.as_bytes()[self.end..].iter().take_while(|b| b.is_ascii_digit()).count();
        let figure_end = self.end + digits;
        let figure = Decimal::parse(&text[self.end..figure_end])?;
        let mut next =
            Self { start: self.end, end: figure_end, figure, figure_end, power: 0, ..*self };
        next.inside = None;
        next.multipliers(text);
        let whole = digits + next.power.unsigned_abs() as usize;
        let fits = if next.power > 0 { whole <= width } else { digits == width };
        let is_fraction = text[figure_end..].starts_with(['.', '%']);
        if !fits || is_fraction {
            return None;
        }
        Some(Self {
            start: self.start,
            end: next.end,
            figure: self.value().plus(next.value())?,
            figure_end: next.end - next.inside.map_or(0, char::len_utf8),
            power: 0,
            inside: next.inside,
            script: self.script,
        })
    }

    /// The digits for which the last multiplier leaves room: four behind 万, eight behind 亿.
    fn open_width(&self, text: &str) -> Option<usize> {
        let last = text[..self.end].chars().next_back()?;
        let (_, power) = POWERS.iter().find(|(c, _)| *c == last)?;
        usize::try_from(*power).ok()
    }

    /// Takes 余, multipliers and 余 behind the figure.
    fn multipliers(&mut self, text: &str) {
        let mut chars = text[self.end..].chars().peekable();
        loop {
            match chars.peek() {
                Some(&c @ ('余' | '多')) if self.inside.is_none() => {
                    self.inside = Some(c);
                    self.end += c.len_utf8();
                }
                Some(c) => {
                    let Some((c, power)) = POWERS.iter().find(|(p, _)| p == c) else { return };
                    self.power += power;
                    self.end += c.len_utf8();
                }
                None => return,
            }
            chars.next();
        }
    }
}

/// Reads a Chinese numeral that starts at `at`: 三, 十二, 四百, 两千零五, 三点五.
/// Digits set side by side (二〇二四) are a year or a number, not a quantity, and are
/// read as such. Two neighbours that name a guess (两三) give nothing.
///
/// ```
/// use zhibiao::mention::numeral::chinese;
/// assert_eq!(chinese("四百多个", 0).unwrap().value().to_f64(), 400.0);
/// assert!(chinese("两三个", 0).is_none());
/// ```
#[must_use]
pub fn chinese(text: &str, at: usize) -> Option<Numeral> {
    let mut reader = Reader::default();
    let mut end = at;
    let mut inside = None;
    for c in text[at..].chars() {
        if inside.is_some() || !reader.take(c)? {
            match c {
                '余' | '多' if inside.is_none() && end > at => inside = Some(c),
                _ => break,
            }
        }
        end += c.len_utf8();
    }
    let figure = reader.finish()?;
    let figure_end = end - inside.map_or(0, char::len_utf8);
    let mut numeral =
        Numeral { start: at, end, figure, figure_end, power: 0, inside, script: Script::Chinese };
    numeral.multipliers(text);
    Some(numeral)
}

/// Adds up a Chinese numeral character by character.
#[derive(Default)]
struct Reader {
    /// Whole sections of 亿 and 万.
    total: i128,
    /// Below the last 万 or 亿.
    section: i128,
    digit: Option<i128>,
    fraction: Option<(i128, i32)>,
    taken: bool,
}

impl Reader {
    /// False where `c` is no numeral; none where the characters make no number.
    fn take(&mut self, c: char) -> Option<bool> {
        if matches!(c, '点' | '．') {
            let opens =
                self.taken && self.fraction.is_none() && (self.digit.is_some() || self.section > 0);
            if opens {
                self.fraction = Some((0, 0));
            }
            return Some(opens);
        }
        if let Some(value) = digit(c) {
            if let Some((fraction, places)) = self.fraction {
                self.fraction = Some((fraction.checked_mul(10)?.checked_add(value)?, places + 1));
                return Some(true);
            }
            if self.digit.is_some_and(|d| d > 0) {
                return None;
            }
            self.digit = Some(value);
            self.taken = true;
            return Some(true);
        }
        let Some(power) = power(c) else { return Some(false) };
        if self.fraction.is_some() {
            return Some(false);
        }
        self.multiply(power)?;
        self.taken = true;
        Some(true)
    }

    /// None where the number is larger than any that a report tells: 亿亿亿亿亿.
    fn multiply(&mut self, power: i128) -> Option<()> {
        if power < 10_000 {
            self.section =
                self.section.checked_add(self.digit.take().unwrap_or(1).checked_mul(power)?)?;
            return Some(());
        }
        let below = self.section + self.digit.take().unwrap_or(0);
        let below = if below == 0 && self.total == 0 { 1 } else { below };
        self.total = if power > 10_000 {
            self.total.checked_add(below)?.checked_mul(power)?
        } else {
            self.total.checked_add(below.checked_mul(power)?)?
        };
        self.section = 0;
        Some(())
    }

    fn finish(self) -> Option<Decimal> {
        if !self.taken {
            return None;
        }
        let whole = self.total.checked_add(self.section)?.checked_add(self.digit.unwrap_or(0))?;
        match self.fraction {
            None => Some(Decimal::new(whole, 0)),
            Some((_, 0)) => None,
            Some((fraction, places)) => {
                let shifted = whole.checked_mul(10_i128.checked_pow(places as u32)?)?;
                Some(Decimal::new(shifted.checked_add(fraction)?, -places))
            }
        }
    }
}

/// Does a Chinese numeral start at the head of `bytes`?
pub(super) fn starts(bytes: &[u8]) -> bool {
    let &[first, second, third, ..] = bytes else { return false };
    let bits = |byte: u8, mask: u8| u32::from(byte & mask);
    let code = bits(first, 0x0f) << 12 | bits(second, 0x3f) << 6 | bits(third, 0x3f);
    char::from_u32(code).is_some_and(|c| digit(c).is_some() || power(c).is_some())
}

/// The value of a Chinese digit.
#[must_use]
pub const fn digit(c: char) -> Option<i128> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

const fn power(c: char) -> Option<i128> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_chinese_numerals() {
        for (text, value) in [
            ("三", 3.0),
            ("十", 10.0),
            ("十二", 12.0),
            ("二十", 20.0),
            ("一百零五", 105.0),
            ("两千", 2000.0),
            ("四百多", 400.0),
            ("一万二千", 12_000.0),
            ("三亿五千万", 350_000_000.0),
            ("八点五", 8.5),
            ("万亿", 1e12),
        ] {
            let got = chinese(text, 0).map(|n| n.value().to_f64());
            assert_eq!(got, Some(value), "{text}");
        }
        for text in ["两三个", "二〇二四年", "年"] {
            assert_eq!(chinese(text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_number_too_large_is_none() {
        let fraction = format!("三点{}", "一".repeat(50));
        let shifted = format!("九千亿亿亿亿零一点{}", "一".repeat(30));
        let sum = format!("九{}", "亿".repeat(4)) + "九千万亿亿";
        for text in ["九亿亿亿亿亿", "九千万亿亿亿亿", &"亿".repeat(40), &fraction, &shifted, &sum]
        {
            assert_eq!(chinese(text, 0), None, "{text}");
        }
    }
}
