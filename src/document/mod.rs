//! Decoded text → the report's body, region and year.

use crate::vocabulary::vocabulary;

pub mod body;
mod dates;
pub mod fold;
mod lines;
mod marks;
mod nearby;
pub mod origin;
mod place;
mod region;
mod screen;
pub mod several;
pub mod sketch;
mod title;
mod year;

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
