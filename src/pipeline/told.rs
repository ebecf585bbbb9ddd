//! What others say of a report's region and year: the user, or the table it stands in.
//!
//! They win over the text, and where they differ from it the report says so. A
//! table may put a region together from several columns (湖北省武汉市) and leave its
//! levels out (湖北省洪湖市).

use super::Hint;
use crate::document::Origin;
use crate::lexicon::divisions::{Division, divisions};

/// Makes region and year what `who` says.
pub(super) fn apply(hint: &Hint, who: &str, origin: &mut Origin) {
    if let Some(year) = hint.year {
        if let Some(told) = origin.report_year.filter(|told| *told != year) {
            origin.warnings.push(format!("the text tells the year {told}, the {who} {year}"));
        }
        origin.report_year = Some(year);
    }
    let Some(region) = &hint.region else { return };
    let year = origin.report_year.unwrap_or(i16::MAX);
    match unit(region, year, origin) {
        Some(unit) => {
            let name = divisions().full_name(unit, year);
            let other = origin.entity_id.map_or(origin.region != name, |told| told != unit.entity);
            warn(origin, other, who, &name);
            origin.region_code = Some(unit.code);
            origin.entity_id = Some(unit.entity);
            origin.level = Some(unit.level());
            origin.region = name;
            origin.parent_code = divisions().parent(unit, year).map(|p| p.code);
        }
        None if !origin.region.ends_with(region.as_str()) => {
            warn(origin, true, who, region);
            origin.region.clone_from(region);
            (origin.region_code, origin.parent_code, origin.entity_id, origin.level) =
                (None, None, None, None);
        }
        None => {}
    }
}

fn warn(origin: &mut Origin, differs: bool, who: &str, region: &str) {
    if differs && !origin.region.is_empty() {
        let told = &origin.region;
        origin.warnings.push(format!("the text tells the region {told}, the {who} {region}"));
    }
}

/// The unit that is called so: by code, by name, or by name behind one of its superiors.
fn unit(region: &str, year: i16, origin: &Origin) -> Option<&'static Division> {
    if let Ok(code) = region.parse::<u32>() {
        return divisions().near(code, year);
    }
    let called = |name: &str| {
        let stands = |unit: &&Division| divisions().at(unit.code, year) == Some(*unit);
        divisions().named(name).filter(stands).collect::<Vec<_>>()
    };
    let whole = called(region);
    // 朝阳区 is the one that the text tells, if it is one of them.
    let told = whole.iter().copied().find(|unit| origin.entity_id == Some(unit.entity));
    told.or_else(|| only(whole.into_iter())).or_else(|| {
        let cuts = region.char_indices().map(|(at, _)| at).skip(1);
        cuts.map(|at| region.split_at(at)).find_map(|(above, name)| {
            only(called(name).into_iter().filter(|unit| is_below(unit, above, year)))
        })
    })
}

/// Does `names` end in the name of a superior?
fn is_below(unit: &Division, names: &str, year: i16) -> bool {
    let ends = |above: &&Division| names.ends_with(above.name) || names.ends_with(above.short);
    divisions().ancestors(unit, year).iter().any(ends)
}

/// The one unit, or the one above its namesakes: 荆州 is the city and not its district.
fn only(units: impl Iterator<Item = &'static Division>) -> Option<&'static Division> {
    let units: Vec<_> = units.collect();
    let highest = units.iter().map(|unit| unit.level()).min()?;
    let mut highest = units.into_iter().filter(|unit| unit.level() == highest);
    highest.next().filter(|_| highest.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(region: &str, of: &Origin) -> Origin {
        let mut origin = of.clone();
        let hint = Hint { region: Some(region.to_owned()), year: Some(2024), ..Hint::default() };
        apply(&hint, "table", &mut origin);
        origin
    }

    #[test]
    fn a_region_is_found_by_code_name_and_names() {
        for (region, code, name) in [
            ("421083", 421_083, "湖北省荆州市洪湖市"),
            ("洪湖市", 421_083, "湖北省荆州市洪湖市"),
            ("湖北省洪湖市", 421_083, "湖北省荆州市洪湖市"),
            ("湖北省荆州市洪湖市", 421_083, "湖北省荆州市洪湖市"),
            ("湖北荆州", 421_000, "湖北省荆州市"),
            ("湖北省", 420_000, "湖北省"),
            ("吉林", 220_000, "吉林省"),
            ("吉林省吉林市", 220_200, "吉林省吉林市"),
            ("北京市朝阳区", 110_105, "北京市朝阳区"),
            ("吉林省长春市朝阳区", 220_104, "吉林省长春市朝阳区"),
        ] {
            let origin = told(region, &Origin::default());
            assert_eq!(
                (origin.region_code, origin.region.as_str()),
                (Some(code), name),
                "{region}"
            );
            assert_eq!(origin.warnings, Vec::<String>::new());
        }
    }

    #[test]
    fn what_the_text_tells_decides_between_namesakes() {
        let text = told("北京市朝阳区", &Origin::default());
        let again = told("朝阳区", &text);
        assert_eq!((again.region_code, again.warnings.len()), (Some(110_105), 0));
        assert_eq!(told("朝阳区", &Origin::default()).region_code, None);
    }

    #[test]
    fn others_win_and_a_difference_is_told() {
        let text = told("湖北省", &Origin { report_year: Some(2023), ..Origin::default() });
        assert_eq!(text.warnings, ["the text tells the year 2023, the table 2024"]);
        let text = Origin { warnings: Vec::new(), ..text };
        assert_eq!(told("湖北", &text).warnings, Vec::<String>::new());
        let other = told("青湾市", &text);
        assert_eq!((other.region.as_str(), other.region_code), ("青湾市", None));
        assert_eq!(other.warnings, ["the text tells the region 湖北省, the table 青湾市"]);
    }
}
