//! What happened to a unit's name and land in a year.
//!
//! A gap between a target and an actual says little where the land in between is another: 合肥市
//! aimed at growth in 2011 before a third of 巢湖市 came to it. Names and takings-in are read off
//! the table of divisions, cuttings-off off `splits.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::divisions::{Division, Divisions, divisions};
use super::table::Table;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A change of a unit between the end of one year and the end of the next.
    BoundaryChange {
        /// Another name or rank on the same land: a county that became a district.
        Rename = "rename",
        /// It took in a unit that ended.
        Merge = "merge",
        /// A new unit was cut from it.
        Split = "split",
        /// A unit below it, which goes on, came from another or went to another.
        Transfer = "transfer",
    }
}

impl BoundaryChange {
    /// Is the land another than before?
    #[must_use]
    pub const fn is_of_land(self) -> bool {
        !matches!(self, Self::Rename)
    }
}

/// A unit that goes on under another parent: codes of the old one and the new one.
#[derive(Clone, Copy, Debug)]
struct Move {
    from: u32,
    to: u32,
}

/// What the table of divisions tells only when it is read as a whole, by year.
#[derive(Debug, Default)]
struct Changes {
    moves: HashMap<i16, Vec<Move>>,
    takers: HashMap<i16, Vec<u32>>,
    donors: HashMap<i16, Vec<u32>>,
}

static CHANGES: LazyLock<Changes> = LazyLock::new(|| Changes::of(divisions()));

impl Changes {
    fn of(table: &Divisions) -> Self {
        let mut changes = Self { donors: donors(), ..Self::default() };
        for row in table.rows() {
            if let Some(taker) = row.merged_into {
                changes.takers.entry(row.to.saturating_add(1)).or_default().push(taker);
            }
        }
        for (before, after) in table.successions() {
            if is_moved(table, before, after) {
                let moved = Move { from: before.parent, to: after.parent };
                changes.moves.entry(after.from).or_default().push(moved);
            }
        }
        changes
    }
}

/// Is the parent of `after` another government than that of `before`?
fn is_moved(table: &Divisions, before: &Division, after: &Division) -> bool {
    let entity = |row: &Division, year| table.parent(row, year).map(|parent| parent.entity);
    entity(before, before.to) != entity(after, after.from)
}

fn donors() -> HashMap<i16, Vec<u32>> {
    let text: &'static str = include_str!("splits.tsv");
    let table = Table::parse("splits.tsv", text).expect("a built-in list");
    let mut donors: HashMap<i16, Vec<u32>> = HashMap::new();
    for row in table.rows() {
        let year = row.get("year").parse().expect("a year");
        donors.entry(year).or_default().push(row.get("code").parse().expect("a code"));
    }
    donors
}

/// What happened to a unit between the ends of `year - 1` and `year`; empty where nothing did, or
/// nothing is known.
///
/// ```
/// use zhibiao::lexicon::{BoundaryChange, boundary_changes};
/// assert_eq!(boundary_changes(132423, 2015), [BoundaryChange::Rename]); // 徐水县, 徐水区
/// assert_eq!(boundary_changes(340100, 2011), [BoundaryChange::Transfer]); // 合肥市, 巢湖
/// assert_eq!(boundary_changes(132423, 2016), []);
/// ```
#[must_use]
pub fn boundary_changes(entity: u32, year: i16) -> Vec<BoundaryChange> {
    let changes = &*CHANGES;
    let standing = |year| divisions().standing(entity, year);
    let (before, now) = (standing(year - 1), standing(year));
    let (Some(before), Some(now)) = (before, now) else { return Vec::new() };
    let of = |list: &HashMap<i16, Vec<u32>>| {
        list.get(&year)
            .is_some_and(|codes| codes.iter().any(|c| [before.code, now.code].contains(c)))
    };
    let inside = |code: u32, unit: &Division, at| divisions().is_within(code, unit.code, at);
    let moved = changes.moves.get(&year).is_some_and(|moves| {
        moves.iter().any(|m| inside(m.from, before, year - 1) != inside(m.to, now, year))
    });
    let found = [
        (BoundaryChange::Rename, before.name != now.name),
        (BoundaryChange::Merge, of(&changes.takers)),
        (BoundaryChange::Split, of(&changes.donors)),
        (BoundaryChange::Transfer, moved),
    ];
    found.into_iter().filter_map(|(change, is)| is.then_some(change)).collect()
}

#[cfg(test)]
mod tests {
    use super::BoundaryChange::{Merge, Rename, Split, Transfer};
    use super::*;

    #[test]
    fn known_changes() {
        let entity = |code, year| divisions().at(code, year).expect("a unit").entity;
        for (code, year, expected) in [
            (130_609, 2015, &[Rename][..]),          // 徐水县 → 徐水区
            (420_600, 2010, &[Rename][..]),          // 襄樊市 → 襄阳市
            (340_100, 2011, &[Transfer][..]),        // 巢湖市 was divided up
            (340_200, 2011, &[Transfer][..]),        // 芜湖市 took 无为县
            (340_000, 2011, &[][..]),                // all inside 安徽省
            (510_000, 1997, &[Split, Transfer][..]), // 重庆市
            (440_306, 2018, &[Split][..]),           // 光明区 from 宝安区
            (440_300, 2018, &[][..]),                // inside 深圳市
            (310_106, 2015, &[Merge][..]),           // 静安区 took in 闸北区
            (420_600, 2015, &[][..]),
            (100_000, 2011, &[][..]),
        ] {
            assert_eq!(boundary_changes(entity(code, year), year), expected, "{code} in {year}");
        }
    }

    #[test]
    fn every_donor_and_new_unit_stands() {
        let table = Table::parse("splits.tsv", include_str!("splits.tsv")).unwrap();
        for row in table.rows() {
            let year = row.get("year").parse().unwrap();
            for (code, name) in [("code", "name"), ("new", "new_name")] {
                let unit = divisions().at(row.get(code).parse().unwrap(), year);
                assert_eq!(unit.map(|unit| unit.name), Some(row.get(name)), "{}", row.get(code));
            }
        }
    }
}
