"""``python -m benchmarks [NAME ...]`` in -> our times and faults beside our peers' out.

Each benchmark is a module of this package with a ``main()``; without a name all run.
"""

from __future__ import annotations

import compileall
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = ("report_data", "exporters")
NAMES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    """Run the benchmarks that were named."""
    names = sys.argv[1:] or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"no benchmark is called {unknown[0]}; there are {', '.join(NAMES)}")
    # As an installer leaves them; a checkout may lie where Python must not keep what it compiles.
    for package in PACKAGES:
        compileall.compile_dir(HERE.parent / package, quiet=1)
    for name in names:
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
