//! Does this part look back or ahead?

use std::sync::LazyLock;

use super::heading::Rank;
use super::{Outlook, Part};
use crate::lexicon::char_set::CharSet;
use crate::lexicon::table::Table;
use crate::lexicon::{Cue, Hit, Lexicon, PeriodWord, Phrases};

/// A line of `lexicon/parts.tsv`.
struct Signs {
    part: Part,
    outlook: Option<Outlook>,
    words: Vec<&'static str>,
    /// What the words end with.
    ends: CharSet,
}

static PARTS: LazyLock<Vec<Signs>> = LazyLock::new(|| {
    let table =
        Table::parse("parts.tsv", include_str!("../lexicon/parts.tsv")).expect("a built-in list");
    table
        .rows()
        .map(|row| (row.get("words").split('|').collect::<Vec<_>>(), row))
        .map(|(words, row)| Signs {
            part: *Part::ALL
                .iter()
                .find(|p| p.name() == row.get("part"))
                .expect("a part of the contract"),
            outlook: match row.get("outlook") {
                "back" => Some(Outlook::Back),
                "ahead" => Some(Outlook::Ahead),
                _ => None,
            },
            ends: words.iter().filter_map(|word| word.chars().next_back()).collect(),
            words,
        })
        .collect()
});

/// Where the reader stands in the report.
pub(super) struct Position {
    pub(super) part: Part,
    pub(super) outlook: Outlook,
    /// A heading has told back from ahead.
    told: bool,
    /// The report has headings of parts; its sections turn nothing.
    has_parts: bool,
    year: i16,
}

impl Position {
    /// A report begins by looking back; a fragment may begin in the middle of the plan.
    pub(super) fn at_start(body: &str, year: i16) -> Self {
        let outlook = if opens_in_plan(body) { Outlook::Ahead } else { Outlook::Back };
        let part = if outlook == Outlook::Ahead { Part::Plan } else { Part::Review };
        Self { part, outlook, told: false, has_parts: false, year }
    }

    /// Passes a heading.
    ///
    /// Its words tell first (工作回顾, 主要目标), then a year that it names (2024年主要工作),
    /// then a plan (“十二五”时期的战略任务).
    pub(super) fn enter(&mut self, heading: &str, rank: Rank, hits: &[Hit], lexicon: &Lexicon) {
        if rank == Rank::Item || self.part == Part::Glossary {
            return;
        }
        self.has_parts |= rank == Rank::Part && heading.starts_with(|c| "一二三四".contains(c));
        if rank == Rank::Section
            && self.has_parts
            && best(heading).is_some_and(|w| w.outlook.is_some())
        {
            return;
        }
        // 1998年工作回顾和1999年工作的总体要求: the sentences will tell.
        if rank == Rank::Part && holds(heading, Outlook::Back) && holds(heading, Outlook::Ahead) {
            (self.part, self.outlook, self.told) = (Part::Review, Outlook::Back, true);
            return;
        }
        let Some(words) = best(heading) else {
            if rank == Rank::Part && !self.enter_by_year(heading) {
                self.enter_by_plan(hits, lexicon);
            }
            return;
        };
        // A section under the plan may be called 回顾 or 任务 for its own reasons.
        if rank == Rank::Section
            && words.outlook == Some(Outlook::Back)
            && self.outlook == Outlook::Ahead
        {
            return;
        }
        if rank == Rank::Section
            && words.outlook == Some(Outlook::Ahead)
            && self.outlook == Outlook::Back
            && self.told
        {
            return;
        }
        self.part = words.part;
        self.outlook = words.outlook.unwrap_or(self.outlook);
        self.told |= words.outlook.is_some();
    }

    /// 二、2024年工作: the year alone tells.
    fn enter_by_year(&mut self, heading: &str) -> bool {
        let says = |year: i16, word: &str| {
            heading.contains(&format!("{year}年")) || heading.contains(word)
        };
        if says(self.year, "今年") {
            (self.part, self.outlook, self.told) = (Part::Plan, Outlook::Ahead, true);
        } else if says(self.year - 1, "去年") {
            (self.part, self.outlook, self.told) = (Part::Review, Outlook::Back, true);
        } else {
            return false;
        }
        true
    }

    /// 二、“十二五”时期的战略任务: a plan that lies ahead, or one that is over.
    fn enter_by_plan(&mut self, hits: &[Hit], lexicon: &Lexicon) {
        let plan = hits.iter().rev().find_map(|h| match lexicon.period_word(h.word.period?) {
            PeriodWord::Plan(years) => Some(years),
            PeriodWord::Part(_) => None,
        });
        match plan {
            Some(years) if years.start >= self.year => {
                (self.part, self.outlook, self.told) = (Part::Plan, Outlook::Ahead, true);
            }
            Some(years) if years.end < self.year => {
                (self.part, self.outlook, self.told) = (Part::Review, Outlook::Back, true);
            }
            _ if self.outlook == Outlook::Ahead => self.part = Part::Plan,
            _ => {}
        }
    }

    /// Passes a sentence.
    pub(super) fn read(&mut self, sentence: &str, hits: &[Hit]) {
        let opens_plan = self.outlook == Outlook::Back
            && self.part != Part::Glossary
            && hits.iter().any(|h| h.is(Cue::PlanOpening))
            && (sentence.contains("今年")
                || sentence.contains(&format!("{}年", self.year))
                || sentence.contains("是："))
            && !Phrases::LooksBack.within(sentence);
        if opens_plan {
            self.part = Part::Plan;
            self.outlook = Outlook::Ahead;
        }
    }
}

fn holds(heading: &str, outlook: Outlook) -> bool {
    let mut lists = PARTS.iter().filter(|p| p.outlook == Some(outlook));
    lists.any(|p| p.words.iter().any(|w| heading.contains(w)))
}

/// The words of the list that the heading ends with or holds last.
fn best(heading: &str) -> Option<&'static Signs> {
    heading.char_indices().rev().find_map(|(at, last)| {
        let lead = &heading[..at + last.len_utf8()];
        let ends = |p: &&Signs| p.ends.may_hold(last) && p.words.iter().any(|w| lead.ends_with(w));
        PARTS.iter().rfind(ends)
    })
}

/// No word of looking back, but words of looking ahead.
fn opens_in_plan(body: &str) -> bool {
    let looks_back = Phrases::PastWords.words().iter().any(|w| body.contains(w));
    let ahead = || Phrases::FutureWords.words().iter().flat_map(|w| body.matches(w));
    !looks_back && ahead().count() >= 3
}
