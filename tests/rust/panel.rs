//! Which target meets which actual: the cases of `tests/cases/panel.toml`.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int16Type, Int32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int16Array, Int64Array, LargeStringArray,
    RecordBatch, StringArray, StringViewArray,
};
use arrow_schema::{DataType, Schema};
use serde::Deserialize;
use zhibiao::panel::{PanelError, Point, Settings, Table, panel};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    point: Option<String>,
    told: Vec<Told>,
    panel: Vec<toml::Table>,
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Told {
    report: i16,
    kind: String,
    value: Vec<toml::Value>,
    years: Option<[i16; 2]>,
    entity: String,
    code: String,
    metric: String,
    measure: String,
    unit: String,
    comparator: String,
    aggregation: String,
    subperiod: String,
    id: String,
    start: i64,
    sentence_metrics: i64,
    stretch: bool,
    baseline: bool,
}

impl Default for Told {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            report: 0,
            kind: text(""),
            value: Vec::new(),
            years: None,
            entity: text("130600"),
            code: text("130600"),
            metric: text("gdp"),
            measure: text("growth"),
            unit: text("%"),
            comparator: text("eq"),
            aggregation: text("annual"),
            subperiod: text("year"),
            id: text("id"),
            start: 0,
            sentence_metrics: 1,
            stretch: false,
            baseline: false,
        }
    }
}

impl Told {
    fn years(&self) -> [i16; 2] {
        let usual = if self.kind == "target" { self.report } else { self.report - 1 };
        self.years.unwrap_or([usual, usual])
    }
}

/// The rows as a frame of another program would hold them: views, large strings, wide numbers.
fn table(told: &[Told]) -> Table {
    let views = |get: fn(&Told) -> &String| -> ArrayRef {
        Arc::new(told.iter().map(|row| Some(get(row))).collect::<StringViewArray>())
    };
    let strings = |get: fn(&Told) -> &String| -> ArrayRef {
        Arc::new(told.iter().map(|row| Some(get(row))).collect::<LargeStringArray>())
    };
    let plain = |get: fn(&Told) -> &String| -> ArrayRef {
        Arc::new(told.iter().map(|row| Some(get(row))).collect::<StringArray>())
    };
    let flags = |get: fn(&Told) -> bool| -> ArrayRef {
        Arc::new(told.iter().map(|row| Some(get(row))).collect::<BooleanArray>())
    };
    let numbers = |get: fn(&Told) -> i64| -> ArrayRef {
        Arc::new(told.iter().map(get).collect::<Int64Array>())
    };
    let years = |get: fn(&Told) -> i16| -> ArrayRef {
        Arc::new(told.iter().map(get).collect::<Int16Array>())
    };
    let bounds = |get: fn(&Told) -> Option<f64>| -> ArrayRef {
        Arc::new(told.iter().map(get).collect::<Float64Array>())
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("observation_id", strings(|r| &r.id)),
        ("entity_id", plain(|r| &r.entity)),
        ("region_code", views(|r| &r.code)),
        ("report_year", years(|r| r.report)),
        ("start", numbers(|r| r.start)),
        ("kind", views(|r| &r.kind)),
        ("metric", plain(|r| &r.metric)),
        ("measure", plain(|r| &r.measure)),
        ("aggregation", strings(|r| &r.aggregation)),
        ("period_start", years(|r| r.years()[0])),
        ("period_end", years(|r| r.years()[1])),
        ("subperiod", plain(|r| &r.subperiod)),
        ("base_low", bounds(|r| r.value.first()?.as_float())),
        ("base_high", bounds(|r| r.value.last()?.as_float())),
        ("base_unit", plain(|r| &r.unit)),
        ("comparator", plain(|r| &r.comparator)),
        ("stretch", flags(|r| r.stretch)),
        ("baseline", flags(|r| r.baseline)),
        ("sentence_metrics", numbers(|r| r.sentence_metrics)),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    Table { schema: batch.schema(), batches: vec![batch] }
}

/// The cell as TOML, so that it compares with what the case expects.
fn cell(batch: &RecordBatch, name: &str, row: usize) -> toml::Value {
    let column = match name {
        "target_ids" => batch.column_by_name("target_observation_ids"),
        "actual_ids" => batch.column_by_name("actual_observation_ids"),
        name => batch.column_by_name(name),
    };
    let column = column.unwrap_or_else(|| panic!("the panel has no column {name}"));
    if column.is_null(row) {
        return "null".into();
    }
    match column.data_type() {
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::Int16 => i64::from(column.as_primitive::<Int16Type>().value(row)).into(),
        DataType::Dictionary(..) => {
            let words = column.as_dictionary::<Int32Type>();
            let word = words.keys().value(row) as usize;
            words.values().as_string::<i32>().value(word).into()
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(row);
            list.as_string::<i32>()
                .iter()
                .flatten()
                .map(toml::Value::from)
                .collect::<Vec<_>>()
                .into()
        }
        other => panic!("{name} is {other}"),
    }
}

#[test]
fn targets_meet_actuals() {
    let cases: Cases = toml::from_str(include_str!("../cases/panel.toml")).unwrap();
    for case in cases.case {
        let point = case.point.as_deref().unwrap_or("low");
        let point = *Point::ALL.iter().find(|known| known.name() == point).unwrap();
        let made =
            panel(&table(&case.told), None, Settings { point, ..Settings::default() }).unwrap();
        assert_eq!(made.rows(), case.panel.len(), "{}: rows", case.name);
        for (row, expected) in case.panel.iter().enumerate() {
            for name in ["target", "actual", "target_stretch"] {
                let missing = toml::Value::from("null");
                let value = expected.get(name).unwrap_or(&missing);
                assert_eq!(&cell(&made.batches[0], name, row), value, "{}: {name}", case.name);
            }
            for (name, value) in expected {
                assert_eq!(&cell(&made.batches[0], name, row), value, "{}: {name}", case.name);
            }
        }
    }
}

#[test]
fn the_order_of_rows_and_batches_does_not_matter() {
    let cases: Cases = toml::from_str(include_str!("../cases/panel.toml")).unwrap();
    for case in cases.case {
        let forth = panel(&table(&case.told), None, Settings::default()).unwrap();
        let batches =
            case.told.iter().rev().flat_map(|row| table(std::slice::from_ref(row)).batches);
        let back = Table { schema: table(&case.told).schema, batches: batches.collect() };
        let back = panel(&back, None, Settings::default()).unwrap();
        assert_eq!(printed(&forth), printed(&back), "{}", case.name);
    }
}

/// Every cell as text; dictionaries may number their words otherwise.
fn printed(table: &Table) -> Vec<String> {
    let names: Vec<&str> =
        table.schema.fields().iter().map(|field| field.name().as_str()).collect();
    let rows = table.batches.iter().flat_map(|b| (0..b.num_rows()).map(move |row| (b, row)));
    rows.map(|(batch, row)| {
        let cells = names.iter().map(|name| format!("{name} {}", cell(batch, name, row)));
        cells.collect::<Vec<_>>().join(" ")
    })
    .collect()
}

#[test]
fn a_table_without_a_column_is_refused_by_name() {
    let whole = table(&[Told { report: 2024, kind: "target".into(), ..Told::default() }]);
    let fields: Vec<_> =
        whole.schema.fields().iter().filter(|field| field.name() != "base_low").cloned().collect();
    let schema = Arc::new(Schema::new(fields));
    let error =
        panel(&Table { schema, batches: Vec::new() }, None, Settings::default()).unwrap_err();
    assert!(matches!(error, PanelError::MissingColumn { name: "base_low", .. }), "{error}");
    assert!(error.to_string().contains("base_low"), "{error}");
}

#[test]
fn a_word_outside_its_vocabulary_is_refused() {
    let odd = table(&[Told { report: 2024, kind: "goal".into(), ..Told::default() }]);
    let error = panel(&odd, None, Settings::default()).unwrap_err().to_string();
    assert_eq!(error, r#"column "kind" holds "goal"; expected one of actual, target"#);
}

#[test]
fn a_table_without_rows_gives_a_panel_without_rows() {
    let none = panel(&table(&[]), None, Settings::default()).unwrap();
    assert_eq!(none.rows(), 0);
    assert_eq!(none.metadata("zhibiao.table"), Some("panel"));
}
