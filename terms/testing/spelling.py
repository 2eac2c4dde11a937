"""Words for values of any term: those of its type's own examples that fit how the term is declared.

The examples of a type speak of a sample term (kilometres, an isle and a cape). For another term its own unit
and members are put in their place, and what its type cannot read then is left out.
"""

import re
from functools import lru_cache

from terms.values import TYPES, Declaration, Unreadable, read_value


@lru_cache(maxsize=1024)
def examples(declaration: Declaration) -> tuple[str, ...]:
    """Spelled values of a term declared so, the plainest first; never empty."""
    kind = TYPES[declaration.type]
    if declaration == kind.sample:
        return kind.examples()
    swapped = (*declaration.of, *(_swapped(words, declaration, kind.sample) for words in kind.examples()))
    fitting = tuple(dict.fromkeys(words for words in swapped if _fits(words, declaration)))
    return fitting or ("not stated",)


def _swapped(words: str, declaration: Declaration, sample: Declaration) -> str:
    """An example with the unit and the members of another term."""
    own = (
        {old: declaration.of[place % len(declaration.of)] for place, old in enumerate(sample.of)}
        if declaration.of
        else {}
    )
    if sample.unit and declaration.unit:
        own[sample.unit] = declaration.unit
    if not own:
        return words
    pattern = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
    return re.sub(rf"(?<![\w.-])(?:{pattern})(?![\w.-])", lambda found: own[found[0]], words)


def _fits(words: str, declaration: Declaration) -> bool:
    try:
        read_value(words, declaration)
    except Unreadable:
        return False
    return True
