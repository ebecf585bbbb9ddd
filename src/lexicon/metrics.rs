//! The canonical metrics and their written forms.

use super::table::{Row, Table, expand};
use super::words::WordList;
use super::{FormId, LexiconError};

/// Index of a metric in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId(pub u16);

/// What a plain amount of a metric is where several years are spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverYears {
    /// Their sum: 五年城镇新增就业40万人.
    Adds,
    /// The last year's: 五年来，生产总值达到300亿元.
    Stands,
    /// The words around have to tell: investment, trade, revenue.
    #[default]
    Open,
}

/// A statistic that reports of every region share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// `gdp`
    pub id: String,
    /// `地区生产总值`
    pub zh: String,
    /// `Gross regional (or domestic) product`
    pub en: String,
    /// Base unit of its levels: `元`.
    pub unit: String,
    /// One of those that every study needs.
    pub headline: bool,
    /// Told as a rate of change (3%) or as an index (103%), never as a level in %.
    pub is_index: bool,
    /// What a plain amount of several years is.
    pub over_years: OverYears,
    /// The base units in which a level of it may be told.
    pub level_units: Vec<String>,
}

/// What a written form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// One metric, or several told together: 城乡居民收入 is urban and rural income.
    pub metrics: Vec<MetricId>,
    /// What a single value told of several is: 城乡居民收入 is then `income_all`.
    pub single: Option<MetricId>,
    /// What it is in a report of the nation: 公共财政收入 is then `fiscal_revenue_total`.
    pub national: Option<MetricId>,
}

/// A short form that is a metric only behind a subject of its family:
/// 产量 after 粮食播种面积.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elision {
    pub form: String,
    pub metric: MetricId,
    /// The earlier subject holds this.
    pub after: String,
}

/// A share that has a name of its own: 研发经费占生产总值的比重 is `rd_intensity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedShare {
    pub metric: MetricId,
    /// The whole holds this.
    pub whole: String,
    pub becomes: MetricId,
}

/// The columns that a table of metrics may have; the first is required.
pub const COLUMNS: &[&str] =
    &["id", "zh", "en", "unit", "headline", "index", "over_years", "level_units", "forms"];

#[derive(Debug, Default)]
pub(super) struct Metrics {
    pub(super) list: Vec<Metric>,
    pub(super) forms: Vec<Form>,
    pub(super) elisions: Vec<Elision>,
    pub(super) named_shares: Vec<NamedShare>,
}

impl Metrics {
    pub(super) fn find(&self, id: &str) -> Option<MetricId> {
        self.list.iter().position(|m| m.id == id).map(|i| MetricId(i as u16))
    }

    /// Adds the metrics of a table; a known id is overridden cell by cell, and its
    /// forms are added to those it has.
    pub(super) fn add(
        &mut self,
        path: &str,
        tsv: &str,
        words: &mut WordList,
    ) -> Result<(), LexiconError> {
        let table = Table::parse(path, tsv)?;
        check_columns(path, &table)?;
        for row in table.rows() {
            let id = self.add_row(&row, table.columns().len())?;
            for pattern in row.get("forms").split('|').filter(|f| !f.is_empty()) {
                check_braces(&row, pattern)?;
                for form in expand(pattern) {
                    let form_id =
                        self.form(Form { metrics: vec![id], single: None, national: None });
                    words.entry(&form).form = Some(form_id);
                }
            }
        }
        Ok(())
    }

    fn add_row(&mut self, row: &Row, columns: usize) -> Result<MetricId, LexiconError> {
        let id = row.get("id");
        if row.len() > columns {
            return Err(row.error(format!("expected {columns} cells, found {}", row.len())));
        }
        if id.is_empty()
            || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(row.error(format!(
                "expected an id of lower-case letters, digits and _, found `{id}`"
            )));
        }
        let headline = match row.get("headline") {
            "" => None,
            "0" => Some(false),
            "1" => Some(true),
            other => {
                return Err(row.error(format!("expected headline to be 0 or 1, found `{other}`")));
            }
        };
        let at = self.find(id).unwrap_or_else(|| {
            self.list.push(blank(id));
            MetricId(self.list.len() as u16 - 1)
        });
        let metric = &mut self.list[at.0 as usize];
        for (cell, field) in
            [("zh", &mut metric.zh), ("en", &mut metric.en), ("unit", &mut metric.unit)]
        {
            if !row.get(cell).is_empty() {
                row.get(cell).clone_into(field);
            }
        }
        if metric.unit.is_empty() {
            return Err(row.error(format!("the new metric `{id}` needs a unit")));
        }
        metric.headline = headline.unwrap_or(metric.headline);
        metric.is_index |= row.get("index") == "1";
        metric.over_years = match row.get("over_years") {
            "" => metric.over_years,
            "adds" => OverYears::Adds,
            "stands" => OverYears::Stands,
            other => {
                return Err(
                    row.error(format!("expected over_years to be adds or stands, found `{other}`"))
                );
            }
        };
        let units = row.get("level_units");
        if !units.is_empty() {
            metric.level_units = units.split(' ').map(str::to_owned).collect();
        } else if metric.level_units.is_empty() {
            metric.level_units = vec![metric.unit.clone()];
        }
        Ok(at)
    }

    fn form(&mut self, form: Form) -> FormId {
        let at = self.forms.iter().position(|f| *f == form).unwrap_or_else(|| {
            self.forms.push(form);
            self.forms.len() - 1
        });
        FormId(at as u16)
    }

    pub(super) fn add_joint(
        &mut self,
        path: &str,
        tsv: &str,
        words: &mut WordList,
    ) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let metrics = row
                .get("metrics")
                .split(' ')
                .map(|id| self.known(&row, id))
                .collect::<Result<_, _>>()?;
            let other = |column| match row.get(column) {
                "" => Ok(None),
                id => self.known(&row, id).map(Some),
            };
            let (single, national) = (other("single")?, other("national")?);
            let form = self.form(Form { metrics, single, national });
            for pattern in row.get("forms").split('|') {
                for text in expand(pattern) {
                    words.entry(&text).form = Some(form);
                }
            }
        }
        Ok(())
    }

    pub(super) fn add_elisions(&mut self, path: &str, tsv: &str) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let metric = self.known(&row, row.get("metric"))?;
            for form in row.get("forms").split('|').flat_map(expand) {
                self.elisions.push(Elision { form, metric, after: row.get("after").to_owned() });
            }
        }
        Ok(())
    }

    pub(super) fn add_named_shares(&mut self, path: &str, tsv: &str) -> Result<(), LexiconError> {
        for row in Table::parse(path, tsv)?.rows() {
            let share = NamedShare {
                metric: self.known(&row, row.get("metric"))?,
                whole: row.get("whole").to_owned(),
                becomes: self.known(&row, row.get("becomes"))?,
            };
            self.named_shares.push(share);
        }
        Ok(())
    }

    fn known(&self, row: &Row, id: &str) -> Result<MetricId, LexiconError> {
        self.find(id).ok_or_else(|| row.error(format!("expected the id of a metric, found `{id}`")))
    }
}

fn blank(id: &str) -> Metric {
    Metric {
        id: id.to_owned(),
        zh: String::new(),
        en: String::new(),
        unit: String::new(),
        headline: false,
        is_index: false,
        over_years: OverYears::Open,
        level_units: Vec::new(),
    }
}

fn check_columns(path: &str, table: &Table) -> Result<(), LexiconError> {
    let error = |message| Err(LexiconError { path: path.into(), line: 1, message });
    if !table.has("id") {
        return error(format!("expected a column `id`, found {}", table.columns().join(", ")));
    }
    match table.columns().iter().find(|c| !COLUMNS.contains(c)) {
        Some(odd) => error(format!("expected columns {}, found `{odd}`", COLUMNS.join(", "))),
        None => Ok(()),
    }
}

fn check_braces(row: &Row, pattern: &str) -> Result<(), LexiconError> {
    let (open, close) = (pattern.matches('{').count(), pattern.matches('}').count());
    if open == close && expand(pattern).iter().all(|f| !f.is_empty() && !f.contains(['{', '}'])) {
        return Ok(());
    }
    Err(row.error(format!("expected a form with closed braces, found `{pattern}`")))
}
