//! What holds of every text, whatever it says: numerals, folding and layout, whole reports.
//!
//! Here stand the texts that the laws are tried on. `PROPTEST_CASES=100000 cargo test laws` tries more.

use proptest::prelude::*;
use proptest::sample::select;
use zhibiao::span::Span;

mod folding;
mod numerals;
mod reports;

/// What fails is told with its input; a case that matters is written down as a test.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Text as lexers meet it: numerals, units, comparing words, and anything else.
fn figures() -> impl Strategy<Value = String> {
    let known = "0123456789.．,，-－—~至到余多来零〇一二三四五六七八九十百千万亿两点半成几第百分之%‰个百分点元美亿元公顷斤克吨千瓦时立方米微克/μg超近约左右以上";
    let known: Vec<char> = known.chars().collect();
    let one = prop_oneof![9 => select(known), 1 => any::<char>()];
    proptest::collection::vec(one, 0..40).prop_map(String::from_iter)
}

/// Pieces of report prose as pages carry it.
fn page_text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "增长",
        "8",
        "．",
        "５",
        "％",
        "%",
        " ",
        "\u{3000}",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\n",
        "\r\n",
        "\n\n",
        "，",
        ",",
        "。",
        "；",
        ";",
        "：",
        ":",
        "(",
        ")",
        "（",
        "）",
        "?",
        "!",
        "１２",
        "1,234",
        "亿元",
        "GDP",
        "PM2.5",
        "ａｂ",
        "·",
        "一、",
        "（一）",
        "“",
        "”",
        "全市地区生产总值",
        "2023年",
        "<U+00A0>",
        "_x000D_",
        "\\n",
        "- 3 -",
        "＋",
        "／",
        "🌾",
        "推进行政权力公开透明运行",
        "\u{feff}",
        "é",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
    ]);
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Sentences of reports without their ends.
const PIECES: &[&str] = &[
    "地区生产总值增长6%以上",
    "全市完成固定资产投资218.6亿元，增长8%",
    "城镇和农村居民人均可支配收入分别增长5%、6.5%左右",
    "预计一般公共预算收入12亿元，同口径增长4.5%-5%",
    "新建幼儿园、小学各2所",
    "单位GDP能耗下降3%，完成省下达任务",
    "居民收入与经济增长基本同步",
    "接待游客1.4万余人次、旅游收入９．５亿元",
    "城镇化率由56%提高到58%",
    "五年来，累计新增城镇就业4.2万人",
    "到2025年，森林覆盖率达到45%",
    "确保增长8%、力争9%",
    "进出口总额与上年基本持平",
    "高新区引进亿元以上项目12个",
    "“十四五”期间年均增长百分之六",
    "三大园区加快建设",
    "PM2.5平均浓度为每立方米20微克",
    "地区生产总值翻一番",
    "分别",
    "其中",
    "均达100%",
    "今年主要预期目标是：",
    "二、2024年工作安排",
    "（一）经济运行稳中有进",
    "（2023年12月）",
    "12345",
    "第3届",
    "亿元",
];

/// What may stand between them.
const JOINTS: &[&str] = &[
    "，",
    "。",
    "；",
    "、",
    "\n",
    "\r\n\u{3000}\u{3000}",
    " ",
    "",
    "和",
    "：",
    "（",
    "）",
    "”",
    "％",
];

fn prose() -> impl Strategy<Value = String> {
    let piece =
        (select(PIECES), select(JOINTS)).prop_map(|(piece, joint)| format!("{piece}{joint}"));
    proptest::collection::vec(piece, 1..16).prop_map(|pieces| pieces.concat())
}

fn code_points(text: &str, span: Span) -> String {
    text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}
