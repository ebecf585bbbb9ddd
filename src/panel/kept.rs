//! Columns of the user's own tables, behind those of the reports.
//!
//! A text that came out of a table keeps the cells that the user asked for. They are passed through
//! as texts, and nothing here or elsewhere reads them.

use arrow_schema::{Field, Metadata};

use super::schema::{Data, REPORTS, Sheet};

/// A name that a further column of the reports cannot have.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeptError {
    #[error(
        "keep names {0:?}, which is a column of the reports already; give your column another name"
    )]
    Taken(String),
    #[error("keep names {0:?} twice; name each column once")]
    Twice(String),
    #[error("keep has a name that is empty; name a column")]
    Empty,
}

/// Names of further columns, in the order asked for; none is that of another column, in
/// whatever letters: databases take `URL` for `url`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept(Vec<String>);

impl Kept {
    /// # Errors
    /// A name is empty, stands twice, or is that of a column of the reports.
    pub fn new(names: &[String]) -> Result<Self, KeptError> {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        for (at, name) in names.iter().enumerate() {
            if name.trim().is_empty() {
                return Err(KeptError::Empty);
            }
            if REPORTS.columns.iter().any(|column| same(column.name, name.trim())) {
                return Err(KeptError::Taken(name.clone()));
            }
            if names[..at].iter().any(|other| same(other.trim(), name.trim())) {
                return Err(KeptError::Twice(name.clone()));
            }
        }
        Ok(Self(names.to_vec()))
    }

    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The fields that stand behind those of a sheet.
    pub(super) fn fields(&self, sheet: &Sheet) -> Vec<Field> {
        let says = format!("A column of your own table; null for {} of other sources", sheet.name);
        let field = |name: &String| {
            let says = [("description".to_owned(), says.clone())];
            Field::new(name, Data::Text.arrow(), true)
                .with_metadata(says.into_iter().collect::<Metadata>())
        };
        self.0.iter().map(field).collect()
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::panel::{LongTables, Tables};
    use crate::pipeline::read_text;

    #[test]
    fn a_further_column_has_a_name_of_its_own() {
        let kept = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Kept::new(&names).map(|kept| kept.names().join(" "))
        };
        assert_eq!(kept(&["url", "publish_date", "年份"]), Ok("url publish_date 年份".to_owned()));
        assert_eq!(kept(&[]), Ok(String::new()));
        for column in REPORTS.columns {
            assert_eq!(kept(&["url", column.name]), Err(KeptError::Taken(column.name.to_owned())));
        }
        assert_eq!(kept(&["Title"]), Err(KeptError::Taken("Title".to_owned())));
        assert_eq!(kept(&["url", "URL "]), Err(KeptError::Twice("URL ".to_owned())));
        assert_eq!(kept(&[" "]), Err(KeptError::Empty));
    }

    /// The tables of one report, beside which these cells stand.
    fn tables(names: &[&str], cells: &[Option<&str>]) -> Tables {
        let text = "湖北省2024年政府工作报告\n各位代表：\n2024年，地区生产总值增长6%左右。\n";
        let mut reports = read_text(Lexicon::builtin(), "甲", text).unwrap();
        reports[0].kept = cells.iter().map(|cell| cell.map(str::to_owned)).collect();
        let mut tables = keeping(names);
        tables.push(&reports, &[]);
        tables.finish()
    }

    fn keeping(names: &[&str]) -> LongTables<'static> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        LongTables::keeping(Lexicon::builtin(), &Kept::new(&names).unwrap())
    }

    #[test]
    fn further_columns_stand_behind_those_of_the_reports() {
        let made = tables(&["url", "day"], &[Some("甲"), None]);
        let names: Vec<&String> = made.reports.schema.fields().iter().map(|f| f.name()).collect();
        let fixed = REPORTS.columns.len();
        assert_eq!(names[fixed..], ["url", "day"]);
        let cells = |at: usize| made.reports.batches[0].column(fixed + at).as_string::<i32>();
        assert_eq!((cells(0).value(0), cells(1).is_null(0)), ("甲", true));
        assert!(tables(&["url"], &[]).reports.batches[0].column(fixed).is_null(0));
    }

    #[test]
    fn parts_of_a_run_must_keep_the_same() {
        let made = tables(&["url"], &[Some("甲")]);
        let mut whole = keeping(&["url"]);
        whole.append(&made).unwrap();
        assert_eq!(whole.finish().reports.batches, made.reports.batches);
        for other in [&["day"][..], &[]] {
            assert!(keeping(other).append(&made).is_err(), "{other:?}");
        }
    }
}
