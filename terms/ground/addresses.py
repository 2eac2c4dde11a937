"""Addresses of stores, known by how they begin, so that whoever reads a file loads no store to tell."""

from collections.abc import Callable

from terms.ground.suggest import nearest

SCHEMES = ("sqlite:", "postgresql://", "postgres://", "kurrentdb://", "esdb://", "umadb://", "eventsourcing:")
"""How addresses of stores begin."""


def is_elsewhere(path: str) -> bool:
    """Whether a path names a store rather than a file of text: a scheme, or a file of sealed lines."""
    return path.startswith(SCHEMES) or path.partition("#")[0].endswith(".jsonl")


def beside_elsewhere(path: str, beside: Callable[[str], str]) -> str:
    """An address written in a file; `beside` finds a file from there, and so the one in which a store is."""
    if path.startswith("sqlite:"):
        return f"sqlite:{beside(path.removeprefix('sqlite:'))}"
    return path if path.startswith(SCHEMES) else beside(path)


def meant_scheme(words: str) -> str | None:
    """How an address begins that was probably meant by words that begin almost so; None: by none."""
    said, colon, _ = words.partition(":")
    if not colon or "/" in said:
        return None
    begins = {one.partition(":")[0]: one for one in SCHEMES}
    near = nearest(said, begins)
    return None if near is None else begins[near]
