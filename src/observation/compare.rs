//! Rows of one report beside each other: do they agree, and can they be?

use std::collections::{BTreeMap, HashMap};

use super::Observation;
use crate::lexicon::{Lexicon, MetricId, plausible};
use crate::mention::{Comparator, Period, Subperiod};
use crate::metric::{Aggregation, Doubt, Kind, Measure};

/// A statement of the same thing: its figures should agree.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    metric: MetricId,
    kind: Kind,
    measure: Measure,
    period: Period,
    average: bool,
    base_unit: &'a str,
}

/// A report tells a thing some dozens of times at most; what tells it thousands of times is damaged,
/// and is compared with so many of its rows.
const MANY: usize = 200;

/// Marks rows whose values disagree with others of the report, and those that can hardly be.
///
/// Of rows that disagree the ones in the sentence with the most canonical metrics are believed.
pub fn compare(lexicon: &Lexicon, observations: &mut [Observation]) {
    for i in disagreeing(observations) {
        observations[i].doubts.add(Doubt::Disagrees);
    }
    for observation in observations.iter_mut() {
        if is_implausible(lexicon, observation) {
            observation.doubts.add(Doubt::Implausible);
        }
    }
}

fn disagreeing(observations: &[Observation]) -> Vec<usize> {
    let mut told: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (i, o) in observations.iter().enumerate() {
        let counts = !o.baseline && !o.stretch && o.subperiod == Subperiod::Year;
        if let Some(metric) = o.metric.filter(|_| counts) {
            let key = Key {
                metric,
                kind: o.kind,
                measure: o.measure,
                period: o.period,
                average: o.aggregation == Aggregation::Average,
                base_unit: &o.base_unit,
            };
            told.entry(key).or_default().push(i);
        }
    }
    let metrics = metrics_by_sentence(observations);
    let weight = |i: usize| metrics.get(&observations[i].sentence).copied().unwrap_or(0);
    let mut doubted = Vec::new();
    for group in told.values() {
        for &i in group {
            let against = |&&j: &&usize| {
                j != i && weight(j) >= weight(i) && !agree(&observations[i], &observations[j])
            };
            if group.iter().take(MANY).any(|j| against(&j)) {
                doubted.push(i);
            }
        }
    }
    doubted
}

fn metrics_by_sentence(observations: &[Observation]) -> HashMap<u32, usize> {
    let mut metrics: HashMap<u32, usize> = HashMap::new();
    for o in observations.iter().filter(|o| o.metric.is_some()) {
        *metrics.entry(o.sentence).or_default() += 1;
    }
    metrics
}

/// Do the intervals meet, each as wide as its last printed digit?
fn agree(a: &Observation, b: &Observation) -> bool {
    let relational = |o: &Observation| {
        matches!(o.comparator, Comparator::Sync | Comparator::Above | Comparator::Assigned)
    };
    if relational(a) || relational(b) {
        return true;
    }
    let (low_a, high_a) = interval(a);
    let (low_b, high_b) = interval(b);
    low_a <= high_b && low_b <= high_a
}

fn interval(o: &Observation) -> (f64, f64) {
    let low = o.base.low.unwrap_or(f64::NEG_INFINITY);
    let high = o.base.high.unwrap_or(f64::INFINITY);
    let scale = match (o.base.low.or(o.base.high), o.value.low.or(o.value.high)) {
        (Some(base), Some(value)) if value != 0.0 => (base / value).abs(),
        _ => 1.0,
    };
    let digit = scale * 10_f64.powi(-i32::from(o.decimals));
    (low - digit, high + digit)
}

/// Outside of what the metric can be in a year, or in as many years.
fn is_implausible(lexicon: &Lexicon, o: &Observation) -> bool {
    let Some(metric) = o.metric.map(|id| lexicon.metric(id)) else { return false };
    let Some((low, high)) = plausible(&metric.id, o.measure) else { return false };
    let Some(value) = o.value.low.or(o.value.high) else { return false };
    let changes = matches!(o.measure, Measure::Growth | Measure::Change);
    let summed = changes && o.aggregation != Aggregation::Average;
    let years = if summed { f64::from(o.period.end - o.period.start + 1) } else { 1.0 };
    let in_points = o.measure == Measure::Change && o.base_unit != "百分点";
    let of_a_rate = in_points && metric.unit == "%";
    !of_a_rate && !(low * years..=high * years).contains(&value)
}
