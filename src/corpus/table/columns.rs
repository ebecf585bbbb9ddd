//! Which columns of a table hold text, region, year and name of a report.
//!
//! A column that the user names must be there; the others are found by the names
//! in `columns.tsv`. A region may stand in several columns, from the province
//! down, and is put together from those that a row fills.

use std::sync::LazyLock;

use crate::corpus::{Columns, Fault};

/// What a column is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Text,
    Region,
    Province,
    City,
    County,
    Year,
    Id,
}

impl Role {
    const ALL: [Self; 7] =
        [Self::Text, Self::Region, Self::Province, Self::City, Self::County, Self::Year, Self::Id];

    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Region => "region",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Year => "year",
            Self::Id => "id",
        }
    }
}

/// The names of `columns.tsv` in their order.
static KNOWN: LazyLock<Vec<(Role, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../columns.tsv").lines().filter(|line| !line.starts_with('#'));
    let cells = lines.skip(1).filter_map(|line| line.split_once('\t'));
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name);
    cells.filter_map(|(known, name)| Some((role(known)?, name))).collect()
});

/// The places of the columns that were found, by number from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) text: usize,
    /// From the province down, or the one column of regions.
    pub(super) region: Vec<usize>,
    pub(super) year: Option<usize>,
    pub(super) id: Option<usize>,
    /// Those that are carried along, in the order asked for.
    pub(super) keep: Vec<usize>,
}

impl Found {
    /// Every column that is read, in the order of the table, each once.
    #[cfg(any(test, feature = "files"))]
    pub(super) fn all(&self) -> Vec<usize> {
        let mut all: Vec<usize> = [&self.region[..], &self.keep].concat();
        all.extend([Some(self.text), self.year, self.id].into_iter().flatten());
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Finds the columns of a table with these names.
pub(super) fn find<N: AsRef<str>>(names: &[N], wanted: &Columns) -> Result<Found, Fault> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let text = named(&names, Role::Text, wanted.text.as_ref())?;
    let region = match named(&names, Role::Region, wanted.region.as_ref())? {
        Some(region) => vec![region],
        None => parts_of_region(&names),
    };
    Ok(Found {
        text: text.ok_or_else(|| Fault::NoTextColumn { columns: list(&names) })?,
        region,
        year: named(&names, Role::Year, wanted.year.as_ref())?,
        id: named(&names, Role::Id, wanted.id.as_ref())?,
        keep: wanted
            .keep
            .iter()
            .map(|kept| called(&names, "keep", kept))
            .collect::<Result<_, _>>()?,
    })
}

/// Is there a column among `names` that holds texts?
pub(super) fn has_text<N: AsRef<str>>(names: &[N], wanted: &Columns) -> bool {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    matches!(named(&names, Role::Text, wanted.text.as_ref()), Ok(Some(_)))
}

/// Are all columns that are carried along among `names`?
pub(super) fn has_kept<N: AsRef<str>>(names: &[N], wanted: &Columns) -> bool {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    wanted.keep.iter().all(|kept| called(&names, "keep", kept).is_ok())
}

fn parts_of_region(names: &[&str]) -> Vec<usize> {
    let parts = [Role::Province, Role::City, Role::County];
    parts.into_iter().filter_map(|role| usual(names, role)).collect()
}

/// The column that the user names, which must be there, or one of a usual name.
fn named(names: &[&str], role: Role, wanted: Option<&String>) -> Result<Option<usize>, Fault> {
    match wanted {
        Some(wanted) => called(names, role.name(), wanted).map(Some),
        None => Ok(usual(names, role)),
    }
}

/// The column of this name, which `role` asks for.
fn called(names: &[&str], role: &'static str, wanted: &str) -> Result<usize, Fault> {
    let exact = names.iter().position(|name| *name == wanted);
    let alike = || names.iter().position(|name| plain(name) == plain(wanted));
    exact.or_else(alike).ok_or_else(|| Fault::NoColumn {
        role,
        wanted: wanted.to_owned(),
        nearest: nearest(names, wanted),
        columns: list(names),
    })
}

fn usual(names: &[&str], role: Role) -> Option<usize> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut known = KNOWN.iter().filter(|(of, _)| *of == role);
    known.find_map(|(_, known)| names.iter().position(|name| name == known))
}

fn plain(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_lowercase()
}

/// ` (did you mean "full_text"?)`, or nothing.
fn nearest(names: &[&str], wanted: &str) -> String {
    let likeness = |name: &&&str| (strsim::jaro_winkler(&plain(name), &plain(wanted)) * 1e3) as u32;
    let best = names.iter().rev().max_by_key(likeness).filter(|name| likeness(name) > 750);
    best.map(|name| format!(" (did you mean {name:?}?)")).unwrap_or_default()
}

/// The columns there are, for a message.
fn list(names: &[&str]) -> String {
    const MOST: usize = 30;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| shortened(name)).collect();
    match (names.len(), names.len().saturating_sub(MOST)) {
        (0, _) => "none".to_owned(),
        (_, 0) => shown.join(", "),
        (_, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A table without a header has its first row for names, whole texts among them.
fn shortened(name: &str) -> String {
    const MOST: usize = 40;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// The region that the cells of a row tell, from the province down.
pub(super) fn region(cells: impl Iterator<Item = Option<String>>) -> Option<String> {
    let mut region = String::new();
    for cell in cells.flatten() {
        let cell = whole(cell.trim());
        // 北京市 stands as province and as city; 湖北省武汉市 may stand in one cell.
        if cell.is_empty() || cell == "市辖区" || region.ends_with(cell) {
            continue;
        }
        if cell.starts_with(region.as_str()) {
            region.clear();
        }
        region.push_str(cell);
    }
    Some(region).filter(|region| !region.is_empty())
}

/// The year that a cell tells: `2024`, `2024.0`, `2024年`, `2024-01-05`.
pub(super) fn year(cell: &str) -> Option<i16> {
    let cell = whole(cell.trim());
    let digits = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
    let (year, rest) = cell.split_at(digits);
    let ends = rest.is_empty() || rest.starts_with(['年', '-', '/', '.']);
    let year = year.parse().ok().filter(|year| (1949..=2100).contains(year));
    year.filter(|_| ends && digits == 4)
}

/// A cell that is carried along as it is; an empty one is none.
pub(super) fn kept(cell: Option<String>) -> Option<String> {
    cell.filter(|cell| !cell.trim().is_empty())
}

/// A frame with gaps holds whole numbers as floats.
pub(super) fn whole(cell: &str) -> &str {
    let number = |cell: &&str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    cell.strip_suffix(".0").filter(number).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str) -> Columns {
        Columns { text: Some(text.to_owned()), ..Columns::default() }
    }

    #[test]
    fn usual_names_are_found() {
        let found = find(&["Doc", "Province", "city", " YEAR ", "Content"], &Columns::default());
        let expected =
            Found { text: 4, region: vec![1, 2], year: Some(3), id: Some(0), keep: vec![] };
        assert_eq!(found.unwrap(), expected);
        let found = find(&["全文", "年份", "城市", "地区"], &Columns::default()).unwrap();
        let expected = Found { text: 0, region: vec![3], year: Some(1), id: None, keep: vec![] };
        assert_eq!(found, expected);
        assert_eq!(found.all(), [0, 1, 3]);
        let found = find(&["content", "full_text"], &Columns::default()).unwrap();
        assert_eq!(found.text, 1, "the more telling name wins, wherever it stands");
    }

    #[test]
    fn a_named_column_wins_and_must_be_there() {
        let names = ["text", "summary", "Summary"];
        assert_eq!(find(&names, &wanted("Summary")).unwrap().text, 2);
        assert_eq!(find(&names, &wanted("SUMMARY")).unwrap().text, 1);
        let fault = find(&names, &wanted("sumary")).unwrap_err();
        assert_eq!(fault.reason(), "no_column");
        let told = fault.to_string();
        assert!(told.contains("did you mean \"summary\"?"), "{told}");
        assert!(told.contains("text, summary, Summary"), "{told}");
        assert!(!find(&names, &wanted("全部")).unwrap_err().to_string().contains("did you mean"));
    }

    #[test]
    fn kept_columns_must_all_be_there() {
        let keep = |names: &[&str]| Columns {
            keep: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Columns::default()
        };
        let names = ["text", "Note", "day", "note"];
        let found = find(&names, &keep(&["note", "Day", "text"])).unwrap();
        assert_eq!(found.keep, [3, 2, 0], "in the order asked for, and each by its nearest name");
        assert_eq!(found.all(), [0, 2, 3]);
        assert!(has_kept(&names, &keep(&["day"])) && !has_kept(&names, &keep(&["day", "dey"])));
        let told = find(&names, &keep(&["day", "noet"])).unwrap_err().to_string();
        assert!(told.contains("\"noet\" that keep names (did you mean \"Note\"?)"), "{told}");
    }

    #[test]
    fn a_table_without_a_text_column_lists_what_it_has() {
        let fault = find(&["year", "gdp"], &Columns::default()).unwrap_err();
        assert_eq!(fault.reason(), "no_column");
        assert!(fault.to_string().contains("year, gdp"), "{fault}");
        let many: Vec<String> = (0..100).map(|n| format!("c{n}{}", "长".repeat(90))).collect();
        let told = find(&many, &Columns::default()).unwrap_err().to_string();
        assert!(told.contains("and 70 more") && told.len() < 8000, "{told}");
    }

    #[test]
    fn cells_make_a_region() {
        let cases: [(&[&str], Option<&str>); 7] = [
            (&["湖北省", "武汉市"], Some("湖北省武汉市")),
            (&["湖北省", "", "洪湖市"], Some("湖北省洪湖市")),
            (&["北京市", "北京市"], Some("北京市")),
            (&["湖北省", "湖北省武汉市"], Some("湖北省武汉市")),
            (&["北京市", "市辖区", "朝阳区"], Some("北京市朝阳区")),
            (&["420100.0"], Some("420100")),
            (&["", " "], None),
        ];
        for (cells, expected) in cases {
            let cells = cells.iter().map(|cell| Some((*cell).to_owned()));
            assert_eq!(region(cells).as_deref(), expected);
        }
    }

    #[test]
    fn cells_tell_a_year() {
        for (cell, expected) in [
            ("2024", Some(2024)),
            (" 2024年 ", Some(2024)),
            ("2024.0", Some(2024)),
            ("2024-01-05", Some(2024)),
            ("20240105", None),
            ("24", None),
            ("1024", None),
            ("二〇二四", None),
            ("", None),
        ] {
            assert_eq!(year(cell), expected, "{cell}");
        }
    }

    #[test]
    fn every_known_name_is_plain_and_stands_once() {
        assert!(KNOWN.len() > 60);
        for (at, (_, name)) in KNOWN.iter().enumerate() {
            assert_eq!(&plain(name), name);
            assert!(KNOWN[..at].iter().all(|(_, other)| other != name), "{name}");
        }
        for role in Role::ALL {
            assert!(KNOWN.iter().any(|(of, _)| *of == role), "{}", role.name());
        }
    }
}
