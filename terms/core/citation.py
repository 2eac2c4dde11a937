"""A citation: on whose word a fact stands, where in the source, and how far the source is trusted."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from terms.ground.words import Plain


class Citation(Struct, frozen=True):
    """One source of an event: a declared id, a free locator, and optionally an Admiralty grade.

    `reliability` (A to F) and `credibility` (1 to 6) grade this use of the source; None means that
    the grade declared with the source, if any, stands.
    """

    id: str
    at: str = ""
    reliability: str | None = None
    credibility: str | None = None
    note: str = ""

    def words(self) -> Plain:
        """As a file would spell it: one line where that says everything."""
        if self.reliability is None and self.credibility is None and not self.note:
            return f"{self.id} {self.at}".rstrip()
        spelled: dict[str, Plain] = {"id": self.id}
        for key in ("at", "reliability", "credibility", "note"):
            if value := getattr(self, key):
                spelled[key] = value
        return spelled


def citations(spelled: object) -> tuple[Citation, ...]:
    """One source or several, each a text, a map or a citation already.

    Raises:
        ValueError: one of them is none of these, or has keys or grades that no source has.
    """
    if type(spelled) is str:
        return _citations_from_text(spelled)
    if isinstance(spelled, list | tuple):
        return tuple([_citation(one) for one in spelled])
    return (_citation(spelled),)


@lru_cache(maxsize=65536)
def _citations_from_text(text: str) -> tuple[Citation, ...]:
    return (_citation_from_text(text),)


def _citation_from_text(text: str) -> Citation:
    name, _, locator = text.strip().partition(" ")
    if not name:
        raise ValueError("a source is a declared id and a place in it, such as 'M1 p.2'")
    return Citation(name, locator.strip())


def _citation(spelled: object) -> Citation:
    if isinstance(spelled, Citation):
        return spelled
    if isinstance(spelled, str):
        return _citation_from_text(spelled)
    if isinstance(spelled, Mapping):
        return _citation_from_map({str(key): str(value) for key, value in spelled.items()})
    raise ValueError("a source is a declared id and a place in it, such as 'M1 p.2'")


def _citation_from_map(spelled: dict[str, str]) -> Citation:
    unknown = sorted(set(spelled) - {"id", "at", "reliability", "credibility", "note"})
    if unknown or "id" not in spelled:
        raise ValueError("a source has the keys id, at, reliability, credibility, note")
    if spelled.get("reliability", "A") not in "ABCDEF" or spelled.get("credibility", "1") not in "123456":
        raise ValueError("reliability is a letter A to F, credibility a number 1 to 6")
    return replace(Citation(spelled["id"]), **{k: v for k, v in spelled.items() if k != "id"})
