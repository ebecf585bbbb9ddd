//! The administrative divisions of county level and above, by year.
//!
//! One [`Division`] is a unit under one code, name and parent, with the years
//! in which that stood at the end of the year: 徐水县 130625 until 2014,
//! 徐水区 130609 from 2015. Rows of one government share an `entity`, so that
//! a county that became a district stays one unit in a panel. The rows come
//! from `divisions.tsv`, made by `scripts/build_divisions.py`, which names the
//! sources.
//!
//! Townships have no rows. Units without a code (光明新区) are in
//! [`functional_area`]. Years before 1980 are read as 1980, years after the
//! newest as the newest.

use std::sync::LazyLock;

use crate::document::Level;

/// Code of the whole country.
pub const NATION: u32 = 100_000;

/// A unit under one code, name and parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// GB/T 2260: `130625`.
    pub code: u32,
    /// `徐水县`, `恩施土家族苗族自治州`
    pub name: &'static str,
    /// `徐水`, `恩施`; the full name where less than two characters would be left (`唐县`).
    pub short: &'static str,
    /// First and last year at whose end this stood; open ends are the extremes of the type.
    pub from: i16,
    pub to: i16,
    /// Code of the true parent: the province for 仙桃市.
    pub parent: u32,
    /// Key of the government behind the names and codes.
    pub entity: u32,
    /// Code of the unit that took this one in when it ended, where recorded.
    pub merged_into: Option<u32>,
}

impl Division {
    /// Level by the form of the code.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self.code {
            NATION => Level::Nation,
            c if c % 10_000 == 0 => Level::Province,
            c if c % 100 == 0 => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// Did this stand at the end of `year`?
    #[must_use]
    pub const fn stands_in(&self, year: i16) -> bool {
        self.from <= year && year <= self.to
    }

    /// Did this stand in `year`, or until the year before? A report is delivered early in its year and may still
    /// use the name that a change of that year replaced.
    #[must_use]
    pub const fn usable_in(&self, year: i16) -> bool {
        self.stands_in(year) || self.to == year - 1
    }
}

/// All divisions, with the indexes that lookups need.
#[derive(Debug)]
pub struct Divisions {
    /// By code, then by year.
    rows: Vec<Division>,
    /// Full and short names with their rows, by name.
    names: Vec<(&'static str, u32)>,
    /// Parent codes with the rows below, by parent.
    below: Vec<(u32, u32)>,
    /// Entities with their rows, by entity, then by year.
    governments: Vec<(u32, u32)>,
}

static DIVISIONS: LazyLock<Divisions> =
    LazyLock::new(|| Divisions::read(include_str!("divisions.tsv")));

/// The table that the package ships.
#[must_use]
pub fn divisions() -> &'static Divisions {
    &DIVISIONS
}

impl Divisions {
    fn read(tsv: &'static str) -> Self {
        let lines = tsv.lines().filter(|line| !line.starts_with('#')).skip(1);
        let mut rows: Vec<Division> = lines.map(row).collect();
        rows.sort_by_key(|row| (row.code, row.from));
        fill_parents(&mut rows);
        let mut names: Vec<(&'static str, u32)> = Vec::with_capacity(2 * rows.len());
        for (i, row) in rows.iter().enumerate() {
            names.push((row.name, i as u32));
            if row.short != row.name {
                names.push((row.short, i as u32));
            }
        }
        names.sort_unstable();
        let mut below: Vec<(u32, u32)> =
            rows.iter().enumerate().map(|(i, row)| (row.parent, i as u32)).collect();
        below.sort_unstable();
        let mut governments: Vec<(u32, u32)> =
            rows.iter().enumerate().map(|(i, row)| (row.entity, i as u32)).collect();
        governments.sort_by_key(|&(entity, i)| (entity, rows[i as usize].from));
        Self { rows, names, below, governments }
    }

    /// Every row, by code and year.
    #[must_use]
    pub fn rows(&self) -> &[Division] {
        &self.rows
    }

    /// The unit that has `code` in `year`.
    ///
    /// ```
    /// use zhibiao::lexicon::divisions::divisions;
    /// assert_eq!(divisions().at(420600, 2009).unwrap().name, "襄樊市");
    /// assert_eq!(divisions().at(420600, 2010).unwrap().name, "襄阳市");
    /// ```
    #[must_use]
    pub fn at(&self, code: u32, year: i16) -> Option<&Division> {
        self.of_code(code).iter().find(|row| row.stands_in(year))
    }

    /// The unit that has `code` in `year`, or had it last before, or has it first after.
    #[must_use]
    pub fn near(&self, code: u32, year: i16) -> Option<&Division> {
        let rows = self.of_code(code);
        rows.iter().rev().find(|row| row.from <= year).or(rows.first())
    }

    fn of_code(&self, code: u32) -> &[Division] {
        let start = self.rows.partition_point(|row| row.code < code);
        let end = self.rows.partition_point(|row| row.code <= code);
        &self.rows[start..end]
    }

    /// Rows of all years whose full or short name is `name`, by code and year.
    ///
    /// ```
    /// use zhibiao::lexicon::divisions::divisions;
    /// let sands: Vec<_> = divisions().named("沙湾").filter(|d| d.stands_in(2024)).collect();
    /// assert_eq!(sands.len(), 2); // 乐山市沙湾区 and 塔城地区沙湾市
    /// ```
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Division> + use<'a> {
        let start = self.names.partition_point(|(known, _)| *known < name);
        let end = self.names.partition_point(|(known, _)| *known <= name);
        self.names[start..end].iter().map(|(_, i)| &self.rows[*i as usize])
    }

    /// Is `text`, whole, a full or short name of a division in any year?
    #[must_use]
    pub fn is_name(&self, text: &str) -> bool {
        self.names.binary_search_by(|(known, _)| (*known).cmp(text)).is_ok()
    }

    /// All full and short names, each once, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        let mut last = "";
        self.names.iter().filter_map(move |(name, _)| {
            let new = *name != last;
            last = name;
            new.then_some(*name)
        })
    }

    /// The parent of `unit` in `year`.
    #[must_use]
    pub fn parent(&self, unit: &Division, year: i16) -> Option<&Division> {
        if unit.code == NATION { None } else { self.near(unit.parent, year) }
    }

    /// Parents from the nearest to the province; the nation is left out.
    #[must_use]
    pub fn ancestors(&self, unit: &Division, year: i16) -> Vec<&Division> {
        let mut chain = Vec::new();
        let mut next = self.parent(unit, year);
        while let Some(above) = next.filter(|above| above.code != NATION && chain.len() < 4) {
            chain.push(above);
            next = self.parent(above, year);
        }
        chain
    }

    /// The name with all parents.
    ///
    /// ```
    /// use zhibiao::lexicon::divisions::divisions;
    /// let unit = divisions().at(421083, 2024).unwrap();
    /// assert_eq!(divisions().full_name(unit, 2024), "湖北省荆州市洪湖市");
    /// ```
    #[must_use]
    pub fn full_name(&self, unit: &Division, year: i16) -> String {
        let above = self.ancestors(unit, year);
        above.iter().rev().map(|above| above.name).chain([unit.name]).collect()
    }

    /// Units directly below `code` in `year`.
    pub fn subdivisions(&self, code: u32, year: i16) -> impl Iterator<Item = &Division> {
        let start = self.below.partition_point(|(parent, _)| *parent < code);
        let below = self.below[start..].iter().take_while(move |(parent, _)| *parent == code);
        below.map(|(_, i)| &self.rows[*i as usize]).filter(move |row| row.stands_in(year))
    }

    /// Full and short names of the units below `code` in `year`, at any depth: names that mark a figure as that of
    /// a part of the region.
    #[must_use]
    pub fn names_of_subdivisions(&self, code: u32, year: i16) -> Vec<&'static str> {
        let mut names = Vec::new();
        for unit in self.subdivisions(code, year) {
            names.push(unit.name);
            if unit.short != unit.name {
                names.push(unit.short);
            }
            names.extend(self.names_of_subdivisions(unit.code, year));
        }
        names
    }

    /// Is `inner` the unit `outer` or below it in `year`?
    #[must_use]
    pub fn is_within(&self, inner: u32, outer: u32, year: i16) -> bool {
        inner == outer
            || outer == NATION
            || self.near(inner, year).is_some_and(|unit| {
                self.ancestors(unit, year).iter().any(|above| above.code == outer)
            })
    }

    /// The rows of one government through time, by year.
    ///
    /// ```
    /// use zhibiao::lexicon::divisions::divisions;
    /// let unit = divisions().at(130609, 2020).unwrap();
    /// let names: Vec<_> = divisions().history(unit.entity).iter().map(|d| d.name).collect();
    /// assert_eq!(names, ["徐水县", "徐水县", "徐水区"]); // 132423, 130625, 130609
    /// ```
    #[must_use]
    pub fn history(&self, entity: u32) -> Vec<&Division> {
        self.of_entity(entity).collect()
    }

    /// The row of a government that stands at the end of `year`.
    #[must_use]
    pub fn standing(&self, entity: u32, year: i16) -> Option<&Division> {
        self.of_entity(entity).find(|row| row.stands_in(year))
    }

    /// Every two rows of one government that follow one another.
    pub fn successions(&self) -> impl Iterator<Item = (&Division, &Division)> {
        let pairs = self.governments.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        pairs.map(|pair| (&self.rows[pair[0].1 as usize], &self.rows[pair[1].1 as usize]))
    }

    fn of_entity(&self, entity: u32) -> impl Iterator<Item = &Division> {
        let start = self.governments.partition_point(|(known, _)| *known < entity);
        let own = self.governments[start..].iter().take_while(move |(known, _)| *known == entity);
        own.map(|(_, i)| &self.rows[*i as usize])
    }
}

/// Is `text`, whole, a full or short name of a division in any year?
#[must_use]
pub fn is_division_name(text: &str) -> bool {
    divisions().is_name(text)
}

/// Full and short names of the units below `code` in `year`; see [`Divisions::names_of_subdivisions`].
#[must_use]
pub fn names_of_subdivisions(code: u32, year: i16) -> Vec<&'static str> {
    divisions().names_of_subdivisions(code, year)
}

fn row(line: &'static str) -> Division {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let code = next().parse().expect("divisions.tsv: a code is six digits");
    let name = next();
    let from = next().parse().unwrap_or(i16::MIN);
    let to = next().parse().unwrap_or(i16::MAX);
    // `fill_parents` finds the usual parent; the nation has none.
    let parent = match next() {
        "-" => NATION,
        given => given.parse().unwrap_or(0),
    };
    let entity = next().parse().unwrap_or(code);
    let merged_into = next().parse().ok();
    let short = Some(next()).filter(|given| !given.is_empty()).unwrap_or(usual_short(name));
    Division { code, name, short, from, to, parent, entity, merged_into }
}

/// A parent that the table leaves out: the prefecture with the first four digits, if there ever was one, or the
/// province.
fn fill_parents(rows: &mut [Division]) {
    let codes: Vec<u32> = rows.iter().map(|row| row.code).collect();
    for row in rows.iter_mut().filter(|row| row.parent == 0) {
        let prefecture = row.code / 100 * 100;
        row.parent = match row.level() {
            Level::Nation | Level::Province => NATION,
            Level::County if codes.binary_search(&prefecture).is_ok() => prefecture,
            _ => row.code / 10_000 * 10_000,
        };
    }
}

/// The name without its last word, where two characters or more are left.
fn usual_short(name: &'static str) -> &'static str {
    const WORDS: [&str; 13] =
        ["地区", "林区", "矿区", "特区", "新区", "郊区", "省", "市", "县", "区", "州", "盟", "旗"];
    let stem = WORDS.iter().find_map(|word| name.strip_suffix(word));
    stem.filter(|stem| stem.chars().nth(1).is_some()).unwrap_or(name)
}

/// A unit with reports of its own but without a code: 光明新区.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionalArea {
    pub name: &'static str,
    /// Code of the division that it belongs to.
    pub parent: u32,
    pub from: i16,
    pub to: i16,
    /// Code of the division that its government was made into: 光明区.
    pub became: Option<u32>,
}

impl FunctionalArea {
    /// The key of the division that it was made into, which is one government with it.
    #[must_use]
    pub fn entity(&self) -> Option<u32> {
        divisions().of_code(self.became?).first().map(|division| division.entity)
    }

    /// Did it stand in `year`, or until the year before?
    #[must_use]
    pub const fn stands_in(&self, year: i16) -> bool {
        self.from <= year && year.saturating_sub(1) <= self.to
    }
}

static FUNCTIONAL_AREAS: LazyLock<Vec<FunctionalArea>> = LazyLock::new(|| {
    let lines = include_str!("functional_areas.tsv").lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut columns = line.split('\t');
        Some(FunctionalArea {
            name: columns.next()?,
            parent: columns.next()?.parse().ok()?,
            from: columns.next()?.parse().unwrap_or(i16::MIN),
            to: columns.next().and_then(|to| to.parse().ok()).unwrap_or(i16::MAX),
            became: columns.next().and_then(|code| code.parse().ok()),
        })
    };
    lines.skip(1).filter_map(read).collect()
});

/// Every unit without a code that is known by name.
#[must_use]
pub fn functional_areas() -> &'static [FunctionalArea] {
    &FUNCTIONAL_AREAS
}

/// The unit without a code that bears `name` in `year`, or did the year before.
#[must_use]
pub fn functional_area(name: &str, year: i16) -> Option<&'static FunctionalArea> {
    functional_areas().iter().find(|area| area.name == name && area.stands_in(year))
}

#[cfg(test)]
#[path = "divisions_tests.rs"]
mod tests;
