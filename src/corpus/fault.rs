//! Why a source could not be read, in a word for scripts and a sentence for people.

use crate::pipeline::Problem;

/// What went wrong with a source; each says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("there is no such file or folder; check the spelling and the working directory")]
    Missing,
    #[error("the folder holds no file to read; name the folder of the reports")]
    NoFiles,
    #[error("cannot be opened ({0}); check that it still exists and may be read")]
    Io(std::io::Error),
    #[error("cannot be entered ({0}); check its permissions and links")]
    Walk(walkdir::Error),
    #[error("is neither a file nor a folder; save its content as a file")]
    Special,
    #[error("holds no text; download or export it again")]
    Empty,
    #[error(
        "holds {bytes} bytes or more, and one document may hold {limit}; split it, or allow more \
         by max_bytes"
    )]
    TooLarge { bytes: u64, limit: u64 },
    #[error("holds binary data, no text; save it as text or .docx")]
    Binary,
    #[error("is {}", .0.remedy)]
    Format(&'static super::format::Other),
    #[error("is no text in UTF-8, UTF-16 or GB18030; save it as UTF-8")]
    Undecodable,
    #[error("is a damaged Word file ({0}); open it in Word and save it again")]
    Docx(String),
    #[error("is a damaged PDF; download it again, or save it as text")]
    Pdf,
    #[error(
        "is a PDF without a text layer ({pages} pages), most likely scanned; run OCR (text \
         recognition) over it and give the result"
    )]
    NoTextLayer { pages: usize },
    #[error(
        "is a PDF whose fonts do not tell their characters; run OCR over it, or save it as text"
    )]
    PdfFonts,
    #[error("is {}; install {}, or save it as .docx", .0.called(), .0.readers())]
    NoConverter(super::office::Kind),
    #[error("cannot be turned into text by {program} ({why}); open it and save it as .docx")]
    Conversion { program: &'static str, why: String },
    #[error("is a damaged archive ({0}); download or pack it again")]
    Archive(String),
    #[error("is locked with a password; unlock it and save it without one")]
    Encrypted,
    #[error("is an archive in an archive in an archive; unpack it first")]
    Nested,
    #[error("is an archive that holds no file to read; pack it again")]
    NoMembers,
    #[error(
        "unpacks to more than {ratio} times its size, as a zip bomb does; unpack it yourself, or \
         allow more by max_ratio"
    )]
    Ratio { ratio: u64 },
    #[error("unpacks to more than {bytes} bytes; split it, or allow more by max_total")]
    Total { bytes: u64 },
    #[error(
        "is a table in which no column is known to hold the texts; name it by text (columns: \
         {columns})"
    )]
    NoTextColumn { columns: String },
    #[error(
        "is a table without the column {wanted:?} that {role} names{nearest} (columns: {columns})"
    )]
    NoColumn { role: &'static str, wanted: String, nearest: String, columns: String },
    #[error("is a table whose column {column:?} is {found} and no text; name another by text")]
    TextType { column: String, found: String },
    #[error("is a table without rows; export it again")]
    NoRows,
    #[error("row {row} has nothing in the column of texts; fill it, or leave the row out")]
    EmptyCell { row: u64 },
    #[error("row {row} has {found} in the column of texts; name another column by text")]
    NotText { row: u64, found: &'static str },
    #[error("row {row} is longer than {limit} bytes: a quote that is not closed, or no table")]
    LongRow { row: u64, limit: u64 },
    #[error("row {row} is no JSON object ({detail}); export it again")]
    NoObject { row: u64, detail: String },
    #[error("is a damaged {format} table ({detail}); export it again")]
    Damaged { format: &'static str, detail: String },
    #[error("is a column store, which this build cannot read; build it with the feature `files`")]
    Columnar,
    #[error("is a Stata file, which cannot be read: {0}")]
    Stata(String),
}

impl Fault {
    /// The word that scripts can test.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Io(_)
            | Self::Walk(_)
            | Self::Special
            | Self::Docx(_)
            | Self::Pdf
            | Self::Conversion { .. }
            | Self::Archive(_)
            | Self::NoObject { .. }
            | Self::Damaged { .. } => "unreadable",
            Self::Encrypted => "encrypted",
            Self::NoFiles
            | Self::Empty
            | Self::NoMembers
            | Self::NoRows
            | Self::EmptyCell { .. } => "empty",
            Self::TooLarge { .. }
            | Self::LongRow { .. }
            | Self::Ratio { .. }
            | Self::Total { .. } => "too_large",
            Self::Nested | Self::Stata(_) | Self::Columnar | Self::NoConverter(_) => "unsupported",
            Self::NoTextColumn { .. } | Self::NoColumn { .. } => "no_column",
            Self::NoTextLayer { .. } => "no_text_layer",
            Self::TextType { .. } | Self::NotText { .. } => "no_text",
            Self::Binary => "binary",
            Self::Format(other) => other.reason,
            Self::Undecodable | Self::PdfFonts => "undecodable",
        }
    }

    /// The row of the problems table.
    #[must_use]
    pub fn of(self, source: &str) -> Problem {
        Problem {
            source: source.to_owned(),
            reason: self.reason(),
            message: format!("{source}: {self}"),
            score: None,
        }
    }
}
