//! An HTML page → its text, a line for every block, without what stands around it.
//!
//! A page says in which encoding it is, is parsed as browsers parse it ([`page`]) and
//! written down line by line ([`lines`]). Where the report stands in the text so
//! made is found by the next room, as in any other text.
//!
//! Not read are frames, text that a script would write, and lists' numbers.

mod lines;
mod page;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};
use scraper::Html;

use super::{Decoded, Fault, decode};
use page::Page;

/// The text of a page.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, Fault> {
    let source = decoded(bytes)?;
    if deepest(&source.text) > DEEPEST {
        return Ok(source); // folding knows tags too
    }
    let text = Page::new(&Html::parse_document(&source.text)).text();
    if text.trim().is_empty() { Err(Fault::Empty) } else { Ok(Decoded { text, ..source }) }
}

/// No page nests its elements so deep; where one seems to, parsing would take the square of it.
const DEEPEST: usize = 5_000;

/// Elements that are seldom closed, and need not be.
const OPEN: &[&str] = &[
    "br", "p", "li", "img", "input", "meta", "link", "hr", "td", "tr", "th", "dd", "dt", "option",
    "col", "area", "base", "wbr", "source",
];

/// How deep the elements of a page may nest, counted without parsing it.
fn deepest(page: &str) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    for (at, _) in page.match_indices('<') {
        let rest = &page[at + 1..];
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !OPEN.iter().any(|open| open.eq_ignore_ascii_case(name)) {
            depth += 1;
            most = most.max(depth);
        }
    }
    most
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
    // Chinese before the first tag is not in the head.
    let first =
        bytes.iter().find(|b| !matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff | b'\t'..=b' '));
    if first != Some(&b'<') {
        return false;
    }
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

/// Decodes a page: behind a byte order mark its own word counts, where it is no plain mistake.
fn decoded(bytes: &[u8]) -> Result<Decoded, Fault> {
    if Encoding::for_bom(bytes).is_some() {
        return decode(bytes);
    }
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

#[cfg(test)]
mod tests;
