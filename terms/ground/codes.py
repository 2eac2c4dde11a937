"""The pages that explain the codes of errors and warnings, one file a code.

The folder `pages` is the registry: a new code is a new file `pages/E204.md`, whose first line is
`# E204: term is not declared` and whose rest tells what it means, a text that triggers it and how
to mend it. There is no second list to keep in step. Codes are grouped by their first digit: E0
syntax, E1 shape, E2 names and references, E3 values, W4 hints, W5 and F5 scenarios, N6 objections.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from terms.ground.errors import UnknownCode
from terms.ground.patterns import late
from terms.ground.suggest import nearest

_HEADING = late(r"# ([EWFN]\d{3}): (.+)")


class Code(Struct, frozen=True):
    """One kind of error, warning or failed expectation, and the page that explains it (Markdown)."""

    code: str
    title: str
    page: str


@lru_cache(maxsize=1)
def known_codes() -> tuple[Code, ...]:
    """Every code that has a page, in order of code."""
    pages = (page for page in files("terms.ground").joinpath("pages").iterdir() if page.name.endswith(".md"))
    return tuple(sorted((read_page(page.read_text("utf-8")) for page in pages), key=lambda code: code.code))


def read_page(page: str) -> Code:
    """The code and title that the first line of `page` gives.

    Raises:
        ValueError: the first line is not of the form `# E204: title`.
    """
    match = _HEADING.match(page)
    if match is None:
        raise ValueError(f"a page begins '# E204: title', not {page[:40]!r}")
    return Code(match[1], match[2].strip(), page)


def explain(code: str) -> str:
    """The page of `code`, as Markdown; capitals do not matter.

    Raises:
        UnknownCode: no page has this code; the nearest one is named.
    """
    asked = code.strip().upper()
    by_code = {known.code: known for known in known_codes()}
    if asked not in by_code:
        raise UnknownCode(code, nearest(asked, by_code))
    return by_code[asked].page
