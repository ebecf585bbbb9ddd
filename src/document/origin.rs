//! Whose report is it, and of which year?
//!
//! [`recognise`] asks [`super::screen`] whether a text is a report,
//! [`super::year`] for its year and [`super::place`] for its region, and puts
//! the answers together. The text itself is trusted first: title, opening,
//! congress and speaker, then what the body says of its own region; the file's
//! name only where these are silent. What stays unclear is said in
//! [`Origin::warnings`].

use crate::lexicon::divisions::{Division, FunctionalArea, divisions, functional_area};

use super::Level;
use super::dates::Day;
use super::place::{self, Place};
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
    /// Its years contradict each other: they were altered.
    pub inconsistent: bool,
    /// What a user should know: a code that is missing, a name that is unclear.
    pub warnings: Vec<String>,
}

/// Is a text a report, and where from?
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Report(Origin),
    NotReport {
        /// The sum of the signs; a report has 3 or more.
        score: f32,
        /// The signs that counted, for a person: `+2.0 title, -4.0 news`.
        why: String,
    },
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
    origin.inconsistent = dating.inconsistent.is_some();
    origin.warnings.extend(dating.inconsistent.map(|why| format!("inconsistent years: {why}")));
    let year = dating.year.unwrap_or(i16::MAX - 1);
    let place = place::find(&frame, stem, year, &mut origin.warnings);
    settle(place, year, &mut origin);
    Verdict::Report(origin)
}

/// The last part of a path without its extension.
fn stem(source: &str) -> &str {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
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
            let known = functional_area(&name, year);
            origin.entity_id = known.and_then(FunctionalArea::entity);
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
