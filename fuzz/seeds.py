"""Seeds for the fuzz targets, from the invented sample corpus and the cases; writes `corpus/`.

Run by `fuzz/run`; needs the standard library alone. What libFuzzer finds on its
way lies in the same folders and is kept from run to run.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SAMPLE = ROOT / "python" / "zhibiao" / "sample"
LEXICON = ROOT / "src" / "lexicon"
FORMATS = ROOT / "tests" / "formats"
#: As other programs write them; .doc and .rtf are for converters, whose faults are not ours.
ENDINGS = (".docx", ".html", ".pdf")

#: Pieces of a sample text, which are short enough for libFuzzer to play with.
PARAGRAPHS = 12


def main() -> None:
    texts = [decoded(path) for path in sorted(SAMPLE.glob("*.txt"))]
    sentences = cases()
    short = [*sentences[::7], *(part for text in texts for part in pieces(text))]
    write("lexer", [text.encode() for text in (*texts, *short)])
    write("extraction", [text.encode() for text in (*texts, *short)])
    write("decoder", [data for text in texts[:3] for data in forms(text)])
    files = [path for path in sorted(FORMATS.iterdir()) if path.suffix in ENDINGS]
    write("decoder", [path.read_bytes() for path in files], prefix="format")
    write("extraction", forms(texts[0]), prefix="form")
    (HERE / "corpus" / "words.dict").write_text(dictionary(), encoding="ascii")


def write(target: str, seeds: list[bytes], prefix: str = "seed") -> None:
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"{prefix}-{number:04}").write_bytes(seed)


def decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def cases() -> list[str]:
    """Give the sentences of `tests/cases`, without a TOML reader: Python 3.10 has none."""
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "cases").glob("*.toml")):
        found += re.findall(r'^text = "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return found


def pieces(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    step = max(1, len(lines) // PARAGRAPHS)
    return ["\n".join(lines[at : at + 2]) for at in range(0, len(lines), step)]


def forms(text: str) -> list[bytes]:
    """Give one text in the encodings and formats that hold reports."""
    short = text[:1500]
    page = f'<html><head><meta charset="gbk"></head><body><p>{short}</p></body></html>'
    lines = io.StringIO()
    csv.writer(lines).writerows([["region", "year", "text"], ["洪湖市", "2024", short]])
    zipped = archive({"a.txt": short})
    return [
        short.encode(),
        b"\xef\xbb\xbf" + short.encode(),
        short.encode("gb18030"),
        short.encode("utf-16"),
        short.encode("utf-16-be"),
        short.encode()[1:-1],
        short.replace("\n", r"\r\n").encode(),
        page.encode("gb18030", "replace"),
        docx(short),
        lines.getvalue().encode(),
        zipped,
        gzip.compress(short.encode(), mtime=0),
        pdf("Report of 2024: GDP grew by 5.2%."),
        "\n".join(json.dumps({"year": 2024, "text": line}) for line in short.splitlines()).encode(),
    ]


def docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    return archive({"word/document.xml": body})


def pdf(text: str) -> bytes:
    """Give a page with one line, in a font that every reader has."""
    page = f"BT /F 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{thing}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    return f"{out}{head}trailer<</Root 1 0 R/Size 5>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def archive(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def dictionary() -> str:
    """Give the written forms of the lexicon as libFuzzer reads them: words it could not guess."""
    words = set(re.findall(r"[一-鿿‰%％]+", "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(LEXICON.glob("*.tsv"))
        if path.name != "divisions.tsv"
    )))  # fmt: skip
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words))
    return "".join(f'"{word}"\n' for word in escaped)


if __name__ == "__main__":
    main()
