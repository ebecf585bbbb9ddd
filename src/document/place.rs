//! Which of the regions that a text names is its own?
//!
//! Names before anchors ([`super::region`]) are votes for units of the table;
//! the place with most votes wins, and superiors that the text mentions decide
//! between units of one name. Where no anchor names a region, the words of the
//! body ([`super::nearby`]) and at last the file's name are asked.

use crate::lexicon::divisions::{Division, FunctionalArea, NATION, divisions, functional_area};

use super::nearby::{self, Guess, Tiers};
use super::region::{self, Candidate, Named, Tier};
use super::title::Frame;

/// The region that the evidence points to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    Unit(&'static Division),
    /// A unit without a code, and the division that it belongs to.
    Area(String, Option<&'static Division>),
    Township(String, Option<&'static Division>),
    Unknown,
}

/// Places with their votes, in the order in which they were first named.
#[derive(Debug, Default)]
struct Ballot(Vec<(Place, f32)>);

/// What an opening that fits another kind of unit (我代表市人民政府) takes from a vote.
const MISFIT: f32 = 3.0;

/// Weighs what the anchors name; asks the whole text where they name nothing.
pub(super) fn find(frame: &Frame, stem: &str, year: i16, warnings: &mut Vec<String>) -> Place {
    let found = region::candidates(frame);
    let tier = found.iter().find_map(|candidate| match candidate.phrase.named {
        Named::Tier(tier) => Some(tier),
        _ => None,
    });
    let mut ballot = Ballot::default();
    for candidate in &found {
        ballot.vote(candidate, frame, year);
    }
    if let Some(tier) = tier {
        let misfits = |place: &Place| matches!(place, Place::Unit(unit) if !tier.fits(unit));
        ballot.0.iter_mut().filter(|(place, _)| misfits(place)).for_each(|(_, sum)| *sum -= MISFIT);
    }
    let best = ballot.heaviest(frame, year, warnings);
    best.unwrap_or_else(|| infer(frame, stem, tier, year, warnings))
}

impl Ballot {
    fn cast(&mut self, place: Place, weight: f32) {
        match self.0.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((place, weight)),
        }
    }

    fn vote(&mut self, candidate: &Candidate, frame: &Frame, year: i16) {
        let Candidate { phrase, weight } = candidate;
        let superior = || superior(&phrase.above, year);
        match phrase.named {
            Named::Nation => self.cast(Place::Unit(nation(year)), *weight),
            Named::Division(name) => self.vote_units(name, candidate, year),
            // Some areas got a code later (两江新区).
            Named::Area(name) if has_code(name, year) => self.vote_units(name, candidate, year),
            Named::Area(name) => {
                let known = functional_area(name, year).and_then(|area| parent(area, year));
                self.cast(Place::Area(name.to_owned(), known.or_else(superior)), *weight);
            }
            Named::Township(name) => {
                self.cast(Place::Township(name.to_owned(), superior()), *weight);
            }
            Named::Tier(Tier::Area) => {
                if let Some((place, _)) = area(frame, year) {
                    self.cast(place, *weight);
                }
            }
            Named::Tier(_) => {}
        }
    }

    /// Every unit that bears the name; a short name weighs less.
    fn vote_units(&mut self, name: &str, candidate: &Candidate, year: i16) {
        for unit in region::units(name, &candidate.phrase.above, year) {
            let share = if unit.name == name { 1.0 } else { 0.6 };
            self.cast(Place::Unit(unit), candidate.weight * share);
        }
    }

    /// The place with most votes.
    fn heaviest(self, frame: &Frame, year: i16, warnings: &mut Vec<String>) -> Option<Place> {
        let most = self.0.iter().map(|(_, sum)| *sum).fold(0.5, f32::max);
        let first = self.0.into_iter().filter(|(_, sum)| *sum >= most - 0.01);
        let mut tied: Vec<Place> = first.map(|(place, _)| place).collect();
        let unit = |place: &Place| if let Place::Unit(unit) = place { Some(*unit) } else { None };
        match tied.iter().map(unit).collect::<Option<Vec<_>>>() {
            Some(units) if units.len() > 1 => choose(units, frame, year, warnings).map(Place::Unit),
            _ if tied.is_empty() => None,
            _ => Some(tied.swap_remove(0)),
        }
    }
}

/// Among units of one name, the one whose superiors and parts the text mentions.
fn choose(
    mut units: Vec<&'static Division>,
    frame: &Frame,
    year: i16,
    warnings: &mut Vec<String>,
) -> Option<&'static Division> {
    // A city and a part of it may share their name; the title of the whole names no part.
    let all = units.clone();
    units.retain(|unit| {
        let above = divisions().ancestors(unit, year);
        !all.iter().any(|other| other.code != unit.code && above.contains(other))
    });
    let guesses = nearby::guess(frame, &Tiers::of_text(frame.text), year);
    let said = |unit: &&Division| {
        let guess = guesses.iter().find(|guess| guess.unit == *unit);
        let superiors = region::superiors_mentioned(frame.text, unit, year);
        2.0 * superiors + guess.map_or(0.0, |guess| guess.weight)
    };
    let better =
        |a: &&&Division, b: &&&Division| said(a).total_cmp(&said(b)).then(b.code.cmp(&a.code));
    let best = *units.iter().max_by(|a, b| better(a, b))?;
    if units.iter().filter(|unit| said(unit) >= said(&best)).count() > 1 {
        let name = best.name;
        warnings.push(format!("several regions are called {name}; the text does not tell which"));
    }
    Some(best)
}

fn has_code(name: &str, year: i16) -> bool {
    divisions().named(name).any(|unit| unit.name == name && unit.usable_in(year))
}

/// The unit that the nearest superior's name stands for.
fn superior(above: &[&str], year: i16) -> Option<&'static Division> {
    let (name, further) = above.split_first()?;
    region::units(name, further, year).first().copied()
}

fn nation(year: i16) -> &'static Division {
    divisions().near(NATION, year).expect("the nation has a row")
}

fn parent(area: &FunctionalArea, year: i16) -> Option<&'static Division> {
    divisions().near(area.parent, year)
}

/// The 新区 that the text speaks of most, and how often.
fn area(frame: &Frame, year: i16) -> Option<(Place, usize)> {
    let known = nearby::known_area(frame.text, year);
    let (name, said) = known.or_else(|| nearby::area_name(frame.text))?;
    let known = functional_area(name, year).and_then(|area| parent(area, year));
    let cities = Tiers::certain(Tier::City);
    let city = || nearby::guess(frame, &cities, year).first().map(|guess| guess.unit);
    Some((Place::Area(name.to_owned(), known.or_else(city)), said))
}

/// The least weight of a guess that is believed.
const BELIEVED: f32 = 3.0;

/// What the body and at last the file's name say.
fn infer(
    frame: &Frame,
    stem: &str,
    tier: Option<Tier>,
    year: i16,
    warnings: &mut Vec<String>,
) -> Place {
    if tier == Some(Tier::Township) {
        return Place::Township(String::new(), None);
    }
    let tiers = tier.map_or_else(|| Tiers::of_text(frame.text), Tiers::certain);
    let best = likeliest(frame, stem, &tiers, year);
    if tiers.share(Tier::Area) > 0.3
        && let Some((place, said)) = area(frame, year)
        && best.is_none_or(|best| best.weight < said as f32)
    {
        return place;
    }
    let Some(Guess { unit, .. }) = best else {
        warnings.push("no region found".to_owned());
        return Place::Unknown;
    };
    let name = unit.short;
    warnings.push(format!("the region is inferred from how the text speaks of {name}"));
    Place::Unit(unit)
}

/// The best guess that is believed; the file's name alone just suffices.
fn likeliest(frame: &Frame, stem: &str, tiers: &Tiers, year: i16) -> Option<Guess> {
    let mut guesses = nearby::guess(frame, tiers, year);
    for unit in nearby::in_name(stem, year) {
        match guesses.iter_mut().find(|guess| guess.unit == unit) {
            Some(guess) => guess.weight += BELIEVED,
            None => guesses.push(Guess { unit, weight: BELIEVED }),
        }
    }
    let believed = guesses.into_iter().filter(|guess| guess.weight >= BELIEVED);
    believed.max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.unit.code.cmp(&a.unit.code)))
}
