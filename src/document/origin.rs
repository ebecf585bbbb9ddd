//! Whose report is it, and of which year?

use super::Level;

/// Where a report comes from: region, year and day, as the text itself tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The title as printed: `2024年洪湖市政府工作报告`.
    pub title: String,
    /// GB/T 2260 code valid in the report year; none for a unit without one (光明新区).
    pub region_code: Option<u32>,
    /// Code of the true parent in that year.
    pub parent_code: Option<u32>,
    /// A key that stays when a region is renamed or upgraded.
    pub entity_id: Option<u32>,
    /// Full name with its parents: `湖北省荆州市洪湖市`.
    pub region: String,
    pub level: Option<Level>,
    /// The year whose work the report plans.
    pub report_year: Option<i16>,
    /// Day of delivery, `YYYY-MM-DD`, where told.
    pub delivered: Option<String>,
    /// What a user should know: a code that is missing, a name that is unclear.
    pub warnings: Vec<String>,
}
