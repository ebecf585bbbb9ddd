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
    #[error("holds {bytes} bytes, more than the {} MB of one document; split it", super::MAX_BYTES >> 20)]
    TooLarge { bytes: u64 },
    #[error("holds binary data, no text; save it as text or .docx")]
    Binary,
    #[error("is {}", .0.remedy)]
    Format(&'static super::format::Other),
    #[error("is no text in UTF-8, UTF-16 or GB18030; save it as UTF-8")]
    Undecodable,
    #[error("is a damaged Word file ({0}); open it in Word and save it again")]
    Docx(String),
}

impl Fault {
    /// The word that scripts can test.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Io(_) | Self::Walk(_) | Self::Special | Self::Docx(_) => "unreadable",
            Self::NoFiles | Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::Binary => "binary",
            Self::Format(other) => other.reason,
            Self::Undecodable => "undecodable",
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
