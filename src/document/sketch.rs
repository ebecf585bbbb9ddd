//! A sketch of a text, small enough for a table, by which copies are found.
//!
//! Transcriptions of one report differ in marks, line ends and a misprint here and there, and a
//! fragment holds a part of it. So the text is cut into overlapping runs of [`RUN`] characters,
//! of Chinese and digits alone, and the [`SIZE`] smallest hashes of these runs are kept: a fair
//! sample of them, the same sample in every copy (Broder, "On the resemblance and containment of
//! documents", 1997). [`Sketch::containment`] is the share of the smaller text that the other
//! holds too.

use std::collections::BTreeSet;

/// Characters in a run: long enough to be rare, short enough to stand between two misprints.
const RUN: usize = 10;
/// Hashes kept.
const SIZE: usize = 48;
/// Hexadecimal digits of a hash.
const DIGITS: usize = 8;

/// The smallest hashes of the runs of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a folded text.
    ///
    /// ```
    /// use zhibiao::document::sketch::Sketch;
    /// let whole = Sketch::of("一年来，全市生产总值增长8%，城镇新增就业5万人。");
    /// let part = Sketch::of("全市生产总值增长8%,城镇新增就业5万人");
    /// assert_eq!(whole.containment(&part), 1.0);
    /// assert!(whole.containment(&Sketch::of("各位代表，现在我向大会报告工作，请予审议。")) < 0.1);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let kept: Vec<u64> = text.chars().filter(|&c| counts(c)).map(u64::from).collect();
        let mut smallest = BTreeSet::new();
        let mut largest = u32::MAX; // of those kept; a larger hash is none of the smallest
        let first = kept.iter().take(RUN).fold(0, |run, c| rolled(run, *c));
        let rest = kept.iter().zip(kept.get(RUN..).unwrap_or_default());
        let runs = rest.scan(first, |run, (old, new)| {
            *run = rolled(run.wrapping_sub(old.wrapping_mul(FIRST)), *new);
            Some(*run)
        });
        let first = (kept.len() >= RUN).then_some(first);
        for run in first.into_iter().chain(runs) {
            let hash = mixed(run);
            if hash >= largest && smallest.len() == SIZE {
                continue;
            }
            smallest.insert(hash);
            if smallest.len() > SIZE {
                smallest.pop_last();
            }
            largest = smallest.last().copied().unwrap_or(u32::MAX);
        }
        Self(smallest.into_iter().collect())
    }

    /// The share of the smaller of two texts that the other holds, from 0 to 1; an estimate.
    #[must_use]
    pub fn containment(&self, other: &Self) -> f64 {
        // Below the larger of the two ends one sketch is cut off and says nothing.
        let end = self.end().min(other.end());
        let (mine, theirs) = (self.below(end), other.below(end));
        let shared = mine.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count();
        let smaller = mine.len().min(theirs.len());
        if smaller == 0 { 0.0 } else { shared as f64 / smaller as f64 }
    }

    /// Up to which hash the sketch holds all: the last one, or every one where it is not full.
    fn end(&self) -> u32 {
        self.0.last().copied().filter(|_| self.0.len() == SIZE).unwrap_or(u32::MAX)
    }

    fn below(&self, end: u32) -> &[u32] {
        &self.0[..self.0.partition_point(|&hash| hash <= end)]
    }

    /// As it stands in the table of reports.
    #[must_use]
    pub fn printed(&self) -> String {
        use std::fmt::Write;
        self.0.iter().fold(String::new(), |mut text, hash| {
            let _ = write!(text, "{hash:08x}");
            text
        })
    }

    /// None where `text` is no sketch that was [`printed`](Self::printed).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hash = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok()?;
            (digits.len() == DIGITS).then(|| u32::from_str_radix(digits, 16).ok())?
        };
        let hashes: Option<Vec<u32>> = text.as_bytes().chunks(DIGITS).map(hash).collect();
        hashes.filter(|hashes| hashes.is_sorted()).map(Self)
    }
}

/// A number for the last [`RUN`] characters, from that without the first and the next one (Karp and
/// Rabin, "Efficient randomized pattern-matching algorithms", 1987).
const fn rolled(run: u64, next: u64) -> u64 {
    run.wrapping_mul(BASE).wrapping_add(next)
}

/// Odd, and with bits all over.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// What the first character of a run is multiplied by.
const FIRST: u64 = BASE.wrapping_pow(RUN as u32 - 1);

/// Spreads what differs in a few bits over all of them.
const fn mixed(run: u64) -> u32 {
    ((run ^ run >> 29).wrapping_mul(BASE) >> 32) as u32
}

/// Chinese characters and digits; transcriptions differ in all else.
fn counts(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Projects by number: texts whose numbers overlap share as much.
    pub(crate) fn text(from: usize, to: usize) -> String {
        (from..to)
            .map(|i| format!("第{i}个项目完成投资{}万元，", i * 37))
            .collect::<Vec<_>>()
            .concat()
    }

    #[test]
    fn prints_and_parses() {
        for sketch in
            [Sketch::default(), Sketch::of("甲乙丙丁戊己庚辛壬癸子"), Sketch::of(&text(0, 900))]
        {
            assert_eq!(Sketch::parse(&sketch.printed()), Some(sketch));
        }
        for wrong in ["1", "0000000g", "0000000200000001"] {
            assert_eq!(Sketch::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_is_contained_and_a_neighbour_is_not() {
        let whole = Sketch::of(&text(0, 1000));
        assert!(whole.containment(&Sketch::of(&text(0, 1000).replace('，', "\n"))) > 0.999);
        assert!(whole.containment(&Sketch::of(&text(500, 1000))) > 0.8);
        assert!(whole.containment(&Sketch::of(&text(1000, 2000))) < 0.2);
    }

    #[test]
    fn a_text_without_a_run_is_like_no_other() {
        assert!(Sketch::of("短").containment(&Sketch::of("短")) < f64::EPSILON);
    }
}
