//! Decoded text → the report's body, region and year.

use crate::vocabulary::vocabulary;

pub mod origin;

pub use origin::Origin;

vocabulary! {
    /// The level of the government that reports.
    Level {
        Nation = "nation",
        Province = "province",
        Prefecture = "prefecture",
        County = "county",
        Township = "township",
    }
}
