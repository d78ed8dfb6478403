"""Our files keep the rules of PDF/UA-1 and PDF/A-3a; each rule fails on one broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pytest
from made_pdf import MadePdf
from pdf_facts import Facts
from pdf_rules import RULES, broken_rules
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SAMPLE = """\
---
title: 样本
author: 甲
keywords: [一, 二]
---

# 第一章

正文有[链接](https://example.org/)与注[^n]，还有 $x^2$。

1. 一
2. 二

| 名 | 数 |
|---|---|
| a | 1 |
| b | 2 |

: 说明 {#t}

![图](p.png)

## 小节

文字。

# 第二章

文字。

[^n]: 注。
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conformance")
    Image.new("RGBA", (40, 20), (10, 20, 30, 128)).save(folder / "p.png")
    return MadePdf(SAMPLE, folder).write(folder / "sample.pdf")


def test_a_file_with_everything_keeps_every_rule(sample: Path) -> None:
    assert broken_rules(sample) == []


def test_the_bundled_report_keeps_every_rule(bundled_outputs: dict[str, Path]) -> None:
    assert broken_rules(bundled_outputs["pdf"]) == []


def test_items_and_tables_without_content_keep_every_rule(tmp_path: Path) -> None:
    made = MadePdf("# 题\n\n- a\n-\n- [ ]\n\n1.\n\n| 甲 | 乙 |\n|---|---|\n")
    assert broken_rules(made.write(tmp_path / "empty.pdf")) == []


def test_qpdf_finds_nothing(sample: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    done = subprocess.run([qpdf, "--check", sample], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def nodes(pdf: pikepdf.Pdf, type_: str) -> list[pikepdf.Object]:
    """Return the structure elements of a type."""
    found: list[pikepdf.Object] = []
    pending = [pdf.Root.StructTreeRoot.K[0]]
    while pending:
        node = pending.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if "/" + type_ == node.S:
                found.append(node)
            held = node.get("/K", pikepdf.Array())
            pending += list(held) if isinstance(held, pikepdf.Array) else [held]
    return found


def replace_xmp(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata = pdf.make_stream(data.replace(old, new), Type=pikepdf.Name.Metadata)


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].Resources.Font.values())


def link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(page.obj.Annots[0] for page in pdf.pages if "/Annots" in page.obj)


def image(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.XObject.values()))


def prepend(pdf: pikepdf.Pdf, operators: bytes) -> None:
    page = pdf.pages[-1].obj
    page.Contents = pdf.make_stream(operators + page.Contents.read_bytes())


def drop(obj: pikepdf.Object, key: str) -> None:
    del obj[key]


def put(obj: pikepdf.Object, key: str, value: object) -> None:
    obj[key] = value


def put_each(objects: Sequence[pikepdf.Object], key: str, value: object) -> None:
    for obj in objects:
        obj[key] = value


N = pikepdf.Name

BREAKS: dict[str, list[Callable[[pikepdf.Pdf], None]]] = {
    "ISO 19005-3 6.1.7.2": [lambda p: put(p.make_stream(b""), "/F", pikepdf.String("x"))],
    "ISO 19005-3 6.1.12": [lambda p: put(p.Root, "/" + "N" * 200, 1)],
    "ISO 19005-3 6.6.2": [
        lambda p: drop(p.Root, "/Metadata"),
        lambda p: put(p.Root, "/Metadata", p.make_stream(b"<not xml")),
    ],
    "ISO 19005-3 6.6.4": [lambda p: replace_xmp(p, b"<pdfaid:part>3", b"<pdfaid:part>2")],
    "ISO 14289-1 5": [lambda p: replace_xmp(p, b"<pdfuaid:part>1", b"<pdfuaid:part>2")],
    "ISO 19005-3 6.6.2.3": [
        lambda p: replace_xmp(p, b"<pdfaSchema:namespaceURI>", b"<pdfaSchema:namespaceURI>no")
    ],
    "ISO 19005-3 6.6.3": [
        lambda p: put(p.docinfo, "/Title", "other"),
        lambda p: put(p.docinfo, "/ModDate", "D:19990101000000Z"),
    ],
    "ISO 14289-1 7.1": [
        lambda p: drop(p.Root, "/ViewerPreferences"),
        lambda p: replace_xmp(p, "样本".encode(), b""),
    ],
    "ISO 14289-1 7.2": [
        lambda p: drop(p.Root, "/Lang"),
        lambda p: put(nodes(p, "P")[0], "/Lang", "no language"),
    ],
    "ISO 19005-3 6.2.3": [
        lambda p: drop(p.Root, "/OutputIntents"),
        lambda p: put(p.Root.OutputIntents[0], "/DestOutputProfile", p.make_stream(b"x", N=3)),
    ],
    "ISO 19005-3 6.2.4.3": [
        lambda p: prepend(p, b"0 0 0 1 k "),
        lambda p: put(image(p), "/ColorSpace", N.DeviceCMYK),
    ],
    "ISO 19005-3 6.2.8": [
        lambda p: put(image(p), "/Interpolate", True),
        lambda p: put(image(p), "/Alternates", pikepdf.Array()),
    ],
    "ISO 19005-3 6.2.9": [lambda p: put(image(p), "/Subtype", N.PS)],
    "ISO 19005-3 6.9": [lambda p: put(p.Root, "/OCProperties", pikepdf.Dictionary())],
    "ISO 19005-3 6.5.1": [
        lambda p: put(link(p), "/A", p.make_indirect(pikepdf.Dictionary(S=N.Launch))),
        lambda p: put(p.Root, "/AA", pikepdf.Dictionary()),
    ],
    "ISO 19005-3 6.3.2": [lambda p: put(link(p), "/F", 2)],
    "ISO 19005-3 6.3.1": [lambda p: put(link(p), "/Subtype", N.Sound)],
    "ISO 14289-1 7.18.1": [
        lambda p: drop(link(p), "/StructParent"),
        lambda p: put(nodes(p, "Link")[0], "/S", N.Span),
        lambda p: put_each(nodes(p, "Link"), "/K", pikepdf.Array()),
    ],
    "ISO 14289-1 7.18.3": [lambda p: put_each([page.obj for page in p.pages], "/Tabs", N.R)],
    "ISO 14289-1 7.18.5": [lambda p: drop(link(p), "/Contents")],
    "ISO 19005-3 6.8": [
        lambda p: drop(p.Root.AF[0], "/AFRelationship"),
        lambda p: drop(p.Root.AF[0], "/UF"),
        lambda p: drop(p.Root.AF[0].EF.F, "/Subtype"),
        lambda p: put(p.Root, "/AF", pikepdf.Array()),
    ],
    "ISO 14289-1 7.21.4.1": [
        lambda p: drop(fonts(p)[0].DescendantFonts[0].FontDescriptor, "/FontFile2"),
    ],
    "ISO 14289-1 7.21.3": [
        lambda p: put(fonts(p)[0], "/Encoding", N("/Identity-V")),
        lambda p: drop(fonts(p)[0].DescendantFonts[0], "/CIDToGIDMap"),
    ],
    "ISO 19005-3 6.2.11.5": [
        lambda p: put(fonts(p)[0].DescendantFonts[0], "/W", pikepdf.Array([0, 900, 7])),
    ],
    "ISO 14289-1 7.21.7": [lambda p: drop(fonts(p)[0], "/ToUnicode")],
    "ISO 14289-1 7.21.8": [
        lambda p: prepend(p, b"/P<</MCID 0>>BDC BT /F0 9 Tf <0000> Tj ET EMC "),
    ],
    "ISO 19005-3 6.2.11.4.1": [
        lambda p: prepend(p, b"/P<</MCID 0>>BDC BT /F0 9 Tf <FFF0> Tj ET EMC "),
    ],
    "ISO 19005-3 6.7.2": [
        lambda p: drop(p.Root, "/MarkInfo"),
        lambda p: drop(p.Root, "/StructTreeRoot"),
        lambda p: put(p.Root.MarkInfo, "/Suspects", True),
    ],
    "ISO 14289-1 7.1 (content)": [
        lambda p: prepend(p, b"0 0 5 5 re f "),
        lambda p: prepend(p, b"/P<</MCID 0>>BDC /Artifact BMC EMC EMC "),
    ],
    "ISO 14289-1 7.1 (ParentTree)": [
        lambda p: prepend(p, b"/P<</MCID 999>>BDC EMC "),
        lambda p: put(p.pages[-1].obj, "/StructParents", 777),
        lambda p: put(nodes(p, "H2")[0], "/K", 998),
    ],
    "ISO 19005-3 6.7.3.4": [lambda p: put(nodes(p, "P")[0], "/S", N.Paragraph)],
    "ISO 14289-1 7.2 (nesting)": [
        lambda p: put(nodes(p, "THead")[0], "/S", N.Div),
        lambda p: put(nodes(p, "P")[0], "/S", N.L),
        lambda p: put(nodes(p, "P")[0], "/S", N.TR),
    ],
    "ISO 14289-1 7.4.2": [
        lambda p: put(nodes(p, "H2")[0], "/S", N.H4),
        lambda p: put_each(nodes(p, "H1"), "/S", N.H3),
    ],
    "ISO 14289-1 7.5": [
        lambda p: drop(nodes(p, "TH")[0], "/A"),
        lambda p: put(nodes(p, "TR")[0], "/K", pikepdf.Array(list(nodes(p, "TR")[0].K)[:1])),
        lambda p: put(nodes(p, "Table")[0], "/K", pikepdf.Array()),
        lambda p: put_each(nodes(p, "TBody"), "/S", N.THead),
    ],
    "ISO 14289-1 7.6": [
        lambda p: put(nodes(p, "LBody")[0], "/S", N.P),
        lambda p: put(nodes(p, "LI")[0], "/K", pikepdf.Array(nodes(p, "Lbl")[:1])),
        lambda p: drop(nodes(p, "L")[0], "/A"),
    ],
    "ISO 14289-1 7.3": [
        lambda p: drop(nodes(p, "Figure")[0], "/Alt"),
        lambda p: drop(nodes(p, "Figure")[0], "/A"),
    ],
    "ISO 14289-1 7.7": [lambda p: drop(nodes(p, "Formula")[0], "/Alt")],
    "ISO 14289-1 7.9": [
        lambda p: drop(nodes(p, "Note")[0], "/ID"),
        lambda p: put(nodes(p, "Table")[0], "/ID", nodes(p, "Note")[0].ID),
    ],
}

BY_BYTES = {
    "ISO 19005-3 6.1.2": lambda data: data.replace(b"%\xe2\xe3\xcf\xd3", b"%abcd", 1),
    "ISO 19005-3 6.1.3": lambda data: data.replace(b"/ID[", b"/XX[", 1),
}
"""What no library writes wrong on purpose."""


@pytest.mark.parametrize(
    ("clause", "number"), [(clause, n) for clause, each in BREAKS.items() for n in range(len(each))]
)
def test_a_rule_fails_on_a_file_broken_on_purpose(sample: Path, clause: str, number: int) -> None:
    rule = next(one for one in RULES if one.clause == clause)
    with pikepdf.open(sample) as pdf:
        BREAKS[clause][number](pdf)
        assert list(rule.faults(Facts(pdf, sample.read_bytes())))


@pytest.mark.parametrize("clause", BY_BYTES)
def test_a_rule_of_the_file_s_bytes_fails(sample: Path, tmp_path: Path, clause: str) -> None:
    data = sample.read_bytes()
    changed = BY_BYTES[clause](data)
    assert changed != data
    (tmp_path / "broken.pdf").write_bytes(changed)
    assert any(fault.startswith(f"{clause}:") for fault in broken_rules(tmp_path / "broken.pdf"))


def test_no_rule_is_without_its_broken_file() -> None:
    assert {one.clause for one in RULES} == BREAKS.keys() | BY_BYTES.keys()
