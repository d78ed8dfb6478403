"""What resvg is to draw, as JSON on standard input -> a PNG on standard output, or nothing.

A program of its own, so that whoever starts it can end it: it imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any


def drawn(options: dict[str, Any]) -> bytes:
    """Return a PNG, ``b""`` when the drawing is refused; options are resvg's own."""
    import resvg_py

    try:
        return resvg_py.svg_to_bytes(**options)
    except ValueError:
        return b""
    except BaseException as problem:  # a panic of Rust's is no `Exception`
        if type(problem).__name__ == "PanicException":
            return b""
        raise


def limit_memory(most: int) -> None:
    """Let this process take no more than so many bytes beside what it has by now."""
    with suppress(ImportError, OSError, ValueError):  # some systems know no such limit
        import resource

        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (taken + most, taken + most))


if __name__ == "__main__":
    limit_memory(int(sys.argv[1]))
    sys.stdout.buffer.write(drawn(json.load(sys.stdin.buffer)))
