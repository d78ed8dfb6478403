"""reportlab, imported apart from what a home folder and the environment would change in it.

On import reportlab runs ``~/.reportlab_mods`` and ``~/.reportlab_settings``, and
takes settings from variables that begin with ``RL_``: files would differ from one
user to the next, and a file that no report names would be run.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED_FOR = ("reportlab_mods", "reportlab_settings")
"""Modules that, where there are none, stand for the files in the home folder."""


@contextmanager
def apart() -> Iterator[None]:
    """Import reportlab in here."""
    ours = [name for name in _LOOKED_FOR if name not in sys.modules]
    sys.modules.update((name, ModuleType(name)) for name in ours)
    held = {name: os.environ.pop(name) for name in [*os.environ] if name.startswith("RL_")}
    try:
        yield
    finally:
        os.environ.update(held)
        for name in ours:
            del sys.modules[name]
