//! Exact decimal numbers, so that 259.03亿元 is 25903000000 and nothing beside it.

/// Those that a double holds exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// `mantissa` × 10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    pub const ZERO: Self = Self::new(0, 0);
    pub const ONE: Self = Self::new(1, 0);

    #[must_use]
    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// Reads digits with at most one point; none for anything else or for more than 30 digits.
    ///
    /// ```
    /// use zhibiao::mention::Decimal;
    /// assert_eq!(Decimal::parse("259.03").unwrap().to_f64(), 259.03);
    /// assert_eq!(Decimal::parse("8.").map(Decimal::to_f64), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let fraction_missing = text.contains('.') && fraction.is_empty();
        if whole.is_empty() || fraction_missing || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        if whole.len() + fraction.len() > 30 {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|b| i128::from(b - b'0'));
        let mantissa = digits.fold(0, |mantissa, digit| mantissa * 10 + digit);
        Some(Self { mantissa, exponent: -(fraction.len() as i32) })
    }

    #[must_use]
    pub const fn shift(self, powers_of_ten: i32) -> Self {
        Self { mantissa: self.mantissa, exponent: self.exponent + powers_of_ten }
    }

    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_mul(other.mantissa),
            exponent: self.exponent + other.exponent,
        }
    }

    /// The exact sum; none where it has too many digits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |d: Self| {
            let power = 10_i128.checked_pow(d.exponent.abs_diff(exponent))?;
            d.mantissa.checked_mul(power)
        };
        Some(Self { mantissa: at(self)?.checked_add(at(other)?)?, exponent })
    }

    #[must_use]
    pub const fn negate(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The nearest double.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // A double holds both exactly, and one operation rounds once.
        let is_exact = self.mantissa.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS;
        let power = POWERS_OF_TEN.get(self.exponent.unsigned_abs() as usize);
        match power.filter(|_| is_exact) {
            Some(power) if self.exponent < 0 => self.mantissa as f64 / power,
            Some(power) => self.mantissa as f64 * power,
            None => format!("{}e{}", self.mantissa, self.exponent).parse().unwrap_or(f64::NAN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn the_nearest_double_is_that_of_the_figure_as_printed() {
        for mantissa in
            ["1", "7", "4601.5", "25903", "9007199254740993", "0.1", "123456789012345678"]
        {
            for shift in [-30, -22, -9, -3, 0, 2, 8, 12, 22, 23, 40] {
                let value = Decimal::parse(mantissa).unwrap().shift(shift);
                let printed: f64 = format!("{mantissa}e{shift}").parse().unwrap();
                assert_eq!(value.to_f64().to_bits(), printed.to_bits(), "{mantissa}e{shift}");
            }
        }
    }

    #[test]
    fn stays_exact() {
        let value = Decimal::parse("259.03").unwrap().shift(8);
        assert!((value.to_f64() - 25_903_000_000.0).abs() < f64::EPSILON);
        let jin = Decimal::parse("130").unwrap().shift(8).times(Decimal::parse("0.0005").unwrap());
        assert!((jin.to_f64() - 6_500_000.0).abs() < f64::EPSILON);
    }
}
