"""Every hostile input -> a table of what it should get and got; status 1 when one differs.

Run ``python tools/check_hostile.py [--only NUMBER ...] [--trace]`` from a checkout
with the ``test`` extra. The corpus's own files are taken too where its folder is
found. ``--trace`` runs the same under strace and lists every file that was opened
beyond those allowed by name, every socket and every process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tools")]

if TYPE_CHECKING:
    from hostile import Case
    from hostile_run import Result

CORPUS = ROOT.parent / "shared" / "corpus" / "hostile"

_HEAD = f"{'rule':<5}{'got':<7}{'check':>6}{'export':>7}{'MB':>5}  {'codes':<34}trap"


def main() -> None:
    """Run the cases, print the table, end with 1 when something differs."""
    from hostile_cases import cases
    from hostile_run import run

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="numbers of rules")
    parser.add_argument("--said", action="store_true", help="print what faulty ones said")
    parser.add_argument("--trace", action="store_true", help="watch by strace")
    arguments = parser.parse_args()
    faulty = 0
    print(_HEAD)
    for case in cases(CORPUS):
        if arguments.only and case.number not in arguments.only:
            continue
        with tempfile.TemporaryDirectory(prefix="triptych-hostile-") as name:
            folder = Path(name).resolve()
            result = _traced(case, folder) if arguments.trace else run(case, folder)
        _print(result)
        if arguments.said and result.faults:
            print(result.export.said)
        faulty += bool(result.faults)
    print(f"{faulty} with faults" if faulty else "every one gets what it should")
    if not CORPUS.is_dir():
        print("the corpus's own files are not here; all others were made by code")
    sys.exit(1 if faulty else 0)


def _traced(case: Case, folder: Path) -> Result:
    """Run a case under strace; what it touched that it should not have is its only fault."""
    from hostile_run import COMMAND, run
    from tracing import AT_HOME, MissingError, strace, strange

    log = folder.with_name(f"{folder.name}.log")
    try:
        result = run(case, folder, strace(log))
        place = folder / "report"
        own = (place, folder / "output", folder / "tmp", *(folder / name for name in AT_HOME))
        allowed = tuple(map(str, own))
        faults = dict.fromkeys(strange(log, allowed, str(folder), COMMAND[-1], place))
    except MissingError as missing:
        sys.exit(str(missing))
    finally:
        log.unlink(missing_ok=True)
    return result._replace(faults=tuple(faults))


def _print(result: Result) -> None:
    from hostile_run import shown

    case, check, export = result.case, result.check, result.export
    print(
        f"{case.number:<5}{'FAULT' if result.faults else 'ok':<7}"
        f"{check.seconds:5.1f}s{export.seconds:6.1f}s{max(check.megabytes, export.megabytes):5.0f}"
        f"  {f'{check.status} {export.status} {shown(export.codes)}':<34}{case.trap}",
        flush=True,
    )
    for fault in result.faults:
        print(f"       {fault}")


if __name__ == "__main__":
    main()
