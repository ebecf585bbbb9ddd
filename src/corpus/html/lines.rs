//! The elements of a page → lines: blocks end them, cells are set apart by a blank.

use scraper::{Html, Node};

use super::page::{Place, is_any};

/// Elements that begin and end a line.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
];

/// The lines of the text so far.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// A blank stands before the next character of the line.
    blank: bool,
    /// Cells that are open, and elements that keep their line ends.
    cells: usize,
    kept: usize,
}

impl Lines {
    /// The title names region and year on many pages whose text does not.
    pub(super) fn title(&mut self, html: &Html) {
        let title = html.tree.nodes().find(|node| is_any(*node, &["title"]));
        for text in title.into_iter().flat_map(|title| title.children()) {
            self.open(text, false);
        }
        self.end();
    }

    pub(super) fn open(&mut self, node: Place, is_cell: bool) {
        match node.value() {
            Node::Text(text) if self.kept > 0 => {
                for line in text.split_inclusive('\n') {
                    self.push(line);
                    if line.ends_with('\n') {
                        self.end();
                    }
                }
            }
            Node::Text(text) => self.push(text),
            Node::Element(element) => match element.name() {
                "br" if self.cells == 0 => self.end(),
                "br" | "td" | "th" => self.blank = true,
                "pre" => self.kept += 1,
                name if BLOCKS.contains(&name) => self.end(),
                _ => {}
            },
            _ => {}
        }
        self.cells += usize::from(is_cell);
    }

    pub(super) fn close(&mut self, node: Place, is_cell: bool) {
        self.cells -= usize::from(is_cell);
        if is_any(node, &["pre"]) {
            self.kept -= 1;
        }
        if is_any(node, BLOCKS) {
            self.end();
        }
    }

    /// Blanks and line ends of the source are one blank.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                self.blank = true;
                continue;
            }
            let in_line = !self.text.is_empty() && !self.text.ends_with('\n');
            if std::mem::take(&mut self.blank) && in_line {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    fn end(&mut self) {
        self.blank = self.cells > 0;
        if self.cells == 0 && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.cells = 0;
        self.end();
        self.text
    }
}
