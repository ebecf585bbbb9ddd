//! Pages, and pieces of them; the sentences are invented.

use std::time::{Duration, Instant};

use super::*;

const REPORT: &str = "<h1>2025年柳湾县政府工作报告</h1><p>各位代表：</p>\
    <p>全年地区生产总值增长5.2%，一般公共预算收入增长3.1%。</p>\
    <p>今年的预期目标是：地区生产总值增长5%左右。</p>";

const LINES: &str = "2025年柳湾县政府工作报告\n各位代表：\n\
    全年地区生产总值增长5.2%，一般公共预算收入增长3.1%。\n今年的预期目标是：地区生产总值增长5%左右。\n";

fn of(page: &str) -> String {
    text(page.as_bytes()).unwrap().text
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn pages_are_told_from_texts() {
    for page in [
        "<!DOCTYPE html><p>增长",
        "\u{feff}\r\n <HTML>",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"\"><html>",
        "<!-- saved from url --><html>",
        "<p>增长8%。</p>",
        "<div class=a>增长8%。</div>",
    ] {
        assert!(is_page(page.as_bytes()) && is_page(&utf_16(page)), "{page}");
    }
    for text in
        ["<5%的企业", "<U+00A0>各位代表", "<plan>", "<2024年>", "<p", "<", "", "增长。<br>就业"]
    {
        assert!(!is_page(text.as_bytes()), "{text}");
    }
}

#[test]
fn what_stands_around_is_left_out() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>柳湾县</title><style>p {{ }}</style>\
         <script>var a = '地区生产总值增长99%，';</script></head><body>\
         <nav>首页 政务公开</nav><div class=crumbs>位置：<a href=/>首页</a></div>\
         <!-- 增长98%， --><div style='display: none'>增长97%</div>\
         <form><select><option>甲县</option></select><button>搜索</button></form>\
         <div class=main>{REPORT}<noscript>增长96%，</noscript></div>\
         <div><a href=/1>我县投资增长95%</a></div><footer>备案号</footer></body></html>"
    );
    assert_eq!(of(&page), format!("柳湾县\n位置：\n{LINES}"));
}

#[test]
fn elements_are_lines_and_cells_are_set_apart() {
    for (page, expected) in [
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙\n"),
        ("<p>增长<b>8</b><span>%</span>\n 左右</p>", "增长8% 左右\n"),
        ("<p>A&amp;B&nbsp;&lt;8&#37;&ldquo;</p>", "A&B\u{a0}<8%“\n"),
        ("<table><tr><th>指标<th>目标<tr><td>GDP<td><p>5%</p></table>", "指标 目标\nGDP 5%\n"),
        ("<pre>甲\n乙\n</pre>", "甲\n乙\n"),
        ("<p>甲<p>乙<li>丙", "甲\n乙\n丙\n"),
        // What was not opened is not closed either.
        (
            "<a><pre>链接</pre><table><td>格</table></a><p>全年增长8%，就业平稳。</p>",
            "全年增长8%，就业平稳。\n",
        ),
    ] {
        assert_eq!(of(page), expected, "{page}");
    }
}

#[test]
fn a_page_tells_its_encoding() {
    let page = |charset: &str| format!("<html><head>{charset}</head><body>{REPORT}</body></html>");
    let gbk = |text: String| GB18030.encode(&text).0.into_owned();
    let meta = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">";
    let utf_8 = page("<meta charset='utf-8'>").into_bytes();
    let wide = utf_16(&page("<meta charset=utf-8>"));
    for (bytes, encoding) in [
        (gbk(page(meta)), "gb18030"),
        (gbk(page("")), "gb18030"),
        // The word of the page is a mistake.
        (gbk(page("<meta charset=utf-8>")), "gb18030"),
        (page("<meta charset=gbk>").into_bytes(), "utf-8"),
        ([b"\xef\xbb\xbf", &utf_8[..]].concat(), "utf-8"),
        (utf_8, "utf-8"),
        ([b"\xff\xfe", &wide[..]].concat(), "utf-16le"),
        (wide, "utf-16le"),
    ] {
        assert!(is_page(&bytes));
        let found = text(&bytes).unwrap();
        assert_eq!((found.text.as_str(), found.encoding, found.replaced), (LINES, encoding, 0));
    }
    let big5 = BIG5.encode("<meta charset=big5><p>全年經濟增長，民生改善。</p>").0.into_owned();
    assert_eq!(text(&big5).unwrap().text, "全年經濟增長，民生改善。\n");
}

#[test]
fn a_page_without_text_is_empty() {
    for page in ["<html></html>", "<!doctype html><script>增长8%，</script>", "<p>&nbsp;</p>"] {
        assert!(matches!(text(page.as_bytes()), Err(Fault::Empty)), "{page}");
    }
}

/// No page nests so deep, but a damaged one may.
#[test]
fn deep_pages_take_little_time() {
    for piece in ["<div>", "<p>", "<table><td>", "<a>", "<b>增", "<ul><li>", "<i><i><i>"] {
        let page = format!("<html>{}{REPORT}", piece.repeat(50_000));
        let start = Instant::now();
        assert!(of(&page).contains("地区生产总值增长5.2%"), "{piece}");
        assert!(start.elapsed() < Duration::from_secs(3), "{piece}: {:?}", start.elapsed());
    }
}

proptest::proptest! {
    #[test]
    fn odd_pages_never_panic(page in "(<|</|<a>|</a>|<td>|<table>|<pre>|</pre>|<p>|<br>|<title>|<div hidden>|>|&#|;|增，| |\n){0,40}") {
        let _ = text(page.as_bytes());
    }
}
