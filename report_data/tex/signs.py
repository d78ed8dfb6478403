"""The commands of LaTeX's mathematics that reports use -> the signs and shapes they stand for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: dict[str, str] = dict(
    re.findall(
        r"(\S+) (\S)",
        "times × cdot · div ÷ pm ± mp ∓ ast * circ ∘ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ "
        "sim ∼ equiv ≡ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ emptyset ∅ "
        "forall ∀ exists ∃ neg ¬ land ∧ lor ∨ to → rightarrow → leftarrow ← Rightarrow ⇒ "
        "Leftrightarrow ⇔ mapsto ↦ infty ∞ sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ ldots … dots … "
        "cdots ⋯ prime ′ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ mid | | ‖ % % "
        "{ { } } lbrace { rbrace } $ $ & & # # \\ ;",
    )
)
"""Commands that are signs; functions (``\\log``) are read by their names."""

FUNCTION = re.compile(
    "(?:a?rc)?(?:sin|cos|tan)h?|cot|l[ngo]g?|exp|lim|max|min|sup|inf|det|gcd|mod|Pr|arg|deg|dim|ker"
)
"""Names of functions, which are read and set as they are."""

RELATIONS = frozenset("=<>≤≥≠≈∼≡∝≪≫∈∉⊂⊆→←⇒⇔↦∣:≅≃⊥∥↔⟹⟶⊃⊇∋≺≻⪯⪰≲≳⊨⊢≔≜≐⟵↪⇌∤∉⊄≢≉≁≰≱")
OPERATORS = frozenset("+−×·÷±∓∗∘∪∩∧∨⊕⊗⊙∖•⋄†")
SPELLED = {"-": "−", "*": "∗", "'": "′", "|": "|"}

SPACES = {
    ",": 1 / 6,
    ":": 2 / 9,
    ">": 2 / 9,
    ";": 5 / 18,
    "!": 0.0,
    " ": 1 / 4,
    "quad": 1.0,
    "qquad": 2.0,
    "enspace": 0.5,
    "enskip": 0.5,
    "thinspace": 1 / 6,
    "medspace": 2 / 9,
    "thickspace": 5 / 18,
    "hfill": 1.0,
}


def _pairs(words: str) -> dict[str, str]:
    """Return every second word by the one before it."""
    every = words.split()
    return dict(zip(every[::2], every[1::2], strict=True))


LARGE = _pairs(
    "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ "
    "bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆"
)
UNDER = frozenset(("lim", "max", "min", "sup", "inf", "argmax", "argmin"))
"""Functions under which their limits stand."""
MORE_SIGNS = _pairs(
    "leqslant ≤ geqslant ≥ longrightarrow ⟶ implies ⟹ iff ⇔ cong ≅ simeq ≃ perp ⊥ parallel ∥ "
    "angle ∠ degree ° oplus ⊕ otimes ⊗ odot ⊙ star ⋆ vdots ⋮ ddots ⋱ leftrightarrow ↔ gets ← "
    "varnothing ∅ hbar ℏ ell ℓ wedge ∧ vee ∨ lt < gt > vert | lvert | rvert | Vert ∥ lVert ∥ "
    "rVert ∥ supset ⊃ supseteq ⊇ colon : mid ∣ triangle △ square □ top ⊤ bot ⊥ setminus ∖ bullet • "
    "diamond ⋄ dagger † ni ∋ therefore ∴ because ∵ Re ℜ Im ℑ aleph ℵ hslash ℏ complement ∁ "
    "prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ models ⊨ vdash ⊢ nmid ∤ coloneqq ≔ "
    "triangleq ≜ doteq ≐ longleftarrow ⟵ hookrightarrow ↪ rightleftharpoons ⇌ uparrow ↑ "
    "downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ checkmark ✓ blacksquare ■ AA Å euro € "
    "pounds £ lnot ¬ owns ∋ Longrightarrow ⟹ Longleftrightarrow ⟺"
)
BOARD = dict(zip("RNZQCEP", "ℝℕℤℚℂ𝔼ℙ", strict=True))
MARKS = _pairs(
    "hat ˆ widehat ˆ tilde ˜ widetilde ˜ dot ˙ ddot ¨ bar ˉ overline ˉ vec → overrightarrow → "
    "mathring ˚ check ˇ breve ˘"
)
UPRIGHT = frozenset(("text", "mathrm", "operatorname", "textrm", "mbox", "textnormal", "mathsf"))
"""Commands whose letters are not italic."""
SLANTED = frozenset(("mathbb", "mathcal", "mathscr", "mathit", "textit", "boxed"))
"""Commands whose letters stay as they are but for what `BOARD` holds; frames are not drawn."""
ARROWS = _pairs("xrightarrow → xleftarrow ← xRightarrow ⇒ xleftrightarrow ↔")
"""Arrows with words over them, and the signs they are."""
BOLD = frozenset(("mathbf", "boldsymbol", "bm", "textbf"))
SILENT = frozenset(
    (
        *("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag"),
        *("big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
    )
)
"""Commands that tell of sizes and numbers, which are found here without them."""
FENCES = _pairs(
    "{ { } } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } | ∥ "
    "vert | lvert | rvert | Vert ∥"
)
PLAIN_FENCES = {"<": "⟨", ">": "⟩", ".": "", **{one: one for one in "()[]/|"}}
GRIDS: Mapping[str, tuple[str, str, str]] = {
    **dict.fromkeys(("aligned", "align", "align*", "split", "eqnarray*"), ("", "rl", "")),
    **dict.fromkeys(("gathered", "gather", "gather*", "equation", "equation*"), ("", "c", "")),
    "cases": ("{", "l", ""),
    "matrix": ("", "c", ""),
    "pmatrix": ("(", "c", ")"),
    "bmatrix": ("[", "c", "]"),
    "vmatrix": ("|", "c", "|"),
    "array": ("", "", ""),
}
"""What stands at the left and right of an environment's rows, and how its columns do."""


def greek(name: str) -> str:
    """Return a Greek letter by its TeX name (``varphi`` is phi), nothing for other names."""
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    plain = name.removeprefix("var").upper().replace("LAMBDA", "LAMDA")  # as Unicode spells it
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {plain}")
    except KeyError:
        return ""
