//! Every column of every table: its name, type, unit and meaning.
//!
//! No other file names or types a column. The Arrow schemas with their metadata
//! are made from these lists, and so is `docs/codebook.md`; the rooms that fill a
//! table ask for its columns by name and are refused any that is not next in line.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::document::Level;
use crate::layout::Part;
use crate::lexicon::Direction;
use crate::mention::{Comparator, Subperiod};
use crate::metric::{Aggregation, Basis, Kind, Measure, Modality, Vintage};
use crate::observation::Certainty;
use crate::panel::Horizon;
use crate::panel::judgement::Met;
use crate::panel::pairing::{Rule, Source};
use crate::panel::states::{ActualState, TargetState};

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// Text that seldom repeats.
    Text,
    /// Text that repeats: dictionary-encoded.
    Word,
    /// A list of texts.
    List,
    /// A whole number.
    Count,
    /// A calendar year.
    Year,
    /// A few digits at most.
    Small,
    Number,
    Flag,
    Day,
}

impl Data {
    /// The Arrow type.
    #[must_use]
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::List => DataType::List(Arc::new(Field::new("item", DataType::Utf8, false))),
            Self::Count => DataType::Int32,
            Self::Year => DataType::Int16,
            Self::Small => DataType::Int8,
            Self::Number => DataType::Float64,
            Self::Flag => DataType::Boolean,
            Self::Day => DataType::Date32,
        }
    }

    /// The name of the Arrow type, as the codebook prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "utf8",
            Self::Word => "dictionary<int32, utf8>",
            Self::List => "list<utf8>",
            Self::Count => "int32",
            Self::Year => "int16",
            Self::Small => "int8",
            Self::Number => "float64",
            Self::Flag => "bool",
            Self::Day => "date32",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub data: Data,
    pub nullable: bool,
    /// In what the values are counted; empty where that is no question.
    pub unit: &'static str,
    /// The words that may stand in the column, where the list is closed.
    pub levels: Option<fn() -> Vec<&'static str>>,
    /// What the value means, for the reader of the codebook.
    pub says: &'static str,
}

const fn column(data: Data, name: &'static str, says: &'static str) -> Column {
    Column { name, data, nullable: false, unit: "", levels: None, says }
}

impl Column {
    const fn or_null(self) -> Self {
        Self { nullable: true, ..self }
    }

    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn levels(self, levels: fn() -> Vec<&'static str>) -> Self {
        Self { levels: Some(levels), ..self }
    }

    fn field(&self) -> Field {
        let mut metadata = vec![("description", self.says.to_owned())];
        if !self.unit.is_empty() {
            metadata.push(("unit", self.unit.to_owned()));
        }
        if let Some(levels) = self.levels {
            metadata.push(("levels", levels().join(" ")));
        }
        Field::new(self.name, self.data.arrow(), self.nullable)
            .with_metadata(metadata.into_iter().collect::<arrow_schema::Metadata>())
    }
}

/// A table: its name, what a row is, and its columns.
#[derive(Debug)]
pub struct Sheet {
    pub name: &'static str,
    pub says: &'static str,
    pub columns: &'static [Column],
}

impl Sheet {
    /// The Arrow schema, with version, lexicon digest and table name as metadata.
    #[must_use]
    pub fn schema(&self, lexicon_digest: &str) -> SchemaRef {
        let fields: Vec<Field> = self.columns.iter().map(Column::field).collect();
        let metadata = [
            ("zhibiao.version", env!("CARGO_PKG_VERSION")),
            ("zhibiao.lexicon", lexicon_digest),
            ("zhibiao.table", self.name),
            ("zhibiao.description", self.says),
        ];
        Arc::new(Schema::new_with_metadata(fields, metadata))
    }

    /// The place of a column.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// The names of a closed vocabulary.
macro_rules! names {
    ($vocabulary:ident) => {
        || $vocabulary::ALL.iter().map(|value| value.name()).collect()
    };
}

use Data::{Count, Day, Flag, List, Number, Small, Text, Word, Year};

/// Every table, in the order of the codebook.
pub static SHEETS: [&Sheet; 7] =
    [&REPORTS, &OBSERVATIONS, &SENTENCES, &PROBLEMS, &PANEL, &CONFLICTS, &DIVISIONS];

pub static REPORTS: Sheet = Sheet {
    name: "reports",
    says: "One row for each report that was found. Columns that are kept from your own tables (`keep=`) stand behind these, as utf8, in the order asked for.",
    columns: REPORT,
};

#[rustfmt::skip] // a line a column
static REPORT: &[Column] = &[
    column(Text, "report_id", "Hash of source, bytes and place in the file; the key of this table"),
    column(Text, "content_id", "Hash of the bytes alone: the same for a copied file"),
    column(Text, "source", "Path of the file as it was given, with / between its parts"),
    column(Word, "encoding", "What its bytes were taken for: utf-8 utf-16le utf-16be gb18030 big5, or the format of the file: docx doc rtf pdf; tables and frames that hold Unicode say utf-8"),
    column(Text, "title", "Title as printed; empty where none was found"),
    column(Word, "region_code", "GB/T 2260 code as it stood in the report year; null for a unit without one (a 新区)").or_null().unit("six digits"),
    column(Word, "parent_code", "Code of the true parent in that year; null for the nation").or_null().unit("six digits"),
    column(Word, "entity_id", "A key that stays when a region is renamed or upgraded").or_null(),
    column(Word, "region", "Full name with its parents: 湖北省荆州市洪湖市").or_null(),
    column(Word, "level", "Level of the government that reports").or_null().levels(names!(Level)),
    column(Year, "report_year", "The year whose work the report plans: 2024 for one delivered in January 2024").or_null().unit("year"),
    column(Day, "delivered", "Day of delivery, where the text tells it").or_null(),
    column(Flag, "fragment", "Head or tail of the report are missing"),
    column(Flag, "inconsistent", "Its years contradict each other, as in texts that document mills alter; a panel leaves it out"),
    column(Count, "n_characters", "Characters of the report's body").unit("characters"),
    column(Text, "fingerprint", "A sample of hashes of the body, by which copies are found"),
    column(Text, "duplicate_of", "Of a copy the most complete report of the same region and year that holds the same text; a panel leaves the copy out").or_null(),
    column(List, "named_in_plan", "Metrics that a sentence about what is to come names, with or without a figure, whosever they are"),
    column(List, "named_in_review", "Metrics that a sentence about what was reached names, likewise"),
    column(List, "claimed_met", "Metrics of which the report says in words alone that the target was reached"),
    column(List, "claimed_missed", "Metrics of which it says in words alone that the target was not reached"),
    column(Count, "n_observations", "Rows of this report in the observations table").unit("rows"),
    column(List, "warnings", "What a user should know about this report; empty where there is nothing"),
];

pub static OBSERVATIONS: Sheet = Sheet {
    name: "observations",
    says: "One row for each statement of a statistic: how much of something there was or shall be, in a stated period.",
    columns: OBSERVATION,
};

#[rustfmt::skip] // a line a column
static OBSERVATION: &[Column] = &[
    column(Text, "observation_id", "Hash of report, span and ordinal on that span; the key of this table"),
    column(Word, "report_id", "The report; a key of the reports table"),
    column(Word, "source", "Path of the file as it was given"),
    column(Word, "region_code", "GB/T 2260 code of the reporting region in the report year; null for a unit without one").or_null().unit("six digits"),
    column(Word, "entity_id", "A key that stays when a region is renamed or upgraded").or_null(),
    column(Word, "region", "Full name of the reporting region with its parents").or_null(),
    column(Word, "level", "Level of the government that reports").or_null().levels(names!(Level)),
    column(Year, "report_year", "The year whose work the report plans").or_null().unit("year"),
    column(Word, "part", "Part of the report that the value stands in").levels(names!(Part)),
    column(Text, "sentence_id", "The sentence around the value; a key of the sentences table"),
    column(Count, "start", "Where the value begins in the decoded text").unit("code points"),
    column(Count, "end", "Where it ends, exclusive: text[start:end] is the value with unit and comparing words").unit("code points"),
    column(Text, "text", "The decoded text from start to end"),
    column(Word, "kind", "Told as reached (actual), or to be reached (target)").levels(names!(Kind)),
    column(Word, "metric", "Canonical metric, only where the value is that metric for the whole region; else null").or_null(),
    column(Word, "metric_zh", "Chinese display name of the canonical metric").or_null(),
    column(Text, "subject", "The noun phrase that the value measures, in the report's words"),
    column(Word, "term", "The metric as the report writes it").or_null(),
    column(Word, "variant", "The definition behind the term, or unspecified").or_null(),
    column(Word, "measure", "Amount or rate as such (level), relative change (growth), absolute change (change), part of a whole (share)").levels(names!(Measure)),
    column(Word, "aggregation", "How the value relates to the years of its period").levels(names!(Aggregation)),
    column(Year, "period_start", "First year that the value is about").unit("year"),
    column(Year, "period_end", "Last year that the value is about, included").unit("year"),
    column(Word, "subperiod", "Part of the year; year for the whole").levels(names!(Subperiod)),
    column(Number, "value_low", "Lower bound, signed, as printed; null where open").or_null().unit("see unit"),
    column(Number, "value_high", "Upper bound, signed, as printed; null where open").or_null().unit("see unit"),
    column(Word, "comparator", "How the printed figure bounds the value").levels(names!(Comparator)),
    column(Word, "comparator_word", "The comparing word itself: 左右, 以上, 不低于").or_null(),
    column(Word, "unit", "Unit as written, multipliers included: 亿元; null for a target without a number").or_null(),
    column(Text, "value_text", "The figure as printed, without its unit").or_null(),
    column(Small, "decimals", "Digits after the point as printed; null without a number").or_null().unit("digits"),
    column(Number, "base_low", "value_low in base units, from decimal arithmetic").or_null().unit("see base_unit"),
    column(Number, "base_high", "value_high in base units").or_null().unit("see base_unit"),
    column(Word, "base_unit", "Base unit: 元, 人, 亩, % …; 259.03亿元 is 25903000000 元").or_null(),
    column(Flag, "estimated", "Of an actual: told as 预计"),
    column(Word, "vintage", "Of an actual: how settled the figure is; null for targets").or_null().levels(names!(Vintage)),
    column(Flag, "baseline", "An old value that only serves to state a new one (由210万吨提高至570万吨: the 210)"),
    column(Word, "modality", "Of a target: how firmly it is worded; null for actuals").or_null().levels(names!(Modality)),
    column(Word, "modality_word", "The word itself: 确保, 力争, 奋力").or_null(),
    column(Flag, "stretch", "The more ambitious second value of a pair (增长8%、力争9%: the 9%)"),
    column(Word, "basis", "Price basis or scope that the report names").levels(names!(Basis)),
    column(Word, "reference", "What a target without a number of its own refers to: 经济增长, 全国平均, 省下达").or_null(),
    column(Small, "sentence_metrics", "Different canonical metrics in the same sentence; the sentence of the main targets (主要预期目标) holds many").unit("metrics"),
    column(Word, "certainty", "check where the text speaks against the row: see reasons").levels(names!(Certainty)),
    column(List, "reasons", "What speaks against it: far_subject put_together years_from_around sum_or_end doubling against_its_part other_scope of_projects disagrees implausible; empty where nothing does, and for open metrics"),
    column(Word, "rule", "The rule that read the value; further rules of its trace after +"),
];

pub static SENTENCES: Sheet = Sheet {
    name: "sentences",
    says: "One row for each sentence that an observation points into.",
    columns: SENTENCE,
};

#[rustfmt::skip] // a line a column
static SENTENCE: &[Column] = &[
    column(Text, "sentence_id", "Hash of report and span; the key of this table"),
    column(Word, "report_id", "The report; a key of the reports table"),
    column(Count, "start", "Where the sentence begins in the decoded text").unit("code points"),
    column(Count, "end", "Where it ends, exclusive").unit("code points"),
    column(Word, "part", "Part of the report").levels(names!(Part)),
    column(Word, "heading", "The heading that the sentence stands under; empty before the first"),
    column(Text, "text", "The decoded text from start to end"),
];

pub static PROBLEMS: Sheet = Sheet {
    name: "problems",
    says: "One row for each source that could not be read or holds no report.",
    columns: PROBLEM,
};

#[rustfmt::skip] // a line a column
static PROBLEM: &[Column] = &[
    column(Text, "source", "Path of the file as it was given"),
    column(Word, "reason", "A word that scripts can test: unreadable, empty, not_a_report, panic …"),
    column(Text, "message", "What happened and what to do about it"),
    column(Number, "score", "Of a text that is no report: the sum of the signs for and against one; a report has 3 or more").or_null(),
];

pub static PANEL: Sheet = Sheet {
    name: "panel",
    says: "One row for each region, year, metric, measure, unit and horizon: what was aimed at and what was reached.",
    columns: CELL,
};

#[rustfmt::skip] // a line a column
static CELL: &[Column] = &[
    column(Word, "entity_id", "A key that stays when a region is renamed or upgraded; regions are paired by it").or_null(),
    column(Word, "region_code", "Code of the region in the year of the target's report, else of the actual's").or_null().unit("six digits"),
    column(Word, "parent_code", "Code of the true parent in that year, which the prefix of the code does not always tell").or_null().unit("six digits"),
    column(Word, "region", "Full name of the region, likewise").or_null(),
    column(Word, "level", "Level of the government, likewise").or_null().levels(names!(Level)),
    column(Year, "year", "The year aimed at and reached; of a longer period its last year").unit("year"),
    column(Word, "metric", "Canonical metric"),
    column(Word, "measure", "level, growth, change or share").levels(names!(Measure)),
    column(Word, "unit", "Base unit of every number in the row: 元, 人, % …").or_null(),
    column(Word, "horizon", "A year's figure (annual), the end of a later year (plan), a figure over several years (average)").levels(names!(Horizon)),
    column(Word, "aggregation", "Keeps 年均, 累计 and 每年 of the same years apart").levels(names!(Aggregation)),
    column(Year, "period_start", "First year of the period").unit("year"),
    column(Year, "period_end", "Last year of the period, included").unit("year"),
    column(Number, "target", "The target as one number, by the point asked for; null where there is none or it has no number").or_null().unit("see unit"),
    column(Number, "target_low", "Lower bound of the target; null where open").or_null().unit("see unit"),
    column(Number, "target_high", "Upper bound of the target; null where open").or_null().unit("see unit"),
    column(Word, "target_comparator", "How the printed figure bounds the target; null without a target").or_null().levels(names!(Comparator)),
    column(Word, "target_comparator_word", "The comparing word itself: 左右, 以上").or_null(),
    column(Word, "target_modality", "How firmly the target is worded").or_null().levels(names!(Modality)),
    column(Word, "target_modality_word", "The word itself: 确保, 力争").or_null(),
    column(Word, "target_reference", "What a target without a number refers to: 经济增长, 全国平均").or_null(),
    column(Number, "target_stretch", "The more ambitious second value, where a pair was told").or_null().unit("see unit"),
    column(Number, "target_revision", "What a later report of the same year, as of an autumn congress, says of the target, as one number").or_null().unit("see unit"),
    column(Word, "target_term", "The metric as the target's report writes it").or_null(),
    column(Word, "target_variant", "The definition behind that term").or_null(),
    column(Word, "target_basis", "Price basis or scope of the target").or_null().levels(names!(Basis)),
    column(Word, "target_certainty", "check where the text speaks against the target's reading").or_null().levels(names!(Certainty)),
    column(Year, "target_report_year", "Year of the report that set the target").or_null().unit("year"),
    column(Word, "target_state", "Why there is a number or none; null without the reports table, and where a period of several years has no target").or_null().levels(names!(TargetState)),
    column(Word, "target_rule", "By what the chosen statement of the target comes before the next one").or_null().levels(names!(Rule)),
    column(Number, "actual", "What was reached, as one number, by the point asked for").or_null().unit("see unit"),
    column(Number, "actual_low", "Lower bound of what was reached").or_null().unit("see unit"),
    column(Number, "actual_high", "Upper bound of what was reached").or_null().unit("see unit"),
    column(Word, "actual_comparator", "How the printed figure bounds what was reached").or_null().levels(names!(Comparator)),
    column(Word, "actual_term", "The metric as the actual's report writes it").or_null(),
    column(Word, "actual_variant", "The definition behind that term").or_null(),
    column(Word, "actual_basis", "Price basis or scope of the actual").or_null().levels(names!(Basis)),
    column(Word, "actual_vintage", "How settled the actual is").or_null().levels(names!(Vintage)),
    column(Word, "actual_certainty", "check where the text speaks against the actual's reading").or_null().levels(names!(Certainty)),
    column(Year, "actual_report_year", "Year of the report that states the actual: the next one, or the earliest later one").or_null().unit("year"),
    column(Word, "actual_source", "Which report states the actual: the next one, a later one, or the one that set the target").or_null().levels(names!(Source)),
    column(Word, "actual_state", "Why there is a number or none; null as for target_state").or_null().levels(names!(ActualState)),
    column(Word, "actual_rule", "By what the chosen statement of the actual comes before the next one").or_null().levels(names!(Rule)),
    column(Number, "gap", "actual - target; null where one of them is missing").or_null().unit("see unit"),
    column(List, "boundary_change", "What happened to the region from the year of the target to the end of the period: rename merge split transfer"),
    column(Flag, "comparable", "Both sides name the same definition and basis (true); false where they name different ones, or the land changed in between; null where one of them does not say").or_null(),
    column(Word, "direction", "On which side of its target the metric is meant to be, in that year").levels(names!(Direction)),
    column(Word, "met", "Was the target met? By intervals, nothing rounded; a target without a number is judged against what it refers to, where the panel holds that; null where one side is missing").or_null().levels(names!(Met)),
    column(Word, "met_rounded", "The same with the actual rounded to the decimals that the target is printed with; rates only").or_null().levels(names!(Met)),
    column(Flag, "in_range", "Of a target told as a range: the actual lies inside of it").or_null(),
    column(List, "target_observation_ids", "Every statement of the target, the chosen one first"),
    column(List, "actual_observation_ids", "Every statement of the actual, the chosen one first"),
];

pub static CONFLICTS: Sheet = Sheet {
    name: "conflicts",
    says: "One row for each statement that fills a cell of the panel and disagrees with the one that the panel uses.",
    columns: CONFLICT,
};

#[rustfmt::skip] // a line a column
static CONFLICT: &[Column] = &[
    column(Word, "entity_id", "The region, as in the panel").or_null(),
    column(Word, "region", "Full name of the region").or_null(),
    column(Year, "year", "The year of the cell").unit("year"),
    column(Word, "metric", "Canonical metric"),
    column(Word, "measure", "level, growth, change or share").levels(names!(Measure)),
    column(Word, "unit", "Base unit of the numbers in the row").or_null(),
    column(Word, "horizon", "As in the panel").levels(names!(Horizon)),
    column(Year, "period_start", "First year of the period").unit("year"),
    column(Word, "kind", "The side of the cell").levels(names!(Kind)),
    column(Word, "rule", "By what the panel chose between the two").levels(names!(Rule)),
    column(Text, "chosen_observation_id", "The statement that the panel uses; a key of the observations table"),
    column(Number, "chosen_low", "Its lower bound; null where open").or_null().unit("see unit"),
    column(Number, "chosen_high", "Its upper bound; null where open").or_null().unit("see unit"),
    column(Text, "other_observation_id", "The statement that disagrees"),
    column(Number, "other_low", "Its lower bound; null where open").or_null().unit("see unit"),
    column(Number, "other_high", "Its upper bound; null where open").or_null().unit("see unit"),
];

pub static DIVISIONS: Sheet = Sheet {
    name: "divisions",
    says: "One row for each unit of county level and above under one code, name and parent, from 1980 on.",
    columns: DIVISION,
};

#[rustfmt::skip] // a line a column
static DIVISION: &[Column] = &[
    column(Text, "region_code", "GB/T 2260 code").unit("six digits"),
    column(Text, "name", "Full name without its parents: 洪湖市"),
    column(Text, "short_name", "Without its rank: 洪湖; the full name where less than two characters would be left"),
    column(Word, "level", "Level of its government").levels(names!(Level)),
    column(Text, "parent_code", "Code of the true parent; null for the nation").or_null().unit("six digits"),
    column(Text, "entity_id", "Key of the government behind names and codes, as in the other tables"),
    column(Year, "valid_from", "First year at whose end this stood; null for 1980 or before").or_null().unit("year"),
    column(Year, "valid_to", "Last such year; null where it still stands").or_null().unit("year"),
    column(Text, "merged_into", "Code of the unit that took this one in when it ended, where recorded").or_null().unit("six digits"),
];
