//! Files and bytes → decoded text.
//!
//! [`find`] turns the paths of a call into a sorted list of [`Source`]s;
//! [`read_each`] turns one source into its [`Document`]s: a file is one, a table
//! holds one in each row, and archives hold files and tables. A document's text is the
//! bytes decoded and a byte order mark removed, and nothing else: line ends,
//! blanks and web chrome stay, so that every offset of a table can be checked
//! against the file. This room knows formats, encodings and file systems; it
//! does not know what a report is.
//!
//! A source that cannot be read is a value ([`Problem`]) and never a panic.

mod container;
mod decode;
mod docx;
mod fault;
mod find;
mod format;
mod html;
mod input;
mod intake;
mod locate;
mod office;
mod pdf;
mod reading;
mod table;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;

use arrow_array::RecordBatchReader;

use xxhash_rust::xxh3::xxh3_128;

use crate::pipeline::Problem;

pub use decode::{Decoded, decode};
pub use fault::Fault;
pub use find::find;
pub use format::Format;
pub use locate::locate;
pub use reading::{Columns, Limits, Reading, Stata};

use container::Kind;
use input::Input;
use intake::Intake;
use reading::Budget;

/// Documents larger than this are refused unless a user asks for more: no report is.
pub const MAX_BYTES: u64 = 64 << 20;

/// A file that may hold reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where to open it.
    pub path: PathBuf,
    /// As the tables show it: the path as given, with `/` between its parts.
    pub name: String,
    /// Its size when it was found.
    pub bytes: u64,
}

/// One decoded text of a source; a table holds many, a file holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of its [`Source`], of a row or member with its own behind it:
    /// `a.zip/dir/b.csv#12`.
    pub source: String,
    /// Its place among the documents of the source, from 0.
    pub ordinal: u32,
    /// XXH3-128 of the bytes: 32 hexadecimal digits.
    pub content_id: String,
    pub text: String,
    /// What the bytes were taken for: `utf-8`, `utf-16le`, `gb18030`, `docx` …
    pub encoding: &'static str,
    /// Places where the bytes were no text of that encoding; each reads `U+FFFD`.
    pub replaced: u32,
    /// Region and year where the source says them beside the text (a table's row).
    pub region: Option<String>,
    pub year: Option<i16>,
    /// The cells of the columns in [`Columns::keep`], in their order; empty where there is no table.
    pub kept: Vec<Option<String>>,
    /// What a user should know of how it was read.
    pub warnings: Vec<String>,
}

impl Document {
    fn new(source: &str, ordinal: u32, bytes: &[u8], decoded: Decoded) -> Self {
        let Decoded { text, encoding, replaced } = decoded;
        // The chrome of a page and the running heads of a PDF are gone from the text.
        let left = || text.matches('\u{fffd}').count() as u32;
        let replaced = if replaced > 0 { replaced.min(left()) } else { 0 };
        let damaged = (replaced > 0).then(|| {
            format!(
                "characters that are no {encoding} and read U+FFFD: {replaced}; the file was cut or \
                 damaged, export it again"
            )
        });
        Self {
            source: source.to_owned(),
            ordinal,
            content_id: format!("{:032x}", xxh3_128(bytes)),
            text,
            encoding,
            replaced,
            region: None,
            year: None,
            kept: Vec::new(),
            warnings: damaged.into_iter().collect(),
        }
    }
}

/// Takes what a source gives, document by document, and says whether it shall go on.
pub type Sink<'s> = dyn FnMut(Result<Document, Problem>) -> ControlFlow<()> + 's;

/// Opens a source and hands every document in it to `sink`, and every problem.
///
/// No more than one document is held: what a table or an archive gives is handed
/// on at once.
pub fn read_each(source: &Source, reading: &Reading, sink: &mut Sink<'_>) {
    let input = File::open(&source.path).map_err(Fault::Io).and_then(Input::file);
    let budget = Budget::new(source.bytes, reading.limits);
    let mut sink = |found| sink(found);
    Intake::new(reading, budget, &mut sink).source(&source.name, input);
}

/// Hands every row of a table in memory to `sink`, as [`read_each`] does.
pub fn read_batches(
    name: &str,
    batches: &mut dyn RecordBatchReader,
    reading: &Reading,
    sink: &mut Sink<'_>,
) {
    let mut sink = |found| sink(found);
    let budget = Budget::unlimited(reading.limits);
    Intake::new(reading, budget, &mut sink).batches(name, batches);
}

/// May a source give many documents: is it a table or an archive?
#[must_use]
pub fn holds_many(source: &Source) -> bool {
    let Ok(input) = File::open(&source.path).map_err(Fault::Io).and_then(Input::file) else {
        return false;
    };
    match Kind::of(&input.head, &source.name, input.is_whole(), &Columns::default()) {
        Some(Kind::Zip) => input.blocks().is_ok_and(|blocks| !container::is_document(&blocks)),
        kind => kind.is_some(),
    }
}

/// Everything that a source gives, read as usual.
///
/// # Errors
/// The first [`Problem`]: it names the source, the fault and what to do about it.
pub fn read(source: &Source) -> Result<Vec<Document>, Problem> {
    collect(|sink| read_each(source, &Reading::default(), sink))
}

/// Everything in bytes that are at hand already.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Problem> {
    collect(|sink| {
        let reading = Reading::default();
        let input = Input::held(bytes.to_vec().into());
        let budget = Budget::new(bytes.len() as u64, reading.limits);
        let mut sink = |found| sink(found);
        Intake::new(&reading, budget, &mut sink).source(name, Ok(input));
    })
}

fn collect(read: impl FnOnce(&mut Sink<'_>)) -> Result<Vec<Document>, Problem> {
    let mut all = Ok(Vec::new());
    read(&mut |found| match (&mut all, found) {
        (Ok(documents), Ok(document)) => {
            documents.push(document);
            ControlFlow::Continue(())
        }
        (_, Err(problem)) => {
            all = Err(problem);
            ControlFlow::Break(())
        }
        (Err(_), _) => ControlFlow::Break(()),
    });
    all
}

/// The text of a single document, of at most `limit` bytes.
fn decoded(bytes: &[u8], limit: u64) -> Result<Decoded, Fault> {
    if bytes.len() as u64 > limit {
        return Err(Fault::TooLarge { bytes: bytes.len() as u64, limit });
    }
    match Format::of(bytes) {
        Format::Text => decode(bytes),
        Format::Docx => {
            docx::text(bytes, limit).map(|text| Decoded { text, encoding: "docx", replaced: 0 })
        }
        Format::Html => html::text(bytes),
        Format::Pdf => pdf::text(bytes),
        Format::Office(kind) => office::text(kind, bytes, limit),
        Format::Other(other) => Err(Fault::Format(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_carry_name_and_hash_of_the_bytes() {
        let documents = read_bytes("a/甲.txt", "增长8%。\r\n".as_bytes()).unwrap();
        assert_eq!(documents.len(), 1);
        let document = &documents[0];
        assert_eq!((document.source.as_str(), document.ordinal), ("a/甲.txt", 0));
        assert_eq!(document.text, "增长8%。\r\n");
        assert_eq!(document.content_id.len(), 32);
        let again = read_bytes("b.txt", "增长8%。\r\n".as_bytes()).unwrap();
        assert_eq!(again[0].content_id, document.content_id);
    }

    #[test]
    fn faults_name_source_and_reason() {
        for (bytes, reason) in [
            (&b""[..], "empty"),
            (b"\xef\xbb\xbf \r\n", "empty"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
            (b"%PDF-1.7\n", "unreadable"),
            (b"PK\x03\x04 no archive", "unreadable"),
        ] {
            let problem = read_bytes("甲.txt", bytes).unwrap_err();
            assert_eq!(problem.reason, reason, "{}", problem.message);
            assert_eq!(problem.source, "甲.txt");
            assert!(problem.message.starts_with("甲.txt: "), "{}", problem.message);
        }
    }

    #[test]
    fn what_is_damaged_is_counted_in_the_text_that_is_left() {
        let page = |head: &str, body: &str| {
            let text = "各位代表：现在，我代表市人民政府向大会报告工作，请予审议。".repeat(20);
            let bytes = [
                b"<html><head><meta charset=utf-8><script>",
                head.as_bytes(),
                b"</script><body><p>",
                text.as_bytes(),
                body.as_bytes(),
            ];
            bytes.concat().iter().map(|&b| if b == b'?' { 0xff } else { b }).collect::<Vec<u8>>()
        };
        for (head, body, left) in [("??", "", 0), ("?", "全市?增长8%?。", 2)] {
            let found = read_bytes("a.html", &page(head, body)).unwrap();
            assert_eq!(found[0].replaced, left, "{}", found[0].text);
            assert_eq!(found[0].text.matches('\u{fffd}').count() as u32, left);
            assert_eq!(found[0].warnings.len(), usize::from(left > 0), "{:?}", found[0].warnings);
        }
    }

    #[test]
    fn a_source_that_has_gone_is_a_problem() {
        let missing = Source { path: "nowhere".into(), name: "nowhere".into(), bytes: 1 };
        assert_eq!(read(&missing).unwrap_err().reason, "unreadable");
    }

    #[test]
    fn the_sample_is_read_in_its_encodings() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/python/zhibiao/sample");
        let (sources, problems) = find(&[folder.into()]);
        assert_eq!((sources.len(), problems), (9, vec![]));
        for source in &sources {
            let documents = read(source).unwrap();
            let expected =
                if source.name.ends_with("qingwan_2023.txt") { "gb18030" } else { "utf-8" };
            assert_eq!(
                (documents[0].encoding, documents[0].replaced),
                (expected, 0),
                "{}",
                source.name
            );
            assert!(documents[0].text.contains("各位代表"));
        }
    }
}
