//! Reading → row: signed bounds, base units, offsets of the decoded text.

use super::Observation;
use crate::document::fold::Folded;
use crate::layout::Part;
use crate::lexicon::Lexicon;
use crate::mention::{Bounds, Comparator, Decimal};
use crate::metric::{Modality, Reading};

/// Makes a row of a reading; `sentence` is the index of its sentence.
#[must_use]
pub fn observation(
    lexicon: &Lexicon,
    folded: &Folded,
    decoded: &str,
    reading: &Reading,
    part: Part,
    sentence: u32,
) -> Observation {
    let mention = &reading.mention;
    let origin = folded.origin(mention.span);
    let text = &folded.text;
    let signed = Signed::of(reading);
    let value_text = mention.figure.of(text);
    let base_factor = if reading.measured.hundredfold { Decimal::ONE } else { mention.unit.factor };
    Observation {
        span: origin.code_points,
        text: origin.bytes.of(decoded).to_owned(),
        kind: reading.kind,
        metric: reading.metric,
        subject: reading.subject.clone(),
        term: reading.term.of(text).trim_start_matches("完成").to_owned(),
        variant: reading.variant,
        measure: reading.measured.measure,
        aggregation: reading.aggregation,
        period: reading.period,
        subperiod: reading.subperiod,
        value: bounds(signed.low, signed.high, Decimal::ONE),
        comparator: signed.comparator,
        comparator_word: mention.comparator_word.of(text).to_owned(),
        unit: if reading.measured.hundredfold { "%".to_owned() } else { mention.unit.text.clone() },
        base: bounds(signed.low, signed.high, base_factor),
        base_unit: if reading.measured.hundredfold {
            "%".to_owned()
        } else {
            mention.unit.base.clone()
        },
        decimals: decimals(value_text),
        value_text: value_text.to_owned(),
        baseline: reading.baseline,
        modality: reading.modality,
        modality_word: match reading.modality {
            Some(Modality::Ensure | Modality::Strive) => reading.modality_word.of(text).to_owned(),
            _ => String::new(),
        },
        stretch: reading.stretch,
        basis: reading.basis,
        vintage: reading.vintage,
        reference: reading.reference.of(text).to_owned(),
        doubts: reading.doubts,
        part,
        sentence,
        rule: reading.rule.to_owned(),
    }
    .with_metric_unit(lexicon)
}

impl Observation {
    fn with_metric_unit(mut self, lexicon: &Lexicon) -> Self {
        if self.subject.is_empty()
            && let Some(metric) = self.metric
        {
            self.subject.clone_from(&lexicon.metric(metric).zh);
        }
        self
    }
}

/// The bounds with the sign that rise or fall gives them.
struct Signed {
    low: Option<Decimal>,
    high: Option<Decimal>,
    comparator: Comparator,
}

impl Signed {
    /// 下降3%以上 is at most -3.
    fn of(reading: &Reading) -> Self {
        let mention = &reading.mention;
        let scale = |d: Decimal| if reading.measured.hundredfold { d.shift(2) } else { d };
        let (low, high) = (mention.low.map(scale), mention.high.map(scale));
        if !reading.measured.falls {
            return Self { low, high, comparator: mention.comparator };
        }
        let comparator = match mention.comparator {
            Comparator::Ge => Comparator::Le,
            Comparator::Le => Comparator::Ge,
            other => other,
        };
        Self { low: high.map(Decimal::negate), high: low.map(Decimal::negate), comparator }
    }
}

fn bounds(low: Option<Decimal>, high: Option<Decimal>, factor: Decimal) -> Bounds {
    let scaled = |d: Decimal| d.times(factor).to_f64();
    Bounds { low: low.map(scaled), high: high.map(scaled) }
}

/// Digits behind the point of the last figure printed.
fn decimals(figure: &str) -> u8 {
    figure
        .rfind('.')
        .map_or(0, |point| figure[point + 1..].bytes().take_while(u8::is_ascii_digit).count() as u8)
}
