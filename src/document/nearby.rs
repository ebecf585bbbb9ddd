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
use super::title::{Frame, List};

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
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    builder.build(NAMES.iter()).expect("names are distinct and not empty")
});

/// What one mention of each name weighs: a short name that is a common word says little.
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let common: HashSet<&str> = List::Common.words().iter().copied().collect();
    NAMES.iter().map(|name| if common.contains(name) { 0.1 } else { 1.0 }).collect()
});

/// How often each name stands in `text`; indexes are those of [`NAMES`].
fn counts(text: &str) -> Vec<(u32, u16)> {
    let mut hits: Vec<u32> = FINDER.leftmost_find_iter(text).map(|hit| hit.value()).collect();
    hits.sort_unstable();
    hits.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u16)).collect()
}

/// The words that a text uses of its own region: the tier said most, own parts before superior ones.
pub(super) fn own_tier(frame: &Frame) -> Option<Tier> {
    const OWN: [&str; 2] = ["我", "全"];
    const ORGANS: [&str; 2] = ["委", "政府"];
    let area = count(frame.text, &["新区党工委"]) + count(frame.text, &["新区管委会"]);
    let mut best = (area > 1).then_some((Tier::Area, area));
    let tiers = ["自治区", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡"];
    for word in tiers {
        let said = OWN.iter().map(|own| count(frame.text, &[own, word])).sum::<usize>()
            + ORGANS.iter().map(|organ| count(frame.close, &[word, organ])).sum::<usize>();
        if best.is_none_or(|(_, most)| said > most) && said > 1 {
            best = Tier::ending(word).map(|(_, tier)| (tier, said));
        }
    }
    best.map(|(tier, _)| tier)
}

fn count(text: &str, parts: &[&str]) -> usize {
    text.matches(parts.concat().as_str()).count()
}

/// The units that fit `tier`, the likeliest first.
pub(super) fn guess(frame: &Frame, tier: Option<Tier>, year: i16) -> Vec<Guess> {
    let all = counts(frame.text);
    let close = counts(frame.close);
    let weight = |name: u32| {
        let said = all.binary_search_by_key(&name, |(known, _)| *known).map_or(0, |at| all[at].1);
        let called = close.binary_search_by_key(&name, |(known, _)| *known).map_or(0, |at| close[at].1);
        WEIGHTS[name as usize] * (f32::from(said.min(30)) * 0.5 + f32::from(called.min(3)) * 3.0)
    };
    let mut guesses: Vec<Guess> = Vec::new();
    for (name, _) in &all {
        let said = weight(*name);
        for unit in divisions().named(NAMES[*name as usize]).filter(|unit| unit.usable_in(year)) {
            if unit.code == NATION {
                continue;
            }
            if tier.is_some_and(|tier| !tier.fits(unit)) {
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
        guess.weight += relatives(guess.unit, year, &named);
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
pub(super) fn known_area(text: &str, year: i16) -> Option<&'static str> {
    let standing = functional_areas().iter().filter(|area| area.stands_in(year));
    let said = standing.map(|area| {
        let stem = area.name.strip_suffix("新区").unwrap_or(area.name);
        (text.matches(stem).count(), area.name)
    });
    said.filter(|(said, _)| *said > 2).max_by_key(|(said, _)| *said).map(|(_, name)| name)
}

/// The name before 新区 and the like that the text says most: 全力建设光明新区.
pub(super) fn area_name(text: &str) -> Option<&str> {
    /// Characters that stand before 新区 without being part of a name.
    const NO_NAME: &str = "本全我个各的在和为区一级城与对向是了到年月中";
    let mut names: Vec<(&str, usize)> = Vec::new();
    for (at, _) in text.match_indices("新区") {
        let Some((from, _)) = text[..at].char_indices().rev().nth(1) else { continue };
        let stem = &text[from..at];
        let proper = stem.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !NO_NAME.contains(c));
        if !proper {
            continue;
        }
        let name = &text[from..at + "新区".len()];
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, said)) => *said += 1,
            None => names.push((name, 1)),
        }
    }
    names.into_iter().filter(|(_, said)| *said > 1).max_by_key(|(_, said)| *said).map(|(name, _)| name)
}

/// Units that a file's name names: the last name in it, below the names before it.
pub(super) fn in_name(stem: &str, year: i16) -> Vec<&'static Division> {
    let found: Vec<&str> =
        FINDER.leftmost_find_iter(stem).map(|hit| &stem[hit.start()..hit.end()]).collect();
    let Some((last, above)) = found.split_last() else { return Vec::new() };
    super::region::units(last, above, year)
}
