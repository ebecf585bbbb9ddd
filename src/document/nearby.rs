//! The region of a text that does not name it: 我代表市人民政府, or no head at all.
//!
//! One pass counts every division's name in the text. A unit is likely when it
//! is named often, above all in the closing call (谱写沙湾高质量发展新篇章), when its
//! parts and its superiors are named too, and when its kind fits the words the
//! text uses of itself (我市, 全县, 县委). Names that are common words (和平, 光明)
//! are held back by needing more than themselves.

use std::collections::HashSet;
use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use crate::lexicon::divisions::{Division, NATION, divisions, functional_areas};

use super::region::Tier;
use super::title::{Frame, List, times};

/// A unit that the text may be about, with its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) unit: &'static Division,
    pub(super) weight: f32,
}

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    // Areas without a code are no units here, but keep 雄安新区 from being read as 安新.
    let areas = functional_areas().iter().map(|area| area.name);
    let mut names: Vec<_> = divisions().names().chain(areas).collect();
    names.sort_unstable();
    names.dedup();
    names
});

static FINDER: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> = LazyLock::new(|| {
    let builder =
        CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    builder.build(NAMES.iter()).expect("names are distinct and not empty")
});

/// What one mention of each name weighs: a short name that is a common word says little, and so does a full name
/// of two characters (示范县, 形成县域).
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let common: HashSet<&str> = List::Common.words().iter().copied().collect();
    let tiny = |name: &str| name.chars().count() == 2 && name.ends_with(['县', '区', '旗']);
    let weight = |name: &&str| match () {
        () if common.contains(*name) => 0.1,
        () if tiny(name) => 0.3,
        () => 1.0,
    };
    NAMES.iter().map(weight).collect()
});

/// How often each name stands in `text`; indexes are those of [`NAMES`].
fn counts(text: &str, counted: &dyn Fn(&str) -> bool) -> Vec<(u32, u16)> {
    // 市和县委, 形成县域: the last character begins another word.
    let split = |hit: &str, rest: &str| {
        hit.len() == 6
            && hit.ends_with('县')
            && rest.starts_with(['委', '政', '域', '级', '乡', '城'])
    };
    let whole = |(start, end): (usize, usize)| {
        !split(&text[start..end], &text[end..]) && counted(&text[end..])
    };
    let hits = FINDER.leftmost_find_iter(text).filter(|hit| whole((hit.start(), hit.end())));
    let mut hits: Vec<u32> = hits.map(|hit| hit.value()).collect();
    hits.sort_unstable();
    hits.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u16)).collect()
}

/// How much a text speaks of itself as each kind of unit, the most said being 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Tiers(Vec<(Tier, f32)>);

impl Tiers {
    /// What an opening says outright (我代表市人民政府).
    pub(super) fn certain(tier: Tier) -> Self {
        Self(vec![(tier, 1.0)])
    }

    /// Counts 我市, 全县, 县委 and the like. 市委、市政府和县委的领导下: superiors have organs too, but only one's own
    /// region is 我县 and 全县.
    pub(super) fn of_text(text: &str) -> Self {
        let words = ["自治区", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡"];
        let mut tiers: Vec<(Tier, f32)> = Vec::new();
        for (word, tier) in words.iter().filter_map(|word| Some((word, Tier::ending(word)?.1))) {
            let own = count(text, &["我", word]) + count(text, &["全", word]);
            let organs = count(text, &[word, "委"]) + count(text, &[word, "政府"]);
            tiers.push((tier, (3 * own + organs.min(3 * own + 2)) as f32));
        }
        let area = count(text, &["新区党工委"]) + count(text, &["新区管委会"]);
        tiers.push((Tier::Area, 3.0 * area as f32));
        let most = tiers.iter().map(|(_, said)| *said).fold(1.0, f32::max);
        for (_, said) in &mut tiers {
            *said /= most;
        }
        Self(tiers)
    }

    /// How well the text's words for itself fit `unit`; 0 is not at all.
    fn fit(&self, unit: &Division) -> f32 {
        let fits = self.0.iter().filter(|(tier, _)| tier.fits(unit));
        fits.map(|(_, share)| *share).fold(0.0, f32::max)
    }

    /// How much the text speaks of itself as `tier`.
    pub(super) fn share(&self, tier: Tier) -> f32 {
        self.0.iter().find(|(known, _)| *known == tier).map_or(0.0, |(_, share)| *share)
    }
}

fn count(text: &str, parts: &[&str]) -> usize {
    times(text, &parts.concat())
}

/// What fitting the text's words for itself is worth.
const FIT: f32 = 4.0;

/// The units that fit, the likeliest first.
pub(super) fn guess(frame: &Frame, tiers: &Tiers, year: i16) -> Vec<Guess> {
    let begins = |rest: &str, list: List| list.words().iter().any(|word| rest.starts_with(word));
    let all = counts(frame.text, &|rest| !begins(rest, List::Feature));
    let close = counts(frame.close, &|rest| !begins(rest, List::Feature));
    let calls = counts(frame.close, &|rest| begins(rest, List::Call));
    let weight = |name: u32| {
        let of = |list: &[(u32, u16)], most: u16| {
            let at = list.binary_search_by_key(&name, |(known, _)| *known);
            f32::from(at.map_or(0, |at| list[at].1).min(most))
        };
        WEIGHTS[name as usize] * (of(&all, 30) * 0.5 + of(&close, 3) * 2.0 + of(&calls, 2) * 3.0)
    };
    let mut guesses: Vec<Guess> = Vec::new();
    for (name, _) in &all {
        let said = weight(*name);
        for unit in divisions().named(NAMES[*name as usize]).filter(|unit| unit.usable_in(year)) {
            if unit.code == NATION || tiers.fit(unit) == 0.0 {
                continue;
            }
            match guesses.iter_mut().find(|guess| guess.unit == unit) {
                Some(guess) => guess.weight += said,
                None => guesses.push(Guess { unit, weight: said }),
            }
        }
    }
    let named = |unit: &Division| all.iter().any(|(name, _)| NAMES[*name as usize] == unit.short);
    for guess in &mut guesses {
        // A name that is hardly said is not helped by its kind.
        let fit = FIT * tiers.fit(guess.unit) * (guess.weight / 2.0).min(1.0);
        guess.weight += relatives(guess.unit, year, &named) + fit;
    }
    guesses.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.unit.code.cmp(&b.unit.code)));
    guesses
}

/// Parts and superiors that are named too.
fn relatives(unit: &Division, year: i16, named: &dyn Fn(&Division) -> bool) -> f32 {
    let below = divisions().subdivisions(unit.code, year).filter(|part| named(part)).count();
    let above = divisions().ancestors(unit, year).iter().filter(|up| named(up)).count();
    below.min(8) as f32 * 0.7 + above as f32
}

/// The area without a code that the text names most, with 新区 or without (大鹏).
pub(super) fn known_area(text: &str, year: i16) -> Option<(&'static str, usize)> {
    let standing = functional_areas().iter().filter(|area| area.stands_in(year));
    let said = standing.map(|area| {
        let stem = area.name.strip_suffix("新区").unwrap_or(area.name);
        (times(text, stem), area.name)
    });
    said.filter(|(said, _)| *said > 2)
        .max_by_key(|(said, _)| *said)
        .map(|(said, name)| (name, said))
}

/// The name before 新区 and the like that the text says most: 全力建设光明新区.
pub(super) fn area_name(text: &str) -> Option<(&str, usize)> {
    /// Characters that stand before 新区 without being part of a name.
    const NO_NAME: &str = "本全我个各的在和为区一级城与对向是了到年月中";
    let mut names: Vec<(&str, usize)> = Vec::new();
    for (at, _) in text.match_indices("新区") {
        let Some((from, _)) = text[..at].char_indices().rev().nth(1) else { continue };
        let stem = &text[from..at];
        let proper =
            stem.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !NO_NAME.contains(c));
        if !proper {
            continue;
        }
        let name = &text[from..at + "新区".len()];
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, said)) => *said += 1,
            None => names.push((name, 1)),
        }
    }
    names.into_iter().filter(|(_, said)| *said > 1).max_by_key(|(_, said)| *said)
}

/// Units that a file's name names: the last name in it, below the names before it.
pub(super) fn in_name(stem: &str, year: i16) -> Vec<&'static Division> {
    let found: Vec<&str> =
        FINDER.leftmost_find_iter(stem).map(|hit| &stem[hit.start()..hit.end()]).collect();
    let Some((last, above)) = found.split_last() else { return Vec::new() };
    super::region::units(last, above, year)
}
