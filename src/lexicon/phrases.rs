//! Short lists of words that rules look for at the ends of a phrase.
//!
//! The automaton finds words wherever they stand; these are asked for where a rule
//! stands already: does the phrase end in the name of a rate? The words are in
//! `phrases.tsv`.

use std::sync::LazyLock;

use super::char_set::CharSet;
use super::table::Table;

/// Names the lists once, in Rust and in the data file.
macro_rules! lists {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// A list of `phrases.tsv`, where its meaning stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrases { $($variant),+ }

        const NAMES: &[&str] = &[$($name),+];
    };
}

lists! {
    TimeTails = "time_tails",
    FallVerbs = "fall_verbs",
    RiseVerbs = "rise_verbs",
    RateHeads = "rate_heads",
    ListTails = "list_tails",
    FirstItems = "first_items",
    Items = "items",
    MeasuredAgainst = "measured_against",
    CityParts = "city_parts",
    UpTo = "up_to",
    Driving = "driving",
    Growths = "growths",
    Stages = "stages",
    SetTasks = "set_tasks",
    Works = "works",
    Programmes = "programmes",
    ShareHeads = "share_heads",
    GrowthHeads = "growth_heads",
    ProducedHeads = "produced_heads",
    AmountTails = "amount_tails",
    CountedDays = "counted_days",
    Differences = "differences",
    TargetNouns = "target_nouns",
    DoneMarks = "done_marks",
    Additions = "additions",
    Newcomers = "newcomers",
    ComparisonTails = "comparison_tails",
    PriceWords = "price_words",
    ReckonedTails = "reckoned_tails",
    People = "people",
    ComparedRates = "compared_rates",
    Tasks = "tasks",
    Setters = "setters",
    References = "references",
    SyncTails = "sync_tails",
    Salutations = "salutations",
    LooksBack = "looks_back",
    PastWords = "past_words",
    FutureWords = "future_words",
    RankMarks = "rank_marks",
    BoundWords = "bound_words",
    VagueCounters = "vague_counters",
    PartYearWords = "part_year_words",
    Running = "running",
    YearsAhead = "years_ahead",
    YearsBehind = "years_behind",
    YearsSummed = "years_summed",
    Multiples = "multiples",
    PlanIsTime = "plan_is_time",
    Yearly = "yearly",
    SetWords = "set_words",
    Contrasted = "contrasted",
    Projects = "projects",
    Owning = "owning",
    Plans = "plans",
    SetByOthers = "set_by_others",
    Adverbs = "adverbs",
    Equals = "equals",
    HiddenVerbs = "hidden_verbs",
    WillWords = "will_words",
    InDollars = "in_dollars",
    InYuan = "in_yuan",
    NotBelow = "not_below",
    YearBefore = "year_before",
    Goals = "goals",
    Attained = "attained",
    FellShort = "fell_short",
    BelowGoals = "below_goals",
}

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| {
    let table = Table::parse("phrases.tsv", include_str!("phrases.tsv")).expect("a built-in list");
    let words = |name: &str| {
        let row = table.rows().find(|row| row.get("list") == name);
        row.map(|row| row.get("words").split('|').collect()).unwrap_or_default()
    };
    NAMES.iter().map(|name| List::new(words(name))).collect()
});

struct List {
    words: Vec<&'static str>,
    heads: CharSet,
    ends: CharSet,
}

impl List {
    fn new(words: Vec<&'static str>) -> Self {
        let heads = words.iter().filter_map(|word| word.chars().next()).collect();
        let ends = words.iter().filter_map(|word| word.chars().next_back()).collect();
        Self { words, heads, ends }
    }
}

impl Phrases {
    /// The words of the list.
    #[must_use]
    pub fn words(self) -> &'static [&'static str] {
        &self.list().words
    }

    fn list(self) -> &'static List {
        &LISTS[self as usize]
    }

    /// The word of the list that `text` starts with.
    #[must_use]
    pub fn at_head(self, text: &str) -> Option<&'static str> {
        let list = self.list();
        let begins = text.chars().next().is_some_and(|c| list.heads.may_hold(c));
        list.words.iter().copied().find(|w| begins && text.starts_with(w))
    }

    /// The word of the list that `text` ends with.
    #[must_use]
    pub fn at_end(self, text: &str) -> Option<&'static str> {
        let list = self.list();
        let ends = text.chars().next_back().is_some_and(|c| list.ends.may_hold(c));
        list.words.iter().copied().find(|w| ends && text.ends_with(w))
    }

    /// Does `text` hold a word of the list?
    #[must_use]
    pub fn within(self, text: &str) -> bool {
        self.words().iter().any(|w| text.contains(w))
    }

    /// Where `text` holds a word of the list first.
    #[must_use]
    pub fn within_at(self, text: &str) -> Option<usize> {
        self.words().iter().filter_map(|w| text.find(w)).min()
    }

    /// Is `text` a word of the list?
    #[must_use]
    pub fn has(self, text: &str) -> bool {
        self.words().contains(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_and_a_name() {
        for (name, List { words, .. }) in NAMES.iter().zip(LISTS.iter()) {
            assert!(!words.is_empty() && words.iter().all(|w| !w.is_empty()), "{name}");
        }
        let table = Table::parse("phrases.tsv", include_str!("phrases.tsv")).unwrap();
        assert_eq!(table.rows().count(), NAMES.len());
    }
}
