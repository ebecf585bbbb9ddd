//! Small PDFs written by hand, with the fonts of Chinese offices: none of them embedded, and
//! none with a map to Unicode.

use std::fmt::Write;

use encoding_rs::GBK;
use proptest::prelude::*;

use super::*;

const LINES: [&str; 3] = [
    "　　2024年，地区生产总值增长5.2%，达",
    "到1234.5亿元；城镇新增就业5.3万人。",
    "二、今年的安排（略）",
];

fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

fn ucs2(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Draws a text at a place, in bytes of the font's encoding.
fn at(x: i32, y: i32, bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    format!("BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

/// A PDF of these pages, in a font with this predefined map.
fn pdf(map: &str, pages: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        format!("<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/{map}/DescendantFonts[4 0 R]>>"),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)\
         /Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 907 500 7712 7716 500]/FontDescriptor 5 0 R>>"
            .to_owned(),
        "<</Type/FontDescriptor/FontName/FangSong/Flags 6/Ascent 850/Descent -150/CapHeight 700\
         /StemV 80/ItalicAngle 0/FontBBox[0 -150 1000 850]>>"
            .to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        objects.push(format!("<</Length {}>>stream\n{page}\nendstream", page.len()));
        let content = objects.len();
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>\
             /Contents {content} 0 R>>"
        ));
        let _ = write!(kids, "{} 0 R ", objects.len());
    }
    objects[1] = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len());
    let (mut out, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", number + 1);
    }
    let (start, count) = (out.len(), objects.len() + 1);
    let _ = write!(
        out,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Size {count}/Root 1 0 R>>\n\
         startxref\n{start}\n%%EOF\n"
    );
    out.into_bytes()
}

fn page(lines: &[&str], encode: fn(&str) -> Vec<u8>) -> String {
    let rows = lines.iter().zip((0..).map(|row| 780 - 18 * row));
    rows.map(|(line, y)| at(60, y, &encode(line))).collect()
}

#[test]
fn fonts_of_chinese_offices_need_no_map_of_their_own() {
    for (map, encode) in [
        ("GBK-EUC-H", gbk as fn(&str) -> Vec<u8>),
        ("GBKp-EUC-H", gbk),
        ("GB-EUC-H", gbk),
        ("UniGB-UCS2-H", ucs2),
        ("UniGB-UTF16-H", ucs2),
    ] {
        let found = text(&pdf(map, &[page(&LINES, encode)])).unwrap();
        assert_eq!(found.text, LINES.join("\n"), "{map}");
        assert_eq!((found.encoding, found.replaced), ("pdf", 0));
    }
}

#[test]
fn glyphs_are_read_from_left_to_right() {
    // The figure is drawn behind the words, the heading twice to make it bold, cells apart.
    let drawn = [
        at(60, 780, &gbk("一、增长目标和预期")),
        at(61, 780, &gbk("一、增长目标和预期")),
        at(60, 760, &gbk("全年增长")),
        at(126, 760, &gbk("左右。")),
        at(108, 760, &gbk("8％")),
        at(60, 740, &gbk("生产总值")),
        at(300, 740, &gbk("5％")),
    ];
    let found = text(&pdf("GBK-EUC-H", &[drawn.concat()])).unwrap();
    assert_eq!(found.text, "一、增长目标和预期\n全年增长8％左右。\n生产总值 5％");
}

/// Lines of 30 letters between the margins; the first of a paragraph is indented by blanks,
/// or by its place, or not at all.
fn set(paragraphs: &[&str], indent: Indent) -> Vec<String> {
    let mut rows = Vec::new();
    for paragraph in paragraphs {
        let letters: Vec<char> = paragraph.chars().collect();
        let first = if indent == Indent::None { 30 } else { 28 };
        let (head, rest) = letters.split_at(first.min(letters.len()));
        let blanks = if indent == Indent::Blanks { "　　" } else { "" };
        let x = if indent == Indent::Place { 84 } else { 60 };
        rows.push((x, blanks.to_owned() + &String::from_iter(head)));
        rows.extend(rest.chunks(30).map(|row| (60, String::from_iter(row))));
    }
    let pages = rows.chunks(7).map(|rows| {
        let places = rows.iter().zip((0..).map(|row| 780 - 18 * row));
        places.map(|((x, text), y)| at(*x, y, &gbk(text))).collect()
    });
    pages.collect()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Indent {
    Blanks,
    Place,
    None,
}

#[test]
fn lines_of_a_paragraph_are_put_together() {
    let sentence = "全年地区生产总值增长百分之五，达到三千亿元，城镇新增就业五万人。";
    let paragraphs = [
        "一、过去一年的工作",
        &sentence.repeat(4),
        &format!("二是{}", sentence.repeat(3)),
        "二、今年的工作安排",
        &sentence.repeat(2),
        "谢谢大家！",
    ];
    for indent in [Indent::Blanks, Indent::Place] {
        let found = text(&pdf("GBK-EUC-H", &set(&paragraphs, indent))).unwrap().text;
        assert_eq!(found.replace('　', ""), paragraphs.join("\n"), "{indent:?}");
    }
    // Without an indent a full stop at the end of a line may end the paragraph.
    let found = text(&pdf("GBK-EUC-H", &set(&paragraphs, Indent::None))).unwrap().text;
    assert!(found.starts_with("一、过去一年的工作\n全年"), "{found}");
    assert_eq!(found.replace('\n', ""), paragraphs.concat());
    let broken = found.lines().filter(|line| !line.ends_with(['。', '！', '作', '排'])).count();
    assert_eq!(broken, 0, "{found}");
}

#[test]
fn running_heads_and_page_numbers_are_left_out() {
    let subjects = ["地区生产总值", "固定资产投资", "居民人均可支配收入", "进出口总额"];
    let pages: Vec<String> = (1..)
        .zip(subjects)
        .map(|(number, subject)| {
            let (head, foot) = ("柳湾县政府工作报告", format!("— {number} —"));
            let body = format!("上年{subject}增长5.{number}%，比预期目标高出许多。");
            page(&[head, &body, &foot], gbk)
        })
        .collect();
    let found = text(&pdf("GBK-EUC-H", &pages)).unwrap().text;
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 4, "{found}");
    assert!(lines.iter().all(|line| line.starts_with("上年")), "{found}");
    // Of two pages nothing can be said.
    let found = text(&pdf("GBK-EUC-H", &pages[..2])).unwrap().text;
    assert_eq!(found.lines().count(), 6, "{found}");
}

#[test]
fn what_gives_no_text_says_why() {
    let rule = "0 0 m 100 100 l S".to_owned();
    let stamp = page(&["扫描"], gbk);
    for pages in [vec![rule.clone()], vec![stamp; 3]] {
        let fault = text(&pdf("GBK-EUC-H", &pages)).unwrap_err();
        assert_eq!(fault.reason(), "no_text_layer");
        assert!(fault.to_string().contains("OCR"), "{fault}");
    }
    // Numbers of glyphs, and nothing that says what they are.
    let whole = pdf("Identity-H", &[page(&LINES, ucs2)]);
    let unknown = String::from_utf8(whole).unwrap().replace("(GB1)", "(Own)");
    let fault = text(unknown.as_bytes()).unwrap_err();
    assert!(matches!(fault, Fault::PdfFonts | Fault::NoTextLayer { .. }), "{fault}");
    for bytes in [
        &b"%PDF-"[..],
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>",
    ] {
        assert!(matches!(text(bytes), Err(Fault::Pdf)));
    }
}

proptest! {
    #[test]
    fn damaged_files_never_panic(at in 0usize..4000, with: u8, cut in 1usize..4000) {
        let whole = pdf("UniGB-UCS2-H", &[page(&LINES, ucs2)]);
        let mut bytes = whole.clone();
        let length = bytes.len();
        bytes[at % length] = with;
        let _ = text(&bytes);
        let _ = text(&whole[..cut % length]);
    }
}
