//! All words of the lists in one automaton.
//!
//! A text is searched once; later rooms are handed the sorted [`Scan`] and ask it
//! which word starts or ends where. Of overlapping words the leftmost wins, and
//! of those the longest: 规模以上工业增加值 hides the 以上 inside it.

use std::collections::HashMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::table::Table;
use super::{FormId, LexiconError, PeriodWordId, WordFigureId};
use crate::span::Span;

/// A class of words in `cues.tsv`; what each means stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    Up,
    Down,
    DropTo,
    RiseTo,
    Reach,
    Hold,
    Control,
    Share,
    WholeEnd,
    From,
    To,
    Light,
    Verb,
    Do,
    Expect,
    Preliminary,
    Ensure,
    Strive,
    PlanWord,
    Respectively,
    Each,
    Conj,
    Own,
    Nation,
    Superior,
    PartScope,
    NationOnly,
    Average,
    Cumulative,
    EachYear,
    Real,
    Nominal,
    Comparable,
    Adjusted,
    LastYear,
    ThisYear,
    NextYears,
    PastYears,
    Per,
    RelationalSync,
    RelationalAbove,
    RelationalBelow,
    Assigned,
    Among,
    Multiple,
    NameMark,
    PlanOpening,
    Tail,
    Milestone,
    Actor,
    Mask,
    Circumstance,
    Generic,
}

const CLASSES: &[(&str, Cue)] = &[
    ("up", Cue::Up),
    ("down", Cue::Down),
    ("drop_to", Cue::DropTo),
    ("rise_to", Cue::RiseTo),
    ("reach", Cue::Reach),
    ("hold", Cue::Hold),
    ("control", Cue::Control),
    ("share", Cue::Share),
    ("whole_end", Cue::WholeEnd),
    ("from", Cue::From),
    ("to", Cue::To),
    ("light", Cue::Light),
    ("verb", Cue::Verb),
    ("do", Cue::Do),
    ("expect", Cue::Expect),
    ("preliminary", Cue::Preliminary),
    ("ensure", Cue::Ensure),
    ("strive", Cue::Strive),
    ("plan_word", Cue::PlanWord),
    ("respectively", Cue::Respectively),
    ("each", Cue::Each),
    ("conj", Cue::Conj),
    ("own", Cue::Own),
    ("nation", Cue::Nation),
    ("superior", Cue::Superior),
    ("part_scope", Cue::PartScope),
    ("nation_only", Cue::NationOnly),
    ("average", Cue::Average),
    ("cumulative", Cue::Cumulative),
    ("each_year", Cue::EachYear),
    ("real", Cue::Real),
    ("nominal", Cue::Nominal),
    ("comparable", Cue::Comparable),
    ("adjusted", Cue::Adjusted),
    ("last_year", Cue::LastYear),
    ("this_year", Cue::ThisYear),
    ("next_years", Cue::NextYears),
    ("past_years", Cue::PastYears),
    ("per", Cue::Per),
    ("relational_sync", Cue::RelationalSync),
    ("relational_above", Cue::RelationalAbove),
    ("relational_below", Cue::RelationalBelow),
    ("assigned", Cue::Assigned),
    ("among", Cue::Among),
    ("multiple", Cue::Multiple),
    ("name_mark", Cue::NameMark),
    ("plan_opening", Cue::PlanOpening),
    ("tail", Cue::Tail),
    ("milestone", Cue::Milestone),
    ("actor", Cue::Actor),
    ("mask", Cue::Mask),
    ("circumstance", Cue::Circumstance),
    ("generic", Cue::Generic),
];

/// The classes of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u64);

impl Cues {
    #[must_use]
    pub const fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u8) != 0
    }

    #[must_use]
    pub const fn any(self, cues: &[Cue]) -> bool {
        let mut i = 0;
        while i < cues.len() {
            if self.has(cues[i]) {
                return true;
            }
            i += 1;
        }
        false
    }

    pub const fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u8;
    }

    /// The classes of both words.
    pub const fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What the lists say of one written word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    pub cues: Cues,
    /// A written form of one or more metrics.
    pub form: Option<FormId>,
    /// A figure told in words: 两位数, 零增长.
    pub figure: Option<WordFigureId>,
    /// A plan or a part of the year: “十四五”, 前三季度.
    pub period: Option<PeriodWordId>,
}

/// A word where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub span: Span,
    pub word: Word,
}

impl Hit {
    #[must_use]
    pub const fn is(&self, cue: Cue) -> bool {
        self.word.cues.has(cue)
    }
}

/// The words of a text, sorted, without overlap.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    hits: Vec<Hit>,
}

impl Scan {
    /// The words that lie wholly inside `start..end`.
    #[must_use]
    pub fn inside(&self, start: usize, end: usize) -> &[Hit] {
        let first = self.hits.partition_point(|h| (h.span.start as usize) < start);
        let last = first + self.hits[first..].partition_point(|h| h.span.end as usize <= end);
        &self.hits[first..last]
    }

    /// The word that ends at `byte`.
    #[must_use]
    pub fn ending_at(&self, byte: usize) -> Option<Hit> {
        let i = self.hits.partition_point(|h| (h.span.end as usize) < byte);
        self.hits.get(i).copied().filter(|h| h.span.end as usize == byte)
    }

    /// The word that starts at `byte`.
    #[must_use]
    pub fn starting_at(&self, byte: usize) -> Option<Hit> {
        let i = self.hits.partition_point(|h| (h.span.start as usize) < byte);
        self.hits.get(i).copied().filter(|h| h.span.start as usize == byte)
    }
}

/// Words being gathered, in the order in which they came.
#[derive(Default)]
pub(super) struct WordList {
    texts: Vec<String>,
    words: Vec<Word>,
    places: HashMap<String, usize>,
}

impl WordList {
    pub(super) fn entry(&mut self, text: &str) -> &mut Word {
        let at = *self.places.entry(text.to_owned()).or_insert_with(|| {
            self.texts.push(text.to_owned());
            self.words.push(Word::default());
            self.words.len() - 1
        });
        &mut self.words[at]
    }

    pub(super) fn add_cues(&mut self, path: &str, tsv: &str) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let name = row.get("class");
            let Some((_, cue)) = CLASSES.iter().find(|(class, _)| *class == name) else {
                return Err(row.error(format!("expected a class of cues, found `{name}`")));
            };
            for word in row.get("words").split('|').filter(|w| !w.is_empty()) {
                self.entry(word).cues.add(*cue);
            }
        }
        Ok(())
    }

    pub(super) fn build(self) -> Words {
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&self.texts)
            .expect("no list holds an empty or repeated word");
        Words { automaton, meanings: self.words, places: self.places }
    }
}

/// The automaton over all words.
pub(super) struct Words {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    meanings: Vec<Word>,
    places: HashMap<String, usize>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.meanings.len())
    }
}

impl Words {
    pub(super) fn exact(&self, text: &str) -> Option<&Word> {
        self.places.get(text).map(|&i| &self.meanings[i])
    }

    pub(super) fn scan(&self, text: &str) -> Scan {
        let hits = self
            .automaton
            .leftmost_find_iter(text)
            .map(|m| Hit {
                span: Span::new(m.start(), m.end()),
                word: self.meanings[m.value() as usize],
            })
            .collect();
        Scan { hits }
    }
}
