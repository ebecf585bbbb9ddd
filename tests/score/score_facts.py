#!/usr/bin/env python3
"""Compare the headline facts of an extraction with hand-made ones.

usage: score_facts.py FACTS.tsv PREDICTIONS [--show N] [--doc STEM] [--json]

FACTS.tsv has a row for each distinct statement about a headline metric of the whole region (contract/metrics.tsv, headline = 1):
doc metric kind measure period low high cmp unit modality stretch quote optional (1: may be given or left out). PREDICTIONS is the observations table (.parquet, .csv,
.jsonl), `source` naming the text. Both sides are reduced to distinct facts, without their places; a fact is right when metric,
kind, measure, period, bounds in base units and comparator all agree. Predictions for a part of a year (`subperiod`) are left out. Also prints the same for growth targets alone.
"""
import argparse, csv, json, os, sys
from collections import Counter, defaultdict
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from score import base_unit, load_predictions, number, prf

def key(metric, kind, measure, start, end, low, high, cmp, unit):
    base, f = base_unit(unit)
    if cmp in ("sync", "above", "assigned"): base, low, high = "", None, None
    r = lambda x: None if x is None else float(f"{x * f:.9g}")
    return (metric, kind, measure, int(start), int(end), r(low), r(high), cmp, base)

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("facts"); ap.add_argument("predictions"); ap.add_argument("--show", type=int, default=0); ap.add_argument("--doc"); ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    headline = {l.split("\t")[0] for l in open(os.path.join(here, "metrics.tsv"), encoding="utf-8") if l.split("\t")[4] == "1"}
    gold, either = defaultdict(dict), defaultdict(set)
    for r in csv.DictReader(open(a.facts, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        r = {k: (v or "").strip() for k, v in r.items() if k}
        p = r["period"].split("-")
        k = key(r["metric"], r["kind"], r["measure"], p[0], p[-1], number(r["low"]), number(r["high"]), r["cmp"], r["unit"])
        if r.get("optional"): either[r["doc"]].add(k)
        else: gold[r["doc"]][k] = r["quote"]
    preds = load_predictions(a.predictions)
    t, tt, shown = Counter(), Counter(), 0
    per_metric = defaultdict(Counter)
    for doc in sorted(gold):
        if a.doc and doc != a.doc: continue
        got = {}
        for p in preds.get(doc, []):
            if p.get("metric") in headline and (p.get("subperiod") or "year") == "year":
                k = key(p["metric"], p.get("kind"), p.get("measure"), number(p["period_start"]) or 0, number(p["period_end"]) or 0, number(p.get("value_low")), number(p.get("value_high")), p.get("comparator"), p.get("unit"))
                if k not in either[doc]: got[k] = p.get("text") or ""
        g = gold[doc]
        got = {k: v for k, v in got.items() if k in g or not (k[2] == "change" and k[8] == "百分点")}   # differences to others' figures are left open
        right = g.keys() & got.keys()
        t.update(gold=len(g), pred=len(got), right=len(right))
        is_tg = lambda k: k[1] == "target" and k[2] == "growth"
        tt.update(gold=sum(map(is_tg, g)), pred=sum(map(is_tg, got)), right=sum(map(is_tg, right)))
        for k in g: per_metric[k[0]]["gold"] += 1
        for k in got: per_metric[k[0]]["pred"] += 1
        for k in right: per_metric[k[0]]["right"] += 1
        for what, ks, src in (("missed", g.keys() - right, g), ("spurious", got.keys() - right, got)):
            for k in sorted(ks, key=str):
                if shown < a.show: shown += 1; print(f"{doc}: {what} {k}  «{src[k]}»")
    out = {"texts": len(gold), "facts": prf(t["right"], t["gold"], t["pred"]), "growth_targets": prf(tt["right"], tt["gold"], tt["pred"])}
    if a.json: print(json.dumps(out, ensure_ascii=False)); return
    for m, c in sorted(per_metric.items(), key=lambda x: -x[1]["gold"]):
        print(f"  {m:28s} gold {c['gold']:4d}  predicted {c['pred']:4d}  right {c['right']:4d}")
    for k in ("facts", "growth_targets"):
        m = out[k]; print(f"{k:15s} recall {m['recall']:.4f}  precision {m['precision']:.4f}  F1 {m['f1']:.4f}   (gold {m['gold']}, predicted {m['predicted']}, right {m['right']})")

if __name__ == "__main__":
    main()
