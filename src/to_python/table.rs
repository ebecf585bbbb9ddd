//! The class `Table`, and `panel`, which makes one from another.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use super::extraction::Extraction;
use super::{capsule, error, import, rows};
use crate::panel::{
    Point, Settings, Table as Data, conflicts as find_conflicts, copies, divisions_table,
    panel as pair, views,
};

/// An Arrow table that any data frame library can take.
#[pyclass(frozen, module = "zhibiao")]
pub(super) struct Table(pub(super) Data, Option<Py<Extraction>>);

impl Table {
    pub(super) const fn new(data: Data) -> Self {
        Self(data, None)
    }
}

#[pymethods]
impl Table {
    /// The Arrow stream of the table (PyCapsule interface).
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // the interface lets a producer ignore it; consumers cast
        capsule::stream(py, &self.0)
    }

    /// The Arrow schema of the table (PyCapsule interface).
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.0.schema)
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.0.rows()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Version, lexicon digest and table name.
    #[getter]
    fn metadata(&self) -> BTreeMap<String, String> {
        self.0.schema.metadata().clone().into()
    }

    /// What each column means: its description, and its unit or levels.
    #[getter]
    fn column_metadata(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let fields = self.0.schema.fields().iter();
        fields.map(|field| (field.name().clone(), field.metadata().clone().into())).collect()
    }

    /// Rows as dictionaries.
    #[pyo3(signature = (start=0, stop=None))]
    fn to_dicts<'py>(
        &self,
        py: Python<'py>,
        start: usize,
        stop: Option<usize>,
    ) -> PyResult<Vec<Bound<'py, PyDict>>> {
        rows::dicts(py, &self.0, start..stop.unwrap_or(usize::MAX))
    }

    /// One column as a list.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        rows::column(py, &self.0, name)
    }

    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_arrow")
    }

    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_pandas")
    }

    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_polars")
    }

    /// The same rows in one batch, with plain texts in the place of dictionaries.
    fn plain(&self, py: Python<'_>) -> PyResult<Self> {
        Ok(Self::new(py.detach(|| self.0.plain()).map_err(error::arrow)?))
    }

    /// Writes the table; the ending chooses the format.
    #[pyo3(signature = (path, *, overwrite=false))]
    fn write<'py>(
        slf: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("zhibiao.write")?.call_method1("write_tables", ([(path, slf)], overwrite))
    }

    /// Of a panel: one row for each region and year; see `zhibiao.wide`.
    #[pyo3(signature = (metrics=None, *, measure="growth", values=None))]
    fn wide(
        &self,
        py: Python<'_>,
        metrics: Option<Vec<String>>,
        measure: &str,
        values: Option<Vec<String>>,
    ) -> PyResult<Self> {
        let metrics = metrics.unwrap_or_default();
        let values = values.unwrap_or_else(|| vec!["target".to_owned(), "actual".to_owned()]);
        Ok(Self::new(py.detach(|| views::wide(&self.0, &metrics, measure, &values))?))
    }

    /// Of a panel: how many yearly cells are in which state.
    fn coverage(&self, py: Python<'_>) -> PyResult<Self> {
        Ok(Self::new(py.detach(|| views::coverage(&self.0))?))
    }

    /// Of a panel that was made of an extraction: both sentences of a cell; see `zhibiao.explain`.
    #[pyo3(signature = (region, year, metric, *, measure="growth", horizon="annual"))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        region: &str,
        year: i32,
        metric: &str,
        measure: &str,
        horizon: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let found = self.1.as_ref().ok_or_else(|| {
            error::argument(
                "this table does not know its sentences; use zhibiao.explain(found, …), or a \
                 panel made of an extraction"
                    .to_owned(),
            )
        })?;
        let more = PyDict::new(py);
        more.set_item("measure", measure)?;
        more.set_item("horizon", horizon)?;
        let explain = py.import("zhibiao.explain")?.getattr("explain")?;
        explain.call((found, region, year, metric), Some(&more))
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    fn __repr__(&self) -> String {
        let name = self.0.metadata("zhibiao.table").unwrap_or("table");
        format!(
            "<zhibiao.Table {name}: {} rows × {} columns>",
            self.0.rows(),
            self.0.schema.fields().len()
        )
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("zhibiao.html")?.call_method1("table", (slf,))
    }
}

fn frame<'py>(table: &Bound<'py, Table>, function: &str) -> PyResult<Bound<'py, PyAny>> {
    table.py().import("zhibiao.frame")?.call_method1(function, (table,))
}

/// The panel of an observations table; what the reports table is for says `zhibiao.panel`.
#[pyfunction]
#[pyo3(signature = (observations, point="low", *, tolerance=0.0, complete=false, reports=None))]
pub(super) fn panel(
    observations: &Bound<'_, PyAny>,
    point: &str,
    tolerance: f64,
    complete: bool,
    reports: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let point = Point::of_name(point);
    let point =
        point.ok_or_else(|| error::argument("point must be low, mid or high".to_owned()))?;
    if !(tolerance >= 0.0 && tolerance.is_finite()) {
        return Err(error::argument(format!("tolerance is {tolerance}; expected 0 or more")));
    }
    let (given, reports) = sides(observations, reports)?;
    if complete && reports.is_none() {
        return Err(error::argument("complete=True needs the table of reports".to_owned()));
    }
    let settings = Settings { point, tolerance, complete };
    let made = observations.py().detach(|| pair(&given, reports.as_ref(), settings));
    let found = observations.cast::<Extraction>().ok().map(|found| found.clone().unbind());
    Ok(Table(made?, found))
}

/// The statements that disagree with those that the panel uses.
#[pyfunction]
#[pyo3(signature = (observations, *, reports=None))]
pub(super) fn conflicts(
    observations: &Bound<'_, PyAny>,
    reports: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let (given, reports) = sides(observations, reports)?;
    let found = observations.py().detach(|| find_conflicts(&given, reports.as_ref()));
    Ok(Table::new(found?))
}

/// Observations and reports: of an extraction its own, else the two tables given.
fn sides(
    observations: &Bound<'_, PyAny>,
    reports: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Data, Option<Data>)> {
    if let Ok(found) = observations.cast::<Extraction>() {
        let (observations, reports) = found.get().tables();
        return Ok((observations.0.clone(), Some(reports.0.clone())));
    }
    Ok((data(observations)?, reports.map(data).transpose()?))
}

/// A table of ours, or what any other object streams.
fn data(object: &Bound<'_, PyAny>) -> PyResult<Data> {
    match object.cast::<Table>() {
        Ok(table) => Ok(table.get().0.clone()),
        Err(_) => import::table(object),
    }
}

/// The table of divisions, of one year or of all.
#[pyfunction]
#[pyo3(signature = (year=None))]
pub(super) fn divisions(year: Option<i16>) -> Table {
    Table(divisions_table(year), None)
}

/// The reports of several runs with copies found among all of them.
#[pyfunction]
pub(super) fn mark_copies(reports: &Bound<'_, PyAny>) -> PyResult<Table> {
    let py = reports.py();
    let reports = import::table(reports)?;
    Ok(Table::new(py.detach(|| copies::mark(&reports))?))
}
