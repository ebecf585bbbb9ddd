#!/usr/bin/env python3
"""Make the samples of this folder from liuwan_2025.txt, with LibreOffice and poppler.

usage: make.py [FOLDER]

The text is invented, and so is the county. Run anew after a change of the text, and commit what
comes out: the tests need no LibreOffice then, except to read .doc and .rtf.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
NAME = "liuwan_2025"

PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="{charset}">
<title>{title}-{site}</title>
<style>body {{ font-size: 16px; }}</style>
<script>var growth = "地区生产总值增长99%。"; document.write("财政收入增长98%。");</script>
</head>
<body>
<!-- 旧版：地区生产总值增长97%。 -->
<nav><ul><li><a href="/">网站首页</a></li><li><a href="/zw">政务公开</a></li></ul></nav>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/bg">政府工作报告</a></div>
<div class="article">
<h1>{title}</h1>
<p>来源：{site}&nbsp;&nbsp;发布时间：2025-01-15</p>
{body}
</div>
<div class="share"><a href="#">打印本页</a><a href="#">关闭窗口</a></div>
<aside><ul><li><a href="/1">我县一季度固定资产投资增长96%</a></li></ul></aside>
<footer>主办：{site} 备案号：00000000号</footer>
<noscript>请开启脚本，进出口总额增长95%。</noscript>
</body>
</html>
"""


def blocks(text: str) -> str:
    """Give a paragraph for each line, and a table for lines with tabulators."""
    out: list[str] = []
    for line in filter(None, text.splitlines()):
        if "\t" not in line:
            out.append(f"<p>{html.escape(line)}</p>")
            continue
        cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t"))
        if out[-1].endswith("</table>"):
            out[-1] = out[-1].removesuffix("</table>") + f"<tr>{cells}</tr></table>"
        else:
            out.append(f'<table border="1"><tr>{cells}</tr></table>')
    return "\n".join(out)


def page(text: str, charset: str = "utf-8", site: str = "柳湾县人民政府门户网站") -> str:
    title, _, rest = text.partition("\n")
    title = html.escape(title)
    return PAGE.format(charset=charset, site=site, title=title, body=blocks(rest))


def convert(file: Path, to: str, folder: Path, *options: str) -> Path:
    """Let LibreOffice write ``file`` in another format."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", to, "--outdir"]
    subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True)
    return folder / f"{file.stem}.{to.partition(':')[0]}"


LOCKED = (
    '{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"柳湾"}}'
)


def make(folder: Path) -> None:
    text = (HERE / f"{NAME}.txt").read_text(encoding="utf-8")
    (folder / f"{NAME}.html").write_text(page(text), encoding="utf-8")
    (folder / f"{NAME}.gb2312.html").write_text(page(text, "gb2312"), encoding="gb18030")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        plain = work / f"{NAME}.html"
        title, _, rest = text.partition("\n")
        plain.write_text(
            f'<html><meta charset="utf-8"><body><h1>{title}</h1>{blocks(rest)}</body></html>',
            encoding="utf-8",
        )
        document = convert(plain, "odt", work, "--infilter=HTML (StarWriter)")
        for to in ("docx", "doc", "rtf", "pdf"):
            made = convert(document, to, work)
            (folder / made.name).write_bytes(made.read_bytes())
        locked = convert(document, f"pdf:writer_pdf_Export:{LOCKED}", work)
        (folder / f"{NAME}.locked.pdf").write_bytes(locked.read_bytes())
        picture = work / "page"
        grey = ("pdftoppm", "-r", "50", "-gray", "-jpeg", "-singlefile")
        subprocess.run([*grey, str(folder / f"{NAME}.pdf"), str(picture)], check=True)
        scan = work / f"{NAME}.scanned.html"
        scan.write_text('<html><body><img src="page.jpg"></body></html>', encoding="utf-8")
        scanned = convert(convert(scan, "odt", work, "--infilter=HTML (StarWriter)"), "pdf", work)
        (folder / scanned.name).write_bytes(scanned.read_bytes())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
