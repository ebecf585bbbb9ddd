use super::*;

/// name, year → code, where one unit of that full name stands.
fn code(name: &str, year: i16) -> Option<u32> {
    let mut found = divisions().named(name).filter(|row| row.name == name && row.stands_in(year));
    let first = found.next()?.code;
    found.next().is_none().then_some(first)
}

#[test]
fn a_code_holds_in_its_years() {
    let cases = [
        ("徐水县", 2014, Some(130_625)),
        ("徐水县", 2015, None),
        ("徐水区", 2015, Some(130_609)),
        ("沙湾市", 2021, Some(654_203)),
        ("沙湾县", 2020, Some(654_223)),
        ("光明区", 2018, Some(440_311)),
        ("光明区", 2017, None),
        ("浦东新区", 2000, Some(310_115)),
        ("滨海新区", 2010, Some(120_116)),
        ("襄樊市", 2009, Some(420_600)),
        ("襄阳市", 2010, Some(420_600)),
        ("襄州区", 2010, Some(420_607)),
        ("思茅市", 2005, Some(530_800)),
        ("普洱市", 2007, Some(530_800)),
        ("思茅市", 2000, Some(532_701)),
        ("海东地区", 2012, Some(632_100)),
        ("海东市", 2013, Some(630_200)),
        ("铜仁市", 2013, Some(520_600)),
        ("铜仁市", 2009, Some(522_201)),
        ("万县市", 1995, Some(511_200)),
        ("重庆市", 1995, Some(510_200)),
        ("重庆市", 1998, Some(500_000)),
        ("巢湖市", 2005, Some(341_400)),
        ("旅大市", 1980, Some(210_200)),
        ("两江新区", 2025, Some(500_157)),
        ("洪湖市", 2024, Some(421_083)),
    ];
    for (name, year, expected) in cases {
        assert_eq!(code(name, year), expected, "{name} {year}");
    }
}

#[test]
fn a_parent_is_the_true_one() {
    let cases = [
        (419_001, 2020, "河南省济源市"),
        (429_004, 2020, "湖北省仙桃市"),
        (659_001, 2020, "新疆维吾尔自治区石河子市"),
        (440_305, 2020, "广东省深圳市南山区"),
        (110_108, 2020, "北京市海淀区"),
        (310_205, 1980, "上海市南汇县"),
        (654_203, 2024, "新疆维吾尔自治区塔城地区沙湾市"),
        (460_400, 2020, "海南省儋州市"),
        (469_025, 2012, "海南省白沙黎族自治县"),
        (429_021, 2012, "湖北省神农架林区"),
        (429_002, 1990, "湖北省襄樊市老河口市"),
    ];
    for (code, year, expected) in cases {
        let unit = divisions().at(code, year).unwrap_or_else(|| panic!("{code} {year}"));
        assert_eq!(divisions().full_name(unit, year), expected);
    }
}

#[test]
fn an_entity_outlives_names_and_codes() {
    let same = [
        (654_223, 2020, 654_203, 2021),
        (130_625, 2014, 130_609, 2015),
        (420_600, 2009, 420_600, 2010),
        (532_700, 2002, 530_800, 2007),
        (532_701, 2002, 530_802, 2007),
        (420_621, 2000, 420_607, 2010),
        (420_321, 2013, 420_304, 2014),
        (442_502, 1987, 441_900, 1988),
        (632_100, 2012, 630_200, 2013),
        (510_200, 1996, 500_000, 1997),
        (500_234, 2015, 500_154, 2016),
    ];
    for (old, then, new, now) in same {
        let at = |code, year| divisions().at(code, year).map(|row| row.entity);
        assert!(at(old, then).is_some(), "{old} {then}");
        assert_eq!(at(old, then), at(new, now), "{old} {then}, {new} {now}");
    }
    let entity = |code, year| divisions().at(code, year).unwrap().entity;
    assert_ne!(entity(511_111, 2024), entity(654_203, 2024), "two 沙湾");
    assert_ne!(entity(530_800, 2003), entity(530_802, 2003), "思茅市, city and county");
}

#[test]
fn every_row_is_sound() {
    let table = divisions();
    let mut last = (0, i16::MIN, i16::MIN);
    for row in table.rows() {
        assert!(row.name.chars().count() >= 2 && row.from <= row.to, "{row:?}");
        assert!(row.code != last.0 || row.from > last.2, "{row:?} overlaps");
        assert!(!table.of_code(row.parent).is_empty(), "{row:?} has no parent");
        assert!(table.ancestors(row, row.to.min(2026)).len() <= 2, "{row:?}");
        last = (row.code, row.from, row.to);
    }
}

#[test]
fn one_entity_stands_once_in_a_year() {
    for year in [1985, 1999, 2010, 2024] {
        let mut standing: Vec<_> =
            divisions().rows().iter().filter(|row| row.stands_in(year)).map(|r| r.entity).collect();
        let all = standing.len();
        standing.sort_unstable();
        standing.dedup();
        assert_eq!(standing.len(), all, "{year}");
    }
}

#[test]
fn names_below_a_region() {
    let names = names_of_subdivisions(421_000, 2024);
    assert!(names.contains(&"洪湖市") && names.contains(&"洪湖") && !names.contains(&"仙桃市"));
    assert!(is_division_name("洪湖") && is_division_name("恩施") && !is_division_name("我市"));
    assert!(divisions().is_within(421_083, 420_000, 2024));
    assert!(!divisions().is_within(421_083, 421_100, 2024));
}

#[test]
fn areas_without_a_code() {
    assert_eq!(functional_area("光明新区", 2017).map(|area| area.parent), Some(440_300));
    assert_eq!(functional_area("光明新区", 2020), None);
    for area in functional_areas() {
        assert!(!divisions().of_code(area.parent).is_empty(), "{area:?}");
    }
}
