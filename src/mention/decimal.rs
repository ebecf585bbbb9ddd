//! Exact decimal numbers, so that 259.03亿元 is 25903000000 and nothing beside it.

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
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
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
        format!("{}e{}", self.mantissa, self.exponent).parse().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn stays_exact() {
        let value = Decimal::parse("259.03").unwrap().shift(8);
        assert!((value.to_f64() - 25_903_000_000.0).abs() < f64::EPSILON);
        let jin = Decimal::parse("130").unwrap().shift(8).times(Decimal::parse("0.0005").unwrap());
        assert!((jin.to_f64() - 6_500_000.0).abs() < f64::EPSILON);
    }
}
