//! An HTML page → its text, a line for every block, without what stands around it.
//!
//! The page is parsed as browsers do it, so that no unclosed tag loses anything.
//! Scripts, styles, menus and hidden elements are left out. The report is in the
//! smallest element that holds nearly all prose of the page, where prose is text
//! with Chinese punctuation outside of links ([`Page::container`]). What stands above
//! it is kept without its links, since there are the title and the date; what stands
//! below is dropped. A page without prose is taken whole: to find the body of a
//! report in a text is the work of the next room.
//!
//! Not read are frames, text that a script would write, and lists' numbers.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};
use scraper::node::Element;
use scraper::{Html, Node};

use super::decode::Decoded;
use super::{Fault, decode};

/// The text of a page.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, Fault> {
    let source = decoded(bytes)?;
    let text = Page::new(&Html::parse_document(&source.text)).text();
    if text.trim().is_empty() { Err(Fault::Empty) } else { Ok(Decoded { text, ..source }) }
}

/// Tags that a page or a piece of one opens with.
const TAGS: &[&str] = &[
    "html", "head", "body", "meta", "title", "link", "style", "script", "div", "p", "table", "tr",
    "td", "tbody", "span", "font", "center", "article", "section", "main", "h1", "h2", "h3", "ul",
    "br", "strong", "b", "pre",
];

/// How far a page is looked into for what it is.
const HEAD: usize = 4096;

/// Is this a page, or a piece of one? A text with a few tags inside is none.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let start = head.trim_start();
    if start.starts_with("<!doctype html") {
        return true;
    }
    if start.starts_with("<!--") || start.starts_with("<?xml") || start.starts_with("<!doctype") {
        return ["<html", "<head", "<body", "<div", "<p>"].iter().any(|tag| start.contains(tag));
    }
    let Some(tag) = opening(start) else { return false };
    matches!(tag, "html" | "head" | "body" | "meta") || start.contains("</") || tag == "br"
}

/// The name of the known tag that a text opens with.
fn opening(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric())?];
    TAGS.contains(&name).then_some(name)
}

/// The ASCII of the first bytes, in lower case; that of UTF-16 stands between zeros.
fn head(bytes: &[u8]) -> String {
    let head = bytes.iter().take(HEAD).filter(|b| b.is_ascii() && **b != 0);
    head.map(|&b| b.to_ascii_lowercase() as char).collect()
}

/// Decodes a page: its own word counts, where it is no plain mistake.
fn decoded(bytes: &[u8]) -> Result<Decoded, Fault> {
    let told = charset(&head(bytes)).and_then(|label| Encoding::for_label(label.as_bytes()));
    let is_utf_8 = std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii();
    match told {
        Some(encoding) if encoding == BIG5 && !is_utf_8 => decode::with(BIG5, bytes),
        Some(encoding) if [GBK, GB18030].contains(&encoding) && !is_utf_8 => {
            decode::with(GB18030, bytes).or_else(|_| decode(bytes))
        }
        // One character cut in half leaves it UTF-8.
        Some(encoding) if encoding == UTF_8 => {
            decode::with(UTF_8, bytes).or_else(|_| decode(bytes))
        }
        _ => decode(bytes),
    }
}

/// `<meta charset="gbk">` and `<meta … content="text/html; charset=gb2312">`.
fn charset(head: &str) -> Option<&str> {
    let (_, behind) = head.split_once("charset")?;
    let label = behind.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    label.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).next()
}

/// What a browser does not show as text.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select",
    "button", "textarea", "datalist", "audio", "video", "canvas", "rt", "rp",
];

/// What stands around a report, unless it holds a good part of the prose.
const AROUND: &[&str] = &["nav", "footer", "aside", "menu"];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// How much an element holds.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// Characters that are no blanks.
    characters: usize,
    /// Those of them in text with punctuation, outside of links.
    prose: usize,
}

/// A parsed page, weighed.
struct Page<'h> {
    html: &'h Html,
    weights: HashMap<NodeId, Weight>,
    prose: usize,
}

type Place<'h> = NodeRef<'h, Node>;

impl<'h> Page<'h> {
    fn new(html: &'h Html) -> Self {
        let mut page = Self { html, weights: HashMap::new(), prose: 0 };
        page.weigh();
        page.prose = page.weight(html.tree.root().id()).prose;
        page
    }

    fn weigh(&mut self) {
        let mut open = vec![Weight::default()];
        let (mut links, mut unseen) = (0usize, 0usize);
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => {
                    links += usize::from(is_any(node, &["a"]));
                    unseen += usize::from(is_any(node, UNSEEN));
                    let own = node.value().as_text().filter(|_| unseen == 0);
                    open.push(own.map_or(Weight::default(), |text| weight_of(text, links > 0)));
                }
                Edge::Close(node) => {
                    links -= usize::from(is_any(node, &["a"]));
                    unseen -= usize::from(is_any(node, UNSEEN));
                    let own = open.pop().unwrap_or_default();
                    if let Some(outer) = open.last_mut() {
                        outer.characters += own.characters;
                        outer.prose += own.prose;
                    }
                    self.weights.insert(node.id(), own);
                }
            }
        }
    }

    fn weight(&self, node: NodeId) -> Weight {
        self.weights.get(&node).copied().unwrap_or_default()
    }

    /// The smallest element with 97 of 100 characters of prose; none where there is no prose.
    fn container(&self) -> Option<NodeId> {
        let mut at = self.html.tree.root();
        if self.prose == 0 {
            return None;
        }
        let enough = |node: &Place| {
            node.value().is_element() && self.weight(node.id()).prose * 100 >= self.prose * 97
        };
        while let Some(inner) = at.children().find(enough) {
            at = inner;
        }
        Some(at.id())
    }

    /// Left out, with all that is in it.
    fn is_left_out(&self, node: Place) -> bool {
        let little = self.weight(node.id()).prose * 10 < self.prose.max(1);
        is_any(node, UNSEEN)
            || little && (is_any(node, AROUND) || node.value().as_element().is_some_and(is_hidden))
    }

    /// A cell of figures stands in one line; one that holds a page does not.
    fn is_cell(&self, node: Place) -> bool {
        is_any(node, &["td", "th"]) && self.weight(node.id()).characters <= LONGEST_CELL
    }

    fn text(&self) -> String {
        let container = self.container();
        let mut lines = Lines::default();
        lines.title(self.html);
        let mut left_out = None;
        let (mut above, mut links) = (container.is_some(), 0usize);
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if left_out.is_none() => {
                    above &= Some(node.id()) != container;
                    links += usize::from(is_any(node, &["a"]));
                    if self.is_left_out(node) {
                        left_out = Some(node.id());
                    } else if !(above && links > 0) {
                        lines.open(node, self.is_cell(node));
                    }
                }
                Edge::Close(node) if left_out.is_none() => {
                    links -= usize::from(is_any(node, &["a"]));
                    lines.close(node, self.is_cell(node));
                    if Some(node.id()) == container {
                        break;
                    }
                }
                Edge::Close(node) if left_out == Some(node.id()) => {
                    links -= usize::from(is_any(node, &["a"]));
                    left_out = None;
                }
                _ => {}
            }
        }
        lines.finish()
    }
}

/// A cell with more characters is a paragraph.
const LONGEST_CELL: usize = 60;

fn weight_of(text: &str, in_link: bool) -> Weight {
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    let is_prose = !in_link && text.contains(['。', '，', '；', '、', '：']);
    Weight { characters, prose: if is_prose { characters } else { 0 } }
}

fn is_any(node: Place, names: &[&str]) -> bool {
    node.value().as_element().is_some_and(|element| names.contains(&element.name()))
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// The lines of the text so far.
#[derive(Default)]
struct Lines {
    text: String,
    /// A blank stands before the next character of the line.
    blank: bool,
    /// Cells that are open, and elements that keep their line ends.
    cells: usize,
    kept: usize,
}

impl Lines {
    /// The title names region and year on many pages whose text does not.
    fn title(&mut self, html: &Html) {
        let title = html.tree.nodes().find(|node| is_any(*node, &["title"]));
        for text in title.into_iter().flat_map(|title| title.children()) {
            self.open(text, false);
        }
        self.end();
    }

    fn open(&mut self, node: Place, is_cell: bool) {
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

    fn close(&mut self, node: Place, is_cell: bool) {
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

    fn finish(mut self) -> String {
        self.cells = 0;
        self.end();
        self.text
    }
}
