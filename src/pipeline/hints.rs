//! Regions and years that a user knows better than the text.

use std::collections::HashMap;

/// What a user says of one document; nothing where both are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// A region's name, or its six-digit code.
    pub region: Option<String>,
    pub year: Option<i16>,
    /// Cells of the columns that are carried along, in their order; empty where there are none.
    pub kept: Vec<Option<String>>,
}

impl Hint {
    /// Nothing is said of region and year.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.region.is_none() && self.year.is_none()
    }

    /// The cells to be kept: those said here, else those of the document's table.
    #[must_use]
    pub fn kept_before(&self, of_table: &[Option<String>]) -> Vec<Option<String>> {
        let cell = |of: &[Option<String>], at: usize| of.get(at).cloned().flatten();
        let length = self.kept.len().max(of_table.len());
        (0..length).map(|at| cell(&self.kept, at).or_else(|| cell(of_table, at))).collect()
    }
}

/// Hints by source: by its whole path as the tables show it, or by the end of it.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    by_source: HashMap<String, Hint>,
}

impl Hints {
    #[must_use]
    pub fn new(hints: impl IntoIterator<Item = (String, Hint)>) -> Self {
        let slashes = |source: String| source.replace('\\', "/");
        Self {
            by_source: hints.into_iter().map(|(source, hint)| (slashes(source), hint)).collect(),
        }
    }

    /// The hint for a source, by the longest end of its path that has one:
    /// `2024/甲.txt` before `甲.txt`.
    #[must_use]
    pub fn of(&self, source: &str) -> Option<&Hint> {
        let ends = source.match_indices('/').map(|(at, _)| &source[at + 1..]);
        std::iter::once(source).chain(ends).find_map(|end| self.by_source.get(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_end_of_a_path_wins() {
        let hint = |year| Hint { year: Some(year), ..Hint::default() };
        let hints = Hints::new([
            ("甲.txt".to_owned(), hint(2001)),
            ("a\\甲.txt".to_owned(), hint(2002)),
            ("x/a/乙.txt".to_owned(), hint(2003)),
        ]);
        let cases = [
            ("甲.txt", Some(2001)),
            ("b/甲.txt", Some(2001)),
            ("x/a/甲.txt", Some(2002)),
            ("x/a/乙.txt", Some(2003)),
            ("a/乙.txt", None),
            ("乙甲.txt", None),
        ];
        for (source, year) in cases {
            assert_eq!(hints.of(source).and_then(|hint| hint.year), year, "{source}");
        }
    }

    #[test]
    fn a_cell_said_goes_before_that_of_a_table() {
        let cells = |cells: &[&str]| -> Vec<Option<String>> {
            cells.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect()
        };
        let hint = |kept| Hint { kept: cells(kept), ..Hint::default() };
        assert_eq!(
            hint(&["a", "", ""]).kept_before(&cells(&["b", "c", ""])),
            cells(&["a", "c", ""])
        );
        assert_eq!(hint(&[]).kept_before(&cells(&["b"])), cells(&["b"]));
        assert_eq!(hint(&["a"]).kept_before(&[]), cells(&["a"]));
        assert!(hint(&["a"]).is_empty(), "it says nothing of region and year");
    }
}
