//! Five-year plans and parts of the year, as written.

use super::table::{Table, expand};
use super::words::WordList;
use super::{LexiconError, PeriodWordId};
use crate::mention::{Period, Subperiod};

/// A word that stands for a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodWord {
    /// “十四五”: the years of a plan.
    Plan(Period),
    /// 前三季度: a part of the year.
    Part(Subperiod),
}

#[derive(Debug, Default)]
pub(super) struct PeriodWords {
    pub(super) list: Vec<PeriodWord>,
}

impl PeriodWords {
    pub(super) fn add(
        &mut self,
        path: &str,
        tsv: &str,
        words: &mut WordList,
    ) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let value = row.get("value");
            let word = match row.get("kind") {
                "plan" => value
                    .split_once(' ')
                    .and_then(|(start, end)| {
                        Some(Period { start: start.parse().ok()?, end: end.parse().ok()? })
                    })
                    .map(PeriodWord::Plan),
                "part" => Subperiod::of_name(value).map(PeriodWord::Part),
                _ => None,
            };
            let Some(word) = word else {
                return Err(row.error(format!(
                    "expected a plan with two years or a part of the year, found `{value}`"
                )));
            };
            self.list.push(word);
            let id = PeriodWordId(self.list.len() as u16 - 1);
            for form in row.get("forms").split('|').flat_map(expand) {
                words.entry(&form).period = Some(id);
            }
        }
        Ok(())
    }
}
