//! What a file is, told by its first bytes and not by its name.
//!
//! A `.txt` may be a Word file that someone renamed, and a `.doc` is often HTML.
//! A format that is read has a variant and a file of its own beside this one;
//! one that is known but not read stands in [`OTHERS`] with what to do instead.

use super::{html, office};

/// A format as its content tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text in an encoding yet to be found.
    Text,
    /// A zip archive that holds `word/document.xml`.
    Docx,
    Html,
    Pdf,
    /// A file for which a converter is needed.
    Office(office::Kind),
    /// A known format that is not read.
    Other(&'static Other),
}

/// A format that is recognised only to say what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Other {
    magic: &'static [u8],
    pub(super) reason: &'static str,
    /// Completes the sentence "the file is …".
    pub(super) remedy: &'static str,
}

/// The first bytes of every zip archive that holds something.
const ZIP: &[u8] = b"PK\x03\x04";

/// The first bytes of Office files before 2007.
const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const fn other(magic: &'static [u8], reason: &'static str, remedy: &'static str) -> Other {
    Other { magic, reason, remedy }
}

#[rustfmt::skip]
static OTHERS: &[Other] = &[
    other(OLE2, "unsupported", "an old Office file without a text (.xls, .ppt); save it as .xlsx or .docx"),
    other(b"MIME-Version:", "unsupported", "a web archive (.mht); open it in a browser and save it as HTML"),
    other(b"BZh", "unsupported", "a bzip2 archive; unpack it first"),
    other(b"\xfd7zXZ\x00", "unsupported", "an xz archive; unpack it first"),
    other(b"7z\xbc\xaf\x27\x1c", "unsupported", "a 7z archive; unpack it first"),
    other(b"Rar!\x1a\x07", "unsupported", "a RAR archive; unpack it first"),
    other(b"\x89PNG", "binary", "a picture; a scanned report needs its text recognised first"),
    other(b"\xff\xd8\xff", "binary", "a picture; a scanned report needs its text recognised first"),
    other(b"GIF8", "binary", "a picture; a scanned report needs its text recognised first"),
];

/// A zip archive that stands for one file and is no Word document: .odt, .pptx.
static ARCHIVE: Other =
    other(ZIP, "unsupported", "a kind of file that is not read; save it as .docx or text");

/// A password makes an old Office file of a new one.
static LOCKED: Other =
    other(OLE2, "encrypted", "an Office file with a password; open it and save it without one");

impl Format {
    /// The format of `bytes`; what nothing else claims is text.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(ZIP) {
            // The archive's directory stands at its end, so a cut file is still
            // told by the names before each member.
            let named = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
            let intact = named(b"PK\x01\x02");
            return if named(b"word/document.xml") || !intact {
                Self::Docx
            } else {
                Self::Other(&ARCHIVE)
            };
        }
        if bytes.starts_with(OLE2) && office::holds(bytes, "EncryptedPackage") {
            return Self::Other(&LOCKED);
        }
        if bytes.starts_with(OLE2) && office::holds(bytes, "WordDocument") {
            return Self::Office(office::Kind::Doc);
        }
        if bytes.starts_with(b"{\\rtf") {
            return Self::Office(office::Kind::Rtf);
        }
        // Readers of PDF take what stands before its head for a gift of the mail.
        if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
            return Self::Pdf;
        }
        match OTHERS.iter().find(|o| bytes.starts_with(o.magic)) {
            Some(other) => Self::Other(other),
            None if html::is_page(bytes) => Self::Html,
            None => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        assert_eq!(Format::of("政府工作报告".as_bytes()), Format::Text);
        assert_eq!(Format::of(b"<html><body>"), Format::Html);
        assert_eq!(Format::of(b""), Format::Text);
        assert_eq!(Format::of(b"PK\x03\x04..word/document.xml"), Format::Docx);
        assert_eq!(Format::of(b"PK\x03\x04..xl/workbook.xml..PK\x01\x02"), Format::Other(&ARCHIVE));
        assert_eq!(Format::of(b"%PDF-1.4"), Format::Pdf);
        assert_eq!(Format::of(b"{\\rtf1\\ansi"), Format::Office(office::Kind::Rtf));
        let word = [OLE2, b"..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"].concat();
        assert_eq!(Format::of(&word), Format::Office(office::Kind::Doc));
        let locked = [OLE2, b"..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"].concat();
        assert_eq!(Format::of(&locked), Format::Other(&LOCKED));
        let sheet = [OLE2, b"..W\0o\0r\0k\0b\0o\0o\0k\0"].concat();
        assert!(matches!(Format::of(&sheet), Format::Other(o) if o.reason == "unsupported"));
    }

    #[test]
    fn no_magic_hides_another() {
        for (i, a) in OTHERS.iter().enumerate() {
            assert!(OTHERS[..i].iter().all(|b| !a.magic.starts_with(b.magic)), "{}", a.remedy);
        }
    }
}
