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
        let table = |table| Py::new(py, Table(table));
        Ok(Self {
            reports: table(tables.reports)?,
            observations: table(tables.observations)?,
            sentences: table(tables.sentences)?,
            problems: table(tables.problems)?,
        })
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

    /// The panel of the observations, without copies.
    #[pyo3(signature = (point="low"))]
    pub(super) fn panel(&self, py: Python<'_>, point: &str) -> PyResult<Table> {
        let reports = self.reports.bind(py).as_any();
        super::table::panel(self.observations.bind(py).as_any(), point, Some(reports))
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
