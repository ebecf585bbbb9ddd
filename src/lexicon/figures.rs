//! Figures told in words: 两位数增长, 零增长, 翻一番, 持平.

use super::table::{Table, expand};
use super::words::WordList;
use super::{LexiconError, WordFigureId};
use crate::mention::{Comparator, Decimal};

/// A rate in % that words stand for.
#[derive(Clone, Debug)]
pub struct WordFigure {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub comparator: Comparator,
    /// The words themselves say that it is a growth.
    pub is_growth: bool,
}

#[derive(Debug, Default)]
pub(super) struct WordFigures {
    pub(super) list: Vec<WordFigure>,
}

impl WordFigures {
    pub(super) fn add(
        &mut self,
        path: &str,
        tsv: &str,
        words: &mut WordList,
    ) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let name = row.get("comparator");
            let Some(comparator) = Comparator::of_name(name) else {
                return Err(row.error(format!("expected a comparator, found `{name}`")));
            };
            let bound = |column| match row.get(column) {
                "" => Ok(None),
                text => Decimal::parse(text).map(Some).ok_or_else(|| {
                    row.error(format!("expected a number in `{column}`, found `{text}`"))
                }),
            };
            self.list.push(WordFigure {
                low: bound("low")?,
                high: bound("high")?,
                comparator,
                is_growth: row.get("measure") == "growth",
            });
            let id = WordFigureId(self.list.len() as u16 - 1);
            for form in row.get("forms").split('|').flat_map(expand) {
                words.entry(&form).figure = Some(id);
            }
        }
        Ok(())
    }
}
