//! Statements of one side of a cell that cannot both be true.
//!
//! 4012亿元 and 4012.3亿元 agree: each is right to its last digit. 增长8%以上 and 8.3% agree too. What
//! does not agree is told row by row, beside the statement that the panel uses and the rule by which it
//! was chosen.

use super::column::Filler;
use super::given::Given;
use super::pairing::{Cell, Paired, Rule, Side, Statement, pair};
use super::reported::Reported;
use super::schema::CONFLICTS;
use super::{Horizon, PanelError, Table};
use crate::metric::Kind;

/// A statement that disagrees with the one that was chosen.
struct Conflict<'a> {
    cell: &'a Cell<'a>,
    kind: Kind,
    chosen: Statement<'a>,
    other: Statement<'a>,
    rule: Rule,
}

/// One row for each statement that disagrees with the one the panel uses.
///
/// # Errors
/// As [`panel`](super::panel).
pub fn conflicts(observations: &Table, reports: Option<&Table>) -> Result<Table, PanelError> {
    let given = Given::new(observations)?;
    let reported = reports.map(Reported::new).transpose()?;
    let Paired { cells, .. } = pair(&given, reported.as_ref())?;
    let found: Vec<Conflict> = cells.iter().flat_map(of_cell).collect();
    let digest = observations.metadata("zhibiao.lexicon").unwrap_or_default();
    let mut out = Filler::new(&CONFLICTS, digest);
    fill(&mut out, &given, &found);
    out.end_batch();
    Ok(out.finish())
}

fn of_cell<'a>(cell: &'a Cell<'a>) -> impl Iterator<Item = Conflict<'a>> {
    let sides = [(Kind::Target, &cell.target), (Kind::Actual, &cell.actual)];
    sides.into_iter().flat_map(move |(kind, side)| {
        let others = move |chosen| disagreeing(side, chosen).map(move |other| (chosen, other));
        let found = side.chosen.into_iter().flat_map(others);
        found.map(move |(chosen, other)| Conflict {
            cell,
            kind,
            chosen,
            other,
            rule: Rule::between(&chosen, &other),
        })
    })
}

fn disagreeing<'a>(
    side: &'a Side<'a>,
    chosen: Statement<'a>,
) -> impl Iterator<Item = Statement<'a>> {
    let differs = move |other: &&Statement| !other.stretch && !chosen.agrees(other);
    side.all.iter().skip(1).filter(differs).copied()
}

fn fill(out: &mut Filler, given: &Given, found: &[Conflict]) {
    let all = || found.iter();
    let chosen = |c: &Conflict| given.row(c.chosen.place);
    out.word("entity_id", all().map(|c| chosen(c).text(|b| &b.entity_id)));
    out.word("region", all().map(|c| chosen(c).text(|b| &b.region)));
    out.year("year", all().map(|c| c.cell.key.period_end));
    out.word("metric", all().map(|c| c.cell.key.metric));
    out.word("measure", all().map(|c| c.cell.key.measure));
    out.word("unit", all().map(|c| (!c.cell.key.unit.is_empty()).then_some(c.cell.key.unit)));
    out.word("horizon", all().map(|c| Horizon::name(c.cell.key.horizon)));
    out.year("period_start", all().map(|c| c.cell.key.period_start));
    out.word("kind", all().map(|c| c.kind.name()));
    out.word("rule", all().map(|c| c.rule.name()));
    out.text("chosen_observation_id", all().map(|c| c.chosen.id));
    out.number("chosen_low", all().map(|c| c.chosen.low));
    out.number("chosen_high", all().map(|c| c.chosen.high));
    out.text("other_observation_id", all().map(|c| c.other.id));
    out.number("other_low", all().map(|c| c.other.low));
    out.number("other_high", all().map(|c| c.other.high));
}
