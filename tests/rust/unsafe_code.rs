//! `unsafe` stands in one file, which says of each use why it holds.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Where Arrow streams enter.
const AUDITED: &str = "src/to_python/import.rs";

fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Every file of the crate that says `word` in its code, with the lines.
fn files_with(word: &str) -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests/rust", "benches", "fuzz/fuzz_targets"] {
        for entry in WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
            let path = entry.path();
            let Some("rs") = path.extension().and_then(|ending| ending.to_str()) else { continue };
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(path).unwrap();
            let lines = text.lines().map(code).filter(|line| line.contains(word));
            let lines: Vec<String> = lines.map(str::to_owned).collect();
            if !lines.is_empty() && !name.starts_with("tests/rust/") {
                found.push((name, lines));
            }
        }
    }
    found
}

#[test]
fn one_file_alone_holds_unsafe_code() {
    let found = files_with("unsafe");
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [AUDITED], "{found:?}");
}

#[test]
fn every_unsafe_block_says_why_it_holds() {
    let text = include_str!("../../src/to_python/import.rs");
    let blocks = text.lines().filter(|line| code(line).contains("unsafe {")).count();
    assert_eq!((blocks, text.matches("// SAFETY: ").count()), (1, 1));
    assert!(!text.contains("unsafe fn") && !text.contains("unsafe impl"));
}

#[test]
fn the_compiler_refuses_it_elsewhere() {
    let manifest = include_str!("../../Cargo.toml");
    assert!(manifest.contains("\nunsafe_code = \"deny\"\n"));
}
