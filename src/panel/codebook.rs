//! The codebook: every column in Markdown, from [`schema`](super::schema).

use std::fmt::Write;

use super::schema::{Column, SHEETS, Sheet};
use crate::lexicon::{Lexicon, Metric, direction};

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
    metrics(&mut page);
    page
}

/// Every canonical metric, with the way it is meant to go in the newest year.
fn metrics(page: &mut String) {
    page.push_str(
        "\n## Metrics\n\nThe canonical metrics; *headline* marks those of which a complete panel has rows \
         without a number too. *Direction* says on which side of its target a metric is meant to be \
         (dated: `src/lexicon/directions.tsv`).\n\n\
         | metric | 中文 | meaning | base unit | headline | direction |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for metric in Lexicon::builtin().metrics() {
        let Metric { id, zh, en, unit, headline, .. } = metric;
        let headline = if *headline { "yes" } else { "no" };
        let direction = direction(id, i16::MAX).name();
        let _ = writeln!(page, "| `{id}` | {zh} | {en} | {unit} | {headline} | {direction} |");
    }
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
