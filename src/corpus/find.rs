//! Paths → sources, sorted by name and each once, so that two runs agree.
//!
//! A path that is given is taken as it is; a folder is searched through all its
//! levels, links followed. Left out of folders without a word: hidden files,
//! the lock and index files that programs leave there, and the folder's own
//! `index.tsv`. Everything else is a source, and what is no report will be
//! told as a problem: nothing is lost silently.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Fault, Source};
use crate::pipeline::Problem;

/// Files that lie in folders beside reports and are none.
const BESIDE: &[&str] = &["thumbs.db", "desktop.ini", "__macosx", "index.tsv", "index.csv"];

/// Every file that `paths` lead to, and a problem for each path that leads nowhere.
#[must_use]
pub fn find(paths: &[PathBuf]) -> (Vec<Source>, Vec<Problem>) {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let before = sources.len() + problems.len();
        for found in walk(path) {
            match found {
                Ok(source) => sources.push(source),
                Err(problem) => problems.push(problem),
            }
        }
        if before == sources.len() + problems.len() {
            problems.push(Fault::NoFiles.of(&name(path)));
        }
    }
    // Two names that are no Unicode may be shown alike, and are two sources.
    let order = |a: &Source, b: &Source| a.name.cmp(&b.name).then_with(|| a.path.cmp(&b.path));
    sources.sort_by(order);
    sources.dedup_by(|a, b| a.path == b.path);
    problems.sort_by(|a, b| a.source.cmp(&b.source));
    problems.dedup_by(|a, b| a.source == b.source);
    (sources, problems)
}

fn walk(root: &Path) -> impl Iterator<Item = Result<Source, Problem>> {
    WalkDir::new(root)
        .follow_links(true) // a loop comes back as an error
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_beside(entry))
        .filter_map(move |entry| source(root, entry).transpose())
}

/// The source that an entry is; none for a folder.
fn source(root: &Path, entry: walkdir::Result<DirEntry>) -> Result<Option<Source>, Problem> {
    let entry = entry.map_err(|error| {
        let at = name(error.path().unwrap_or(root));
        let missing = error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound);
        if missing { Fault::Missing.of(&at) } else { Fault::Walk(error).of(&at) }
    })?;
    let name = name(entry.path());
    if entry.file_type().is_dir() {
        return Ok(None);
    }
    if !entry.file_type().is_file() {
        return Err(Fault::Special.of(&name)); // a pipe would never end
    }
    let bytes = entry.metadata().map_err(|error| Fault::Walk(error).of(&name))?.len();
    Ok(Some(Source { path: entry.into_path(), name, bytes }))
}

fn is_beside(entry: &DirEntry) -> bool {
    is_clutter(&entry.file_name().to_string_lossy())
}

/// Is this the name of something that lies beside reports, in a folder or in an archive?
pub(super) fn is_clutter(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with('.') || name.starts_with("~$") || BESIDE.contains(&name.as_str())
}

/// The path as given, with `/` between its parts on every system.
fn name(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder of its own for each test, removed when it goes out of scope.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("zhibiao-find-{test}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn write(&self, name: &str) -> &Self {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "文").unwrap();
            self
        }

        /// Names below the folder.
        fn names(&self, sources: &[Source]) -> Vec<String> {
            let root = name(&self.0);
            sources.iter().map(|s| s.name.replacen(&root, "", 1)).collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn folders_are_searched_in_order_and_clutter_left_out() {
        let folder = Folder::new("order");
        folder.write("乙/2.txt").write("乙/1.docx").write("甲.txt").write("甲.doc");
        folder
            .write(".hidden")
            .write(".git/config")
            .write("~$甲.docx")
            .write("INDEX.tsv")
            .write("__MACOSX/甲.txt");
        let (sources, problems) =
            find(&[folder.0.join("乙"), folder.0.clone(), folder.0.join("甲.txt")]);
        assert_eq!(folder.names(&sources), ["/乙/1.docx", "/乙/2.txt", "/甲.doc", "/甲.txt"]);
        assert_eq!(problems, []);
        assert_eq!(sources[0].bytes, 3);
    }

    #[test]
    fn a_path_that_is_given_is_taken_as_it_is() {
        let folder = Folder::new("given");
        folder.write(".hidden").write("index.tsv");
        let (sources, _) = find(&[folder.0.join(".hidden"), folder.0.join("index.tsv")]);
        assert_eq!(folder.names(&sources), ["/.hidden", "/index.tsv"]);
    }

    #[test]
    fn a_folder_without_files_is_a_problem() {
        let folder = Folder::new("empty");
        folder.write(".hidden");
        let (sources, problems) = find(std::slice::from_ref(&folder.0));
        assert_eq!((sources.len(), problems[0].reason), (0, "empty"));
    }

    #[test]
    fn a_missing_path_is_a_problem() {
        let (sources, problems) = find(&[PathBuf::from("no/such/甲.txt")]);
        assert_eq!(sources, []);
        assert_eq!(
            (problems[0].source.as_str(), problems[0].reason),
            ("no/such/甲.txt", "missing")
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_shown_alike_are_two_sources() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new("alike");
        for bytes in [b"a\xff.txt", b"a\xfe.txt"] {
            fs::write(folder.0.join(OsStr::from_bytes(bytes)), "文").unwrap();
        }
        let (sources, problems) = find(&[folder.0.clone(), folder.0.clone()]);
        assert_eq!(folder.names(&sources), ["/a\u{fffd}.txt", "/a\u{fffd}.txt"]);
        assert_ne!(sources[0].path, sources[1].path);
        assert_eq!(problems, []);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_survived() {
        use std::os::unix::fs::symlink;
        let folder = Folder::new("loop");
        folder.write("乙/甲.txt");
        symlink(&folder.0, folder.0.join("乙/loop")).unwrap();
        symlink(folder.0.join("乙"), folder.0.join("丙")).unwrap();
        symlink(folder.0.join("gone"), folder.0.join("broken.txt")).unwrap();
        let (sources, problems) = find(std::slice::from_ref(&folder.0));
        assert_eq!(folder.names(&sources), ["/丙/甲.txt", "/乙/甲.txt"]);
        assert!(problems.iter().any(|p| p.source.ends_with("/loop") && p.reason == "unreadable"));
        assert!(problems.iter().any(|p| p.source.ends_with("broken.txt") && p.reason == "missing"));
    }
}
