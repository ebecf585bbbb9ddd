#!/usr/bin/env python3
"""Draw docs/figure.svg: what the sample's reports aimed at, and what was reached.

pip install '.[polars]' matplotlib
python scripts/figure.py
"""

from pathlib import Path

import matplotlib.pyplot as plt

import zhibiao

OUT = Path(__file__).resolve().parents[1] / "docs" / "figure.svg"
#: Names in Latin letters, since not every machine has a Chinese font.
LATIN = {"云台省": "Yuntai (province)", "青湾市": "Qingwan (city)", "石桥县": "Shiqiao (county)"}


def main() -> None:
    found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
    cells = [
        cell
        for cell in zhibiao.panel(found.observations).to_dicts()
        if cell["metric"] == "gdp" and cell["measure"] == "growth" and cell["horizon"] == "annual"
    ]
    plt.rcParams.update({"svg.hashsalt": "zhibiao", "svg.fonttype": "none", "font.size": 9})
    figure, axes = plt.subplots(1, len(LATIN), figsize=(8, 2.6), sharey=True, layout="constrained")
    for axis, (region, name) in zip(axes, LATIN.items(), strict=True):
        own = sorted((c for c in cells if c["region"] == region), key=lambda c: c["year"])
        for column, style in {"target": "o--", "actual": "s-"}.items():
            told = [c for c in own if c[column] is not None]
            axis.plot([c["year"] for c in told], [c[column] for c in told], style, label=column)
        axis.set_title(name)
        axis.set_xticks(sorted({c["year"] for c in own}))
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("GDP growth, %")
    axes[-1].legend(frameon=False)
    figure.savefig(OUT, metadata={"Date": None})
    print(OUT)


if __name__ == "__main__":
    main()
