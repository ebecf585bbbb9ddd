//! `a.zip/dir/b.csv#12` → the file on disk, and whether more was said.

use std::path::{Path, PathBuf};

/// The file that a document's name leads to; the name itself where there is no such file.
///
/// ```
/// use std::path::Path;
/// use zhibiao::corpus::locate;
/// assert_eq!(locate("Cargo.toml#12"), Path::new("Cargo.toml"));
/// assert_eq!(locate("nowhere.csv#12"), Path::new("nowhere.csv#12"));
/// ```
#[must_use]
pub fn locate(name: &str) -> PathBuf {
    let mut path = name;
    loop {
        if Path::new(path).is_file() {
            return path.into();
        }
        match path.rfind(['#', '/']) {
            Some(end) if !Path::new(path).exists() => path = &path[..end],
            _ => return name.into(),
        }
    }
}
