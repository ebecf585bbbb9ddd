//! Whose report is it, and of which year?
//!
//! [`recognise`] asks [`super::screen`] whether a text is a report,
//! [`super::year`] for its year and [`super::region`] for its region, and puts
//! the answers together. The text itself is trusted first: title, opening,
//! congress and speaker, then what the body says of its own region; the file's
//! name only where these are silent. What stays unclear is said in
//! [`Origin::warnings`].

use crate::lexicon::divisions::{Division, FunctionalArea, NATION, divisions, functional_area};

use super::Level;
use super::dates::Day;
use super::nearby::{self, Tiers};
use super::region::{self, Candidate, Named, Tier};
use super::screen;
use super::title::Frame;
use super::year;

/// Where a report comes from: region, year and day, as the text itself tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The title as printed: `2024年洪湖市政府工作报告`.
    pub title: String,
    /// GB/T 2260 code valid in the report year; none for a unit without one (光明新区).
    pub region_code: Option<u32>,
    /// Code of the true parent in that year.
    pub parent_code: Option<u32>,
    /// A key that stays when a region is renamed or upgraded.
    pub entity_id: Option<u32>,
    /// Full name with its parents: `湖北省荆州市洪湖市`.
    pub region: String,
    pub level: Option<Level>,
    /// The year whose work the report plans.
    pub report_year: Option<i16>,
    /// Day of delivery, `YYYY-MM-DD`, where told.
    pub delivered: Option<String>,
    /// What a user should know: a code that is missing, a name that is unclear.
    pub warnings: Vec<String>,
}

/// Is a text a report, and where from?
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Report(Origin),
    /// Not a report: how far the score is below 3, and the signs that counted.
    NotReport {
        score: f32,
        why: String,
    },
}

/// The region that the evidence points to.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    Unit(&'static Division),
    /// A unit without a code, and the division that it belongs to.
    Area(String, Option<&'static Division>),
    Township(String, Option<&'static Division>),
    Unknown,
}

/// Reads region, level, year and day of delivery of a report, or says that `text` is none.
///
/// `text` is folded: digits and punctuation half-width, no spaces between Chinese characters, paragraphs kept.
/// `source` is a path or a name; its last part is evidence of last resort.
///
/// ```
/// use zhibiao::document::origin::{Verdict, recognise};
/// let text = "政府工作报告\n2024年1月4日在洪湖市第九届人民代表大会第三次会议上\n各位代表:\n\
///     现在,我代表市人民政府向大会报告工作,请予审议。\n一、2023年工作回顾\n地区生产总值增长6.5%。";
/// let Verdict::Report(origin) = recognise("a.txt", text) else { panic!() };
/// assert_eq!(origin.region, "湖北省荆州市洪湖市");
/// assert_eq!((origin.region_code, origin.report_year), (Some(421083), Some(2024)));
/// ```
#[must_use]
pub fn recognise(source: &str, text: &str) -> Verdict {
    let frame = Frame::new(text);
    let judgement = screen::judge(&frame);
    if !judgement.is_report() {
        return Verdict::NotReport { score: judgement.score, why: judgement.why() };
    }
    let stem = stem(source);
    let dating = year::date(&frame, stem);
    let mut origin = Origin {
        title: frame.title().to_owned(),
        report_year: dating.year,
        delivered: dating.delivered.map(Day::iso),
        ..Origin::default()
    };
    if dating.year.is_none() {
        origin.warnings.push("no year found".to_owned());
    }
    origin.warnings.extend(dating.inconsistent.map(|why| format!("inconsistent years: {why}")));
    let year = dating.year.unwrap_or(i16::MAX - 1);
    let place = place(&frame, stem, year, &mut origin.warnings);
    settle(place, year, &mut origin);
    Verdict::Report(origin)
}

/// The last part of a path without its extension.
fn stem(source: &str) -> &str {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Weighs what the anchors name; asks the whole text where they name nothing.
fn place(frame: &Frame, stem: &str, year: i16, warnings: &mut Vec<String>) -> Place {
    let found = region::candidates(frame);
    let tier = found.iter().find_map(|candidate| match candidate.phrase.named {
        Named::Tier(tier) => Some(tier),
        _ => None,
    });
    let mut votes = Vec::new();
    for candidate in &found {
        vote(candidate, frame, year, &mut votes);
    }
    if let Some(tier) = tier {
        for (place, weight) in &mut votes {
            if matches!(place, Place::Unit(unit) if !tier.fits(unit)) {
                *weight -= 3.0;
            }
        }
    }
    let best = heaviest(frame, year, votes, warnings);
    best.unwrap_or_else(|| infer(frame, stem, tier, year, warnings))
}

fn vote(candidate: &Candidate, frame: &Frame, year: i16, votes: &mut Vec<(Place, f32)>) {
    let above = &candidate.phrase.above;
    let mut cast =
        |place: Place, weight: f32| match votes.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => *sum += weight,
            None => votes.push((place, weight)),
        };
    let superior =
        || above.first().and_then(|name| region::units(name, &above[1..], year).first().copied());
    let named = match candidate.phrase.named {
        Named::Area(name) if has_code(name, year) => Named::Division(name),
        named => named,
    };
    match named {
        Named::Nation => cast(Place::Unit(nation(year)), candidate.weight),
        Named::Division(name) => {
            for unit in region::units(name, above, year) {
                let weight = if unit.name == name { 1.0 } else { 0.6 };
                cast(Place::Unit(unit), candidate.weight * weight);
            }
        }
        Named::Area(name) => {
            let known = functional_area(name, year).and_then(|area| parent(area, year));
            cast(Place::Area(name.to_owned(), known.or_else(superior)), candidate.weight);
        }
        Named::Township(name) => {
            cast(Place::Township(name.to_owned(), superior()), candidate.weight);
        }
        Named::Tier(Tier::Area) => {
            if let Some((place, _)) = area(frame, year) {
                cast(place, candidate.weight);
            }
        }
        Named::Tier(_) => {}
    }
}

/// Some areas got a code later (两江新区).
fn has_code(name: &str, year: i16) -> bool {
    divisions().named(name).any(|unit| unit.name == name && unit.usable_in(year))
}

/// The 新区 that the text speaks of most, and how often.
fn area(frame: &Frame, year: i16) -> Option<(Place, usize)> {
    let (name, said) =
        nearby::known_area(frame.text, year).or_else(|| nearby::area_name(frame.text))?;
    let known = functional_area(name, year).and_then(|area| parent(area, year));
    let cities = Tiers::certain(Tier::City);
    let city = || nearby::guess(frame, &cities, year).first().map(|guess| guess.unit);
    Some((Place::Area(name.to_owned(), known.or_else(city)), said))
}

fn nation(year: i16) -> &'static Division {
    divisions().near(NATION, year).expect("the nation has a row")
}

fn parent(area: &FunctionalArea, year: i16) -> Option<&'static Division> {
    divisions().near(area.parent, year)
}

/// The place with most weight. Where units share a name, superiors that the text mentions decide.
fn heaviest(
    frame: &Frame,
    year: i16,
    votes: Vec<(Place, f32)>,
    warnings: &mut Vec<String>,
) -> Option<Place> {
    let most = votes.iter().map(|(_, weight)| *weight).fold(0.5, f32::max);
    let mut tied: Vec<Place> = votes
        .into_iter()
        .filter(|(_, weight)| *weight >= most - 0.01)
        .map(|(place, _)| place)
        .collect();
    let units: Vec<_> = tied
        .iter()
        .filter_map(|place| if let Place::Unit(unit) = place { Some(*unit) } else { None })
        .collect();
    // A city and a part of it may share their name; the title of the whole names no part.
    let part = |unit: &Division| {
        let above = divisions().ancestors(unit, year);
        units.iter().any(|other| other.code != unit.code && above.contains(other))
    };
    let units: Vec<_> = units.iter().copied().filter(|unit| !part(unit)).collect();
    if !units.is_empty() && tied.iter().all(|place| matches!(place, Place::Unit(_))) {
        let guesses = nearby::guess(frame, &Tiers::of_text(frame.text), year);
        let said = |unit: &Division| {
            let weight =
                guesses.iter().find(|guess| guess.unit == unit).map_or(0.0, |guess| guess.weight);
            region::superiors_mentioned(frame.text, unit, year) * 2.0 + weight
        };
        let best = units
            .iter()
            .copied()
            .max_by(|a, b| said(a).total_cmp(&said(b)).then(b.code.cmp(&a.code)))?;
        if units.iter().filter(|unit| said(unit) >= said(best)).count() > 1 {
            warnings.push(format!(
                "several regions are called {}; the text does not tell which",
                best.name
            ));
        }
        return Some(Place::Unit(best));
    }
    if tied.is_empty() { None } else { Some(tied.swap_remove(0)) }
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
    let mut guesses = nearby::guess(frame, &tiers, year);
    for unit in nearby::in_name(stem, year) {
        match guesses.iter_mut().find(|guess| guess.unit == unit) {
            Some(guess) => guess.weight += BELIEVED,
            None => guesses.push(nearby::Guess { unit, weight: BELIEVED }),
        }
    }
    let best = guesses
        .iter()
        .filter(|guess| guess.weight >= BELIEVED)
        .max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.unit.code.cmp(&a.unit.code)));
    if tiers.share(Tier::Area) > 0.3
        && let Some((place, said)) = area(frame, year)
        && best.is_none_or(|best| best.weight < said as f32)
    {
        return place;
    }
    let Some(best) = best else {
        warnings.push("no region found".to_owned());
        return Place::Unknown;
    };
    warnings
        .push(format!("the region is inferred from how the text speaks of {}", best.unit.short));
    Place::Unit(best.unit)
}

/// Writes the place into the origin.
fn settle(place: Place, year: i16, origin: &mut Origin) {
    match place {
        Place::Unit(unit) => {
            origin.region = divisions().full_name(unit, year);
            origin.region_code = Some(unit.code);
            origin.parent_code = divisions().parent(unit, year).map(|above| above.code);
            origin.entity_id = Some(unit.entity);
            origin.level = Some(unit.level());
            if !unit.stands_in(year) && year < i16::MAX - 1 {
                origin
                    .warnings
                    .push(format!("{} does not stand under this name in {year}", unit.name));
            }
        }
        Place::Area(name, above) => {
            let prefecture = above.is_some_and(|above| above.level() == Level::Province);
            origin.level = Some(if prefecture { Level::Prefecture } else { Level::County });
            below(&name, above, year, origin);
        }
        Place::Township(name, above) => {
            origin.level = Some(Level::Township);
            below(&name, above, year, origin);
        }
        Place::Unknown => {}
    }
}

/// A unit without a row of its own, below `above`.
fn below(name: &str, above: Option<&'static Division>, year: i16, origin: &mut Origin) {
    let parents = above.map_or(String::new(), |above| divisions().full_name(above, year));
    origin.region = format!("{parents}{name}");
    origin.parent_code = above.map(|above| above.code);
    origin.warnings.push(match name {
        "" => "no region found: a township that the text does not name".to_owned(),
        _ => format!("{name} has no code of GB/T 2260"),
    });
}
