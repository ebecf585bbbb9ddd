//! Every format with the same rows, and what damaged ones give.

use std::io::{Cursor, Write};
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use encoding_rs::GB18030;

use super::*;
use crate::corpus::intake::tests::all;
use crate::corpus::{Document, Limits, Reading};
use crate::pipeline::Problem;

const TEXTS: [&str; 3] = ["各位代表：\n增长8%，“好”。", "", "2024年，a,b\tc"];
const CSV: &str = "id,province,city,year,full_text\r\n\
    甲,湖北省,武汉市,2024,\"各位代表：\n增长8%，“好”。\"\r\n\
    乙,湖北省,,2023年,\r\n\
    甲,,,,\"2024年，a,b\tc\"\r\n";

fn read(name: &str, bytes: &[u8]) -> (Vec<Document>, Vec<Problem>) {
    all(name, bytes, &Reading::default())
}

/// What every format must make of the rows.
fn check(name: &str, bytes: &[u8]) {
    let (documents, problems) = read(name, bytes);
    let told: Vec<_> = documents
        .iter()
        .map(|d| (d.source.as_str(), d.ordinal, d.text.as_str(), d.region.as_deref(), d.year))
        .collect();
    let (first, third) = (format!("{name}#甲"), format!("{name}#甲#3"));
    let expected = [
        (first.as_str(), 0, TEXTS[0], Some("湖北省武汉市"), Some(2024)),
        (third.as_str(), 1, TEXTS[2], None, None),
    ];
    assert_eq!(told, expected, "{name} {problems:?}");
    assert_eq!(problems.len(), 1, "{name} {problems:?}");
    assert_eq!(
        (problems[0].source.as_str(), problems[0].reason),
        (&*format!("{name}#乙"), "empty")
    );
    assert!(problems[0].message.contains("row 2"), "{}", problems[0].message);
}

fn reasons(name: &str, bytes: &[u8]) -> Vec<(String, &'static str)> {
    read(name, bytes).1.into_iter().map(|p| (p.source, p.reason)).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn batch(text: &DataType) -> RecordBatch {
    let texts = StringArray::from(vec![Some(TEXTS[0]), None, Some(TEXTS[2])]);
    let dictionary = ["湖北省", "湖北省", ""].into_iter().map(Some);
    let dictionary: DictionaryArray<Int32Type> = dictionary.collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(StringArray::from(vec!["甲", "乙", "甲"]))),
        ("province", Arc::new(dictionary)),
        ("city", Arc::new(StringArray::from(vec![Some("武汉市"), None, None]))),
        ("year", Arc::new(Int32Array::from(vec![Some(2024), Some(2023), None]))),
        ("full_text", cast(&texts, text).unwrap()),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
        .unwrap()
}

#[cfg(feature = "files")]
fn text_types() -> Vec<DataType> {
    let dictionary = |values| DataType::Dictionary(DataType::Int32.into(), Box::new(values));
    vec![
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        dictionary(DataType::Utf8),
        dictionary(DataType::LargeUtf8),
    ]
}

#[test]
fn csv_in_every_encoding_and_separation() {
    check("a.csv", CSV.as_bytes());
    check("a.csv", format!("\u{feff}{CSV}").as_bytes());
    check("a.csv", &gb18030(CSV));
    check("a.csv", &utf_16(CSV));
    check("a", CSV.as_bytes());
    let tabs = "id\tprovince\tcity\tyear\tfull_text\n\
        甲\t湖北省\t武汉市\t2024\t\"各位代表：\n增长8%，“好”。\"\n乙\t湖北省\n\
        甲\t\t\t\t\"2024年，a,b\tc\"";
    check("a.tsv", tabs.as_bytes());
    check("a.txt", &utf_16(tabs));
    check("a.csv", tabs.as_bytes());
}

#[test]
fn a_table_may_mix_encodings() {
    let mut bytes = "id,text\n甲,增长百分之八\n乙,".as_bytes().to_vec();
    bytes.extend(gb18030("下降百分之三"));
    let (documents, _) = read("a.csv", &bytes);
    let told: Vec<_> = documents.iter().map(|d| (d.text.as_str(), d.encoding)).collect();
    assert_eq!(told, [("增长百分之八", "utf-8"), ("下降百分之三", "gb18030")]);
}

#[test]
fn a_text_that_begins_like_a_table_is_a_text() {
    for text in [
        "正文\n各位代表：",
        "首页,新闻,通知\n各位代表：",
        "各位代表，正文，如下\n",
        "{正文}\n各位代表",
        "{\"a\": \n",
        "PARIS",
    ] {
        let (documents, _) = read("a.txt", text.as_bytes());
        assert_eq!((documents.len(), documents[0].source.as_str()), (1, "a.txt"), "{text}");
        assert_eq!(documents[0].text, text);
    }
}

#[test]
fn csv_that_is_no_table_of_texts() {
    assert_eq!(reasons("a.csv", b"year,gdp\n2024,8\n"), [("a.csv".to_owned(), "no_column")]);
    assert_eq!(reasons("a.csv", b"id,text\n"), [("a.csv".to_owned(), "empty")]);
    assert_eq!(reasons("a.csv", b""), [("a.csv".to_owned(), "no_column")]);
    assert_eq!(reasons("a.csv", b"\x89PNG\r\n\x1a\n\0\0"), [("a.csv".to_owned(), "binary")]);
}

#[test]
fn a_quote_that_is_not_closed_costs_the_rest() {
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    let reading = Reading { limits, ..Reading::default() };
    let table = format!("id,text\n甲,增长\n乙,\"{}", "长,\n".repeat(100_000));
    let (documents, problems) = all("a.csv", table.as_bytes(), &reading);
    assert_eq!((documents.len(), problems.len()), (1, 1));
    assert_eq!(problems[0].reason, "too_large");
    assert!(problems[0].message.contains("row 2"), "{}", problems[0].message);
}

#[test]
fn json_lines() {
    let lines = "\n{\"id\":\"甲\",\"province\":\"湖北省\",\"city\":\"武汉市\",\"year\":2024,\
        \"full_text\":\"各位代表：\\n增长8%，“好”。\"}\n\
        {\"id\":\"乙\",\"year\":\"2023\",\"full_text\":null}\n\n\
        {\"full_text\":\"2024年，a,b\\tc\",\"id\":\"甲\"}";
    check("a.jsonl", lines.as_bytes());
    check("a.txt", lines.as_bytes());
    check("a.jsonl", &gb18030(lines));
}

#[test]
fn json_lines_that_are_damaged_cost_only_themselves() {
    let long = "长".repeat(50_000);
    let lines = format!(
        "{{\"url\":\"x\"}}\n{{\"text\":\"{long}\"}}\nnothing\n{{\"text\":7}}\n{{\"text\":\"二\"}}\n[1]\n"
    );
    let (documents, problems) = read("a.jsonl", lines.as_bytes());
    let names: Vec<_> = documents.iter().map(|d| d.source.as_str()).collect();
    assert_eq!(names, ["a.jsonl#2", "a.jsonl#5"]);
    let told: Vec<_> = problems.iter().map(|p| (p.source.as_str(), p.reason)).collect();
    let expected = [
        ("a.jsonl#x", "empty"),
        ("a.jsonl#3", "unreadable"),
        ("a.jsonl#4", "no_text"),
        ("a.jsonl#6", "unreadable"),
    ];
    assert_eq!(told, expected);
    assert_eq!(reasons("a", b"{\"a\": 1}\n{\"a\": 2}"), [("a".to_owned(), "no_column")]);
}

#[test]
fn a_line_that_is_too_long_costs_only_itself() {
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    let reading = Reading { limits, ..Reading::default() };
    let line = |text: &str| format!("{{\"text\":\"{text}\"}}\n");
    let lines = line("一") + &line(&"长".repeat(400)) + &line(&"长".repeat(4000)) + &line("二");
    let (documents, problems) = all("a.jsonl", lines.as_bytes(), &reading);
    let texts: Vec<&str> = documents.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(texts, ["一", "二"]);
    assert!(problems.iter().all(|p| p.reason == "too_large") && problems.len() == 2);
}

#[cfg(feature = "files")]
mod columnar {
    use ::parquet::arrow::ArrowWriter;
    use ::parquet::basic::{Compression, ZstdLevel};
    use ::parquet::file::properties::WriterProperties;
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};

    use super::*;

    fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
        let properties = WriterProperties::builder().set_compression(compression).build();
        let mut bytes = Vec::new();
        let mut writer =
            ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
        writer.write(batch).unwrap();
        writer.close().unwrap();
        bytes
    }

    fn file(batch: &RecordBatch, compression: Option<CompressionType>) -> Vec<u8> {
        let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
        let mut writer =
            FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
        writer.write(batch).unwrap();
        writer.into_inner().unwrap()
    }

    fn stream(batch: &RecordBatch) -> Vec<u8> {
        let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(batch).unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn every_type_of_text_in_every_format() {
        for text in text_types() {
            let batch = batch(&text);
            check("a.parquet", &parquet(&batch, Compression::SNAPPY));
            check("a", &parquet(&batch, Compression::ZSTD(ZstdLevel::default())));
            check("a.arrow", &file(&batch, None));
            check("a.feather", &file(&batch, Some(CompressionType::LZ4_FRAME)));
            check("a", &file(&batch, Some(CompressionType::ZSTD)));
            check("a.arrows", &stream(&batch));
        }
    }

    #[test]
    fn an_arrow_file_is_read_by_its_index() {
        let batch = batch(&DataType::Utf8View);
        let mut bytes = file(&batch, None);
        bytes[8..12].copy_from_slice(&[4, 0, 0, 0]); // polars writes no frame here
        check("a.arrow", &bytes);
        let end = bytes.len() - 1;
        assert_eq!(reasons("a", &bytes[..end]), [("a".to_owned(), "unreadable")]);
        let mut longer = bytes.clone();
        longer[end - 9..end - 5].copy_from_slice(&i32::MAX.to_le_bytes());
        assert_eq!(reasons("a", &longer), [("a".to_owned(), "unreadable")]);
        // Without the index, what stands in front of it is all there is.
        let whole = file(&batch, None);
        let end = whole.len() - 1;
        assert_eq!(read("a", &whole[..end]).0, read("a", &whole).0);
    }

    #[test]
    fn a_column_of_numbers_holds_no_texts() {
        let columns: Vec<(&str, ArrayRef)> = vec![("text", Arc::new(Int32Array::from(vec![1])))];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        for bytes in [parquet(&batch, Compression::SNAPPY), file(&batch, None), stream(&batch)] {
            assert_eq!(reasons("a", &bytes), [("a".to_owned(), "no_text")]);
        }
    }

    /// Every bit of a small file turned, every cut: something is told, and nothing panics
    /// that a run would not catch.
    #[test]
    fn damaged_files_are_told() {
        std::panic::set_hook(Box::new(|_| ()));
        let batch = batch(&DataType::Utf8);
        let mut silent = 0;
        for bytes in [
            parquet(&batch, Compression::SNAPPY),
            file(&batch, Some(CompressionType::LZ4_FRAME)),
            stream(&batch),
        ] {
            for at in (0..bytes.len()).step_by(3) {
                let mut turned = bytes.clone();
                turned[at] ^= 1 << (at % 8);
                for damaged in [&turned[..], &bytes[..at]] {
                    let found = std::panic::catch_unwind(|| read("a", damaged));
                    silent += usize::from(found.is_ok_and(|(d, p)| d.is_empty() && p.is_empty()));
                }
            }
        }
        let _ = std::panic::take_hook();
        assert_eq!(silent, 0);
    }

    #[test]
    fn a_length_that_is_made_up_asks_for_no_memory() {
        let columns: Vec<(&str, ArrayRef)> =
            vec![("text", Arc::new(StringArray::from(vec!["增长".repeat(1000)])))];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let mut bytes = file(&batch, Some(CompressionType::LZ4_FRAME));
        assert_eq!(read("a", &bytes).0.len(), 1);
        let frame = memchr::memmem::find(&bytes, b"\x04\x22\x4d\x18").unwrap();
        bytes[frame - 2] = 0x7f; // the length before the frame
        let (_, problems) = read("a", &bytes);
        assert_eq!(problems[0].reason, "too_large", "{}", problems[0].message);
    }

    #[test]
    fn a_dictionary_that_makes_much_of_little_is_a_bomb() {
        let long = "长".repeat(100_000);
        let texts: StringArray = (0..1000).map(|_| Some(long.as_str())).collect();
        let kind = DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into());
        let columns: Vec<(&str, ArrayRef)> = vec![("text", cast(&texts, &kind).unwrap())];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        for bytes in [parquet(&batch, Compression::SNAPPY), file(&batch, None)] {
            let (documents, problems) = read("a", &bytes);
            assert!(documents.len() < 400, "{}", documents.len());
            assert_eq!(
                problems.last().map(|p| (p.source.as_str(), p.reason)),
                Some(("a", "too_large"))
            );
        }
    }
}

/// Where a workbook's parts begin.
const ROOT: &str = "<Relationships><Relationship Id=\"r\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
    </Relationships>";

fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = |name: &str, xml: &str| {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    };
    let numbers = || 1..=sheets.len();
    let sheet =
        |n: usize| format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"r{n}\"/>", sheets[n - 1].0);
    let list = numbers().map(sheet).collect::<Vec<_>>().concat();
    write("_rels/.rels", ROOT);
    write(
        "xl/workbook.xml",
        &format!("<workbook xmlns:r=\"x\"><sheets>{list}</sheets></workbook>"),
    );
    let links = numbers()
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/s{n}.xml\"/>"))
        .collect::<Vec<_>>()
        .concat();
    write("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>"));
    for (n, (_, rows)) in (1..).zip(sheets) {
        let xml = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        write(&format!("xl/worksheets/s{n}.xml"), &xml);
    }
    archive.finish().unwrap().into_inner()
}

/// A row of cells; numbers are numbers, empty ones are left out.
fn row(number: u32, cells: &[&str]) -> String {
    let cells: String = ('A'..)
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(column, cell)| match cell.parse::<f64>() {
            Ok(value) => format!("<c r=\"{column}{number}\"><v>{value}</v></c>"),
            Err(_) => {
                format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
            }
        })
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn reports() -> String {
    let header = ["id", "province", "city", "year", "full_text"];
    row(2, &header)
        + &row(3, &["甲", "湖北省", "武汉市", "2024", TEXTS[0]])
        + &row(4, &["乙", "湖北省", "", "2023"])
        + &row(5, &["甲", "", "", "", TEXTS[2]])
}

#[test]
fn excel() {
    check("a.xlsx", &workbook(&[("Sheet1", &reports())]));
    let notes = row(1, &["说明", "2024"]);
    check("a", &workbook(&[("说明", &notes), ("空", ""), ("报告", &reports())]));
}

#[test]
fn excel_with_reports_on_two_sheets() {
    let sheet = row(1, &["正文", "年份"]) + &row(2, &["增长", "2024"]) + &row(4, &["2024"]);
    let (documents, problems) = read("a.xlsx", &workbook(&[("甲", &sheet), ("乙", &sheet)]));
    let names: Vec<_> = documents.iter().map(|d| d.source.as_str()).collect();
    assert_eq!(names, ["a.xlsx#1", "a.xlsx/乙#1"]);
    let told: Vec<_> = problems.iter().map(|p| (p.source.as_str(), p.reason)).collect();
    assert_eq!(told, [("a.xlsx#3", "no_text"), ("a.xlsx/乙#3", "no_text")]);
}

#[test]
fn excel_that_is_no_table_of_texts() {
    let table = row(1, &["年份", "增速"]) + &row(2, &["2024", "8"]);
    assert_eq!(reasons("a", &workbook(&[("甲", &table)])), [("a".to_owned(), "no_column")]);
    assert_eq!(reasons("a", &workbook(&[("甲", "")])), [("a".to_owned(), "empty")]);
    let whole = workbook(&[("甲", &reports())]);
    for cut in [30, 200, whole.len() - 10] {
        assert_eq!(reasons("a", &whole[..cut]), [("a".to_owned(), "unreadable")], "{cut}");
    }
}

#[test]
fn a_text_that_excel_cut_is_told() {
    let long = "长".repeat(32_767);
    let sheet = row(1, &["正文", "年份"]) + &row(2, &[&long, "24"]) + &row(3, &["短", "2024"]);
    let (documents, _) = read("a", &workbook(&[("甲", &sheet)]));
    assert_eq!((documents[0].warnings.len(), documents[1].warnings.len()), (2, 0));
    assert!(documents[0].warnings.iter().any(|w| w.contains("cut")));
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let (documents, _) = read("a", &workbook(&[("甲", &(reports() + corner))]));
    assert_eq!(documents.len(), 2);
}

#[test]
fn stata_is_known_by_its_content() {
    for bytes in [&b"<stata_dta><header>"[..], b"\x72\x02\x01\x00abc", b"\x73\x01\x01\x00"] {
        assert_eq!(reasons("a.txt", bytes), [("a.txt".to_owned(), "unsupported")]);
    }
    let open = |_: &[u8]| {
        let batch = batch(&DataType::Utf8);
        let schema = batch.schema();
        let reader = arrow_array::RecordBatchIterator::new([Ok(batch)], schema);
        Ok(Box::new(reader) as Box<dyn arrow_array::RecordBatchReader + Send>)
    };
    let stata = Some(Stata(Arc::new(open)));
    let reading = Reading { stata, ..Reading::default() };
    let (documents, problems) = all("a.dta", b"<stata_dta>", &reading);
    assert_eq!((documents.len(), problems.len()), (2, 1));
    assert_eq!(documents[0].source, "a.dta#甲");
}

fn keeping(names: &[&str]) -> Reading {
    let mut reading = Reading::default();
    reading.columns.keep = names.iter().map(|name| (*name).to_owned()).collect();
    reading
}

#[test]
fn cells_are_carried_along_in_the_order_asked_for() {
    let reading = keeping(&["year", "city"]);
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("a.csv", CSV.into()),
        ("b.csv", gb18030(CSV)),
        ("c.csv", utf_16(CSV)),
        ("d.xlsx", workbook(&[("Sheet1", &reports())])),
    ];
    let lines = format!(
        "{{\"id\": \"甲\", \"city\": \"武汉市\", \"year\": 2024, \"text\": {:?}}}\n{{\"id\": \"乙\"}}\n\
         {{\"text\": {:?}}}\n",
        TEXTS[0], TEXTS[2]
    );
    files.push(("e.jsonl", lines.into_bytes()));
    for (name, bytes) in files {
        let (documents, _) = all(name, &bytes, &reading);
        let kept: Vec<_> = documents.into_iter().map(|document| document.kept).collect();
        let first = vec![Some("2024".to_owned()), Some("武汉市".to_owned())];
        assert_eq!(kept, [first, vec![None, None]], "{name}");
    }
}

#[test]
fn a_table_without_a_kept_column_is_a_problem() {
    for (name, bytes) in [("a.csv", CSV.into()), ("a.xlsx", workbook(&[("甲", &reports())]))] {
        let (documents, problems) = all(name, &bytes, &keeping(&["city", "yeer"]));
        assert_eq!((documents.len(), problems.len()), (0, 1), "{name}");
        assert_eq!(problems[0].reason, "no_column");
        let told = &problems[0].message;
        assert!(told.contains("\"yeer\" that keep names (did you mean \"year\"?)"), "{told}");
    }
}

#[test]
fn a_sheet_of_texts_that_lacks_a_kept_column_is_told_beside_the_others() {
    let with = row(1, &["正文", "备注"]) + &row(2, &["增长", "甲"]);
    let without = row(1, &["正文"]) + &row(2, &["下降"]);
    let notes = row(1, &["说明"]) + &row(2, &["注"]);
    let book = workbook(&[("说明", &notes), ("甲", &without), ("乙", &with)]);
    let (documents, problems) = all("a.xlsx", &book, &keeping(&["备注"]));
    let told: Vec<_> = documents.iter().map(|d| (d.source.as_str(), &d.kept[..])).collect();
    assert_eq!(told, [("a.xlsx#1", &[Some("甲".to_owned())][..])]);
    let told: Vec<_> = problems.iter().map(|p| (p.source.as_str(), p.reason)).collect();
    assert_eq!(told, [("a.xlsx/甲", "no_column")]);
}

#[test]
fn json_lines_are_searched_for_a_member_that_comes_late() {
    let lines = "{\"text\": \"一\"}\n".repeat(3)
        + "{\"text\": \"二\", \"tags\": [\"a\", 1], \"is\": true}\n{\"text\": \"三\"}\n";
    let (documents, problems) = all("a", lines.as_bytes(), &keeping(&["tags", "is"]));
    let kept: Vec<_> = documents.iter().map(|d| (d.text.as_str(), d.kept[0].as_deref())).collect();
    let none = ("一", None);
    assert_eq!(kept, [none, none, none, ("二", Some("[\"a\",1]")), ("三", None)]);
    assert_eq!(documents[3].kept[1].as_deref(), Some("true"));
    assert_eq!(problems, []);
    // Behind the head, too: no line of it is whole.
    let long = format!(
        "{{\"text\": \"{}\"}}\n{{\"text\": \"二\", \"url\": \"甲\"}}\n",
        "长".repeat(30_000)
    );
    let (documents, problems) = all("a", long.as_bytes(), &keeping(&["url"]));
    assert_eq!((documents.len(), problems), (2, vec![]));
    assert_eq!(documents[1].kept, [Some("甲".to_owned())]);
}

#[test]
fn excel_days_and_times_are_printed_whole() {
    use calamine::{ExcelDateTime, ExcelDateTimeType};
    let printed = |days, kind| xlsx::time(ExcelDateTime::new(days, kind, false));
    assert_eq!(printed(45296.0, ExcelDateTimeType::DateTime), "2024-01-05");
    assert_eq!(printed(45296.5, ExcelDateTimeType::DateTime), "2024-01-05T12:00:00");
    assert_eq!(printed(1.5, ExcelDateTimeType::TimeDelta), "1.5");
    let year = |days| columns::year(&printed(days, ExcelDateTimeType::DateTime));
    assert_eq!((year(45296.0), year(2024.0)), (Some(2024), None), "a year that is shown as a day");
}
