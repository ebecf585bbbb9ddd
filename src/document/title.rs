//! The head of a document: title, salutation, opening and close.
//!
//! A report names itself before its salutation (各位代表) and says for whom it
//! speaks in the sentence after it. [`Frame`] cuts these stretches out of the
//! text, so that the rules for region, year and kind look at little text and
//! at the right one. It does not remove web chrome; lines of chrome simply win
//! no vote.

use std::sync::LazyLock;

use memchr::memmem;

/// A list of `origin_words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Government,
    Title,
    Official,
    Opens,
    Presents,
    Closes,
    Review,
    Plan,
    Work,
    News,
    Other,
    Fiction,
    Metadata,
    Common,
    Feature,
    Call,
}

impl List {
    const NAMES: [(&'static str, Self); 16] = [
        ("government", Self::Government),
        ("title", Self::Title),
        ("official", Self::Official),
        ("opens", Self::Opens),
        ("presents", Self::Presents),
        ("closes", Self::Closes),
        ("review", Self::Review),
        ("plan", Self::Plan),
        ("work", Self::Work),
        ("news", Self::News),
        ("other", Self::Other),
        ("fiction", Self::Fiction),
        ("metadata", Self::Metadata),
        ("common", Self::Common),
        ("feature", Self::Feature),
        ("call", Self::Call),
    ];

    /// The words of this list, in the order of the file.
    pub(super) fn words(self) -> &'static [&'static str] {
        &WORDS[self as usize]
    }

    /// The first place in `text` where a word of this list stands, and the word; the longer word where two begin
    /// at one place.
    pub(super) fn find(self, text: &str) -> Option<(usize, &'static str)> {
        let found = self.words().iter().filter_map(|word| Some((place(text, word)?, *word)));
        found.min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
    }

    /// Does a word of this list stand in `text`?
    pub(super) fn stands_in(self, text: &str) -> bool {
        self.words().iter().any(|word| says(text, word))
    }

    /// How many different words of this list stand in `text`?
    pub(super) fn variety(self, text: &str) -> usize {
        self.words().iter().filter(|word| says(text, word)).count()
    }
}

static WORDS: LazyLock<[Vec<&'static str>; 16]> = LazyLock::new(|| {
    let mut lists: [Vec<&'static str>; 16] = Default::default();
    let tsv = include_str!("../lexicon/origin_words.tsv");
    for line in tsv.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (kind, word) = line.split_once('\t').expect("origin_words.tsv: kind, word");
        let list = List::NAMES.iter().find(|(name, _)| *name == kind);
        lists[list.expect("origin_words.tsv: a known kind").1 as usize].push(word);
    }
    lists
});

/// How far into a text its head may reach, in bytes.
const HEAD: usize = 9_000;
/// The head where no salutation ends it.
const BARE_HEAD: usize = 1_500;
/// The sentence after the salutation.
const OPENING: usize = 900;
/// The close of the report, from its last 各位代表 or the text's end.
const CLOSE: usize = 1_800;

/// The stretches of a document that tell where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// Everything.
    pub(super) text: &'a str,
    /// Before the salutation.
    pub(super) head: &'a str,
    /// The salutation and what follows at once.
    pub(super) opening: &'a str,
    /// The last paragraphs.
    pub(super) close: &'a str,
    /// A salutation was found.
    pub(super) salutes: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let salutation = salutation(start(text, HEAD));
        let head_end = salutation.unwrap_or_else(|| start(text, BARE_HEAD).len());
        let opening = start(&text[salutation.unwrap_or(0)..], OPENING);
        let last = memmem::rfind(text.as_bytes(), "各位代表".as_bytes());
        let from = last.filter(|at| *at > head_end).unwrap_or(text.len() - end(text, CLOSE).len());
        let close = start(&text[from..], CLOSE);
        Self { text, head: &text[..head_end], opening, close, salutes: salutation.is_some() }
    }

    /// The lines of the head, trimmed, none empty.
    pub(super) fn head_lines(&self) -> impl Iterator<Item = &'a str> {
        self.head.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// Lines of the head that may be the report's title.
    pub(super) fn titles(&self) -> impl Iterator<Item = &'a str> {
        let line = |line: &&str| line.len() < 240 && List::Title.stands_in(line);
        // 省长甲乙作政府工作报告 is a caption.
        let metadata = |line: &&str| {
            line.contains(['|', '。'])
                || line.contains("http")
                || line.contains("作政府工作报告")
                || line.contains('摄')
        };
        self.head_lines().map(bare).filter(line).filter(move |line| !metadata(line))
    }

    /// The title as printed: the fullest of the candidates, the first of equals.
    pub(super) fn title(&self) -> &'a str {
        let fullness = |line: &&str| {
            let digits = line.bytes().filter(u8::is_ascii_digit).count() >= 4;
            let government = line.contains("政府工作报告");
            let short = line.len() < 120;
            i32::from(government) * 2
                + i32::from(digits)
                + i32::from(short) * 2
                + i32::from(line.chars().count() > 6)
        };
        let best = self.titles().map(|line| (fullness(&line), line));
        best.fold((0, ""), |best, next| if next.0 > best.0 { next } else { best }).1
    }
}

/// Where the speaker first turns to the deputies: 各位代表 with a colon, a line's end or 我代表… behind it. In the
/// middle of a fragment 各位代表! opens a paragraph.
fn salutation(head: &str) -> Option<usize> {
    let words = List::Opens.words().iter();
    let at = words.flat_map(|word| head.match_indices(word)).filter(|(at, word)| {
        let rest = head[at + word.len()..].trim_start_matches(['们', ' ']);
        let speaks =
            || ["我代表", "受", "代表国务院"].iter().any(|word| start(rest, 60).contains(word));
        rest.is_empty() || rest.starts_with([':', '：', '\n', '<']) || speaks()
    });
    at.map(|(at, _)| at).min()
}

/// A line without the label that a web page or a table put before it (标题：…, [四川] …).
fn bare(line: &str) -> &str {
    let tagged = line.strip_prefix(['[', '［']).and_then(|rest| rest.split_once([']', '］']));
    let line = tagged.map_or(line, |(_, rest)| rest);
    for label in ["标题:", "标题："] {
        if let Some(rest) = line.strip_prefix(label) {
            return rest.trim();
        }
    }
    line.trim_matches(['《', '》', ' '])
}

/// Does `text` hold `word`? Several times as fast as `str::contains` on long texts.
pub(super) fn says(text: &str, word: &str) -> bool {
    place(text, word).is_some()
}

fn place(text: &str, word: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), word.as_bytes())
}

/// How often `word` stands in `text`.
pub(super) fn times(text: &str, word: &str) -> usize {
    memmem::find_iter(text.as_bytes(), word.as_bytes()).count()
}

/// The first `bytes` of `text`, cut between characters.
pub(super) fn start(text: &str, bytes: usize) -> &str {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// The last `bytes` of `text`, cut between characters.
pub(super) fn end(text: &str, bytes: usize) -> &str {
    let mut at = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_cut_at_its_salutation() {
        let text = "首页\n2019年丙县政府工作报告\n丙县人民政府县长 甲乙\n各位代表:\n现在,我代表丙县人民政府\n各位代表!努力奋斗!";
        let frame = Frame::new(text);
        assert_eq!(frame.title(), "2019年丙县政府工作报告");
        assert!(frame.opening.starts_with("各位代表:\n现在"));
        assert_eq!(frame.close, "各位代表!努力奋斗!");
    }

    #[test]
    fn the_longer_word_wins_at_one_place() {
        assert_eq!(List::Government.find("甲市政府"), Some((6, "政府")));
        assert_eq!(List::Government.find("甲市人民政府"), Some((6, "人民政府")));
    }
}
