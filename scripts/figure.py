#!/usr/bin/env python3
"""Draw docs/figure.svg: what the sample's reports aimed at, and what was reached.

pip install '.[plot,polars]'
python scripts/figure.py
"""

from pathlib import Path

import matplotlib.pyplot as plt

import zhibiao
import zhibiao.plot

OUT = Path(__file__).resolve().parents[1] / "docs" / "figure.svg"
#: Names in Latin letters, so that the figure is the same where no Chinese font is installed.
LATIN = {"云台省": "Yuntai (province)", "青湾市": "Qingwan (city)", "石桥县": "Shiqiao (county)"}


def main() -> None:
    found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
    figure, axes = plt.subplots(1, 3, figsize=(7.0, 2.3), sharey=True, layout="constrained")
    for axis, region in zip(axes, LATIN, strict=True):
        zhibiao.plot.over_time(found.panel(), region, ax=axis, language="en", names=LATIN)
        axis.label_outer()
    print(zhibiao.plot.save(figure, OUT))


if __name__ == "__main__":
    main()
