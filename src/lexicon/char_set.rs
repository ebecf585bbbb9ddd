//! A few characters, asked after quickly: most texts end in none of them.

/// Holds characters by six bits of each, so that it may take another one for its own.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CharSet(u64);

impl CharSet {
    const fn bit(c: char) -> u64 {
        1 << (c as u32 % 64)
    }

    /// False of no character that was put in.
    pub(crate) const fn may_hold(self, c: char) -> bool {
        self.0 & Self::bit(c) != 0
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        Self(chars.into_iter().fold(0, |bits, c| bits | Self::bit(c)))
    }
}
