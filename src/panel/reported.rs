//! What the table of reports says of each report, as far as a panel needs it.
//!
//! It tells which reports count (copies and altered texts do not), which of two reports of one year
//! came first, and what a report names without a figure. As with [`given`](super::given), the
//! table may have been through another program.

use std::collections::{BTreeMap, HashMap, HashSet};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int16Type};
use arrow_array::{Array, BooleanArray, Int16Array, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::DataType;

use super::{PanelError, Table, cast};

/// A report that counts.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub id: String,
    /// As observations are paired by: entity, else code, else name.
    pub entity: String,
    pub entity_id: Option<String>,
    pub region_code: Option<String>,
    pub region: Option<String>,
    pub level: Option<String>,
    pub year: i16,
    pub fragment: bool,
    pub named_in_plan: HashSet<String>,
    pub named_in_review: HashSet<String>,
    pub claimed_met: HashSet<String>,
    pub claimed_missed: HashSet<String>,
    source: String,
    /// Days since 1970.
    delivered: i32,
}

/// The reports of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Reported {
    /// Those that count, by region and year, in the order in which they were delivered.
    reports: BTreeMap<String, BTreeMap<i16, Vec<Told>>>,
    /// Place of a report among those of its region and year.
    order: HashMap<String, u32>,
    left_out: HashSet<String>,
}

impl Reported {
    /// # Errors
    /// Names the first column that is missing or cannot be read.
    pub fn new(table: &Table) -> Result<Self, PanelError> {
        let mut reported = Self::default();
        for batch in &table.batches {
            reported.add(&Columns::new(batch)?);
        }
        for years in reported.reports.values_mut() {
            for told in years.values_mut() {
                told.sort_by(|a, b| (a.delivered, &a.source).cmp(&(b.delivered, &b.source)));
                let places = told.iter().zip(0..).map(|(told, place)| (told.id.clone(), place));
                reported.order.extend(places);
            }
        }
        Ok(reported)
    }

    fn add(&mut self, columns: &Columns) {
        for at in 0..columns.id.len() {
            let id = text(&columns.id, at).unwrap_or_default();
            let is_copy = text(&columns.duplicate_of, at).is_some();
            if is_copy || flag(&columns.inconsistent, at) {
                self.left_out.insert(id);
            } else if let Some(told) = columns.told(id, at) {
                let years = self.reports.entry(told.entity.clone()).or_default();
                years.entry(told.year).or_default().push(told);
            }
        }
    }

    /// Does a panel use the report? One that the table does not hold counts.
    #[must_use]
    pub fn counts(&self, report_id: &str) -> bool {
        !self.left_out.contains(report_id)
    }

    /// The place of a report among those of its region and year, in the order of delivery.
    #[must_use]
    pub fn order(&self, report_id: &str) -> u32 {
        self.order.get(report_id).copied().unwrap_or_default()
    }

    /// The reports of a region and year, in the order of delivery.
    #[must_use]
    pub fn of(&self, entity: &str, year: i16) -> &[Told] {
        self.reports.get(entity).and_then(|years| years.get(&year)).map_or(&[], Vec::as_slice)
    }

    /// The report of a region that is nearest to a year.
    #[must_use]
    pub fn near(&self, entity: &str, year: i16) -> Option<&Told> {
        let years = self.reports.get(entity)?;
        years.iter().min_by_key(|(other, _)| (*other - year).abs()).and_then(|(_, t)| t.first())
    }

    /// Every region, with the years of its first and last report.
    pub fn spans(&self) -> impl Iterator<Item = (&str, i16, i16)> {
        self.reports.iter().filter_map(|(entity, years)| {
            let (first, _) = years.first_key_value()?;
            let (last, _) = years.last_key_value()?;
            Some((entity.as_str(), *first, *last))
        })
    }
}

/// The columns of one batch in the types that are expected.
struct Columns {
    id: StringArray,
    source: StringArray,
    entity_id: StringArray,
    region_code: StringArray,
    region: StringArray,
    level: StringArray,
    duplicate_of: StringArray,
    year: Int16Array,
    delivered: PrimitiveArray<Date32Type>,
    fragment: BooleanArray,
    inconsistent: BooleanArray,
    named: [Vec<HashSet<String>>; 4],
}

impl Columns {
    fn new(batch: &RecordBatch) -> Result<Self, PanelError> {
        let column = |name, data: &DataType| {
            cast::column(batch, name, data).map_err(|_| PanelError::NoReports(name))
        };
        let text = |name| Ok(column(name, &DataType::Utf8)?.as_string::<i32>().clone());
        let flag = |name| Ok(column(name, &DataType::Boolean)?.as_boolean().clone());
        Ok(Self {
            id: text("report_id")?,
            source: text("source")?,
            entity_id: text("entity_id")?,
            region_code: text("region_code")?,
            region: text("region")?,
            level: text("level")?,
            duplicate_of: text("duplicate_of")?,
            year: column("report_year", &DataType::Int16)?.as_primitive::<Int16Type>().clone(),
            delivered: column("delivered", &DataType::Date32)?.as_primitive::<Date32Type>().clone(),
            fragment: flag("fragment")?,
            inconsistent: flag("inconsistent")?,
            named: [
                lists(batch, "named_in_plan")?,
                lists(batch, "named_in_review")?,
                lists(batch, "claimed_met")?,
                lists(batch, "claimed_missed")?,
            ],
        })
    }

    /// The report of a row; none without a year or a region, which no cell can have.
    fn told(&self, id: String, at: usize) -> Option<Told> {
        let year = self.year.is_valid(at).then(|| self.year.value(at))?;
        let (entity_id, region_code) = (text(&self.entity_id, at), text(&self.region_code, at));
        let region = text(&self.region, at);
        let entity =
            entity_id.clone().or_else(|| region_code.clone()).or_else(|| region.clone())?;
        let [plan, review, met, missed] = &self.named;
        Some(Told {
            id,
            entity,
            entity_id,
            region_code,
            region,
            level: text(&self.level, at),
            year,
            fragment: flag(&self.fragment, at),
            named_in_plan: plan[at].clone(),
            named_in_review: review[at].clone(),
            claimed_met: met[at].clone(),
            claimed_missed: missed[at].clone(),
            source: text(&self.source, at).unwrap_or_default(),
            delivered: if self.delivered.is_valid(at) {
                self.delivered.value(at)
            } else {
                usual_day(year)
            },
        })
    }
}

/// A report without a date is taken for one of spring: February, as most are.
fn usual_day(year: i16) -> i32 {
    (f64::from(year - 1970) * 365.2425) as i32 + 31
}

fn text(column: &StringArray, at: usize) -> Option<String> {
    column.is_valid(at).then(|| column.value(at).to_owned()).filter(|text| !text.is_empty())
}

fn flag(column: &BooleanArray, at: usize) -> bool {
    column.is_valid(at) && column.value(at)
}

/// A column of lists; of a CSV file their words joined by `; `.
fn lists(batch: &RecordBatch, name: &'static str) -> Result<Vec<HashSet<String>>, PanelError> {
    let missing = || PanelError::NoReports(name);
    let column = batch.column_by_name(name).ok_or_else(missing)?;
    let lists = match column.data_type() {
        DataType::List(_) | DataType::LargeList(_) => {
            let items = DataType::new_list(DataType::Utf8, true);
            let column = cast::retyped(column, &items).map_err(|_| missing())?;
            let words = |at| {
                let list = column.as_list::<i32>().value(at);
                list.as_string::<i32>().iter().flatten().map(str::to_owned).collect()
            };
            (0..column.len()).map(words).collect()
        }
        _ => {
            let column = cast::strings(batch, name).map_err(|_| missing())?;
            let words = |at| text(&column, at).unwrap_or_default();
            let split = |words: String| words.split("; ").map(str::to_owned).collect();
            (0..column.len()).map(words).map(split).collect()
        }
    };
    Ok(lists)
}
