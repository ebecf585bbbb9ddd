//! Which part of a page is its text, told by where the prose is.
//!
//! Scripts, styles, menus and hidden elements are left out. The report is in the
//! smallest element that holds nearly all prose of the page, where prose is text
//! with Chinese punctuation outside of links ([`Page::container`]). What stands above
//! it is kept without its links, since there are the title and the date; what stands
//! below is dropped. A page without prose is taken whole. No rule knows a website.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::lines::Lines;

/// What a browser does not show as text.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select",
    "button", "textarea", "datalist", "audio", "video", "canvas", "rt", "rp",
];

/// What stands around a report, unless it holds a good part of the prose.
const AROUND: &[&str] = &["nav", "footer", "aside", "menu"];

/// How much an element holds.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// Characters that are no blanks.
    characters: usize,
    /// Those of them in text with punctuation, outside of links.
    prose: usize,
}

/// A parsed page, weighed.
pub(super) struct Page<'h> {
    html: &'h Html,
    weights: HashMap<NodeId, Weight>,
    prose: usize,
}

pub(super) type Place<'h> = NodeRef<'h, Node>;

impl<'h> Page<'h> {
    pub(super) fn new(html: &'h Html) -> Self {
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

    pub(super) fn text(&self) -> String {
        let container = self.container();
        let mut lines = Lines::default();
        lines.title(self.html);
        let mut outside = None;
        let (mut above, mut anchors) = (container.is_some(), 0usize);
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if outside.is_none() => {
                    above &= Some(node.id()) != container;
                    anchors += usize::from(is_any(node, &["a"]));
                    if self.is_left_out(node) {
                        outside = Some(node.id());
                    } else if !(above && anchors > 0) {
                        lines.open(node, self.is_cell(node));
                    }
                }
                Edge::Close(node) if outside.is_none() => {
                    // What was not opened is not closed.
                    if !(above && anchors > 0) {
                        lines.close(node, self.is_cell(node));
                    }
                    anchors -= usize::from(is_any(node, &["a"]));
                    if Some(node.id()) == container {
                        break;
                    }
                }
                Edge::Close(node) if outside == Some(node.id()) => {
                    anchors -= usize::from(is_any(node, &["a"]));
                    outside = None;
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
    let is_prose = !in_link && text.contains(['。', '，', '；', '、']);
    Weight { characters, prose: if is_prose { characters } else { 0 } }
}

pub(super) fn is_any(node: Place, names: &[&str]) -> bool {
    node.value().as_element().is_some_and(|element| names.contains(&element.name()))
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
