//! Was a target met, and are its two sides comparable at all?
//!
//! A target is a set of numbers: 6% 以上 of something that shall grow is 6 and all above it, a
//! surveyed unemployment of 5.5% is 5.5 and all below. What was reached is an interval too: 超过6%
//! is 6 and all above. The target is met where the whole interval lies inside the set, missed
//! where none of it does, and else it is undetermined: nothing is rounded in anyone's favour.

use crate::lexicon::Direction;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Was the target met?
    Met {
        Yes = "yes",
        No = "no",
        /// The figures as printed do not tell.
        Undetermined = "undetermined",
    }
}

/// The numbers from `low` to `high`, both included; an open end is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    /// As printed: 5%-6%, 6%以上, 3%以内; none without a number.
    #[must_use]
    pub fn printed(low: Option<f64>, high: Option<f64>) -> Option<Self> {
        (low.is_some() || high.is_some()).then(|| Self {
            low: low.unwrap_or(f64::NEG_INFINITY),
            high: high.unwrap_or(f64::INFINITY),
        })
    }

    /// The set that meets a target that was printed so. Where the words say which side counts
    /// (以上, 以内) they win; else the direction of the metric does.
    #[must_use]
    pub fn aimed_at(self, direction: Direction) -> Self {
        let bounded = self.low.is_finite() && self.high.is_finite();
        match direction {
            Direction::Floor if bounded => Self { high: f64::INFINITY, ..self },
            Direction::Ceiling if bounded => Self { low: f64::NEG_INFINITY, ..self },
            _ => self,
        }
    }

    /// With every end rounded to so many decimals, as the target is printed.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Self {
        let scale = 10f64.powi(i32::from(decimals));
        // 5.45 is stored as 5.4500000000000002 or 5.4499999999999993: figures have few digits.
        let round = |end: f64| {
            if end.is_finite() { ((end * scale * 1e6).round() / 1e6).round() / scale } else { end }
        };
        Self { low: round(self.low), high: round(self.high) }
    }

    /// Larger on both sides, by a tolerance.
    #[must_use]
    pub fn widened(self, by: f64) -> Self {
        Self { low: self.low - by, high: self.high + by }
    }

    /// The interval and all above it.
    #[must_use]
    pub const fn from_here_on(self) -> Self {
        Self { high: f64::INFINITY, ..self }
    }

    fn contains(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

impl Met {
    /// Is what was reached above something else that was reached? 快于经济增长.
    #[must_use]
    pub fn above(reference: Interval, actual: Interval) -> Self {
        if actual.low > reference.high {
            Self::Yes
        } else if actual.high <= reference.low {
            Self::No
        } else {
            Self::Undetermined
        }
    }

    /// Judges what was reached by a target as printed.
    #[must_use]
    pub fn of(target: Interval, actual: Interval, direction: Direction) -> Self {
        let aim = target.aimed_at(direction);
        if aim.contains(actual) {
            Self::Yes
        } else if aim.meets(actual) {
            Self::Undetermined
        } else if direction == Direction::Band && actual.high < aim.low {
            // 居民消费价格涨幅3%左右, and 2% came: below the figure, neither met nor missed.
            Self::Undetermined
        } else {
            Self::No
        }
    }
}

/// Do both sides tell of the same thing? None where one of them does not say which definition or
/// basis it means. `variants` and `bases` are those of target and actual.
#[must_use]
pub fn comparable(variants: [Option<&str>; 2], bases: [Option<&str>; 2]) -> Option<bool> {
    let known = |word: Option<&str>| word.filter(|w| !UNKNOWN.contains(w)).map(str::to_owned);
    let same = |[one, other]: [Option<&str>; 2]| Some(known(one)? == known(other)?);
    match (same(variants), same(bases)) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (told, _) => told,
    }
}

/// What stands where the text says nothing.
const UNKNOWN: [&str; 3] = ["", "unspecified", "unstated"];

#[cfg(test)]
mod tests {
    use super::*;

    fn met(target: [Option<f64>; 2], actual: [Option<f64>; 2], direction: Direction) -> Met {
        let interval = |[low, high]: [Option<f64>; 2]| Interval::printed(low, high).unwrap();
        Met::of(interval(target), interval(actual), direction)
    }

    const fn at(value: f64) -> [Option<f64>; 2] {
        [Some(value), Some(value)]
    }

    const fn from(value: f64) -> [Option<f64>; 2] {
        [Some(value), None]
    }

    const fn to(value: f64) -> [Option<f64>; 2] {
        [None, Some(value)]
    }

    #[test]
    fn targets_by_direction() {
        use Direction::{Band, Ceiling, Floor, None};
        for (target, actual, direction, judged) in [
            (at(6.0), at(6.0), Floor, Met::Yes),
            (at(6.0), at(5.9), Floor, Met::No),
            (at(6.0), at(8.0), Floor, Met::Yes),
            (from(6.0), at(5.9), Floor, Met::No),
            ([Some(5.0), Some(6.0)], at(7.0), Floor, Met::Yes),
            ([Some(5.0), Some(6.0)], at(4.9), Floor, Met::No),
            (at(5.5), at(5.2), Ceiling, Met::Yes),
            (to(5.5), at(5.6), Ceiling, Met::No),
            // 单位GDP能耗下降3%: a fall of 4 is more than was asked for
            (at(-3.0), at(-4.0), Ceiling, Met::Yes),
            (at(-3.0), at(-2.0), Ceiling, Met::No),
            (to(3.0), at(2.0), Band, Met::Yes),
            (to(3.0), at(3.1), Band, Met::No),
            (at(3.0), at(3.0), Band, Met::Yes),
            (at(3.0), at(2.0), Band, Met::Undetermined),
            (at(3.0), at(3.4), Band, Met::No),
            (at(100.0), at(90.0), None, Met::No),
        ] {
            assert_eq!(
                met(target, actual, direction),
                judged,
                "{target:?} {actual:?} {direction:?}"
            );
        }
    }

    #[test]
    fn what_was_reached_may_be_open() {
        use Direction::{Ceiling, Floor};
        assert_eq!(met(at(6.0), from(6.0), Floor), Met::Yes); // 超过6%
        assert_eq!(met(at(6.0), from(5.0), Floor), Met::Undetermined); // 超过5%
        assert_eq!(met(at(6.0), to(5.0), Floor), Met::No); // 不足5%
        assert_eq!(met(to(5.5), to(5.5), Ceiling), Met::Yes); // 控制在5.5%以内
        assert_eq!(met(to(5.5), to(6.0), Ceiling), Met::Undetermined);
    }

    #[test]
    fn rounds_to_the_target_decimals() {
        let actual = Interval::printed(Some(5.95), Some(5.95)).unwrap();
        let target = Interval::printed(Some(6.0), Some(6.0)).unwrap();
        assert_eq!(Met::of(target, actual, Direction::Floor), Met::No);
        assert_eq!(Met::of(target, actual.rounded(0), Direction::Floor), Met::Yes);
        assert_eq!(actual.rounded(1), Interval { low: 6.0, high: 6.0 });
        let up = Interval { low: 5.5, high: f64::INFINITY };
        assert_eq!(Interval::printed(Some(5.45), None).unwrap().rounded(1), up);
    }

    #[test]
    fn comparable_only_where_both_sides_are_known() {
        let no = [None, None];
        for (variants, judged) in [
            ([Some("net_income"), Some("disposable_income")], Some(false)),
            ([Some("usd"), Some("usd")], Some(true)),
            ([Some("unspecified"), Some("usd")], None),
            ([None, Some("usd")], None),
        ] {
            assert_eq!(comparable(variants, no), judged, "{variants:?}");
        }
        let same = [Some("usd"), Some("usd")];
        assert_eq!(comparable(same, [Some("real"), Some("nominal")]), Some(false));
        assert_eq!(comparable(same, [Some("unstated"), Some("real")]), Some(true));
    }
}
