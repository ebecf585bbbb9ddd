//! The class `Extraction`: the four tables of a run.

use pyo3::prelude::*;

use super::table::Table;
use crate::panel::Tables;

/// What a run found: four tables.
#[pyclass(frozen, module = "zhibiao")]
pub(super) struct Extraction {
    /// One row for each report.
    #[pyo3(get)]
    reports: Py<Table>,
    /// One row for each statement of a statistic.
    #[pyo3(get)]
    observations: Py<Table>,
    /// One row for each sentence that an observation points into.
    #[pyo3(get)]
    sentences: Py<Table>,
    /// One row for each source that gave nothing.
    #[pyo3(get)]
    problems: Py<Table>,
}

impl Extraction {
    pub(super) fn new(py: Python<'_>, tables: Tables) -> PyResult<Self> {
        let table = |table| Py::new(py, Table::new(table));
        Ok(Self {
            reports: table(tables.reports)?,
            observations: table(tables.observations)?,
            sentences: table(tables.sentences)?,
            problems: table(tables.problems)?,
        })
    }

    /// All four, as they are handed on.
    pub(super) fn all(&self) -> Tables {
        let data = |table: &Py<Table>| table.get().0.clone();
        Tables {
            reports: data(&self.reports),
            observations: data(&self.observations),
            sentences: data(&self.sentences),
            problems: data(&self.problems),
        }
    }

    /// Observations and reports.
    pub(super) fn tables(&self) -> (&Table, &Table) {
        (self.observations.get(), self.reports.get())
    }
}

#[pymethods]
impl Extraction {
    /// Writes the four tables; see `zhibiao.write`.
    #[pyo3(signature = (path, *, overwrite=false))]
    fn write<'py>(
        slf: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("zhibiao.write")?.call_method1("write_extraction", (slf, path, overwrite))
    }

    /// The panel of the observations, without copies; see `zhibiao.panel`.
    #[pyo3(signature = (point="low", *, tolerance=0.0, complete=false))]
    fn panel(
        slf: &Bound<'_, Self>,
        point: &str,
        tolerance: f64,
        complete: bool,
    ) -> PyResult<Table> {
        super::table::panel(slf.as_any(), point, tolerance, complete, None)
    }

    /// The statements that disagree with those that the panel uses; see `zhibiao.conflicts`.
    fn conflicts(slf: &Bound<'_, Self>) -> PyResult<Table> {
        super::table::conflicts(slf.as_any(), None)
    }

    fn __repr__(&self) -> String {
        let rows = |table: &Py<Table>| table.get().0.rows();
        format!(
            "<zhibiao.Extraction: {} reports, {} observations, {} sentences, {} problems>",
            rows(&self.reports),
            rows(&self.observations),
            rows(&self.sentences),
            rows(&self.problems)
        )
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("zhibiao.html")?.call_method1("extraction", (slf,))
    }
}
