"""Names of modules that others import and hardly use -> they are run when first used.

python-pptx imports `xml.sax.saxutils` for one function; that imports `urllib.request`,
and that HTTP, TLS and e-mail: 15 ms of every deck, for nothing.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec, module_from_spec


def postpone(name: str) -> None:
    """Let an import of a submodule cost nothing until one of its names is asked for.

    What is imported is the real module, and stays it; only its running waits,
    by a module's own ``__getattr__`` (PEP 562). `importlib.util.LazyLoader` would
    run it at the second import. One that is loaded, or not there, is left alone.
    """
    package, _, own = name.rpartition(".")
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    loader = spec.loader
    module = module_from_spec(spec)

    def run(attribute: str) -> object:
        vars(module).pop("__getattr__", None)
        loader.exec_module(module)
        return getattr(module, attribute)

    vars(module)["__getattr__"] = run
    sys.modules[name] = module
    setattr(importlib.import_module(package), own, module)
