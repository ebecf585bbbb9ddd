//! A Word file → its paragraphs, joined by a line feed.
//!
//! Read is the body alone: every paragraph in the order of the file, those in
//! the cells of tables and in text boxes among them. Left out are headers,
//! footers, footnotes, field codes, deleted revisions and the second copy that
//! Word keeps of shapes for old versions (`mc:Fallback`). Styles and numbering
//! are not read: a number that Word draws is not in the text.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;

use super::{Fault, decode};

/// The text of a .docx.
pub(super) fn text(bytes: &[u8], limit: u64) -> Result<String, Fault> {
    let text = paragraphs(&document_xml(bytes, limit)?)?.join("\n");
    if text.trim().is_empty() { Err(Fault::Empty) } else { Ok(text) }
}

/// Unpacks the body, never more than the limit however far the archive blows up.
fn document_xml(bytes: &[u8], limit: u64) -> Result<String, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let member = archive.by_name("word/document.xml").map_err(damaged)?;
    let mut xml = Vec::new();
    member.take(limit.saturating_add(1)).read_to_end(&mut xml).map_err(damaged)?;
    if xml.len() as u64 > limit {
        return Err(Fault::TooLarge { bytes: xml.len() as u64, limit });
    }
    Ok(decode(&xml)?.text)
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::Docx(error.to_string())
}

fn paragraphs(xml: &str) -> Result<Vec<String>, Fault> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body::default();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) if is_skipped(e.local_name().as_ref()) => {
                reader.read_to_end(e.name()).map_err(damaged)?;
            }
            Event::Start(e) => body.start(e.local_name().as_ref()),
            Event::Empty(e) => body.empty(e.local_name().as_ref()),
            Event::End(e) => body.end(e.local_name().as_ref()),
            Event::Text(e) => body.push(&e.xml10_content()),
            Event::CData(e) => body.push(&e.xml10_content()),
            Event::GeneralRef(e) => body.push(&resolve(&e)?),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(body.done)
}

/// Elements with text in them that the reader of the page does not see.
fn is_skipped(element: &str) -> bool {
    matches!(element, "Fallback" | "del" | "moveFrom" | "delText" | "instrText" | "pPr" | "rPr")
}

/// `&#12345;` and `&amp;`.
fn resolve(reference: &BytesRef) -> Result<String, Fault> {
    match reference.resolve_char_ref().map_err(damaged)? {
        Some(c) => Ok(c.to_string()),
        None => Ok(resolve_predefined_entity(reference).unwrap_or_default().to_owned()),
    }
}

/// Paragraphs finished, and those still open: a text box opens one inside another.
#[derive(Default)]
struct Body {
    done: Vec<String>,
    open: Vec<String>,
    in_text: bool,
}

impl Body {
    fn start(&mut self, element: &str) {
        match element {
            "p" => self.open.push(String::new()),
            "t" => self.in_text = true,
            _ => self.mark(element),
        }
    }

    fn empty(&mut self, element: &str) {
        match element {
            "p" => self.done.push(String::new()),
            _ => self.mark(element),
        }
    }

    fn end(&mut self, element: &str) {
        match element {
            "p" => self.done.extend(self.open.pop()),
            "t" => self.in_text = false,
            _ => {}
        }
    }

    /// Characters that Word keeps as elements of their own.
    fn mark(&mut self, element: &str) {
        let mark = match element {
            "tab" | "ptab" => '\t',
            "br" | "cr" => '\n',
            "noBreakHyphen" => '-',
            _ => return,
        };
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.push(mark);
        }
    }

    fn push(&mut self, text: &str) {
        if let (true, Some(paragraph)) = (self.in_text, self.open.last_mut()) {
            paragraph.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text(bytes: &[u8]) -> Result<String, Fault> {
        super::text(bytes, crate::corpus::MAX_BYTES)
    }

    fn docx(xml: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    fn body(xml: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document><w:body>{xml}</w:body></w:document>"
        )
    }

    #[test]
    fn paragraphs_of_all_kinds() {
        for (xml, expected) in [
            ("<w:p><w:r><w:t>增长</w:t></w:r><w:r><w:t>8%</w:t></w:r></w:p>", "增长8%"),
            (
                "<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p/><w:p></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>",
                "一\n\n\n二",
            ),
            (
                "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
                "甲\t乙\n丙",
            ),
            ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>", "甲"),
            ("<w:p><w:r><w:t>A&amp;B&lt;&#19968;&#x4e8c;</w:t></w:r></w:p>", "A&B<一二"),
            ("<w:p><w:r><w:t xml:space=\"preserve\"> 甲 </w:t></w:r>\n</w:p>", " 甲 "),
            (
                "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
                "新",
            ),
            (
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>8%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "指标\n8%",
            ),
            (
                "<w:p><w:r><w:t>外</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
                "框\n外",
            ),
        ] {
            assert_eq!(text(&docx(&body(xml))).unwrap(), expected, "{xml}");
        }
    }

    #[test]
    fn damaged_files_are_told() {
        let whole = docx(&body("<w:p><w:r><w:t>增长8%</w:t></w:r></w:p>"));
        for bytes in [&whole[..whole.len() - 30], &whole[..20], b"PK\x03\x04"] {
            assert!(matches!(text(bytes), Err(Fault::Docx(_))));
        }
        assert!(matches!(text(&docx("<w:document><w:p></w:r></w:document>")), Err(Fault::Docx(_))));
        assert!(matches!(text(&docx(&body("<w:p/>"))), Err(Fault::Empty)));
    }

    proptest::proptest! {
        #[test]
        fn mutated_archives_never_panic(at in 0usize..400, with: u8) {
            let mut bytes = docx(&body("<w:p><w:r><w:t>增长8%&amp;</w:t></w:r></w:p>"));
            let at = at % bytes.len();
            bytes[at] = with;
            let _ = text(&bytes);
        }

        #[test]
        fn odd_xml_never_panics(xml in "[<>/wpt:&;#x0-9 \n增]{0,60}") {
            let _ = paragraphs(&xml);
        }
    }
}
