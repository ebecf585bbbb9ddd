//! The canonical metrics.

/// Index of a metric in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId(pub u16);

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
}
