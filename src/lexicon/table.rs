//! Reads the tab-separated tables of this folder.

use std::ops::RangeInclusive;

use super::LexiconError;

/// A table whose first line names its columns.
pub(crate) struct Table<'t> {
    path: &'t str,
    columns: Vec<&'t str>,
    lines: Vec<(usize, &'t str)>,
}

/// A row of a [`Table`].
pub(crate) struct Row<'t, 'a> {
    table: &'a Table<'t>,
    number: usize,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    /// Lines starting with `#` and empty lines are passed over.
    pub(crate) fn parse(path: &'t str, text: &'t str) -> Result<Self, LexiconError> {
        let mut lines = text
            .trim_start_matches('\u{feff}')
            .lines()
            .enumerate()
            .map(|(i, l)| (i + 1, l.trim_end_matches('\r')))
            .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let Some((_, head)) = lines.next() else {
            return Err(LexiconError {
                path: path.into(),
                line: 1,
                message: "expected a first line that names the columns, found an empty file".into(),
            });
        };
        let columns = head.split('\t').map(str::trim).collect();
        Ok(Self { path, columns, lines: lines.collect() })
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    pub(crate) fn columns(&self) -> &[&'t str] {
        &self.columns
    }

    pub(crate) fn rows<'a>(&'a self) -> impl Iterator<Item = Row<'t, 'a>> {
        self.lines.iter().map(move |&(number, line)| Row {
            table: self,
            number,
            cells: line.split('\t').map(str::trim).collect(),
        })
    }
}

impl<'t> Row<'t, '_> {
    /// The cell of a column; empty where the line is short or the column missing.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).copied().unwrap_or("")
    }

    /// The years of the columns `from` and `to`; an empty cell is an open end.
    pub(crate) fn years(&self) -> RangeInclusive<i16> {
        let year = |column, open: i16| match self.get(column) {
            "" => open,
            year => year.parse().expect("a year in a built-in list"),
        };
        year("from", i16::MIN)..=year("to", i16::MAX)
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn error(&self, message: impl Into<String>) -> LexiconError {
        LexiconError { path: self.table.path.into(), line: self.number, message: message.into() }
    }
}

/// Every written form of a pattern with alternatives in braces, which may nest:
/// `{城镇,城市}居民收入` is 城镇居民收入 and 城市居民收入.
pub(crate) fn expand(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else { return vec![pattern.to_owned()] };
    let Some((choices, close)) = choices(&pattern[open + 1..]) else {
        return vec![pattern.to_owned()];
    };
    let tails = expand(&pattern[open + 1 + close..]);
    let heads = choices.into_iter().flat_map(expand);
    heads
        .flat_map(|head| tails.iter().map(move |tail| format!("{}{head}{tail}", &pattern[..open])))
        .collect()
}

/// The choices up to the brace that closes them, and the byte behind it.
fn choices(text: &str) -> Option<(Vec<&str>, usize)> {
    let (mut depth, mut start, mut choices) = (0, 0, Vec::new());
    for (i, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                choices.push(&text[start..i]);
                start = i + 1;
                if c == '}' {
                    return Some((choices, start));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn expands_braces() {
        assert_eq!(expand("{a,}b{c,d}"), ["abc", "abd", "bc", "bd"]);
        assert_eq!(expand("{a{b,c},d}e"), ["abe", "ace", "de"]);
        assert_eq!(expand("社零"), ["社零"]);
    }
}
