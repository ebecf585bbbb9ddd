#!/usr/bin/env python3
"""Copy the figures of docs/accuracy.md and docs/performance.md into both READMEs.

usage: readme.py [--check]

Only the lines that a newcomer asks for, between the marks of the READMEs. With --check nothing is
written, and the exit status is 1 where a README tells other figures than the pages.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
#: Page, mark, and what a line has to begin with to be copied.
TABLES = (
    (
        "accuracy",
        "| compared | --- | facts, own, held back: | facts, own, held back, peer: | facts, given: "
        "| facts, given, peer: | spans, given: | region and year,",
    ),
    ("performance", "| what | --- | `zhibiao.extract`, | regex pipeline"),
)


def lines(page: str, wanted: str) -> str:
    """The wanted lines of a page's first table, in their order."""
    starts = tuple(start.strip() for start in wanted.split("|") if start.strip())
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    first = re.search(r"^\|.*?\n(?!\|)", text, re.MULTILINE | re.DOTALL)
    rows = first[0].splitlines() if first else []
    return "\n".join(row for row in rows if row[2:].startswith(starts))


def renewed(readme: str) -> str:
    for page, wanted in TABLES:
        table = lines(page, wanted)
        marked = rf"(<!-- {page} -->\n).*?(<!-- end -->)"
        readme, found = re.subn(marked, rf"\g<1>{table}\n\g<2>", readme, flags=re.DOTALL)
        if found != 1:
            sys.exit(f"a README lacks the marks of {page}")
    return readme


def main() -> None:
    for name in READMES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = renewed(old)
        if "--check" in sys.argv:
            if new != old:
                sys.exit(f"{name} tells other figures than docs/; run scripts/readme.py")
        else:
            path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
