//! `a.zip/dir/b.csv#12` → the file on disk, and what is wanted of it.

use std::path::Path;

/// Cuts a document's name behind the file that it leads to; where there is no such file, all of
/// the name is in front of the cut.
///
/// ```
/// use zhibiao::corpus::locate;
/// assert_eq!(locate("Cargo.toml#12"), ("Cargo.toml", "#12"));
/// assert_eq!(locate("nowhere.csv#12"), ("nowhere.csv#12", ""));
/// ```
#[must_use]
pub fn locate(name: &str) -> (&str, &str) {
    let mut path = name;
    loop {
        if Path::new(path).is_file() {
            return name.split_at(path.len());
        }
        match path.rfind(['#', '/', '\\']) {
            Some(end) if !Path::new(path).exists() => path = &path[..end],
            _ => return (name, ""),
        }
    }
}
