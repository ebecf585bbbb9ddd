//! Files and bytes → decoded text.
//!
//! [`find`] turns the paths of a call into a sorted list of [`Source`]s;
//! [`read`] turns one source into its [`Document`]s. A document's text is the
//! bytes decoded and a byte order mark removed, and nothing else: line ends,
//! blanks and web chrome stay, so that every offset of a table can be checked
//! against the file. This room knows formats, encodings and file systems; it
//! does not know what a report is.
//!
//! A source that cannot be read is a value ([`Problem`]) and never a panic.

mod decode;
mod docx;
mod fault;
mod find;
mod format;

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_128;

use crate::pipeline::Problem;

pub use decode::{Decoded, decode};
pub use fault::Fault;
pub use find::find;
pub use format::Format;

/// Documents larger than this are refused: no report is, and spans are `u32`.
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

/// One decoded text of a source; a table will hold many, a file holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of its [`Source`].
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
}

/// Opens a source and decodes it.
///
/// # Errors
/// A [`Problem`] that names the source, the fault and what to do about it.
pub fn read(source: &Source) -> Result<Vec<Document>, Problem> {
    load(source)
        .map_err(|fault| fault.of(&source.name))
        .and_then(|bytes| read_bytes(&source.name, &bytes))
}

/// Decodes bytes that are at hand already.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Problem> {
    decoded(bytes)
        .map(|Decoded { text, encoding, replaced }| {
            vec![Document {
                source: name.to_owned(),
                ordinal: 0,
                content_id: format!("{:032x}", xxh3_128(bytes)),
                text,
                encoding,
                replaced,
                region: None,
                year: None,
            }]
        })
        .map_err(|fault| fault.of(name))
}

fn decoded(bytes: &[u8]) -> Result<Decoded, Fault> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Fault::TooLarge { bytes: bytes.len() as u64 });
    }
    match Format::of(bytes) {
        Format::Text => decode(bytes),
        Format::Docx => {
            docx::text(bytes).map(|text| Decoded { text, encoding: "docx", replaced: 0 })
        }
        Format::Other(other) => Err(Fault::Format(other)),
    }
}

/// Reads the whole file, but never more than the limit: a file may have grown
/// since it was found.
fn load(source: &Source) -> Result<Vec<u8>, Fault> {
    if source.bytes > MAX_BYTES {
        return Err(Fault::TooLarge { bytes: source.bytes });
    }
    let mut bytes = Vec::with_capacity(source.bytes as usize + 1);
    let file = File::open(&source.path).map_err(Fault::Io)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(Fault::Io)?;
    Ok(bytes)
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
            (b"%PDF-1.7\n", "unsupported"),
            (b"PK\x03\x04 no archive", "unreadable"),
        ] {
            let problem = read_bytes("甲.txt", bytes).unwrap_err();
            assert_eq!(problem.reason, reason, "{}", problem.message);
            assert_eq!(problem.source, "甲.txt");
            assert!(problem.message.starts_with("甲.txt: "), "{}", problem.message);
        }
    }

    #[test]
    fn a_large_source_is_not_opened() {
        let source =
            Source { path: "nowhere".into(), name: "nowhere".into(), bytes: MAX_BYTES + 1 };
        assert_eq!(read(&source).unwrap_err().reason, "too_large");
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
