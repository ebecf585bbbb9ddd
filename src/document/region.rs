//! Which region reports?
//!
//! Title, congress, opening and speaker name the region outright, each before
//! a fixed word (…人民政府, 第…届人民代表大会). A rule finds such an anchor and
//! [`Phrase::before`] reads the name that ends there, with the names of its
//! superiors before it. Names are looked up in the table of divisions for the
//! report year; where several units share one (朝阳区), superiors that the text
//! mentions decide. What no anchor names, [`super::nearby`] infers.

use crate::lexicon::divisions::{Division, NATION, divisions, functional_areas};

use super::title::{Frame, List, end, says, start};

/// The kind of unit that a word like 市 or 县 stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    AutonomousRegion,
    AutonomousCounty,
    AutonomousPrefecture,
    Province,
    City,
    County,
    District,
    Prefecture,
    League,
    Banner,
    /// 新区, 开发区: no code of its own.
    Area,
    Township,
}

impl Tier {
    /// Longer words first, since they end like shorter ones.
    pub(super) const WORDS: [(&'static str, Self); 26] = [
        ("自治区", Self::AutonomousRegion),
        ("自治州", Self::AutonomousPrefecture),
        ("自治县", Self::AutonomousCounty),
        ("自治旗", Self::Banner),
        ("示范区", Self::Area),
        ("试验区", Self::Area),
        ("实验区", Self::Area),
        ("合作区", Self::Area),
        ("开发区", Self::Area),
        ("度假区", Self::Area),
        ("高新区", Self::Area),
        ("经开区", Self::Area),
        ("管理区", Self::Area),
        ("新区", Self::Area),
        ("街道办事处", Self::Township),
        ("街道", Self::Township),
        ("苏木", Self::Township),
        ("地区", Self::Prefecture),
        ("省", Self::Province),
        ("市", Self::City),
        ("县", Self::County),
        ("区", Self::District),
        ("州", Self::AutonomousPrefecture),
        ("盟", Self::League),
        ("旗", Self::Banner),
        ("镇", Self::Township),
    ];

    /// The tier that `text` ends with, and the word.
    pub(super) fn ending(text: &str) -> Option<(&'static str, Self)> {
        let township = text.ends_with('乡').then_some(("乡", Self::Township));
        Self::WORDS.into_iter().find(|(word, _)| text.ends_with(word)).or(township)
    }

    /// Can `unit` be called by this tier's word?
    pub(super) fn fits(self, unit: &Division) -> bool {
        let name = unit.name;
        match self {
            Self::AutonomousRegion => name.ends_with("自治区"),
            Self::AutonomousPrefecture => name.ends_with('州'),
            Self::AutonomousCounty => name.ends_with("自治县"),
            Self::Province => name.ends_with('省'),
            Self::City => name.ends_with('市'),
            Self::County => name.ends_with('县'),
            // 全区 is also said of 自治区 and of 神农架林区.
            Self::District => name.ends_with('区') && !name.ends_with("地区"),
            Self::Prefecture => name.ends_with("地区"),
            Self::League => name.ends_with('盟'),
            Self::Banner => name.ends_with('旗'),
            Self::Area => name.ends_with("新区"),
            Self::Township => false,
        }
    }
}

/// What a name before an anchor is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    Nation,
    Division(&'a str),
    /// A unit without a code: 光明新区.
    Area(&'a str),
    Township(&'a str),
    /// 市人民政府, 新区管委会: the tier alone.
    Tier(Tier),
}

/// A name that ends at an anchor, with its superiors, the nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase<'a> {
    pub(super) named: Named<'a>,
    pub(super) above: Vec<&'a str>,
}

/// Longest name of a unit, in bytes (积石山保安族东乡族撒拉族自治县).
const LONGEST: usize = 45;

impl<'a> Phrase<'a> {
    /// The name that `text` ends with, where it ends with one.
    pub(super) fn before(text: &'a str) -> Option<Self> {
        let text = end(text, 90);
        let text = without_session(without_year(text));
        if ["国务院", "全国", "中华人民共和国", "中央"].iter().any(|nation| text.ends_with(nation))
        {
            return Some(Self { named: Named::Nation, above: Vec::new() });
        }
        let tier = Tier::ending(text);
        let found = match tier {
            Some((word, Tier::Area)) => area(text, word),
            Some((word, Tier::Township)) => township(text, word),
            _ => division(text),
        };
        let (named, rest) = match (found, tier) {
            (Some(found), _) => found,
            (None, Some((word, tier))) => (Named::Tier(tier), text.strip_suffix(word)?),
            (None, None) => return None,
        };
        Some(Self { named, above: superiors(rest) })
    }
}

/// The name of a division that `text` ends with: one whose superior stands before it (石家庄市郊区 is no 市郊区), or
/// the longest.
fn division(text: &str) -> Option<(Named<'_>, &str)> {
    let (name, rest) = below_superior(text).or_else(|| longest_name(text))?;
    Some((Named::Division(name), rest))
}

fn below_superior(text: &str) -> Option<(&str, &str)> {
    names_ending(text).find(|(name, rest)| {
        let up = longest_name(rest).map_or("", |(up, _)| up);
        let table = divisions();
        let under = |unit: &Division| {
            let chain = table.ancestors(unit, unit.to.min(i16::MAX - 1));
            chain.iter().any(|above| above.name == up || above.short == up)
        };
        !up.is_empty() && table.named(name).any(under)
    })
}

fn longest_name(text: &str) -> Option<(&str, &str)> {
    names_ending(text).next()
}

/// Every name of a division that `text` ends with, the longest first, and what stands before it.
fn names_ending(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let from = text.len() - end(text, LONGEST).len();
    let starts = text[from..].char_indices().map(move |(at, _)| from + at);
    let names = starts.map(|at| (&text[at..], &text[..at])).filter(|(name, _)| name.len() >= 6);
    names.filter(|(name, _)| divisions().is_name(name))
}

fn superiors(mut rest: &str) -> Vec<&str> {
    let mut above = Vec::new();
    while let Some((name, before)) = longest_name(rest) {
        above.push(name);
        rest = before;
    }
    above
}

/// 光明新区, 深圳市大鹏新区: a known area, a division's own name (浦东新区 has a code), or what stands between the
/// superior's name and the ending.
fn area<'a>(text: &'a str, word: &str) -> Option<(Named<'a>, &'a str)> {
    let known = functional_areas().iter().find(|area| text.ends_with(area.name));
    if let Some(area) = known {
        let rest = text.strip_suffix(area.name)?;
        return Some((Named::Area(&text[rest.len()..]), rest));
    }
    let own =
        |(named, rest): &(Named, &str)| full_name(*named) && text.len() > rest.len() + word.len();
    if let Some((name, rest)) = below_superior(text) {
        return Some((Named::Division(name), rest)); // 唐山市新区 was a district
    }
    if let Some(found) = division(text).filter(own) {
        return Some(found);
    }
    let stem = text.strip_suffix(word)?;
    let from = proper_start(stem, 10)?;
    Some((Named::Area(&text[from..]), &text[..from]))
}

fn full_name(named: Named) -> bool {
    let Named::Division(name) = named else { return false };
    divisions().named(name).any(|row| row.name == name)
}

/// 杨林镇: what stands between the superior's name and the ending, at most six characters.
fn township<'a>(text: &'a str, word: &str) -> Option<(Named<'a>, &'a str)> {
    if let Some(found) = division(text).filter(|(named, _)| full_name(*named)) {
        return Some(found); // 景德镇 and the like never, but 旗 and 区 called 镇 may come
    }
    let stem = text.strip_suffix(word)?;
    let from = proper_start(stem, 6)?;
    Some((Named::Township(&text[from..]), &text[..from]))
}

/// Where the proper name at the end of `stem` begins: behind a division's full name, or behind the last character
/// that no name holds. None where nothing is left.
fn proper_start(stem: &str, most: usize) -> Option<usize> {
    let mut from = stem.len();
    for (at, character) in stem.char_indices().rev().take(most) {
        let rest = &stem[..at + character.len_utf8()];
        let closed = longest_name(rest).is_some_and(|(name, _)| full_name(Named::Division(name)));
        if !('\u{4e00}'..='\u{9fff}').contains(&character)
            || "年在表受我现于".contains(character)
            || closed
        {
            break;
        }
        from = at;
    }
    (stem.len() - from >= 6).then_some(from)
}

/// 洪湖市2024年 → 洪湖市.
fn without_year(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['(', '（', ')', '）']);
    let Some(stem) = text.strip_suffix("年度").or(text.strip_suffix('年')) else { return text };
    stem.trim_end_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c))
}

/// 丙县第十八届, 市十二届 → 丙县, 市.
fn without_session(text: &str) -> &str {
    let Some(stem) = text.strip_suffix('届') else {
        return text.strip_suffix("本届").unwrap_or(text);
    };
    let stem =
        stem.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    stem.strip_suffix('第').unwrap_or(stem)
}

/// Where a name was found, and how far it is trusted.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) phrase: Phrase<'a>,
    pub(super) weight: f32,
}

/// Every name that stands before an anchor.
pub(super) fn candidates<'a>(frame: &Frame<'a>) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    for title in frame.titles() {
        in_title(title, &mut found);
    }
    in_opening(frame.opening, &mut found);
    in_congress(frame.head, &mut found);
    in_speaker(frame, &mut found);
    found
}

fn push<'a>(text: &'a str, weight: f32, found: &mut Vec<Candidate<'a>>) {
    found.extend(Phrase::before(text).map(|phrase| Candidate { phrase, weight }));
}

/// 2024年洪湖市政府工作报告, 洪湖市人民政府2024年工作报告, 甲新区管委会工作报告
fn in_title<'a>(title: &'a str, found: &mut Vec<Candidate<'a>>) {
    let Some((at, _)) = List::Title.find(title) else { return };
    let stem = without_year(&title[..at]).trim_end_matches('的').trim_end();
    let government = List::Government.words().iter().find_map(|word| stem.strip_suffix(word));
    push(government.unwrap_or(stem), 4.0, found);
}

/// 现在,我代表洪湖市人民政府: a government word soon after 代表 or 受. 受县长委托,我代表县人民政府 has two.
fn in_opening<'a>(opening: &'a str, found: &mut Vec<Candidate<'a>>) {
    for (at, verb) in opening.match_indices("代表").chain(opening.match_indices('受')).take(8) {
        let rest = start(&opening[at + verb.len()..], 75);
        let clause = &rest[..rest.find([',', '，', '。', '\n']).unwrap_or(rest.len())];
        if clause.starts_with("国务院") {
            push(&clause[.."国务院".len()], 4.0, found);
        } else if let Some((end, _)) = List::Government.find(clause) {
            // 新区党工委、管委会
            let stem = clause[..end].trim_end_matches('、');
            let stem = stem.strip_suffix("党工委").or(stem.strip_suffix("党委")).unwrap_or(stem);
            push(stem, 4.0, found);
        }
    }
}

/// 在洪湖市第九届人民代表大会第三次会议上
fn in_congress<'a>(head: &'a str, found: &mut Vec<Candidate<'a>>) {
    for anchor in ["届人民代表大会", "届人大", "届\n人民代表大会", "\n第"] {
        for (at, _) in head.match_indices(anchor).take(4) {
            let broken =
                anchor.starts_with('\n') && !start(&head[at..], 60).contains("届人民代表大会");
            if !broken {
                let stop = if anchor.starts_with('\n') { at } else { at + "届".len() };
                push(&head[..stop], 4.0, found);
            }
        }
    }
    if head.contains("届全国人民代表大会") {
        let phrase = Phrase { named: Named::Nation, above: Vec::new() };
        found.push(Candidate { phrase, weight: 4.0 });
    }
}

/// 洪湖市人民政府市长, 广东省省长, 发文单位:高阳县人民政府, 国务院总理
fn in_speaker<'a>(frame: &Frame<'a>, found: &mut Vec<Candidate<'a>>) {
    for line in frame.head_lines().filter(|line| line.len() < 120) {
        for government in ["人民政府", "管理委员会", "管委会", "行署"] {
            if let Some(at) = line.find(government) {
                push(&line[..at], 2.0, found);
            }
        }
        for official in List::Official.words() {
            let Some(at) = line.find(official) else { continue };
            let stem = line[..at].trim_end_matches(['代', '副', ' ']).trim_end_matches("常务");
            push(
                List::Government
                    .words()
                    .iter()
                    .find_map(|word| stem.strip_suffix(word))
                    .unwrap_or(stem),
                2.0,
                found,
            );
        }
    }
}

/// Units that a name stands for in a report of `year`, the better first: of the year itself, by the full name.
pub(super) fn units(name: &str, above: &[&str], year: i16) -> Vec<&'static Division> {
    let table = divisions();
    let rows: Vec<_> = table.named(name).collect();
    let usable = |test: &dyn Fn(&Division) -> bool| -> Vec<&'static Division> {
        rows.iter().copied().filter(|row| test(row)).collect()
    };
    let mut units = usable(&|row| row.usable_in(year));
    if units.is_empty() {
        units = usable(&|row| row.from == year + 1);
    }
    if units.is_empty() {
        units.clone_from(&rows);
    }
    if units.iter().any(|row| row.name == name) {
        units.retain(|row| row.name == name);
    }
    let under = |row: &&Division| {
        let chain = table.ancestors(row, year);
        above.iter().any(|name| chain.iter().any(|up| up.name == *name || up.short == *name))
    };
    if units.iter().any(under) {
        units.retain(under);
    }
    latest_of_each(&units, year)
}

/// Where a unit changed its code in the year, both rows are usable; the one of the year itself stays.
fn latest_of_each(units: &[&'static Division], year: i16) -> Vec<&'static Division> {
    let stays = |unit: &&Division| {
        unit.stands_in(year)
            || !units.iter().any(|other| other.entity == unit.entity && other.from > unit.from)
    };
    units.iter().copied().filter(stays).collect()
}

/// How strongly the text speaks of the superiors of `unit`; the nation says nothing.
pub(super) fn superiors_mentioned(text: &str, unit: &Division, year: i16) -> f32 {
    let chain = divisions().ancestors(unit, year);
    let said = chain.iter().filter(|up| up.code != NATION && says(text, up.short)).count();
    said as f32
}
