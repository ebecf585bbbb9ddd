//! Lines of pages → paragraphs, by where the lines begin and end.
//!
//! Most lines go on where the one before was full, and begin at the left margin; a
//! paragraph begins with an indent. Where a document indents, this alone decides, so
//! that a paragraph is put together over full stops and over pages. Where it does
//! not, a line that ends with a full stop ends its paragraph. Rows of tables, other
//! sizes and short lines stay alone. Of a few lines nothing can be said.

use super::Letter;

/// A line of a page, and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where its first letter begins that is no blank, and its last ends.
    left: f64,
    right: f64,
    size: f64,
    /// Cells of a table stand in it.
    is_row: bool,
}

/// A gap of this share of a letter's size is a blank.
const BLANK: f64 = 0.3;
/// A gap of so many letters lies between cells.
const CELLS: f64 = 1.5;
/// A line that begins this much further right, in letters, begins elsewhere.
const INDENT: f64 = 0.7;
/// One line in so many is indented, where lines are.
const LINES_PER_INDENT: usize = 30;
/// So much before the right margin a line may end because what comes next did not fit.
const FIT: f64 = 3.0;
/// Fewer lines show no margins.
const FEWEST: usize = 8;

impl Line {
    /// Adds a letter to the right.
    pub(super) fn push(&mut self, letter: &Letter) {
        let is_blank = letter.text.trim().is_empty();
        if self.text.trim().is_empty() {
            self.left = letter.left;
            self.size = letter.size;
        } else {
            let gap = letter.left - self.right;
            if gap > BLANK * letter.size && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.is_row |= gap > CELLS * letter.size && !is_blank;
        }
        self.text.push_str(&letter.text);
        if !is_blank {
            self.right = letter.right;
        }
    }

    fn ends_sentence(&self) -> bool {
        self.text.ends_with(['。', '！', '？', '：', '…'])
    }
}

/// Where the lines of a document begin and end.
struct Margins {
    left: f64,
    right: f64,
    indents: bool,
}

impl Margins {
    fn of(lines: &[Line]) -> Option<Self> {
        if lines.len() < FEWEST {
            return None;
        }
        let left = usual(lines.iter().map(|line| line.left));
        let right = usual(lines.iter().map(|line| line.right));
        let indented = |line: &&Line| {
            let letters = (line.left - left) / line.size;
            letters > 1.0 && letters < 3.0
        };
        let indents = lines.iter().filter(indented).count() * LINES_PER_INDENT > lines.len();
        Some(Self { left, right, indents })
    }

    /// Does the second line go on with the first?
    fn join(&self, line: &Line, next: &Line) -> bool {
        let is_full = line.right > self.right - FIT * line.size;
        let at_margin = (next.left - self.left).abs() < INDENT * next.size;
        let alike = (line.size - next.size).abs() < 0.1 * line.size;
        is_full
            && at_margin
            && alike
            && !line.is_row
            && !next.is_row
            && (self.indents || !line.ends_sentence())
    }
}

/// The commonest place, to a few points.
fn usual(places: impl Iterator<Item = f64>) -> f64 {
    let mut places: Vec<i64> = places.map(|place| (place / NEAR).round() as i64).collect();
    places.sort_unstable();
    let most = places.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    most.map_or(0.0, |same| same[0] as f64 * NEAR)
}

/// Places are the same within so many points.
const NEAR: f64 = 4.0;

/// The text of the lines, paragraph by paragraph.
pub(super) fn join(lines: &[Line]) -> String {
    let margins = Margins::of(lines);
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        match (before, &margins) {
            (None, _) => {}
            (Some(before), Some(margins)) if margins.join(before, line) => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if latin(text.chars().next_back()) && latin(line.text.chars().next()) {
                    text.push(' ');
                }
            }
            _ => text.push('\n'),
        }
        text.push_str(&line.text);
    }
    text
}
