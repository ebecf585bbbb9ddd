//! A PDF → the lines of its text layer.
//!
//! A PDF knows glyphs and where they stand, no lines and no paragraphs. Glyphs
//! are taken in the order in which the page draws them, which is the order of
//! reading in all that word processors write; a line ends where the next glyph
//! stands on another height, or before the one drawn last. A gap as wide as a
//! third of a character is a blank, as between the cells of a table. Lines are put
//! together to paragraphs by where they begin and end on the page ([`paragraphs`]).
//!
//! Not read are annotations, forms and bookmarks, columns that were drawn line by
//! line across the page, and pictures of text: a page that was scanned has none.

mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use super::{Decoded, Fault};
use paragraphs::{Line, join};

/// The text of a PDF.
///
/// # Errors
/// [`Fault::Pdf`], [`Fault::Encrypted`], [`Fault::NoTextLayer`] or [`Fault::PdfFonts`].
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, Fault> {
    // A file that the crate cannot digest is damaged, whatever the crate does about it.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(Fault::Pdf))
}

fn read(bytes: &[u8]) -> Result<Decoded, Fault> {
    let pdf = open(bytes)?;
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
    let cache = InterpreterCache::new();
    let mut book = Book::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(upright, area, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut book);
        book.end_page();
    }
    book.text()
}

fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Invalid | LoadPdfError::Decryption(DecryptionError::InvalidEncryption) => {
            Fault::Pdf
        }
        LoadPdfError::Decryption(_) => Fault::Encrypted,
    })?;
    if pdf.pages().is_empty() { Err(Fault::Pdf) } else { Ok(pdf) }
}

/// A glyph as text, and where it stands.
#[derive(Clone, Debug)]
struct Letter {
    text: String,
    left: f64,
    right: f64,
    baseline: f64,
    size: f64,
}

/// The lines of all pages, and the one that is being drawn.
#[derive(Debug, Default)]
struct Book {
    pages: Vec<Vec<Line>>,
    lines: Vec<Line>,
    line: Vec<Letter>,
    glyphs: usize,
    /// Glyphs that no map of the file explains.
    unknown: usize,
}

/// Of letters that stand on heights further apart than this share of their size, one begins a line.
const ANOTHER_LINE: f64 = 0.5;
/// The same letter again within this share of its size is one that was made bold.
const BOLD: f64 = 0.15;
/// One unknown glyph in so many is damage; more is a font without a map.
const GLYPHS_PER_UNKNOWN: usize = 20;

impl Book {
    fn push(&mut self, letter: Letter) {
        let another = self.line.last().is_some_and(|before| {
            let size = letter.size.max(before.size);
            (letter.baseline - before.baseline).abs() > ANOTHER_LINE * size
        });
        if another {
            self.end_line();
        }
        self.line.push(letter);
    }

    /// Digits are drawn after the words around them by some programs.
    fn end_line(&mut self) {
        let mut letters = std::mem::take(&mut self.line);
        letters.sort_by(|a, b| a.left.total_cmp(&b.left));
        letters.dedup_by(|b, a| a.text == b.text && (b.left - a.left).abs() < BOLD * a.size);
        let mut line = Line::default();
        for letter in letters {
            line.push(&letter);
        }
        line.text.truncate(line.text.trim_end().len());
        self.lines.push(line);
    }

    fn end_page(&mut self) {
        self.end_line();
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| !line.text.is_empty());
        self.pages.push(lines);
    }

    fn text(mut self) -> Result<Decoded, Fault> {
        if self.unknown * GLYPHS_PER_UNKNOWN > self.glyphs {
            return Err(Fault::PdfFonts);
        }
        drop_running(&mut self.pages);
        let text = join(&self.pages.concat());
        // A scan may carry the stamp of the program that made it, on every page.
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        if characters < FEWEST_ON_A_PAGE * self.pages.len() {
            return Err(Fault::NoTextLayer { pages: self.pages.len() });
        }
        Ok(Decoded { text, encoding: "pdf", replaced: self.unknown as u32 })
    }
}

/// A page of a report has hundreds.
const FEWEST_ON_A_PAGE: usize = 20;

/// Takes out what stands at the head or the foot of most pages: a title, a page number.
fn drop_running(pages: &mut [Vec<Line>]) {
    if pages.len() < 3 {
        return;
    }
    let plain = |line: &str| line.replace(|c: char| c.is_ascii_digit() || c == ' ', "");
    for at_head in [true, false, true, false] {
        let edge = |page: &Vec<Line>| {
            let line = if at_head { page.first() } else { page.last() };
            line.map(|line| plain(&line.text))
        };
        let mut edges: Vec<String> = pages.iter().filter_map(edge).collect();
        edges.sort_unstable();
        let most = edges.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
        let Some(running) = most.filter(|same| same.len() * 2 > pages.len()) else { continue };
        for page in pages.iter_mut().filter(|page| edge(page).as_ref() == running.first()) {
            page.remove(if at_head { 0 } else { page.len() - 1 });
        }
    }
}

impl Device<'_> for Book {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => usual(c).to_string(),
                Some(BfString::String(text)) => text.chars().map(usual).collect(),
                None => '\u{fffd}'.to_string(),
            };
            // The outline of letters that are filled as well.
            let again = matches!(mode, DrawMode::Stroke(_));
            self.glyphs += usize::from(!again);
            self.unknown += usize::from(!again && text == "\u{fffd}");
            let to_page = props.transform * glyph.transform();
            let origin = to_page * Point::ZERO;
            let width = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(_) => None,
            };
            let corner = to_page * Point::new(width.map_or(EM, f64::from), 0.0);
            let top = to_page * Point::new(0.0, EM);
            if !text.chars().all(char::is_control) {
                self.push(Letter {
                    text,
                    left: origin.x,
                    right: corner.x,
                    baseline: origin.y,
                    size: (top.y - origin.y).abs(),
                });
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The size of a character in the units of fonts.
const EM: f64 = 1000.0;

/// Some maps give the radical ⼀ where the text has 一.
fn usual(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
            std::iter::once(c).nfkc().next().unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests;
