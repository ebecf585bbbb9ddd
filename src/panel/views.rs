//! The panel seen in other shapes: a row for each region and year, and counts of its states.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int16Type;
use arrow_array::{Array, ArrayRef, Int16Array, Int32Array, RecordBatch, StringArray, UInt32Array};
use arrow_schema::{DataType, Field, Schema};
use arrow_select::concat::concat_batches;
use arrow_select::take::take;

use super::{Horizon, PanelError, Table, cast};
use crate::lexicon::Lexicon;

/// What a row of [`wide`] is.
const UNIT: [&str; 5] = ["entity_id", "region_code", "region", "level", "year"];

/// One row for each region and year, with a column for each metric and each of `values`, which are
/// columns of the panel: `gdp_target`, `gdp_actual`. Yearly cells of one measure are taken; without
/// `metrics` all that there are. Where a metric is told in several units, those that are not its usual
/// one stand in columns of their own (`trade_total_target_美元`).
///
/// # Errors
/// Names a column that the panel lacks, or a metric that it has no such cell of.
pub fn wide(
    panel: &Table,
    metrics: &[String],
    measure: &str,
    values: &[String],
) -> Result<Table, PanelError> {
    let cells = Cells::of(panel)?;
    let taken = |row: &usize| {
        cells.horizon.value(*row) == Horizon::Annual.name()
            && cells.measure.value(*row) == measure
            && (metrics.is_empty() || metrics.iter().any(|m| m == cells.metric.value(*row)))
    };
    let rows: Vec<usize> = (0..cells.metric.len()).filter(taken).collect();
    let there: BTreeSet<&str> = rows.iter().map(|row| cells.metric.value(*row)).collect();
    if let Some(missing) = metrics.iter().find(|metric| !there.contains(metric.as_str())) {
        return Err(PanelError::NoCells { metric: missing.clone(), measure: measure.to_owned() });
    }
    // By region and year.
    let mut out: BTreeMap<(&str, i16), Places> = BTreeMap::new();
    for row in &rows {
        let place = (cells.metric.value(*row), cells.unit.value(*row));
        out.entry(cells.key(*row)).or_default().entry(place).or_insert(*row as u32);
    }
    let asked = |metric: &str| metrics.iter().position(|m| m == metric);
    let mut columns: Vec<(&str, &str)> = out.values().flat_map(|of| of.keys().copied()).collect();
    columns.sort_by_key(|&(metric, unit)| {
        (asked(metric), metric, !is_usual(metric, measure, unit), unit)
    });
    columns.dedup();
    let first: UInt32Array = out.values().map(|of| of.values().next().copied()).collect();
    let mut arrays: Vec<(String, ArrayRef)> = Vec::new();
    for name in UNIT {
        arrays.push((name.to_owned(), take_rows(&cells.column(name)?, &first)?));
    }
    for (metric, unit) in columns {
        let at: UInt32Array = out.values().map(|of| of.get(&(metric, unit)).copied()).collect();
        for value in values {
            let suffix =
                if is_usual(metric, measure, unit) { String::new() } else { format!("_{unit}") };
            arrays.push((
                format!("{metric}_{value}{suffix}"),
                take_rows(&cells.column(value)?, &at)?,
            ));
        }
    }
    Ok(table("wide", panel, arrays))
}

/// For each metric with its unit the row of the panel.
type Places<'a> = BTreeMap<(&'a str, &'a str), u32>;

/// How many yearly cells of each metric, by level and year, are in which state.
///
/// # Errors
/// Names a column that the panel lacks.
pub fn coverage(panel: &Table) -> Result<Table, PanelError> {
    let cells = Cells::of(panel)?;
    let mut counts: BTreeMap<[String; 5], BTreeMap<i16, i32>> = BTreeMap::new();
    let level = cells.strings("level")?;
    for side in ["target", "actual"] {
        let states = cells.strings(&format!("{side}_state"))?;
        let annual = |row: &usize| cells.horizon.value(*row) == Horizon::Annual.name();
        for row in (0..states.len()).filter(annual).filter(|row| states.is_valid(*row)) {
            let level = if level.is_valid(row) { level.value(row) } else { "" };
            let key =
                [level, cells.metric.value(row), cells.measure.value(row), side, states.value(row)];
            let of_year = counts.entry(key.map(str::to_owned)).or_default();
            *of_year.entry(cells.year.value(row)).or_default() += 1;
        }
    }
    let rows =
        || counts.iter().flat_map(|(key, years)| years.iter().map(move |(y, n)| (key, *y, *n)));
    let words = |at: usize| -> ArrayRef {
        Arc::new(rows().map(|(key, ..)| Some(key[at].as_str())).collect::<StringArray>())
    };
    let years: ArrayRef = Arc::new(rows().map(|(_, year, _)| year).collect::<Int16Array>());
    let cells: ArrayRef = Arc::new(rows().map(|(_, _, n)| n).collect::<Int32Array>());
    let arrays = [
        ("level", words(0)),
        ("metric", words(1)),
        ("measure", words(2)),
        ("year", years),
        ("side", words(3)),
        ("state", words(4)),
        ("cells", cells),
    ];
    Ok(table("coverage", panel, arrays.map(|(name, array)| (name.to_owned(), array)).into()))
}

/// A panel in one batch, with the columns that every view needs.
struct Cells {
    batch: RecordBatch,
    metric: StringArray,
    measure: StringArray,
    horizon: StringArray,
    unit: StringArray,
    entity: StringArray,
    region: StringArray,
    year: Int16Array,
}

impl Cells {
    fn of(panel: &Table) -> Result<Self, PanelError> {
        let batch = concat_batches(&panel.schema, &panel.batches)
            .map_err(|_| PanelError::NoPanel("metric".to_owned()))?;
        let strings = |name| strings(&batch, name);
        Ok(Self {
            metric: strings("metric")?,
            measure: strings("measure")?,
            horizon: strings("horizon")?,
            unit: strings("unit")?,
            entity: strings("entity_id")?,
            region: strings("region")?,
            year: cast::column(&batch, "year", &DataType::Int16)
                .map_err(|_| PanelError::NoPanel("year".to_owned()))?
                .as_primitive::<Int16Type>()
                .clone(),
            batch,
        })
    }

    fn key(&self, row: usize) -> (&str, i16) {
        let known = self.entity.is_valid(row) && !self.entity.value(row).is_empty();
        let entity = if known { &self.entity } else { &self.region };
        (entity.value(row), self.year.value(row))
    }

    fn column(&self, name: &str) -> Result<ArrayRef, PanelError> {
        column(&self.batch, name)
    }

    fn strings(&self, name: &str) -> Result<StringArray, PanelError> {
        strings(&self.batch, name)
    }
}

fn column(batch: &RecordBatch, name: &str) -> Result<ArrayRef, PanelError> {
    batch.column_by_name(name).cloned().ok_or_else(|| PanelError::NoPanel(name.to_owned()))
}

fn strings(batch: &RecordBatch, name: &str) -> Result<StringArray, PanelError> {
    cast::strings(batch, name).map_err(|_| PanelError::NoPanel(name.to_owned()))
}

fn take_rows(column: &ArrayRef, at: &UInt32Array) -> Result<ArrayRef, PanelError> {
    take(column, at, None).map_err(|error| PanelError::NoPanel(error.to_string()))
}

/// Growth is told in %, and an amount in the unit of its metric.
fn is_usual(metric: &str, measure: &str, unit: &str) -> bool {
    let lexicon = Lexicon::builtin();
    let known = lexicon.find_metric(metric).map(|metric| lexicon.metric(metric).unit.as_str());
    measure != "level" || known.is_none_or(|known| known == unit)
}

fn table(name: &str, panel: &Table, arrays: Vec<(String, ArrayRef)>) -> Table {
    let field =
        |(name, array): &(String, ArrayRef)| Field::new(name, array.data_type().clone(), true);
    let fields: Vec<Field> = arrays.iter().map(field).collect();
    let mut metadata = panel.schema.metadata().clone();
    metadata.insert("zhibiao.table".to_owned(), name.to_owned());
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    let columns = arrays.into_iter().map(|(_, array)| array).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).expect("columns of one length");
    Table { schema, batches: vec![batch] }
}
