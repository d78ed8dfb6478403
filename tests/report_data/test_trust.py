"""While a hostile report is read: nothing outside its folder opened, no socket, no process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# An audit hook cannot be taken away again, hence a process of its own; what the
# reader imports late is imported before it watches.
WATCH = """
import json, sys
import report_data
import report_data.markdown, report_data.markdown.html, report_data.markdown.unmarked
import report_data.markdown.data_tables, report_data.sources, difflib, tomllib
report_data.load()
seen, watching = [], False
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "urllib.")
def hook(event, arguments):
    if watching and (event in ("open", "os.listdir", "os.scandir") or event.startswith(FORBIDDEN)):
        seen.append([event, str(arguments[0]) if arguments else ""])
sys.addaudithook(hook)
watching = True
try:
    report_data.load(sys.argv[1])
except report_data.diagnostics.TriptychError:
    pass
watching = False
print(json.dumps(seen))
"""

HOSTILE = """\
---
title: T
template: ../secret.txt
output: /tmp/evil
---

![a](../secret.png) ![b](/etc/passwd) ![c](file:///etc/passwd) ![d](..%2fsecret.png)

![e](link.png)

![f](http://127.0.0.1:9/x.png)

![g](//198.51.100.7/x.png)

![h](\\\\\\\\198.51.100.7\\\\share\\\\x.png)

![i](ok.png)

<img src="../secret.png"> <iframe src="http://127.0.0.1:9/"></iframe>

<object data="file:///etc/passwd"></object>

[x](file:///etc/passwd) <style>@import url(http://127.0.0.1:9/)</style>

::: {.table src=../secret.csv}
:::
"""


def test_only_the_report_and_its_own_pictures_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    for name in ("secret.png", "secret.txt", "secret.csv"):
        (tmp_path / name).write_text("canary", encoding="utf-8")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "ok.png").write_bytes(b"no picture")
    (folder / "r.md").write_text(HOSTILE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WATCH, folder / "r.md"], check=True, capture_output=True, text=True
    )
    events = json.loads(done.stdout)
    assert events == [["open", str(folder / "r.md")], ["open", str(folder / "ok.png")]]
