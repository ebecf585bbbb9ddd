//! How often texts hold the words of a list.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rayon::prelude::*;

/// What is counted in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Words of the list, without overlap, from the left, the longest that fits.
    pub words: u32,
    /// Characters of the text that are no white space.
    pub characters: u32,
}

/// A list that holds an empty word, or none at all.
#[derive(Debug, thiserror::Error)]
#[error("the words cannot be searched for: {0}")]
pub struct WordListError(String);

/// Counts the words in each text, white space left out, over all threads.
///
/// ```
/// let counted = zhibiao::stats::count_words(&["创新驱\n动，科技创新"], &["创新", "创新驱动"]).unwrap();
/// assert_eq!((counted[0].words, counted[0].characters), (2, 9));
/// ```
///
/// # Errors
/// The list holds an empty word, or none.
pub fn count_words<T: AsRef<str> + Sync>(
    texts: &[T],
    words: &[&str],
) -> Result<Vec<Counted>, WordListError> {
    if words.is_empty() || words.contains(&"") {
        return Err(WordListError("there are none, or one of them is empty".to_owned()));
    }
    let automaton: CharwiseDoubleArrayAhoCorasick<u32> =
        CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words)
            .map_err(|error| WordListError(error.to_string()))?;
    let count = |dense: &mut String, text: &T| {
        dense.clear();
        dense.extend(text.as_ref().split_whitespace());
        Counted {
            words: automaton.leftmost_find_iter(&*dense).count() as u32,
            characters: dense.chars().count() as u32,
        }
    };
    Ok(texts.par_iter().map_init(String::new, count).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_plain_loop_counts_them() {
        let words = ["环保", "环境保护", "保护", "治污", "污染防治", "水"];
        let texts = ["环境保护与污 染防治，治\n污水。环保、环境", "", "水水水", "  \u{3000}"];
        let plain = |text: &str| {
            let dense: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            let (mut at, mut count) = (0, 0);
            while at < dense.len() {
                let fits = |word: &&&str| {
                    dense[at..].iter().copied().take(word.chars().count()).eq(word.chars())
                };
                let longest = words.iter().filter(fits).map(|word| word.chars().count()).max();
                count += u32::from(longest.is_some());
                at += longest.unwrap_or(1);
            }
            Counted { words: count, characters: dense.len() as u32 }
        };
        let expected: Vec<Counted> = texts.iter().map(|text| plain(text)).collect();
        assert_eq!(expected[0].words, 5);
        assert_eq!(count_words(&texts, &words).unwrap(), expected);
    }

    #[test]
    fn a_list_that_cannot_be_is_refused() {
        for words in [&[""] as &[&str], &["水", ""], &[]] {
            assert!(count_words(&["水"], words).is_err(), "{words:?}");
        }
        assert_eq!(count_words(&["水"], &["水", "水"]).unwrap()[0].words, 1);
    }
}
