//! Bytes → text, and which encoding that took.
//!
//! Reports come in UTF-8, in GB18030 (GBK and GB2312 are parts of it) and now
//! and then in UTF-16. Each of them refuses most text of the others, so the
//! encoding is found by trying: a byte order mark decides, then what is valid
//! UTF-8 is UTF-8, what looks like UTF-16 is UTF-16, and the rest is GB18030 if
//! it can be. A file that was cut or damaged in few places is decoded by the
//! encoding with the fewest faults, each of which becomes `U+FFFD` and is counted.
//!
//! Big5 and other encodings are not tried. Marks that a scraper left in the text
//! (`<U+00A0>`, `????`) are text here; the next room knows them.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::Fault;

/// Text, and what the bytes were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// `utf-8`, `utf-16le`, `utf-16be` or `gb18030`.
    pub encoding: &'static str,
    /// Faulty places in the bytes, each `U+FFFD` in the text.
    pub replaced: u32,
}

/// One fault in so many characters is damage; more is another encoding.
const CHARS_PER_FAULT: usize = 200;

/// Decodes the bytes of a text file.
///
/// # Errors
/// [`Fault::Empty`], [`Fault::Binary`] or [`Fault::Undecodable`].
///
/// ```
/// use zhibiao::corpus::decode;
/// assert_eq!(decode(b"\xd4\xf6\xb3\xa48%").unwrap().text, "增长8%");
/// assert_eq!(decode(b"\xd4\xf6\xb3\xa48%").unwrap().encoding, "gb18030");
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, bom)) => with(encoding, &bytes[bom..])?,
        None => guess(bytes)?,
    };
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\0') {
        Err(Fault::Empty)
    } else {
        Ok(decoded)
    }
}

/// Decodes bytes that carry no byte order mark.
fn guess(bytes: &[u8]) -> Result<Decoded, Fault> {
    let has_nul = memchr::memchr(0, bytes).is_some();
    if !has_nul && let Ok(text) = std::str::from_utf8(bytes) {
        return checked(Decoded { text: text.to_owned(), encoding: "utf-8", replaced: 0 });
    }
    if let Some(encoding) = [UTF_16LE, UTF_16BE].into_iter().find(|e| is_utf_16(bytes, e)) {
        return with(encoding, bytes);
    }
    let utf_8 = with(UTF_8, bytes);
    match &utf_8 {
        Ok(decoded) if decoded.replaced == 0 => utf_8,
        _ => better(utf_8, with(GB18030, bytes)),
    }
}

/// The reading with fewer faults; UTF-8 where they are even.
fn better(
    utf_8: Result<Decoded, Fault>,
    gb18030: Result<Decoded, Fault>,
) -> Result<Decoded, Fault> {
    match (utf_8, gb18030) {
        (Ok(a), Ok(b)) => Ok(if b.replaced < a.replaced { b } else { a }),
        (Ok(a), Err(_)) => Ok(a),
        (Err(_), b) => b,
    }
}

/// Decodes with one encoding, refusing more faults than damage explains.
pub(super) fn with(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Fault> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    // A `U+FFFD` may also have been in the file; only those that decoding made count.
    let replaced = if faulty { text.matches('\u{fffd}').count() } else { 0 };
    // A cut file has up to three faults at its head and one at its end, however short.
    if replaced > 4 && replaced * CHARS_PER_FAULT > text.chars().count() {
        return Err(if is_binary(&text) { Fault::Binary } else { Fault::Undecodable });
    }
    checked(Decoded { text, encoding: name(encoding), replaced: replaced as u32 })
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == UTF_8 => "utf-8",
        e if e == UTF_16LE => "utf-16le",
        e if e == UTF_16BE => "utf-16be",
        e if e == BIG5 => "big5",
        _ => "gb18030",
    }
}

fn checked(decoded: Decoded) -> Result<Decoded, Fault> {
    if is_binary(&decoded.text) {
        return Err(Fault::Binary);
    }
    if decoded.encoding == "gb18030" && !is_chinese(&decoded.text) {
        return Err(Fault::Undecodable);
    }
    Ok(decoded)
}

/// Control characters are no part of a text; a stray one is damage.
fn is_binary(text: &str) -> bool {
    let control = text
        .bytes()
        .filter(|&b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c))
        .count();
    control * CHARS_PER_FAULT > text.len()
}

/// Bytes of a Western encoding are valid GB18030 too, but give rare characters:
/// of real text, most are among the 3755 of level one, ASCII or punctuation.
fn is_chinese(text: &str) -> bool {
    let (mut all, mut usual) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        usual += usize::from(is_usual(c));
    }
    usual * 10 >= all * 7
}

/// Characters that fill Chinese text: ideographs of GB 2312 and its punctuation.
fn is_usual(c: char) -> bool {
    match c {
        '\u{3000}'..='\u{303f}'
        | '\u{ff00}'..='\u{ffef}'
        | '\u{2010}'..='\u{2027}'
        | '\u{a0}'
        | '·' => true,
        '\u{4e00}'..='\u{9fff}' => in_level_one(c),
        _ => false,
    }
}

/// Level one of GB 2312 has its lead bytes from B0 to D7 and trails from A1.
fn in_level_one(c: char) -> bool {
    let mut utf_8 = [0; 4];
    let (bytes, _, _) = GB18030.encode(c.encode_utf8(&mut utf_8));
    matches!(*bytes, [0xb0..=0xd7, 0xa1..=0xfe])
}

/// Nine of ten 16-bit units are Chinese, ASCII or punctuation.
fn is_utf_16(bytes: &[u8], encoding: &Encoding) -> bool {
    let little = encoding == UTF_16LE;
    let units = bytes.chunks_exact(2).map(|b| {
        if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) }
    });
    let plausible = units.filter(|u| matches!(u, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x2027 | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef)).count();
    bytes.len() >= 4 && plausible * 20 >= bytes.len() * 9
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "各位代表：\r\n\u{3000}\u{3000}地区生产总值增长８．５％，达到1234.5亿元。\n";

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() })
            .collect()
    }

    fn gb18030(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), "utf-8"),
            (gb18030(TEXT), "gb18030"),
            (utf_16(TEXT, true), "utf-16le"),
            (utf_16(TEXT, false), "utf-16be"),
            ([b"\xff\xfe".to_vec(), utf_16(TEXT, true)].concat(), "utf-16le"),
            ([b"\xfe\xff".to_vec(), utf_16(TEXT, false)].concat(), "utf-16be"),
        ] {
            let expected = Decoded { text: TEXT.to_owned(), encoding, replaced: 0 };
            assert_eq!(decode(&bytes).unwrap(), expected);
        }
    }

    #[test]
    fn ascii_and_rare_characters() {
        assert_eq!(decode(b"GDP 8%").unwrap().encoding, "utf-8");
        assert_eq!(decode(&utf_16("GDP 8%\n", true)).unwrap().text, "GDP 8%\n");
        let rare = "蠡县、阜平县、曲阳县的㎡与℃，增长8%，䶮氏";
        assert_eq!(decode(&gb18030(rare)).unwrap().text, rare);
    }

    #[test]
    fn a_cut_file_keeps_what_it_has() {
        let bytes = TEXT.as_bytes();
        let cut = decode(&bytes[1..bytes.len() - 2]).unwrap();
        assert_eq!((cut.encoding, cut.replaced), ("utf-8", 3));
        assert!(cut.text.contains("地区生产总值"));
        let bytes = gb18030(TEXT);
        let cut = decode(&bytes[..31]).unwrap();
        assert_eq!((cut.encoding, cut.replaced), ("gb18030", 1));
    }

    #[test]
    fn a_few_faults_are_damage_and_many_another_encoding() {
        let mut bytes = TEXT.repeat(50).into_bytes();
        bytes[300] = 0xff;
        assert_eq!(decode(&bytes).unwrap().encoding, "utf-8");
        let western: Vec<u8> = b"caf\xe9 d\xe9j\xe0 vu \xe9t\xe9 \xfc\xe4\xf6\xdf ".repeat(50);
        assert!(matches!(decode(&western), Err(Fault::Undecodable)));
    }

    #[test]
    fn nothing_and_binary() {
        for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t", b"\0\0\0\0"] {
            assert!(matches!(decode(bytes), Err(Fault::Empty | Fault::Binary)), "{bytes:?}");
        }
        let noise: Vec<u8> =
            (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise), Err(Fault::Binary | Fault::Undecodable)));
        assert!(matches!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0"), Err(Fault::Binary)));
        let stray = TEXT.repeat(20) + "\0";
        assert_eq!(decode(stray.as_bytes()).unwrap().text, stray);
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }

        #[test]
        fn utf_8_comes_back_unchanged(text in "[一-龥a-z0-9，。％ \r\n]{1,80}") {
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(decode(text.as_bytes()).unwrap().text, text);
        }

        #[test]
        fn cut_anywhere_is_still_read(cut in 20usize..150) {
            for bytes in [TEXT.repeat(2).into_bytes(), gb18030(&TEXT.repeat(3))] {
                let decoded = decode(&bytes[..cut.min(bytes.len())]).unwrap();
                prop_assert!(decoded.replaced <= 1);
            }
        }
    }
}
