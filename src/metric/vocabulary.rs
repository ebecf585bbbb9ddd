//! The closed vocabularies of a reading.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Told as reached, or to be reached.
    Kind { Actual = "actual", Target = "target" }
}

vocabulary! {
    /// What the value says of its subject.
    Measure {
        /// An amount, count or rate as such.
        Level = "level",
        /// Relative change against the year before, in %; falls are negative.
        Growth = "growth",
        /// Absolute change; falls are negative.
        Change = "change",
        /// A part of a whole.
        Share = "share",
    }
}

vocabulary! {
    /// How firmly a target is worded.
    Modality {
        /// 确保, 必须, 坚决
        Ensure = "ensure",
        /// 力争, 争取, 努力
        Strive = "strive",
        Plain = "plain",
    }
}

vocabulary! {
    /// How the value relates to the years of its period.
    Aggregation {
        /// The year's figure.
        Annual = "annual",
        /// 年均: a mean over the years.
        Average = "average",
        /// 累计, 五年共: a sum over the years.
        Cumulative = "cumulative",
        /// 每年, 连续五年: true of each of the years.
        EachYear = "each_year",
        /// Reached by the end of the period.
        End = "end",
    }
}

vocabulary! {
    /// The price basis or scope that the report names.
    Basis {
        Unstated = "unstated",
        Nominal = "nominal",
        /// 可比价, 实际
        Real = "real",
        /// 可比口径, 同口径
        Comparable = "comparable",
        /// 剔除…因素
        Adjusted = "adjusted",
    }
}

vocabulary! {
    /// How settled an actual is.
    Vintage {
        /// 预计
        Expected = "expected",
        /// 初步核算
        Preliminary = "preliminary",
        Unstated = "unstated",
    }
}
