"""How a term is declared: its type, its unit, and the names it may take."""

from __future__ import annotations

from msgspec import Struct


class Declaration(Struct, frozen=True, cache_hash=True):
    """What the values of one term must look like.

    `type` is a name of the registry (`quantity`, `level`, ...). `unit` gives the dimension and the
    unit values are shown in; None: the type's own. `of` lists the permitted names: the choices, the
    levels from lowest to highest, the members of a set, the two words of a yes-no term (first = yes).
    """

    type: str
    unit: str | None = None
    of: tuple[str, ...] = ()
