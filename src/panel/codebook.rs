//! The codebook: every column in Markdown, from [`schema`](super::schema).

use std::fmt::Write;

use super::schema::{Column, SHEETS, Sheet};

const HEAD: &str = "\
# Codebook

Every table and every column, generated from the schemas (`zhibiao codebook`). The same descriptions,
units and levels travel in the metadata of each Arrow schema, and so in every Parquet and Arrow file.

*Null* says whether a value may be missing: missing is never zero, and never an empty text.
";

/// The whole codebook as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for sheet in SHEETS {
        table(&mut page, sheet);
    }
    page
}

fn table(page: &mut String, sheet: &Sheet) {
    let Sheet { name, says, columns } = sheet;
    let _ = write!(page, "\n## {name}\n\n{says}\n\n");
    page.push_str(
        "| column | type | null | meaning | unit or levels |\n| --- | --- | --- | --- | --- |\n",
    );
    for column in *columns {
        let null = if column.nullable { "yes" } else { "no" };
        let (name, data, says) = (column.name, column.data.name(), column.says);
        let _ = writeln!(page, "| `{name}` | {data} | {null} | {says} | {} |", values(column));
    }
}

fn values(column: &Column) -> String {
    match column.levels {
        Some(levels) => {
            levels().iter().map(|level| format!("`{level}`")).collect::<Vec<_>>().join(" ")
        }
        None => column.unit.to_owned(),
    }
}
