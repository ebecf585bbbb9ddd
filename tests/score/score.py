#!/usr/bin/env python3
"""Compare extracted observations with hand-made tables.

usage: score.py GOLD_DIR PREDICTIONS [--show N] [--doc STEM] [--json]

GOLD_DIR holds one STEM.jsonl for each annotated text; PREDICTIONS is the observations table as .parquet,
.csv or .jsonl with the fields of contract/CONTRACT.md and `source`, whose file name without ending is STEM.
A prediction is paired with a gold row where their spans overlap (best overlap first, one to one). Rows marked
`ignore` in gold are left out on both sides. `span` (exactly the same span) is reported apart and not part of `full`.

Prints, over all texts:
  found            recall, precision and F1 of value spans
  <field>          share of paired rows where the field agrees
  full             F1 counting a pair only when every field agrees
  headline         the same, over the rows whose gold or predicted metric is a headline metric: what a study uses
"""
import argparse, csv, json, math, os, re, sys
from collections import Counter, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
RELATIONAL = ("sync", "above", "assigned")   # judged for targets; the tables leave them out for actuals
SCALE = {"十": 10, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12}
FAMILY = {  # unit word -> (base unit, factor)
    "元": ("元", 1), "元人民币": ("元", 1), "人民币": ("元", 1), "块": ("元", 1),
    "人": ("人", 1), "名": ("人", 1), "位": ("人", 1), "人次": ("人次", 1), "户": ("户", 1), "户次": ("户次", 1),
    "家": ("家", 1), "户企业": ("家", 1), "亩": ("亩", 1), "公顷": ("亩", 15), "亩次": ("亩次", 1),
    "平方米": ("平方米", 1), "平米": ("平方米", 1), "㎡": ("平方米", 1), "平方公里": ("平方米", 1e6), "平方千米": ("平方米", 1e6),
    "吨": ("吨", 1), "公斤": ("吨", 1e-3), "千克": ("吨", 1e-3), "斤": ("吨", 5e-4), "克": ("吨", 1e-6), "吨标准煤": ("吨标准煤", 1),
    "公里": ("公里", 1), "千米": ("公里", 1), "米": ("公里", 1e-3), "里": ("公里", 0.5), "海里": ("公里", 1.852),
    "千瓦": ("千瓦", 1), "兆瓦": ("千瓦", 1e3), "吉瓦": ("千瓦", 1e6), "瓦": ("千瓦", 1e-3),
    "千瓦时": ("千瓦时", 1), "度": ("千瓦时", 1), "兆瓦时": ("千瓦时", 1e3), "千伏安": ("千伏安", 1), "兆伏安": ("千伏安", 1e3),
    "立方米": ("立方米", 1), "方": ("立方米", 1), "立方": ("立方米", 1), "%": ("%", 1), "％": ("%", 1), "‰": ("%", 0.1), "个百分点": ("百分点", 1), "百分点": ("百分点", 1),
    "倍": ("倍", 1), "天": ("天", 1), "日": ("天", 1), "个工作日": ("天", 1), "小时": ("小时", 1), "分钟": ("分钟", 1),
    "微克/立方米": ("微克/立方米", 1), "微克每立方米": ("微克/立方米", 1), "μg/m3": ("微克/立方米", 1), "ug/m3": ("微克/立方米", 1), "μg/m³": ("微克/立方米", 1),
    "千瓦特": ("千瓦", 1), "t": ("吨", 1), "km": ("公里", 1),
}

def base_unit(unit):
    """'亿元' -> ('元', 1e8); '万人次' -> ('人次', 1e4); '个' -> ('个', 1)."""
    u = re.sub(r"[\s余多]", "", unit or "")
    if u in FAMILY:
        return FAMILY[u]
    factor = 1.0
    while u and u[0] in SCALE and u not in FAMILY:
        factor *= SCALE[u[0]]
        u = u[1:]
    if u in FAMILY:
        b, f = FAMILY[u]
        return b, factor * f
    return u, factor

def same_number(a, b):
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)

def clean(x):
    """None for every way in which a table says 'empty'."""
    if x is None or (isinstance(x, float) and math.isnan(x)) or (isinstance(x, str) and x.strip() in ("", "NaN", "nan", "None", "null", "<NA>")):
        return None
    return x.strip() if isinstance(x, str) else x

def number(x):
    x = clean(x)
    return None if x is None else float(x)

def values(row):
    base, f = base_unit(row.get("unit"))
    lo, hi = number(row.get("value_low")), number(row.get("value_high"))
    return base, None if lo is None else lo * f, None if hi is None else hi * f

def lcs(a, b):
    prev = [0] * (len(b) + 1)
    for x in a:
        cur = [0]
        for j, y in enumerate(b):
            cur.append(prev[j] + 1 if x == y else max(prev[j + 1], cur[j]))
        prev = cur
    return prev[-1]

def subject_agrees(gold, pred):
    if gold.get("metric"):
        return True                       # judged by `metric`
    g, p = gold.get("subject") or "", pred.get("subject") or ""
    g, p = re.sub(r"\s", "", g), re.sub(r"\s", "", p)
    if not p:
        return False
    n = lcs(g, p)
    return n / len(g) >= 0.6 and (n / len(p) >= 0.5 or g in p and len(p) <= 20)

def compare(gold, pred):
    gb, glo, ghi = values(gold); pb, plo, phi = values(pred)
    relational = gold["comparator"] in RELATIONAL
    return {
        "span": relational or (gold["start"], gold["end"]) == (pred["start"], pred["end"]),
        "kind": gold["kind"] == pred.get("kind"),
        "metric": (gold.get("metric") or None) == (pred.get("metric") or None),
        "subject": subject_agrees(gold, pred),
        "measure": gold["measure"] == pred.get("measure"),
        "period": (gold["period_start"], gold["period_end"]) == tuple(int(number(pred.get(k)) or 0) for k in ("period_start", "period_end")),
        "value": relational or (same_number(glo, plo) and same_number(ghi, phi)),
        "unit": relational or gb == pb,
        "comparator": gold["comparator"] == pred.get("comparator"),
        "modality": (gold.get("modality") or None) == (pred.get("modality") or None),
        "stretch": bool(gold.get("stretch")) == (str(pred.get("stretch")).lower() in ("true", "1")),
    }

def load_predictions(path):
    """{STEM: rows} from .parquet, .arrow, .csv or .jsonl; where a stem has several sources, the .txt nearest the top is judged."""
    if path.endswith(".parquet"):
        import pyarrow.parquet as pq
        rows = pq.read_table(path).to_pylist()
    elif path.endswith((".arrow", ".feather")):
        import pyarrow as pa
        with pa.memory_map(path) as f:
            try: rows = pa.ipc.open_file(f).read_all().to_pylist()
            except pa.ArrowInvalid: rows = pa.ipc.open_stream(f).read_all().to_pylist()
    elif path.endswith(".csv"):
        rows = list(csv.DictReader(open(path, encoding="utf-8-sig")))
    else:
        rows = [json.loads(l) for l in open(path, encoding="utf-8") if l.strip()]
    by_source = defaultdict(list)
    for r in rows:
        r = {k: clean(v) for k, v in r.items()}
        r["start"], r["end"] = int(float(r["start"])), int(float(r["end"]))
        if str(r.get("baseline")).lower() in ("true", "1"): continue
        if not (r.get("kind") == "actual" and r.get("comparator") in RELATIONAL):
            by_source[str(r["source"])].append(r)
    best = {}
    for source in by_source:
        stem = re.sub(r"\.(gz|zst|zip)$", "", os.path.basename(source))
        stem = stem.rsplit(".", 1)[0] if "." in stem else stem
        rank = (not source.endswith(".txt"), "/raw/" in source, source)
        if stem not in best or rank < best[stem][0]: best[stem] = (rank, source)
    return defaultdict(list, {stem: by_source[source] for stem, (_, source) in best.items()})

def pair(gold, pred):
    """One-to-one pairs of overlapping spans: largest overlap first, then nearest start, then most agreeing fields."""
    cand = sorted(((min(g["end"], p["end"]) - max(g["start"], p["start"]), -abs(g["start"] - p["start"]), sum(compare(g, p).values()), -i, -j)
                   for i, g in enumerate(gold) for j, p in enumerate(pred)
                   if min(g["end"], p["end"]) > max(g["start"], p["start"])), reverse=True)
    gi, pj, pairs = set(), set(), []
    for *_, i, j in cand:
        if -i not in gi and -j not in pj:
            gi.add(-i); pj.add(-j); pairs.append((-i, -j))
    return pairs

def not_counted(row):
    """Predictions that the contract leaves open: multiples, ratios, ranks, differences in points to others' figures."""
    return bool(re.search(r"倍|\d[∶::]\d|位$", row.get("text") or "")) or base_unit(row.get("unit"))[0] == "百分点"

def prf(tp, n_gold, n_pred):
    r = tp / n_gold if n_gold else 0.0; p = tp / n_pred if n_pred else 0.0
    return {"recall": r, "precision": p, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": n_gold, "predicted": n_pred, "right": tp}

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold"); ap.add_argument("predictions"); ap.add_argument("--show", type=int, default=0); ap.add_argument("--doc"); ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    table = [l.rstrip("\n").split("\t") for l in open(os.path.join(HERE, "metrics.tsv"), encoding="utf-8")]
    headline, scored = {c[0] for c in table if c[4] == "1"}, {c[0] for c in table if c[6] == "1"}
    preds = load_predictions(a.predictions)
    for rows in preds.values():           # the tables know only the scored ids; the others are judged by subject
        for r in rows:
            if r.get("metric") not in scored: r["metric"] = None
    stems = sorted(f[:-6] for f in os.listdir(a.gold) if f.endswith(".jsonl"))
    if a.doc: stems = [s for s in stems if s == a.doc]
    total, agree, per_doc, shown = Counter(), Counter(), {}, 0
    for stem in stems:
        gold_all = [json.loads(l) for l in open(os.path.join(a.gold, stem + ".jsonl"), encoding="utf-8")]
        skip = [g for g in gold_all if g.get("ignore")]
        gold = [g for g in gold_all if not g.get("ignore")]
        pred = preds.get(stem, [])
        pairs = pair(gold, pred)
        paired = {j for _, j in pairs}
        extra = [j for j in range(len(pred)) if j not in paired and not any(min(s["end"], pred[j]["end"]) > max(s["start"], pred[j]["start"]) for s in skip) and not not_counted(pred[j])]
        c = Counter(gold=len(gold), pred=len(pairs) + len(extra), found=len(pairs))
        hg = {i for i, g in enumerate(gold) if g.get("metric") in headline}
        hp = {j for j in list(paired) + extra if pred[j].get("metric") in headline}
        c["h_gold"], c["h_pred"] = len(hg), len(hp)
        problems = []
        for i, j in pairs:
            ok = compare(gold[i], pred[j])
            for k, v in ok.items(): agree[k] += v
            if all(v for k, v in ok.items() if k != "span"):
                c["full"] += 1
                if i in hg: c["h_full"] += 1
            else:
                problems.append((gold[i]["start"], "differs " + ",".join(k for k, v in ok.items() if not v and k != "span"), gold[i], pred[j]))
        hit = {i for i, _ in pairs}
        problems += [(g["start"], "missed", g, None) for i, g in enumerate(gold) if i not in hit]
        problems += [(pred[j]["start"], "spurious", None, pred[j]) for j in extra]
        keys = ("text", "kind", "metric", "subject", "measure", "period_start", "period_end", "value_low", "value_high", "comparator", "unit", "modality", "stretch")
        for _, what, g, p in sorted(problems, key=lambda x: x[0]):
            if shown >= a.show: break
            shown += 1
            print(f"{stem}: {what}")
            for name, r in (("gold", g), ("got ", p)):
                if r: print(f"   {name} @{r['start']}-{r['end']} " + " ".join(f"{k}={r.get(k)}" for k in keys if r.get(k) not in (None, "", False)))
        per_doc[stem] = c; total += c
    n = total["found"]
    out = {"texts": len(stems), "found": prf(total["found"], total["gold"], total["pred"]),
           "fields": {k: agree[k] / n if n else 0.0 for k in ("span", "kind", "metric", "subject", "measure", "period", "value", "unit", "comparator", "modality", "stretch")},
           "full": prf(total["full"], total["gold"], total["pred"]), "headline": prf(total["h_full"], total["h_gold"], total["h_pred"])}
    if a.json:
        print(json.dumps(out, ensure_ascii=False)); return
    if a.show: print()
    for s, c in per_doc.items():
        f = prf(c["full"], c["gold"], c["pred"]); h = prf(c["h_full"], c["h_gold"], c["h_pred"]); d = prf(c["found"], c["gold"], c["pred"])
        print(f"{s}: gold {c['gold']}, predicted {c['pred']}; found R {d['recall']:.3f} P {d['precision']:.3f}; full F1 {f['f1']:.3f}; headline F1 {h['f1']:.3f} ({c['h_gold']} gold)")
    for k in ("found", "full", "headline"):
        m = out[k]; print(f"{k:9s} recall {m['recall']:.4f}  precision {m['precision']:.4f}  F1 {m['f1']:.4f}   (gold {m['gold']}, predicted {m['predicted']}, right {m['right']})")
    print("fields    " + "  ".join(f"{k} {v:.3f}" for k, v in out["fields"].items()))

if __name__ == "__main__":
    main()
