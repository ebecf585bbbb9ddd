//! The table of divisions, for whoever has to bring own data under the same keys.

use super::Table;
use super::column::Filler;
use super::schema::DIVISIONS;
use crate::document::Level;
use crate::lexicon::Lexicon;
use crate::lexicon::divisions::{Division, NATION, divisions};

/// Every unit that stood at the end of `year`, or of all years.
///
/// ```
/// use zhibiao::panel::divisions_table;
/// assert!(divisions_table(Some(2024)).rows() < divisions_table(None).rows());
/// ```
#[must_use]
pub fn divisions_table(year: Option<i16>) -> Table {
    let stands = |row: &&Division| year.is_none_or(|year| row.stands_in(year));
    let rows: Vec<&Division> = divisions().rows().iter().filter(stands).collect();
    let mut out = Filler::new(&DIVISIONS, Lexicon::builtin().digest());
    fill(&mut out, &rows);
    out.end_batch();
    out.finish()
}

fn fill(out: &mut Filler, rows: &[&Division]) {
    let printed = |pick: fn(&Division) -> Option<u32>| -> Vec<Option<String>> {
        rows.iter().map(|row| pick(row).map(|code| format!("{code:06}"))).collect()
    };
    let (own, entities) = (printed(|d| Some(d.code)), printed(|d| Some(d.entity)));
    let parents = printed(|d| (d.code != NATION).then_some(d.parent));
    out.text("region_code", own.iter().map(Option::as_deref));
    out.text("name", rows.iter().map(|d| d.name));
    out.text("short_name", rows.iter().map(|d| d.short));
    out.word("level", rows.iter().map(|d| Level::name(d.level())));
    out.text("parent_code", parents.iter().map(Option::as_deref));
    out.text("entity_id", entities.iter().map(Option::as_deref));
    out.year("valid_from", rows.iter().map(|d| (d.from != i16::MIN).then_some(d.from)));
    out.year("valid_to", rows.iter().map(|d| (d.to != i16::MAX).then_some(d.to)));
    let into = printed(|d| d.merged_into);
    out.text("merged_into", into.iter().map(Option::as_deref));
}
