//! What programs wrote in place of a character that they could not: escapes and entities.
//!
//! A crawler writes a line end as the two characters `\n`, R writes `<U+00A0>`, a
//! spreadsheet `_x000D_`, a page `&nbsp;` or `<br>`. [`mark`] tells what one of them
//! stands for and how long it is; folding treats it as that. What only looks like
//! one, as `<2%` or `A&B`, is text. Entities are the few that occur in Chinese
//! pages besides those by number; a whole page of tags is read by the corpus room.

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Blank,
    LineEnd,
    /// A tag that says how text looks.
    Nothing,
    Character(char),
}

/// The mark at the head of `text`, and its bytes, all of them ASCII.
pub(super) fn mark(text: &str) -> Option<(Meaning, usize)> {
    match text.as_bytes().first()? {
        b'\\' => escape(text),
        b'&' => entity(text),
        b'_' => numbered(text, "_x", '_', 16).map(of_character),
        b'<' => numbered(text, "<U+", '>', 16).map(of_character).or_else(|| tag(text)),
        _ => None,
    }
}

/// A line cut where it says that it ends: a text may hold no other line ends.
pub(super) fn lines(line: &str) -> impl Iterator<Item = &str> {
    line.split('\\').enumerate().map(|(at, piece)| match at {
        0 => piece,
        _ => piece.strip_prefix(['n', 'r']).unwrap_or(piece),
    })
}

/// Entities by name, without `&` and `;`.
const ENTITIES: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("middot", '·'),
    ("bull", '•'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("times", '×'),
    ("plusmn", '±'),
    ("deg", '°'),
    ("sup2", '²'),
    ("sup3", '³'),
];

/// Tags behind which a line ends, and tags within a line.
const LINE_TAGS: &[&str] = &["br", "p", "div", "li", "tr", "h1", "h2", "h3", "table", "tbody"];
const WORD_TAGS: &[&str] = &["a", "b", "em", "font", "i", "img", "span", "strong", "td", "th", "u"];

/// A tag with more bytes is none.
const LONGEST_TAG: usize = 400;

/// `\n`, and `\\n` where it was escaped twice.
fn escape(text: &str) -> Option<(Meaning, usize)> {
    let letter = text.trim_start_matches('\\');
    let bytes = text.len() - letter.len() + 1;
    match letter.as_bytes().first()? {
        b'n' | b'r' if bytes <= 3 => Some((Meaning::LineEnd, bytes)),
        b't' if bytes <= 3 => Some((Meaning::Blank, bytes)),
        _ => None,
    }
}

fn entity(text: &str) -> Option<(Meaning, usize)> {
    if let Some(found) = numbered(text, "&#x", ';', 16).or_else(|| numbered(text, "&#", ';', 10)) {
        return Some(of_character(found));
    }
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, behind) = text[1..].split_at(name);
    let (_, c) = ENTITIES.iter().find(|(known, _)| *known == name)?;
    let closed = behind.starts_with(';');
    // Only the commonest is written without its end.
    (closed || name == "nbsp").then(|| of_character((*c, 1 + name.len() + usize::from(closed))))
}

/// A character by its number, between `head` and `tail`.
fn numbered(text: &str, head: &str, tail: char, radix: u32) -> Option<(char, usize)> {
    let number = text.strip_prefix(head)?;
    let digits = number.bytes().take(7).take_while(u8::is_ascii_alphanumeric).count();
    number[digits..].strip_prefix(tail)?;
    let c = char::from_u32(u32::from_str_radix(&number[..digits], radix).ok()?)?;
    Some((c, head.len() + digits + 1))
}

fn of_character((c, bytes): (char, usize)) -> (Meaning, usize) {
    let meaning = match c {
        c if super::fold::is_line_end(c) => Meaning::LineEnd,
        c if super::fold::is_blank(c) => Meaning::Blank,
        '\u{ff01}'..='\u{ff5e}' if c.is_alphanumeric() || "％＋／".contains(c) => {
            Meaning::Character(char::from_u32(c as u32 - 0xfee0).unwrap_or(c))
        }
        c if c.is_control() => Meaning::Blank,
        c => Meaning::Character(c),
    };
    (meaning, bytes)
}

fn tag(text: &str) -> Option<(Meaning, usize)> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = inner.bytes().take(8).take_while(u8::is_ascii_alphanumeric).count();
    let name = inner[..length].to_ascii_lowercase();
    let behind = inner[length..].bytes().next()?;
    let end = text.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let is_tag = matches!(behind, b'>' | b'/' | b' ') && !text[1..end].contains(['<', '\n']);
    // The bytes of a tag are dropped as they are, Chinese ones in its attributes too.
    match name.as_str() {
        name if is_tag && LINE_TAGS.contains(&name) => Some((Meaning::LineEnd, end + 1)),
        name if is_tag && WORD_TAGS.contains(&name) => Some((Meaning::Nothing, end + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fold::fold;
    use crate::span::Span;

    #[test]
    fn marks_are_what_they_stand_for() {
        for (text, expected) in [
            ("\\n下", Some((Meaning::LineEnd, 2))),
            ("\\r\\n", Some((Meaning::LineEnd, 2))),
            ("\\\\n", Some((Meaning::LineEnd, 3))),
            ("\\t", Some((Meaning::Blank, 2))),
            ("\\d", None),
            ("\\", None),
            ("<U+00A0>8", Some((Meaning::Blank, 8))),
            ("<U+4E07>元", Some((Meaning::Character('万'), 8))),
            ("<U+FF05>", Some((Meaning::Character('%'), 8))),
            ("<U+D800>", None),
            ("<U+>", None),
            ("<5%", None),
            ("<br>", Some((Meaning::LineEnd, 4))),
            ("<br />", Some((Meaning::LineEnd, 6))),
            ("</p>", Some((Meaning::LineEnd, 4))),
            ("<p style=\"text-indent:2em\">", Some((Meaning::LineEnd, 27))),
            ("<span lang=zh>", Some((Meaning::Nothing, 14))),
            ("<STRONG>", Some((Meaning::Nothing, 8))),
            ("<plan>", None),
            ("<p", None),
            ("_x000D_", Some((Meaning::LineEnd, 7))),
            ("_x000D", None),
            ("_x", None),
            ("&nbsp;", Some((Meaning::Blank, 6))),
            ("&nbsp8", None),
            ("&nbsp 8", Some((Meaning::Blank, 5))),
            ("&#160;", Some((Meaning::Blank, 6))),
            ("&#x3000;", Some((Meaning::Blank, 8))),
            ("&#37;", Some((Meaning::Character('%'), 5))),
            ("&amp;", Some((Meaning::Character('&'), 5))),
            ("&D投入", None),
            ("&", None),
            ("&#99999999;", None),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }

    #[test]
    fn a_text_with_marks_is_the_text_without() {
        for (decoded, folded) in [
            (
                "一、去年回顾\\r\\n全年增长8%，\\r\\n就业平稳。\\n二、今年安排",
                "一、去年回顾\n全年增长8%，就业平稳。\n二、今年安排",
            ),
            ("全年增长8%。\\r\\n\\r\\n\n\\n城镇新增就业", "全年增长8%。\n城镇新增就业"),
            ("全年<U+00A0>增长<U+3000>8<U+FEFF>%", "全年增长8%"),
            ("全年增长8%。_x000D_\n_x000D_\n城镇新增就业", "全年增长8%。\n城镇新增就业"),
            ("&nbsp;&nbsp;&nbsp;全年增长&#160;8&#37;", "全年增长8%"),
            ("R&amp;D经费投入增长8%", "R&D经费投入增长8%"),
            ("R&D经费投入增长8%", "R&D经费投入增长8%"),
            ("增长8%。<br/>就业<b>5万人</b>", "增长8%。\n就业5万人"),
            ("<p>增长8%。</p><p>就业5万人。</p>", "增长8%。\n就业5万人。"),
            ("????增长????8%", "增长8%"),
            ("增长\u{202a}8\u{fe0f}%\u{202c}", "增长8%"),
            ("完成4.6\\n\\n1\\n\\n亿元。", "完成4.6亿元。"),
        ] {
            assert_eq!(fold(decoded).text, folded, "{decoded}");
        }
    }

    #[test]
    fn the_way_back_leads_over_marks() {
        let decoded = "增长<U+00A0>8.5&#37;，达到4.6<U+4E07>亿&nbsp;元\\n下";
        let folded = fold(decoded);
        for (text, expected) in
            [("8.5%", "8.5&#37;"), ("4.6万亿元", "4.6<U+4E07>亿&nbsp;元"), ("%，", "&#37;，")]
        {
            let at = folded.text.find(text).unwrap();
            let origin = folded.origin(Span::new(at, at + text.len()));
            assert_eq!(origin.bytes.of(decoded), expected);
            let Span { start, end } = origin.code_points;
            let cut: String =
                decoded.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(cut, expected);
        }
    }
}
