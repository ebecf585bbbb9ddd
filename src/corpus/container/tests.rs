use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

use crate::corpus::intake::tests::all;
use crate::corpus::{Limits, Reading};

const CSV: &[u8] = "id,text\n甲,增长8%\n乙,增长9%\n".as_bytes();

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 3).unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        if let Some(folder) = name.strip_suffix('/') {
            archive.add_directory(folder, SimpleFileOptions::default()).unwrap();
            continue;
        }
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Names of documents, and names of problems with their reasons.
fn read(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<(String, &'static str)>) {
    read_with(name, bytes, Limits::default())
}

fn read_with(
    name: &str,
    bytes: &[u8],
    limits: Limits,
) -> (Vec<String>, Vec<(String, &'static str)>) {
    let (documents, problems) = all(name, bytes, &Reading { limits, ..Reading::default() });
    assert!((0..).zip(&documents).all(|(at, document)| document.ordinal == at));
    let names = documents.into_iter().map(|d| d.source).collect();
    (names, problems.into_iter().map(|p| (p.source, p.reason)).collect())
}

fn only_problem(name: &str, reason: &'static str) -> (Vec<String>, Vec<(String, &'static str)>) {
    (vec![], vec![(name.to_owned(), reason)])
}

#[test]
fn packed_files_keep_their_name() {
    let text = "各位代表：增长8%。".as_bytes();
    for pack in [gzip, zstd] {
        assert_eq!(read("a.txt.gz", &pack(text)).0, ["a.txt.gz"]);
        assert_eq!(read("a", &pack(CSV)).0, ["a#甲", "a#乙"]);
        assert_eq!(read("a.csv.gz", &pack(b"text\n\xe5\xa2\x9e\n")).0, ["a.csv.gz#1"]);
        assert_eq!(read("a", &pack(&zip(&[("b.txt", text)]))).0, ["a/b.txt"]);
    }
    // Two gzip files one after another are one.
    let (documents, _) = all("a", &[gzip(b"GDP "), gzip(b"8%")].concat(), &Reading::default());
    assert_eq!(documents[0].text, "GDP 8%");
}

#[test]
fn archives_hold_files_tables_and_archives() {
    let text = "各位代表：增长8%。".as_bytes();
    let inner = zip(&[("d.txt", text), ("t.csv", CSV), ("t.csv.gz", &gzip(CSV))]);
    let outer = zip(&[
        ("乙/b.txt", text),
        ("乙/", b""),
        ("a.zip", &inner),
        (".hidden", text),
        ("__MACOSX/b.txt", text),
        ("乙/~$b.docx", text),
        ("乙/index.tsv", text),
        ("../up.txt", text),
        ("/etc/abs.txt", text),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("empty.txt", b""),
    ]);
    let (names, problems) = read("x.zip", &outer);
    let expected = [
        "x.zip/../up.txt",
        "x.zip//etc/abs.txt",
        "x.zip/a.zip/d.txt",
        "x.zip/a.zip/t.csv#甲",
        "x.zip/a.zip/t.csv#乙",
        "x.zip/a.zip/t.csv.gz#甲",
        "x.zip/a.zip/t.csv.gz#乙",
        "x.zip/乙/b.txt",
    ];
    assert_eq!(names, expected);
    let expected = [("x.zip/empty.txt", "empty"), ("x.zip/picture.png", "binary")];
    assert_eq!(problems, expected.map(|(name, reason)| (name.to_owned(), reason)));
}

#[test]
fn archives_are_opened_only_so_deep() {
    let deep = zip(&[("b.zip", &zip(&[("c.zip", &zip(&[("d.txt", b"GDP 8%")]))]))]);
    assert_eq!(read("a.zip", &deep), only_problem("a.zip/b.zip/c.zip", "unsupported"));
    let packed = (0..5).fold(b"GDP 8%".to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(read("a.gz", &packed), only_problem("a.gz", "unsupported"));
}

#[test]
fn names_of_members_may_be_gbk() {
    let plain = zip(&[("aabb.txt", b"GDP 8%")]);
    let (gbk, _, _) = GB18030.encode("甲乙");
    let mut named = plain;
    while let Some(at) = memchr::memmem::find(&named, b"aabb") {
        named[at..at + 4].copy_from_slice(&gbk);
    }
    assert_eq!(read("x.zip", &named).0, ["x.zip/甲乙.txt"]);
    assert_eq!(read("x.zip", &zip(&[("a\\b.txt", b"GDP 8%")])).0, ["x.zip/a/b.txt"]);
}

#[test]
fn locked_members_cost_only_themselves() {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    let locked = SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap();
    for (name, options) in [("a.txt", locked), ("b.txt", SimpleFileOptions::default())] {
        archive.start_file(name, options).unwrap();
        archive.write_all(b"GDP 8%").unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let (names, problems) = read("x.zip", &bytes);
    assert_eq!(names, ["x.zip/b.txt"]);
    assert_eq!(problems, [("x.zip/a.txt".to_owned(), "encrypted")]);
}

#[test]
fn empty_and_other_archives_are_told() {
    assert_eq!(read("a.zip", &zip(&[])), only_problem("a.zip", "empty"));
    assert_eq!(read("a.zip", &zip(&[(".a", b"x")])), only_problem("a.zip", "empty"));
    let book = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    assert_eq!(read("a.odt", &book), only_problem("a.odt", "unsupported"));
}

#[test]
fn damaged_archives_are_told() {
    let text = "各位代表：增长8%。".repeat(500).into_bytes();
    for whole in [gzip(&text), zstd(&text), zip(&[("b.txt", &text)])] {
        for cut in [6, whole.len() / 2, whole.len() - 3] {
            let (names, problems) = read("a", &whole[..cut]);
            assert_eq!((names.len(), problems.len()), (0, 1), "{cut} of {}", whole.len());
            assert_eq!(problems[0].1, "unreadable");
        }
    }
    let mut turned = zip(&[("b.txt", &text), ("c.txt", b"GDP 8%")]);
    turned[60] ^= 0xff;
    let (names, problems) = read("a", &turned);
    assert_eq!(names, ["a/c.txt"]);
    assert_eq!(problems, [("a/b.txt".to_owned(), "unreadable")]);
}

#[test]
fn what_was_read_before_the_damage_is_kept() {
    let row = |n: u64| format!("{n},{}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let rows = (0..20_000).map(row).collect::<Vec<_>>().join("\n");
    let packed = gzip(format!("id,text\n{rows}").as_bytes());
    let (names, problems) = read("a.csv.gz", &packed[..packed.len() / 2]);
    assert!(names.len() > 5_000 && names.len() < 15_000, "{}", names.len());
    assert_eq!(problems, [("a.csv.gz".to_owned(), "unreadable")]);
}

/// Zeros, and rows of a table, that unpack to far more than they are.
#[test]
fn bombs_end_at_the_limit() {
    let zeros = vec![b' '; 60 << 20];
    let row = [b"a,", &[b'b'; 1000][..], b"\n"].concat();
    let rows = [b"id,text\n".to_vec(), row.repeat(60_000)].concat();
    for bytes in [&zeros, &rows] {
        for bomb in [gzip(bytes), zstd(bytes), zip(&[("b", bytes)]), gzip(&zip(&[("b", bytes)]))] {
            let (documents, problems) = all("a", &bomb, &Reading::default());
            assert!(documents.len() < 50_000, "{}", documents.len());
            let problem = problems.last().unwrap();
            assert_eq!((problem.source.as_str(), problem.reason), ("a", "too_large"));
            assert!(problem.message.contains("max_ratio"), "{}", problem.message);
        }
    }
}

#[test]
fn the_total_of_all_members_counts() {
    let text = "增长8%。".repeat(1000).into_bytes();
    let names: Vec<String> = (0..9).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &text[..])).collect();
    let limits = Limits { total_bytes: 3 * text.len() as u64 + 5, ..Limits::default() };
    let (names, problems) = read_with("a", &zip(&members), limits);
    assert_eq!(names, ["a/0.txt", "a/1.txt", "a/2.txt"]);
    assert_eq!(problems, [("a".to_owned(), "too_large")]);
    let limits = Limits { document_bytes: 100, ..Limits::default() };
    let (names, problems) = read_with("a", &gzip(&text), limits);
    assert_eq!((names.len(), problems[0].1), (0, "too_large"));
}

#[test]
fn an_excel_file_that_blows_up_is_a_bomb() {
    let zeros = vec![b' '; 40 << 20];
    let bytes = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert_eq!(read("a.xlsx", &bytes), only_problem("a.xlsx", "too_large"));
}
