"""Regular expressions in -> the same, compiled when first used.

CPython compiles them in Python, at 0.2 to 2 ms each: a third of all that start-up
computes, and half of them wait for what few reports hold. An expression that every
report needs is compiled where it stands, by `re.compile`.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Waiting:
    """Stands for a compiled expression; after its first use it has that one's methods."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the expression's attribute is
        compiled = re.compile(self._expression, self._flags)
        methods = (one for one in dir(compiled) if not one.startswith("__"))
        vars(self).update((one, getattr(compiled, one)) for one in methods)
        return getattr(compiled, name)


def when_used(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression that is compiled when one of its methods is first asked for.

    Raises:
        re.error: at that time, if it is none.
    """
    return cast("re.Pattern[str]", _Waiting(expression, flags))
